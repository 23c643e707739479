// Phrases made for random figures read back to them; reading does not depend on line breaks inside
// paragraphs, on full-width forms or on traditional characters.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "domain/page/claim.hpp"
#include "domain/page/impl/simplified.hpp"

namespace wutong::page {
namespace {

constexpr int kRuns = 4000;

std::string bounds(const Interval& interval) {
  std::string low = interval.low ? interval.low->to_string_short() : "-inf";
  std::string high = interval.high ? interval.high->to_string_short() : "inf";
  return (interval.is_low_closed ? "[" : "(") + low + "," + high +
         (interval.is_high_closed ? "]" : ")");
}

std::string told(const Claim& claim) {
  std::string out = (claim.value ? claim.value->to_string_short() : "-") + " " + claim.unit + " " +
                    std::string(to_string(claim.measure)) + " " +
                    std::string(to_string(claim.qualifier)) + " " + bounds(claim.interval);
  for (const Period& period : claim.periods) out += " " + period.to_string();
  return out;
}

// 10203 is 一万零二百零三: written here by the rule, read there by another.
std::string chinese(int64_t number) {
  constexpr const char* kDigits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  constexpr std::pair<int64_t, const char*> kUnits[] = {
      {100'000'000, "亿"}, {10'000, "万"}, {1000, "千"}, {100, "百"}, {10, "十"}};
  if (number < 10) return kDigits[number];
  for (const auto& [size, word] : kUnits) {
    if (number < size) continue;
    int64_t high = number / size, rest = number % size;
    std::string out = (number < 20 ? "" : chinese(high)) + word;
    if (rest == 0) return out;
    return out + (rest < size / 10 ? "零" : "") + (rest >= 10 && rest < 20 ? "一" : "") +
           chinese(rest);
  }
  return "";
}

struct Made {
  std::string text, value, unit, measure, qualifier = "exact", interval, period;
};

struct Word {
  const char* before;
  const char* after;
  const char* qualifier;
};
constexpr Word kWords[] = {{"", "", "exact"},          {"达", "", "exact"},
                           {"超过", "", "more_than"},  {"突破", "", "over"},
                           {"不足", "", "less_than"},  {"", "以上", "at_least"},
                           {"不低于", "", "at_least"}, {"不超过", "", "at_most"}};

struct When {
  const char* words;
  const char* period;
};
constexpr When kWhens[] = {{"2024年前三季度", "2024-01..09"}, {"2023年", "2023"},
                           {"2024年1—8月", "2024-01..08"},    {"截至2024年6月底", "@2024-06-30"},
                           {"2024年一季度", "2024-Q1"},       {"2024年上半年", "2024-H1"},
                           {"2024年7月", "2024-07"},          {"2024年前5个月", "2024-01..05"}};

std::string interval_of(const std::string& qualifier, const Decimal& value, const Decimal& half) {
  std::string at = value.to_string_short();
  if (qualifier == "more_than" || qualifier == "over") return "(" + at + ",inf)";
  if (qualifier == "at_least") return "[" + at + ",inf)";
  if (qualifier == "less_than") return "(-inf," + at + ")";
  if (qualifier == "at_most") return "(-inf," + at + "]";
  if (half.is_zero()) return "[" + at + "," + at + "]";
  return "[" + sub(value, half)->to_string_short() + "," + add(value, half)->to_string_short() +
         ")";
}

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  Made make() {
    const When& when = kWhens[random_.below(std::size(kWhens))];
    const Word& word = kWords[random_.below(std::size(kWords))];
    uint64_t kind = random_.below(4);
    Made made = kind == 0 ? money(word) : kind == 1 ? count(word) : kind == 2 ? growth() : points();
    made.text = std::string(when.words) + "，青河高新区" + made.text + "。";
    made.period = when.period;
    return made;
  }

 private:
  std::string with(const Word& word, const std::string& number) {
    return word.before + number + word.after;
  }

  Made money(const Word& word) {
    int places = static_cast<int>(random_.below(3));
    Decimal digits = Decimal::from_parts(1 + static_cast<int128>(random_.below(999'999)), places);
    int64_t factor = random_.below(2) == 0 ? 100'000'000 : 10'000;
    Decimal value = *mul(digits, Decimal(factor));
    Decimal half = *mul(Decimal::from_parts(5, places + 1), Decimal(factor));
    std::string printed = digits.to_string() + (factor == 10'000 ? "万元" : "亿元");
    return {"规上工业总产值" + with(word, printed),
            value.normalized().to_string_short(),
            "CNY",
            "money",
            word.qualifier,
            interval_of(word.qualifier, value, half),
            {}};
  }

  Made count(const Word& word) {
    auto number = static_cast<int64_t>(2 + random_.below(random_.below(2) == 0 ? 200 : 900'000));
    bool is_chinese = random_.below(2) == 0;
    std::string printed = is_chinese ? chinese(number) : std::to_string(number);
    return {"集聚企业" + with(word, printed + "家"),
            std::to_string(number),
            "enterprises",
            "count",
            word.qualifier,
            interval_of(word.qualifier, Decimal(number), Decimal(0)),
            {}};
  }

  Made growth() {
    Decimal digits = Decimal::from_parts(1 + static_cast<int128>(random_.below(999)), 1);
    bool falls = random_.below(2) == 0;
    Decimal half = Decimal::from_parts(5, 2);
    std::string low = sub(digits, half)->to_string_short(),
                high = add(digits, half)->to_string_short();
    std::string interval = falls ? "(-" + high + ",-" + low + "]" : "[" + low + "," + high + ")";
    return {std::string("出口同比") + (falls ? "下降" : "增长") + digits.to_string() + "%",
            (falls ? "-" : "") + digits.to_string_short(),
            "percent",
            "yoy",
            "exact",
            interval,
            {}};
  }

  Made points() {
    Decimal digits = Decimal::from_parts(1 + static_cast<int128>(random_.below(99)), 1);
    bool is_gap = random_.below(2) == 0;
    Decimal half = Decimal::from_parts(5, 2);
    return {std::string(is_gap ? "出口增速高于全省" : "出口增速较上月提高") + digits.to_string() +
                "个百分点",
            digits.to_string_short(),
            "percentage_points",
            is_gap ? "pp_gap" : "pp_change",
            "exact",
            interval_of("exact", digits, half),
            {}};
  }

  SeededRandom random_;
};

TEST(Property, MadePhrasesReadBack) {
  constexpr uint64_t kSeed = 20240930;
  Maker maker(kSeed);
  for (int run = 0; run < kRuns; ++run) {
    Made made = maker.make();
    auto reading = read_text(made.text);
    ASSERT_TRUE(reading.has_value());
    std::vector<const Claim*> claims;
    for (const Claim& claim : reading->claims) {
      if (claim.measure != Measure::period && claim.measure != Measure::date)
        claims.push_back(&claim);
    }
    ASSERT_EQ(claims.size(), 1u) << made.text << " run " << run;
    EXPECT_EQ(told(*claims[0]), made.value + " " + made.unit + " " + made.measure + " " +
                                    made.qualifier + " " + made.interval + " " + made.period)
        << made.text << " run " << run;
  }
}

// The articles of tests/reading without their marks.
std::vector<std::u32string> articles() {
  std::vector<std::u32string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(WUTONG_SOURCE_DIR) + "/tests/reading")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    std::u32string text;
    bool is_mark = false;
    for (char32_t c : to_code_points(std::string(std::istreambuf_iterator<char>(in), {}))) {
      if (c == U'|') is_mark = true;
      if (c != U'{' && c != U'}' && !is_mark) text += c;
      if (c == U'}') is_mark = false;
    }
    out.push_back(std::move(text));
  }
  return out;
}

std::vector<std::string> told(const std::u32string& text) {
  std::vector<std::string> out;
  auto reading = read_text(to_utf8(text));
  if (!reading) return {reading.error().code};
  for (const Claim& claim : reading->claims) out.push_back(told(claim));
  return out;
}

TEST(Property, LineBreaksInsideParagraphsChangeNothing) {
  constexpr size_t kFromEnds = 45;
  constexpr std::u32string_view kEnds = U"。！？…”’）)";
  SeededRandom random(7);
  for (const std::u32string& text : articles()) {
    for (int run = 0; run < 5; ++run) {
      std::u32string broken;
      size_t line_start = 0;
      for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == U'\n') line_start = i + 1;
        size_t line_end = text.find(U'\n', i);
        bool is_inside =
            i > line_start + kFromEnds && std::min(line_end, text.size()) > i + kFromEnds &&
            text[line_start] != U'#' && kEnds.find(text[i - 1]) == std::u32string::npos;
        if (is_inside && random.below(40) == 0) {
          broken += random.below(2) == 0 ? U"\n" : U"\r\n  ";
          line_start = i;
        }
        broken += text[i];
      }
      EXPECT_EQ(told(broken), told(text)) << to_utf8(broken);
    }
  }
}

TEST(Property, FullWidthFormsChangeNothing) {
  for (const std::u32string& text : articles()) {
    std::u32string wide;
    for (size_t i = 0; i < text.size(); ++i) {
      char32_t c = text[i];
      bool is_wide = (c >= U'0' && c <= U'9') || c == U'%' || c == U'.' || c == U'-' || c == U'(' ||
                     c == U')' || (c >= U'A' && c <= U'Z') || c == U',';
      wide += is_wide ? c + 0xFEE0 : c;
    }
    EXPECT_EQ(told(wide), told(text)) << to_utf8(wide);
  }
}

TEST(Property, TraditionalCharactersChangeNothing) {
  std::map<char32_t, char32_t> traditional;
  for (size_t i = 0; i < kSimplifiedPairCount; ++i) {
    traditional.emplace(kSimplifiedPairs[i].simplified, kSimplifiedPairs[i].traditional);
  }
  size_t changed = 0;
  for (const std::u32string& text : articles()) {
    std::u32string other;
    for (char32_t c : text) {
      auto found = traditional.find(c);
      other += found == traditional.end() ? c : found->second;
      changed += found == traditional.end() ? 0 : 1;
    }
    EXPECT_EQ(told(other), told(text)) << to_utf8(other);
  }
  EXPECT_GT(changed, 1000u);
}

}  // namespace
}  // namespace wutong::page
