// The floor: what the machine itself needs, with the returns in dense memory columns and loops
// written by hand for just this question. No database is expected to reach it; ratios to it say how
// far one is from it. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/returns/dataset.hpp"
#include "bench/returns/workload.hpp"

namespace wutong::bench {

// The figures of one zone as numbers that a reader would be shown.
struct ZoneFigures {
  int64_t output, quarter_revenue, profit, exports, imports, trade, firms, rank;
  double output_growth, output_growth_change, quarter_revenue_growth, profit_growth, exports_growth,
      trade_growth, hightech_share, rd_intensity;
};

class FloorColumns {
 public:
  // `firms_text` and `returns_text` are the whole files, the latter followed by a readable byte.
  void parse(std::string_view firms_text, std::string_view returns_text, size_t zones,
             size_t industries);
  bool write_raw(const std::string& path) const;  // all columns, with fsync
  int64_t raw_bytes() const;

  // All sums from the columns, in one pass.
  void recompute();
  // One return replaced, its sums moved by the difference.
  void apply(uint32_t firm, int month, const Amounts& amounts);
  Amounts amounts(uint32_t firm, int month) const;

  ZoneFigures figures(size_t zone);  // with its growth brought up to date
  double read_all_figures();         // of all zones; something that depends on all of them
  uint16_t zone_of(uint32_t firm) const { return firms_[firm].zone; }
  const AllSums& sums() const { return sums_; }

 private:
  static constexpr size_t kBlock = 512;  // firms whose accumulators stay in the nearest cache
  struct Block;

  void order_firms(size_t zones, size_t industries);
  void add_months(int64_t* into, Field field, int first, int last, size_t start,
                  size_t count) const;
  void accumulate(Block& block, size_t start, size_t count) const;
  void close_block(const Block& block, size_t start, size_t count, size_t& group);
  const int64_t* month_column(Field field, int month) const {
    return columns_[field].data() + static_cast<size_t>(month) * firms_.size();
  }

  std::vector<Firm> firms_;         // by id
  std::vector<uint32_t> position_;  // by id: place in the columns, ordered by zone and industry
  std::vector<Firm> ordered_;       // by place
  std::vector<int64_t> columns_[kFields];  // month × firms + place; a missing return is 0
  // All ones or zeros by place: designated, designated a month earlier, high-tech.
  std::vector<int64_t> is_designated_, was_designated_, is_hightech_;
  struct Group {
    uint32_t start;  // place
    uint16_t zone, industry;
  };
  std::vector<Group> groups_;  // and one behind the last
  AllSums sums_;
  std::vector<double> growth_;  // of output, by zone
};

// Here, so that corrections in a row overlap in the processor.
inline void FloorColumns::apply(uint32_t firm, int month, const Amounts& amounts) {
  const uint32_t place = position_[firm];
  const size_t row = static_cast<size_t>(month) * firms_.size() + place;
  Amounts difference;
  for (size_t field = 0; field < kFields; ++field) {
    int64_t& stored = columns_[field][row];
    difference[field] = amounts[field] - stored;
    stored = amounts[field];
  }
  const Firm& of = ordered_[place];
  add_amounts(
      of, month, [&](Field field) { return difference[field]; }, sums_.zones[of.zone],
      sums_.cells[of.zone * sums_.industries + of.industry]);
}

}  // namespace wutong::bench
