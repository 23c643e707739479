#include "core/indicator/figure.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/column.hpp"
#include "base/text.hpp"

namespace wutong::indicator {

namespace {

enum class Argument { none, needed, optional };

struct KindWord {
  ComparisonKind kind;
  std::string_view word;
  Argument argument;
};
constexpr std::array<KindWord, 17> kKinds{{
    {ComparisonKind::level, "level", Argument::none},
    {ComparisonKind::yoy, "yoy", Argument::none},
    {ComparisonKind::yoy_naive, "yoy:naive", Argument::none},
    {ComparisonKind::mom, "mom", Argument::none},
    {ComparisonKind::two_year_average, "two_year_average", Argument::none},
    {ComparisonKind::cagr, "cagr", Argument::needed},
    {ComparisonKind::change_pp, "change_pp", Argument::needed},
    {ComparisonKind::gap_pp, "gap_pp", Argument::needed},
    {ComparisonKind::multiple, "multiple", Argument::needed},
    {ComparisonKind::share, "share", Argument::needed},
    {ComparisonKind::rank, "rank", Argument::needed},
    {ComparisonKind::only_one_above, "only_one_above", Argument::needed},
    {ComparisonKind::minimum, "minimum", Argument::needed},
    {ComparisonKind::streak, "streak", Argument::none},
    {ComparisonKind::target, "target", Argument::optional},
    {ComparisonKind::forecast, "forecast", Argument::optional},
    {ComparisonKind::completion, "completion", Argument::optional},
}};

std::string_view word_of(ComparisonKind kind) {
  for (const KindWord& row : kKinds) {
    if (row.kind == kind) return row.word;
  }
  return "";
}

tl::unexpected<Error> malformed(std::string_view what_zh, std::string_view what_en,
                                std::string_view text, std::string_view expected) {
  const std::string shown(text);
  return fail(ErrorKind::invalid, "figure.identity_malformed",
              "指标数据标识中的" + std::string(what_zh) + "“" + shown + "”无法识别，应为 " +
                  std::string(expected),
              std::string(what_en) + " '" + shown + "' is not understood; expected " +
                  std::string(expected));
}

bool is_reserved(char c) {
  return std::string_view("%&=?/#+ ").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) < 0x20;
}

std::string encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (!is_reserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    out += '%';
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    unsigned value = 0;
    const char* end = text.data() + i + 3;
    const auto [at, error] = std::from_chars(text.data() + i + 1, end, value, 16);
    if (error != std::errc() || at != end) return std::nullopt;
    out += static_cast<char>(value);
    i += 2;
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

constexpr int kYearsMax = 100;

// 1..100 as written without leading zeros; 0 where it is none.
int years_of(std::string_view text) {
  int years = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), years);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && std::to_string(years) == text && years >= 1 && years <= kYearsMax ? years : 0;
}

// The arguments that a comparison has; empty where it is the level of an area.
std::vector<std::string> arguments_of(ComparisonKind kind) {
  if (kind == ComparisonKind::change_pp) return {"month", "quarter", "half"};
  if (kind == ComparisonKind::minimum) return {"quarter"};
  if (kind == ComparisonKind::target || kind == ComparisonKind::forecast) return {"yoy"};
  if (kind == ComparisonKind::completion) return {"year"};
  return {};
}

Result<void> check_argument(const Comparison& comparison, std::string_view text) {
  const std::string& argument = comparison.argument;
  const std::string word(word_of(comparison.kind));
  const auto known = arguments_of(comparison.kind);
  if (!known.empty()) {
    if (std::find(known.begin(), known.end(), argument) != known.end()) return {};
    return malformed("比较方式", "the comparison", text,
                     word + ":" + join(known, " | " + word + ":"));
  }
  if (comparison.kind == ComparisonKind::cagr) {
    if (years_of(argument) > 0) return {};
    return malformed("比较方式", "the comparison", text, "cagr:YEARS (1..100)");
  }
  if (is_over_zones(comparison) || among_values(comparison)) return {};
  const bool is_by = argument.starts_with("by:") && comparison.kind == ComparisonKind::rank;
  if (is_by) {
    return malformed("比较方式", "the comparison", text,
                     "rank:by | rank:by:low | rank:by:DIMENSION | rank:by:DIMENSION:low");
  }
  if (!is_identifier(argument)) {
    return malformed("比较方式", "the comparison", text,
                     word + ":LEVEL (nation, province, city …)");
  }
  return {};
}

Result<void> parse_option(Question& question, std::string_view option) {
  const size_t equals = option.find('=');
  const auto name = decode(option.substr(0, equals));
  const auto value =
      equals == std::string_view::npos ? std::nullopt : decode(option.substr(equals + 1));
  if (!name || !value || !is_identifier(*name)) {
    return malformed("条件", "the condition", option, "dimension=value");
  }
  if (*name == "definitions") {
    question.is_with_definitions_of_today = *value == "today";
    if (*value == "today" || *value == "then") return {};
    return malformed("条件", "the condition", option, "definitions=today | definitions=then");
  }
  if (*name != "as_of") {
    if (!question.dimensions.emplace(*name, *value).second) {
      return malformed("条件", "the condition", option, "each dimension once");
    }
    return {};
  }
  if (const auto day = Date::parse(*value)) {
    question.as_of_day = day;
    return {};
  }
  uint64_t position = 0;
  const char* end = value->data() + value->size();
  const auto [at, error] = std::from_chars(value->data(), end, position);
  if (error != std::errc() || at != end) {
    return malformed("条件", "the condition", option, "as_of=POSITION or as_of=YYYY-MM-DD");
  }
  question.as_of = Seq{position};
  return {};
}

}  // namespace

std::optional<AmongValues> among_values(const Comparison& comparison) {
  if (comparison.kind != ComparisonKind::rank) return std::nullopt;
  auto words = split(comparison.argument, ':');
  if (words.front() != "by") return std::nullopt;
  AmongValues out;
  out.is_low_first = words.size() > 1 && words.back() == "low";
  if (out.is_low_first) words.pop_back();
  if (words.size() > 2) return std::nullopt;
  if (words.size() == 2) out.dimension = words.back();
  const bool is_fine = words.size() == 1 || is_identifier(out.dimension);
  return is_fine ? std::optional(out) : std::nullopt;
}

Decimal packed(const PartialDate& date) { return Decimal(pack_partial_date(date)); }

PartialDate date_of(const Decimal& packed) {
  return unpack_partial_date(static_cast<int64_t>(packed.normalized().mantissa()));
}

std::string amount_text(const Decimal& value, Unit unit) {
  return unit.dimension() == "date" ? date_of(value).to_string() : value.to_string_short();
}

bool is_over_zones(const Comparison& comparison) {
  const std::string_view argument = comparison.argument;
  if (comparison.kind == ComparisonKind::multiple) {
    return argument.starts_with("zone@") && is_identifier(argument.substr(5));
  }
  if (argument == "zones") {
    return comparison.kind == ComparisonKind::rank || comparison.kind == ComparisonKind::share;
  }
  return comparison.kind == ComparisonKind::rank &&
         (argument == "zones@yoy" || argument == "zones@yoy:naive" || argument == "zones@mom");
}

int Comparison::years() const {
  return kind == ComparisonKind::two_year_average ? 2 : years_of(argument);
}

std::string to_string(const Comparison& comparison) {
  std::string out(word_of(comparison.kind));
  if (comparison.kind == ComparisonKind::only_one_above) {
    out += ":" + comparison.threshold.to_string_short() + "@" + comparison.argument;
  } else if (!comparison.argument.empty()) {
    out += ":" + comparison.argument;
  }
  return out;
}

Result<Comparison> parse_comparison(std::string_view text) {
  Comparison comparison;
  for (const KindWord& row : kKinds) {
    if (row.argument != Argument::needed && text == row.word) {
      comparison.kind = row.kind;
      return comparison;
    }
  }
  const size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  for (const KindWord& row : kKinds) {
    if (row.argument == Argument::none || word != row.word) continue;
    comparison.kind = row.kind;
    std::string_view argument =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    if (row.kind == ComparisonKind::only_one_above) {
      const size_t at = argument.find('@');
      const auto threshold = Decimal::parse(argument.substr(0, at));
      if (at == std::string_view::npos || !threshold) {
        return malformed("比较方式", "the comparison", text, "only_one_above:NUMBER@LEVEL");
      }
      comparison.threshold = threshold->normalized();
      argument = argument.substr(at + 1);
    }
    comparison.argument = argument;
    if (auto ok = check_argument(comparison, text); !ok) return fail(std::move(ok.error()));
    return comparison;
  }
  std::vector<std::string> words;
  for (const KindWord& row : kKinds) words.emplace_back(row.word);
  std::string expected = join(words, " | ");
  if (const auto nearest = nearest_name(word, words)) expected = *nearest + " ? " + expected;
  return malformed("比较方式", "the comparison", text, expected);
}

std::string identity(const Question& question) {
  std::string out =
      encode(question.zone) + "/" + encode(question.indicator) + "/" + question.period.to_string();
  if (question.comparison.kind != ComparisonKind::level) {
    out += "/" + to_string(question.comparison);
  }
  char separator = '?';
  for (const auto& [name, value] : question.dimensions) {
    out += separator + encode(name) + "=" + encode(value);
    separator = '&';
  }
  if (question.as_of) {
    out += separator + std::string("as_of=") + std::to_string(question.as_of->value);
  } else if (question.as_of_day) {
    out += separator + std::string("as_of=") + question.as_of_day->to_string();
  }
  const bool is_earlier = question.as_of || question.as_of_day;
  if (is_earlier && question.is_with_definitions_of_today) out += "&definitions=today";
  return out;
}

Result<Question> parse_identity(std::string_view text) {
  Question question;
  const size_t mark = text.find('?');
  const auto parts = split(text.substr(0, mark), '/');
  if (parts.size() < 3 || parts.size() > 4) {
    return malformed("结构", "the identity", text, "zone/indicator/period/comparison?dim=value");
  }
  const auto zone = decode(parts[0]);
  const auto name = decode(parts[1]);
  if (!zone || zone->empty()) return malformed("园区", "the zone", parts[0], "a zone's name");
  if (!name || !is_identifier(*name)) {
    return malformed("指标", "the indicator", parts[1], "an indicator's name");
  }
  question.zone = *zone;
  question.indicator = *name;
  const auto period = Period::parse(parts[2]);
  if (!period) {
    return malformed("报告期", "the period", parts[2],
                     "2024-09 | 2024-Q3 | 2024-H1 | 2024 | 2024-01..09 | @2024-07-31 | 2021..");
  }
  question.period = *period;
  if (parts.size() == 4) {
    auto comparison = parse_comparison(parts[3]);
    if (!comparison) return fail(std::move(comparison.error()));
    question.comparison = *comparison;
  }
  if (mark == std::string_view::npos) return question;
  for (std::string_view option : split(text.substr(mark + 1), '&')) {
    if (auto ok = parse_option(question, option); !ok) return fail(std::move(ok.error()));
  }
  return question;
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::value:
      return "value";
    case Status::no_records:
      return "no_records";
    case Status::base_not_positive:
      return "base_not_positive";
    case Status::not_reportable:
      return "not_reportable";
    case Status::incomplete:
      return "incomplete";
  }
  return "";
}

}  // namespace wutong::indicator
