// The reader against articles with their figures marked (tests/reading/README.md): recall and
// precision are printed and required, for articles that the grammar was worked out on and for
// those that it was not.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/text.hpp"
#include "domain/page/claim.hpp"

namespace wutong::page {
namespace {

// "{739.4亿元|739.4e8 CNY}", "{近600家|600 enterprises nearly @2024}": value, unit, and what is
// not the rule: measure, qualifier, period.
struct Mark {
  size_t start = 0;  // code points of the article without marks
  size_t end = 0;
  std::string quote, value, unit, measure, qualifier = "exact", period;
};

struct Article {
  std::string name, text;
  std::vector<Mark> marks;
};

std::string usual_measure(std::string_view unit) {
  if (unit == "CNY" || unit == "USD") return "money";
  if (unit == "m2" || unit == "km2" || unit == "mu") return "area";
  if (unit == "percentage_points") return "pp_change";
  for (std::string_view span :
       {"years", "months", "weeks", "days", "working_days", "hours", "seconds"}) {
    if (unit == span) return "duration";
  }
  for (std::string_view amount :
       {"tonnes", "kWh", "kW", "tce", "mm", "um", "ug_per_m3", "CNY_per_person"}) {
    if (unit == amount) return "level";
  }
  return unit == "times" ? "multiple" : "count";
}

bool is_measure(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(Measure::period); ++i) {
    if (to_string(static_cast<Measure>(i)) == word) return true;
  }
  return false;
}

Mark mark_of(std::string_view words) {
  Mark mark;
  size_t bar = words.find('|');
  mark.quote = words.substr(0, bar);
  std::vector<std::string_view> parts = split(words.substr(bar + 1), ' ');
  mark.value = parts.at(0);
  mark.unit = parts.at(1);
  mark.measure = usual_measure(mark.unit);
  for (size_t i = 2; i < parts.size(); ++i) {
    if (parts[i].starts_with("@")) {
      mark.period = parts[i].substr(1);
    } else if (is_measure(parts[i]) && !(parts[i] == "count" && i > 2)) {
      mark.measure = parts[i];
    } else {
      mark.qualifier = parts[i];
    }
  }
  return mark;
}

Article article_of(std::string name, const std::string& marked) {
  Article article;
  article.name = std::move(name);
  size_t at = 0;
  while (true) {
    size_t open = marked.find('{', at);
    article.text += marked.substr(at, open - at);
    if (open == std::string::npos) break;
    size_t close = marked.find('}', open);
    Mark mark = mark_of(std::string_view(marked).substr(open + 1, close - open - 1));
    mark.start = count_code_points(article.text);
    article.text += mark.quote;
    mark.end = count_code_points(article.text);
    article.marks.push_back(std::move(mark));
    at = close + 1;
  }
  return article;
}

std::vector<Article> articles_in(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(WUTONG_SOURCE_DIR) +
                                                               "/tests/reading/" + folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Article> articles;
  for (const auto& file : files) {
    std::ifstream in(file);
    articles.push_back(
        article_of(file.filename(), std::string(std::istreambuf_iterator<char>(in), {})));
  }
  return articles;
}

// "1,100.9e8" without its comma.
std::optional<Decimal> number(std::string_view text) {
  size_t power = text.find('e');
  auto value = Decimal::parse(text.substr(0, power));
  if (!value || power == std::string_view::npos) return value;
  int64_t factor = 1;
  for (int i = std::atoi(std::string(text.substr(power + 1)).c_str()); i > 0; --i) factor *= 10;
  return mul(*value, Decimal(factor));
}

bool has_value(const Mark& mark, const Claim& claim) {
  size_t dots = mark.value.find("..");
  if (dots == std::string::npos) return claim.value && claim.value == number(mark.value);
  return claim.interval.low == number(mark.value.substr(0, dots)) &&
         claim.interval.high == number(mark.value.substr(dots + 2));
}

bool has_unit(const Mark& mark, const Claim& claim) {
  bool is_counted = mark.measure == "count" || mark.measure == "rank" || mark.measure == "ordinal";
  return is_counted ? claim.unit != "percent" && claim.unit != "CNY" : claim.unit == mark.unit;
}

bool is_time(const Claim& claim) {
  return claim.measure == Measure::date || claim.measure == Measure::period;
}

struct Score {
  int marks = 0, claims = 0, values = 0, whole = 0, periods = 0, with_period = 0;
};

void tell(const char* what, const Article& article, const Mark* mark, const Claim* claim) {
  std::cout << "  " << what << " " << article.name;
  if (mark != nullptr) {
    std::cout << " " << mark->quote << " [" << mark->value << " " << mark->unit << " "
              << mark->measure << " " << mark->qualifier << " " << mark->period << "]";
  }
  if (claim != nullptr) {
    std::cout << " read " << claim->quote << " ["
              << (claim->value ? claim->value->to_string_short() : "") << " " << claim->unit << " "
              << to_string(claim->measure) << " " << to_string(claim->qualifier) << " "
              << (claim->periods.empty() ? "" : claim->periods[0].to_string()) << "] "
              << claim->before;
  }
  std::cout << "\n";
}

void count(const Article& article, bool is_told, Score& score) {
  auto reading = read_text(article.text);
  ASSERT_TRUE(reading.has_value());
  std::vector<bool> is_used(reading->claims.size());
  for (const Mark& mark : article.marks) {
    ++score.marks;
    const Claim* found = nullptr;
    for (size_t i = 0; i < reading->claims.size() && found == nullptr; ++i) {
      const Claim& claim = reading->claims[i];
      bool overlaps = claim.start < mark.end && claim.end > mark.start && !is_time(claim);
      if (!overlaps || is_used[i] || !has_value(mark, claim) || !has_unit(mark, claim)) continue;
      is_used[i] = true;
      found = &claim;
    }
    if (found == nullptr) {
      if (is_told) tell("missing", article, &mark, nullptr);
      continue;
    }
    ++score.values;
    bool is_whole =
        to_string(found->measure) == mark.measure && to_string(found->qualifier) == mark.qualifier;
    if (is_whole) ++score.whole;
    bool has_period = mark.period.empty() ||
                      (!found->periods.empty() && found->periods[0].to_string() == mark.period);
    if (!mark.period.empty()) ++score.with_period;
    if (!mark.period.empty() && has_period) ++score.periods;
    if (is_told && (!is_whole || !has_period)) tell("unlike", article, &mark, found);
  }
  for (size_t i = 0; i < reading->claims.size(); ++i) {
    if (is_time(reading->claims[i])) continue;
    ++score.claims;
    if (!is_used[i] && is_told) tell("extra", article, nullptr, &reading->claims[i]);
  }
}

// Percent with one digit after the point, in tenths.
int tenths(int part, int whole) { return whole == 0 ? 0 : part * 1000 / whole; }
std::string percent(int tenth) {
  return std::to_string(tenth / 10) + "." + std::to_string(tenth % 10) + " %";
}

void expect_read(const std::string& folder, bool is_told) {
  Score score;
  std::vector<Article> articles = articles_in(folder);
  EXPECT_GE(articles.size(), 20u);
  for (const Article& article : articles) count(article, is_told, score);
  int recall = tenths(score.values, score.marks), precision = tenths(score.values, score.claims);
  int whole = tenths(score.whole, score.marks), whole_of = tenths(score.whole, score.claims);
  std::cout << folder << ": " << articles.size() << " articles, " << score.marks << " figures, "
            << score.claims << " read; value and unit: recall " << percent(recall) << ", precision "
            << percent(precision) << "; with measure and qualifier: recall " << percent(whole)
            << ", precision " << percent(whole_of) << "; periods " << score.periods << " of "
            << score.with_period << "\n";
  EXPECT_GE(recall, 960);
  EXPECT_GE(precision, 960);
  EXPECT_GE(whole, 880);
  EXPECT_GE(whole_of, 880);
  EXPECT_EQ(score.periods, score.with_period);
}

TEST(Articles, ThatTheGrammarWasWorkedOutOnAreRead) { expect_read("seen", true); }

// Not told one by one, so that the grammar cannot be fitted to them; WUTONG_TELL tells them.
TEST(Articles, ThatTheGrammarHasNotSeenAreRead) {
  expect_read("unseen", std::getenv("WUTONG_TELL") != nullptr);
}

}  // namespace
}  // namespace wutong::page
