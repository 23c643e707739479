#include "bench/returns/table.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "base/text.hpp"

namespace wutong::bench {

namespace {

constexpr const char* kNothing = "–";
constexpr std::array<const char*, 4> kEngines{"ours", "floor", "duckdb", "sqlite"};

enum class Statistic { median, p99 };

struct Sample {
  int64_t median = 0;
  int64_t p99 = 0;
};

class Measurements {
 public:
  explicit Measurements(std::string_view lines) {
    for (std::string_view line : split(lines, '\n')) {
      const auto cells = split(line, '\t');
      if (cells.size() != 8) continue;
      Sample sample;
      std::from_chars(cells[3].data(), cells[3].data() + cells[3].size(), sample.median);
      std::from_chars(cells[4].data(), cells[4].data() + cells[4].size(), sample.p99);
      size_t firms = 0;
      std::from_chars(cells[1].data(), cells[1].data() + cells[1].size(), firms);
      samples_[{std::string(cells[0]), firms, std::string(cells[2])}] = sample;
    }
  }

  // The best of the ways in which an engine did it, by its median.
  std::optional<int64_t> best(const std::string& engine, size_t firms,
                              const std::vector<std::string>& operations,
                              Statistic statistic) const {
    std::optional<Sample> best;
    for (const std::string& operation : operations) {
      const auto found = samples_.find({engine, firms, operation});
      if (found == samples_.end()) continue;
      if (!best || found->second.median < best->median) best = found->second;
    }
    if (!best) return std::nullopt;
    return statistic == Statistic::median ? best->median : best->p99;
  }

 private:
  std::map<std::tuple<std::string, size_t, std::string>, Sample> samples_;
};

enum class Against { floor, duckdb };
enum class Shown { time, size };

struct Row {
  const char* title;
  std::vector<std::string> operations;
  Statistic statistic;
  Shown shown;
  bool is_small;
  std::optional<Against> against;
  double factor;
  const char* target;
};

// What is aimed at is a ratio within one run; times in brackets are those of the machine on which
// the ratios were set.
std::vector<Row> rows() {
  const auto median = Statistic::median, p99 = Statistic::p99;
  const auto time = Shown::time, size = Shown::size;
  const auto floor = Against::floor, duckdb = Against::duckdb;
  return {
      {"A all figures from the records",
       {"A", "A.join", "A.filter"},
       median,
       time,
       false,
       floor,
       2.5,
       "2.5 × floor (60 ms)"},
      {"B one correction, durable, median",
       {"B", "B.kept"},
       median,
       time,
       false,
       floor,
       1.4,
       "1.4 × floor"},
      {"B one correction, durable, p99", {"B", "B.kept"}, p99, time, false, {}, 0, ""},
      {"B one correction, in memory",
       {"B.memory"},
       median,
       time,
       false,
       floor,
       5.7,
       "5.7 × floor (3 µs)"},
      {"C 10,000 corrections, durable",
       {"C"},
       median,
       time,
       false,
       floor,
       6.9,
       "6.9 × floor (20 ms)"},
      {"C 10,000 corrections, in memory", {"C.memory"}, median, time, false, {}, 0, ""},
      {"D load to durable and queryable",
       {"D"},
       median,
       time,
       false,
       duckdb,
       1.0,
       "1.0 × DuckDB (4.7 s)"},
      {"D the same, with the ordered form", {"D.ordered"}, median, time, false, {}, 0, ""},
      {"peak memory", {"memory"}, median, size, false, duckdb, 1.07, "1.07 × DuckDB (1.6 GB)"},
      {"disk", {"disk"}, median, size, false, duckdb, 1.22, "1.22 × DuckDB (0.5 GB)"},
      {"B durable, median, small run", {"B", "B.kept"}, median, time, true, {}, 0, ""},
      {"B durable, p99, small run", {"B", "B.kept"}, p99, time, true, {}, 0, ""},
      {"B in memory, small run", {"B.memory"}, median, time, true, {}, 0, ""},
  };
}

std::string number(double value) {
  return value >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string shown(std::optional<int64_t> value, Shown as) {
  if (!value) return kNothing;
  const auto amount = static_cast<double>(*value);
  if (as == Shown::size) {
    return amount < 1e9 ? number(amount / 1e6) + " MB" : number(amount / 1e9) + " GB";
  }
  if (amount < 1e3) return number(amount) + " ns";
  if (amount < 1e6) return number(amount / 1e3) + " µs";
  return amount < 1e9 ? number(amount / 1e6) + " ms" : number(amount / 1e9) + " s";
}

std::optional<double> ratio(std::optional<int64_t> of, std::optional<int64_t> to) {
  if (!of || !to || *to == 0) return std::nullopt;
  return static_cast<double>(*of) / static_cast<double>(*to);
}

std::string shown(std::optional<double> factor) {
  return factor ? number(*factor) + " ×" : kNothing;
}

std::string verdict(std::optional<double> factor, double most) {
  if (!factor) return "";
  return *factor <= most ? " ✓" : " ✗";
}

using Line = std::vector<std::string>;

Line line_of(const Row& row, const Measurements& all, size_t firms) {
  std::array<std::optional<int64_t>, kEngines.size()> found;
  for (size_t i = 0; i < kEngines.size(); ++i) {
    found[i] = all.best(kEngines[i], firms, row.operations, row.statistic);
  }
  const auto& [ours, floor, duckdb, sqlite] = found;
  std::optional<int64_t> peer = duckdb ? duckdb : sqlite;
  if (peer && sqlite) peer = std::min(*peer, *sqlite);
  Line line{row.title};
  for (const auto& value : found) line.push_back(shown(value, row.shown));
  line.push_back(shown(ratio(ours, floor)));
  line.push_back(shown(ratio(ours, peer)));
  std::string target = row.target;
  if (row.against) {
    const auto against = *row.against == Against::floor ? floor : duckdb;
    target += verdict(ratio(ours, against), row.factor);
  }
  line.push_back(std::move(target));
  return line;
}

// How many times a number of the small run the same one of the large run is.
Line growth_of(const char* title, const std::vector<std::string>& operations,
               const Measurements& all, size_t firms, size_t small_firms, double most,
               const char* target) {
  Line line{title};
  std::optional<double> ours;
  for (const char* engine : kEngines) {
    const auto factor = ratio(all.best(engine, firms, operations, Statistic::median),
                              all.best(engine, small_firms, operations, Statistic::median));
    if (engine == kEngines.front()) ours = factor;
    line.push_back(shown(factor));
  }
  line.insert(line.end(), {"", "", target + verdict(ours, most)});
  return line;
}

// Ours after 105,407 records were overwritten six times, against before.
Line later_of(const char* title, const std::string& how, const Measurements& all, size_t firms) {
  const auto median = [&](const char* operation) {
    return all.best("ours", firms, {operation + how}, Statistic::median);
  };
  const auto factor = ratio(median("E.overwritten"), median("E.first"));
  return {title, shown(factor), "", "", "", "", "", "2 ×" + verdict(factor, 2)};
}

// Ours to the floor at p99, in the large run against the small one.
Line tail_of(const Measurements& all, size_t firms, size_t small_firms) {
  const std::vector<std::string> durable{"B"};
  const auto tail = [&](size_t of) {
    return ratio(all.best("ours", of, durable, Statistic::p99),
                 all.best("floor", of, durable, Statistic::p99));
  };
  const auto large = tail(firms), small = tail(small_firms);
  Line line{"B durable, p99 to the floor's, large and small", shown(large), shown(small)};
  line.insert(line.end(), {"", "", "", ""});
  std::string target = "large no further than small";
  if (large && small) target += verdict(large, *small);
  line.push_back(std::move(target));
  return line;
}

std::string laid_out(const std::vector<Line>& lines) {
  std::vector<size_t> widths(lines.front().size());
  for (const Line& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], count_code_points(line[i]));
    }
  }
  std::string out;
  for (const Line& line : lines) {
    std::string text = "|";
    for (size_t i = 0; i < line.size(); ++i) {
      text += " " + line[i] + std::string(widths[i] - count_code_points(line[i]), ' ') + " |";
    }
    out += text + "\n";
    if (&line != &lines.front()) continue;
    out += "|";
    for (size_t width : widths) out += std::string(width + 2, '-') + "|";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string comparison_table(std::string_view text, size_t firms, size_t small_firms) {
  const Measurements all(text);
  std::vector<Line> lines{{"operation", "ours", "floor", "DuckDB", "SQLite", "ours ÷ floor",
                           "ours ÷ best peer", "aimed at: at most"}};
  const bool has_small = small_firms != firms;
  for (const Row& row : rows()) {
    if (row.is_small && !has_small) continue;
    lines.push_back(line_of(row, all, row.is_small ? small_firms : firms));
  }
  lines.push_back(later_of("E all figures, after ÷ before overwriting", "", all, firms));
  lines.push_back(later_of("E from the records, after ÷ before", ".records", all, firms));
  if (has_small) {
    lines.push_back(growth_of("B durable, median, large ÷ small", {"B", "B.kept"}, all, firms,
                              small_firms, 1.1, "1.1 ×"));
    lines.push_back(tail_of(all, firms, small_firms));
    lines.push_back(growth_of("B in memory, large ÷ small", {"B.memory"}, all, firms, small_firms,
                              2.5, "2.5 ×"));
  }
  return laid_out(lines);
}

}  // namespace wutong::bench
