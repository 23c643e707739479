// The demo article, and the newspaper page where it is there, judged against the demo zone; then
// the same texts with one figure changed.
#include <boost/json.hpp>
#include <iostream>

#include "base/text.hpp"
#include "surface/answer/answer.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

class Page : public testing::Test {
 protected:
  static void SetUpTestSuite() { zone_ = std::make_unique<DemoZone>(); }
  static void TearDownTestSuite() { zone_.reset(); }

  static json::value check(const std::string& text) {
    auto answered = answer::check_page(zone_->door(), text);
    EXPECT_TRUE(answered.has_value());
    return answered ? *answered : json::value();
  }
  static std::string text_of(const json::object& claim, const char* key) {
    const json::value& value = claim.at(key);
    return value.is_string() ? std::string(value.get_string()) : "";
  }
  static bool is_ours(const json::object& claim) {
    return text_of(claim, "story").find("南昌高新区") != std::string::npos;
  }

  static void expect_sound(const std::string& text);
  static void expect_changes_found(const std::string& text);

  static inline std::unique_ptr<DemoZone> zone_;
};

void Page::expect_sound(const std::string& text) {
  json::value checked = check(text);
  size_t verified = 0;
  for (const json::value& value : checked.at("claims").as_array()) {
    const json::object& claim = value.as_object();
    if (!is_ours(claim)) continue;
    std::string measure = text_of(claim, "measure"), verdict = text_of(claim, "verdict");
    if (measure == "period") continue;
    bool is_fine = verdict == "verified" || verdict == "ambiguous";
    EXPECT_TRUE(is_fine) << text_of(claim, "quote") << " " << verdict << " "
                         << text_of(claim, "reason");
    verified += verdict == "verified" ? 1 : 0;
  }
  EXPECT_GE(verified, 30u);
  size_t faults = 0;
  for (const json::value& value : checked.at("findings").as_array()) {
    if (value.at("weight").as_string() != "fault") continue;
    ++faults;
    EXPECT_EQ(value.at("kind").as_string(), "duplicate_name") << value.at("text").as_string();
  }
  EXPECT_EQ(faults, 1u);
}

// Another digit in one place of a quote, or another unit. Empty where there is nothing to change.
std::u32string changed(const std::u32string& quote, SeededRandom& random) {
  std::u32string out = quote;
  size_t unit = out.find(U'亿');
  if (unit != std::u32string::npos && random.below(4) == 0) {
    out[unit] = U'万';
    return out;
  }
  std::vector<size_t> digits;
  for (size_t i = 0; i < out.size(); ++i) {
    if (out[i] >= U'0' && out[i] <= U'9') digits.push_back(i);
  }
  if (digits.empty()) return {};
  size_t at = digits[random.below(digits.size())];
  char32_t other = U'0' + static_cast<char32_t>(random.below(10));
  if (other == out[at] || (at == digits.front() && other == U'0')) return {};
  out[at] = other;
  return out;
}

// Recorded value inside the changed claim's own interval: then the changed text is still right.
bool is_still_right(const json::object& claim) {
  auto bound = [&](const char* key) {
    const json::value& value = claim.at(key);
    return value.is_string() ? Decimal::parse(std::string_view(value.get_string())) : std::nullopt;
  };
  auto recorded = bound("recorded"), low = bound("low"), high = bound("high");
  return recorded && (!low || *recorded >= *low) && (!high || *recorded <= *high);
}

void Page::expect_changes_found(const std::string& text) {
  constexpr int kChanges = 200;
  std::u32string page = to_code_points(text);
  std::vector<json::object> targets;
  json::value original = check(text);
  for (const json::value& value : original.at("claims").as_array()) {
    const json::object& claim = value.as_object();
    bool is_decided =
        text_of(claim, "verdict") == "verified" || text_of(claim, "verdict") == "ambiguous";
    bool is_time = text_of(claim, "measure") == "date" || text_of(claim, "measure") == "period";
    if (is_ours(claim) && is_decided && !is_time) targets.push_back(claim);
  }
  SeededRandom random(31);
  int tried = 0, contradicted = 0, wrongly_verified = 0;
  while (tried < kChanges) {
    const json::object& target = targets[random.below(targets.size())];
    auto start = static_cast<size_t>(target.at("start").to_number<int64_t>());
    auto end = static_cast<size_t>(target.at("end").to_number<int64_t>());
    std::u32string quote = changed(page.substr(start, end - start), random);
    if (quote.empty()) continue;
    std::u32string other = page;
    other.replace(start, end - start, quote);
    json::value checked = check(to_utf8(other));
    for (const json::value& value : checked.at("claims").as_array()) {
      const json::object& claim = value.as_object();
      if (claim.at("start").to_number<size_t>() != start || text_of(claim, "measure") == "period")
        continue;
      std::string verdict = text_of(claim, "verdict");
      if (is_still_right(claim) && verdict != "contradicted")
        break;  // a change that changes nothing
      ++tried;
      contradicted += verdict == "contradicted" ? 1 : 0;
      wrongly_verified += verdict == "verified" ? 1 : 0;
      if (verdict != "contradicted") {
        std::cout << to_utf8(quote) << " instead of " << text_of(target, "quote") << ": " << verdict
                  << " " << text_of(claim, "reason") << "\n";
      }
      break;
    }
  }
  std::cout << contradicted << " of " << tried << " changes contradicted\n";
  EXPECT_EQ(wrongly_verified, 0);
  EXPECT_GE(contradicted * 100, tried * 99);
}

TEST_F(Page, OfTheDemoIsSound) { expect_sound(read_text_file(source("demo/nanchang.zh.md"))); }

TEST_F(Page, OfTheDemoShowsEveryChange) {
  expect_changes_found(read_text_file(source("demo/nanchang.zh.md")));
}

TEST_F(Page, OfTheNewspaperIsSound) {
  std::string text = read_text_file(source("../shared/page/page.txt"));
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  expect_sound(text);
}

TEST_F(Page, OfTheNewspaperShowsEveryChange) {
  std::string text = read_text_file(source("../shared/page/page.txt"));
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  expect_changes_found(text);
}

TEST_F(Page, SaysStaleForAValueBeforeItsCorrection) {
  json::value checked =
      check("# 南昌高新区2024年前三季度财政\n\n前三季度，一般公共预算收入23.9亿元。\n");
  bool is_stale = false;
  for (const json::value& claim : checked.at("claims").as_array()) {
    if (text_of(claim.as_object(), "measure") != "money") continue;
    is_stale = text_of(claim.as_object(), "verdict") == "stale";
    EXPECT_NE(text_of(claim.as_object(), "reason").find("国库对账后补记"), std::string::npos)
        << text_of(claim.as_object(), "reason");
  }
  EXPECT_TRUE(is_stale);
}

TEST_F(Page, SurvivesNonsense) {
  SeededRandom random(5);
  for (int i = 0; i < 300; ++i) {
    std::string bytes(random.below(400), '\0');
    for (char& c : bytes) c = static_cast<char>(random.next());
    check(bytes);
  }
  check(std::string(5000, '('));
  check("前三季度" + std::string(20'000, '9') + "亿元同比增长" + std::string(300, '9') + "." +
        std::string(300, '9') + "%");
  EXPECT_FALSE(answer::check_page(zone_->door(), std::string(17u << 20, 'x')).has_value());
}

}  // namespace
}  // namespace wutong::scenario
