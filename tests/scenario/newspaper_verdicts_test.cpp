// The newspaper page against the demo zones: each row of its table is found, and has the verdict
// that the records decide. Stories whose zone is not among the demo zones are left out, and said.
#include <iostream>
#include <map>

#include "base/text.hpp"
#include "demo/zones.hpp"
#include "domain/page/judge.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

using page::Verdict;

// Verdicts other than `verified`, by row.
const std::map<std::string, Verdict> kOthers{
    // What is said of persons is not held against records.
    {"qy03", Verdict::not_recorded},
    {"qy04", Verdict::not_recorded},
    {"qy05", Verdict::not_recorded},
    {"gy08", Verdict::not_recorded},
    // Third quarter or first three quarters: the readings differ.
    {"nc15", Verdict::ambiguous},
    // One name stands for two values.
    {"nc39", Verdict::ambiguous},
    {"nc40", Verdict::ambiguous},
};

struct Row {
  std::string id, story, quote, measure, value;
};

std::vector<Row> rows_of(const std::string& text) {
  std::vector<Row> rows;
  for (std::string_view line : split(text, '\n')) {
    const auto cells = split(line, '\t');
    if (cells.size() < 13 || line.starts_with("#") || cells[0] == "id") continue;
    rows.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]),
                    std::string(cells[7]), std::string(cells[8])});
  }
  return rows;
}

// The claim of a row: where its quote stands, of its measure and value, not taken before.
std::optional<size_t> claim_of(const Row& row, const std::u32string& flat,
                               const std::vector<size_t>& places, const page::Reading& reading,
                               std::vector<bool>& used) {
  const std::u32string quote = to_code_points(row.quote);
  const bool is_time = row.measure == "date" || row.measure == "period";
  for (size_t at = flat.find(quote); at != std::u32string::npos; at = flat.find(quote, at + 1)) {
    const size_t from = places[at], to = places[at + quote.size() - 1] + 1;
    for (size_t i = 0; i < reading.claims.size(); ++i) {
      const page::Claim& claim = reading.claims[i];
      const bool is_it = !used[i] && claim.start < to && claim.end > from &&
                         to_string(claim.measure) == row.measure &&
                         (is_time || Decimal::parse(row.value) == claim.value);
      if (!is_it) continue;
      used[i] = true;
      return i;
    }
  }
  return std::nullopt;
}

page::Checked check(const zone::Host& host, const page::Reading& reading) {
  page::Checked out;
  host.read_all([&](std::span<const zone::View> views) {
    std::vector<page::ZoneRecords> zones;
    for (const zone::View& view : views) {
      zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
    }
    out = page::check(reading, zones);
  });
  return out;
}

TEST(VerdictsOfTheNewspaper, AreThoseThatTheRecordsDecide) {
  const std::string text = read_text_file(source("../shared/page/page.txt"));
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  DemoZone zones(std::vector<std::string>{});
  const auto reading = page::read_text(text);
  ASSERT_TRUE(reading.has_value());
  const page::Checked checked = check(zones.host(), *reading);
  const std::u32string page = to_code_points(text);
  std::u32string flat;
  std::vector<size_t> places;
  for (size_t i = 0; i < page.size(); ++i) {
    if (page[i] == U'\n') continue;
    flat += page[i];
    places.push_back(i);
  }
  std::vector<bool> used(reading->claims.size());
  std::map<std::string, std::pair<size_t, size_t>> counts;  // story → verified, rows
  size_t found = 0, rows = 0;
  for (const Row& row : rows_of(read_text_file(source("../shared/page/gold.tsv")))) {
    const auto at = claim_of(row, flat, places, *reading, used);
    ++rows;
    EXPECT_TRUE(at.has_value()) << row.id << " " << row.quote;
    if (!at) continue;
    ++found;
    const page::Judgement& judgement = checked.judgements[*at];
    auto& [verified, all] = counts[row.story];
    verified += judgement.verdict == Verdict::verified ? 1 : 0;
    ++all;
    const auto other = kOthers.find(row.id);
    const Verdict expected = other == kOthers.end() ? Verdict::verified : other->second;
    EXPECT_EQ(to_string(judgement.verdict), to_string(expected))
        << row.id << " " << row.quote << " " << judgement.figure << " " << judgement.reason.zh;
  }
  for (const auto& [story, count] : counts) {
    std::cout << story << ": " << count.first << " of " << count.second << " verified\n";
  }
  EXPECT_EQ(found, rows);
}

// Kinds of the findings that the page must have, and no other accusation.
TEST(FindingsOfTheNewspaper, AreThereAndNoOthers) {
  const std::string text = read_text_file(source("../shared/page/page.txt"));
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  DemoZone zones(std::vector<std::string>{});
  const auto reading = page::read_text(text);
  ASSERT_TRUE(reading.has_value());
  std::map<std::string, size_t> kinds;
  std::string implied;
  for (const page::Finding& finding : check(zones.host(), *reading).findings) {
    ++kinds[finding.kind];
    if (finding.kind == "implied") implied += finding.text.zh + "\n";
    const bool is_known = finding.kind == "duplicate_name" || finding.kind == "streak_too_long";
    EXPECT_TRUE(finding.weight == page::Weight::note || is_known)
        << finding.kind << " " << finding.text.zh;
  }
  EXPECT_EQ(kinds["duplicate_name"], 1u);
  EXPECT_EQ(kinds["units_mixed"], 1u);
  // Half year of trade and exports, imports, the nation's growth, all awards of the province.
  for (const char* part : {"约 3.8%", "约 16.1%", "9.91% 至 10.38%", "约 5.8%", "约 147.83"}) {
    EXPECT_NE(implied.find(part), std::string::npos) << part << " in\n" << implied;
  }
}

}  // namespace
}  // namespace wutong::scenario
