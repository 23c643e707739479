// The reader against the gold list of a real newspaper page. The page is not part of the project:
// where it is not there, the test says so and is skipped.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "base/text.hpp"
#include "domain/page/claim.hpp"

namespace wutong::page {
namespace {

std::string read_file(const std::string& name) {
  std::ifstream in(std::string(WUTONG_SOURCE_DIR) + "/../shared/page/" + name);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

struct GoldRow {
  std::string id, story, quote, measure, value, unit, qualifier, low, high;
};

std::vector<GoldRow> gold_rows(const std::string& text) {
  std::vector<GoldRow> rows;
  for (std::string_view line : split(text, '\n')) {
    std::vector<std::string_view> cells = split(line, '\t');
    if (cells.size() < 13 || line.starts_with("#") || cells[0] == "id") continue;
    rows.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]),
                    std::string(cells[7]), std::string(cells[8]), std::string(cells[9]),
                    std::string(cells[10]), std::string(cells[11]), std::string(cells[12])});
  }
  return rows;
}

// Page without line breaks, with the place of each character in the file.
struct Flat {
  std::u32string chars;
  std::vector<size_t> places;
};

Flat flatten(const std::u32string& page) {
  Flat flat;
  for (size_t i = 0; i < page.size(); ++i) {
    if (page[i] == U'\n') continue;
    flat.chars += page[i];
    flat.places.push_back(i);
  }
  return flat;
}

std::string bounds(const Interval& interval) {
  std::string low = interval.low ? interval.low->to_string_short() : "-inf";
  std::string high = interval.high ? interval.high->to_string_short() : "inf";
  return (interval.is_low_closed ? "[" : "(") + low + "," + high +
         (interval.is_high_closed ? "]" : ")");
}

bool fits(const GoldRow& row, const Claim& claim) {
  bool is_time = row.measure == "date" || row.measure == "period";
  if (to_string(claim.measure) != row.measure || to_string(claim.qualifier) != row.qualifier) {
    return false;
  }
  if (is_time) return true;
  return claim.unit == row.unit && claim.value && Decimal::parse(row.value) == claim.value &&
         bounds(claim.interval) == row.low + "," + row.high;
}

TEST(Gold, IsReadFromTheNewspaperPage) {
  std::string text = read_file("page.txt");
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  std::u32string page = to_code_points(text);
  Flat flat = flatten(page);
  auto reading = read_text(text);
  ASSERT_TRUE(reading.has_value());
  std::map<std::string, std::pair<int, int>> found;  // story → found, rows
  std::vector<bool> is_used(reading->claims.size());
  std::map<std::string, size_t> story_at;
  for (const GoldRow& row : gold_rows(read_file("gold.tsv"))) {
    auto& [hits, rows] = found[row.story];
    ++rows;
    bool is_found = false;
    std::u32string quote = to_code_points(row.quote);
    for (size_t at = flat.chars.find(quote); at != std::u32string::npos && !is_found;
         at = flat.chars.find(quote, at + 1)) {
      size_t from = flat.places[at], to = flat.places[at + quote.size() - 1] + 1;
      for (size_t i = 0; i < reading->claims.size(); ++i) {
        const Claim& claim = reading->claims[i];
        bool overlaps = claim.start < to && claim.end > from;
        if (!overlaps || is_used[i] || !fits(row, claim)) continue;
        is_used[i] = is_found = true;
        break;
      }
    }
    hits += is_found ? 1 : 0;
    if (is_found) continue;
    std::cout << "missing " << row.id << " " << row.quote << " " << row.measure << " " << row.value
              << " " << row.unit << " " << row.qualifier << " " << row.low << "," << row.high
              << "\n";
    EXPECT_FALSE(row.id.starts_with("nc")) << row.id;
  }
  int hits = 0, rows = 0;
  for (const auto& [story, counts] : found) {
    std::cout << story << ": " << counts.first << " of " << counts.second << "\n";
    hits += counts.first;
    rows += counts.second;
  }
  size_t extra = 0;
  for (size_t i = 0; i < reading->claims.size(); ++i) {
    if (is_used[i]) continue;
    const Claim& claim = reading->claims[i];
    ++extra;
    std::cout << "extra " << claim.quote << " " << to_string(claim.measure) << " "
              << (claim.value ? claim.value->to_string() : "") << " " << claim.unit << " "
              << to_string(claim.qualifier) << " " << bounds(claim.interval) << " | "
              << claim.before << "\n";
  }
  std::cout << hits << " of " << rows << " rows, " << extra << " extra\n";
  EXPECT_EQ(hits, 120);
  EXPECT_EQ(extra, 0u);
}

}  // namespace
}  // namespace wutong::page
