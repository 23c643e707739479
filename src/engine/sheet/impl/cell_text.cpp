#include "engine/sheet/impl/cell_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace wutong::sheet {

namespace {

constexpr int kDigitsMax = 15;
constexpr int kExponentMax = 60;
constexpr int kSecondsOfDay = 86'400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// value = ±0.digits × 10^point
struct Scientific {
  bool is_negative = false;
  std::string digits;  // without leading zeros
  int point = 0;
};

std::optional<Scientific> read_number(std::string_view text) {
  Scientific out;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    out.is_negative = text[0] == '-';
    text.remove_prefix(1);
  }
  size_t at = 0, seen = 0;
  bool has_point = false;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !has_point)); ++at) {
    if (text[at] == '.') {
      has_point = true;
      continue;
    }
    ++seen;
    if (out.digits.empty() && text[at] == '0') {
      if (has_point) --out.point;
      continue;
    }
    out.digits += text[at];
    if (!has_point) ++out.point;
  }
  if (seen == 0) return std::nullopt;
  if (at == text.size()) return out;
  if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
  std::string_view exponent = text.substr(at + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  int power = 0;
  auto [end, code] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
  if (code != std::errc() || end != exponent.data() + exponent.size()) return std::nullopt;
  if (power < -10'000 || power > 10'000) return std::nullopt;
  out.point += power;
  return out;
}

// Half up at 15 digits; then without trailing zeros.
void round_digits(Scientific& number) {
  std::string& digits = number.digits;
  if (digits.size() > kDigitsMax) {
    const bool is_up = digits[kDigitsMax] >= '5';
    digits.resize(kDigitsMax);
    size_t at = kDigitsMax;
    while (is_up && at > 0 && digits[at - 1] == '9') digits[--at] = '0';
    if (is_up && at > 0) ++digits[at - 1];
    if (is_up && at == 0) {
      digits.insert(digits.begin(), '1');
      ++number.point;
    }
  }
  while (!digits.empty() && digits.back() == '0') digits.pop_back();
}

std::string plain(const Scientific& number) {
  if (number.digits.empty()) return "0";
  const auto size = static_cast<int>(number.digits.size());
  std::string out = number.is_negative ? "-" : "";
  if (number.point <= 0) {
    return out + "0." + std::string(static_cast<size_t>(-number.point), '0') + number.digits;
  }
  if (number.point >= size) {
    return out + number.digits + std::string(static_cast<size_t>(number.point - size), '0');
  }
  const auto point = static_cast<size_t>(number.point);
  return out + number.digits.substr(0, point) + "." + number.digits.substr(point);
}

std::string two_digits(int number) {
  std::string text = std::to_string(number);
  return text.size() < 2 ? "0" + text : text;
}

// The code of the first section, without literals, escapes and brackets, in lower case.
std::string bare_format(std::string_view code) {
  std::string out;
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"' || c == '[') {
      const size_t close = code.find(c == '"' ? '"' : ']', i + 1);
      if (close == std::string_view::npos) break;
      i = close;
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The unit of _xHHHH_ at `at`; -1 where there is none.
int escaped_unit(std::string_view text, size_t at) {
  if (text.size() - at < 7 || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') {
    return -1;
  }
  int unit = 0;
  for (size_t i = at + 2; i < at + 6; ++i) {
    const int digit = hex_digit(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_surrogate(int unit) { return unit >= 0xD800 && unit <= 0xDFFF; }

void append_escaped(std::string& out, unsigned unit) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out += "_x";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[unit >> shift & 15U];
  out += '_';
}

}  // namespace

CellKind kind_of_format(std::string_view format_code) {
  const std::string bare = bare_format(format_code);
  if (bare.starts_with("general")) return CellKind::number;
  const bool has_year = bare.find('y') != std::string::npos;
  if (bare.find('d') != std::string::npos) return CellKind::date;
  if (has_year) return CellKind::month;
  return bare.find('%') != std::string::npos ? CellKind::percent : CellKind::number;
}

std::optional<CellKind> kind_of_builtin(int format_id) {
  constexpr std::array kPercents = {9, 10};
  constexpr std::array kMonths = {17, 27, 36, 50, 52, 57};
  constexpr std::array kDates = {14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58};
  auto is_in = [&](const auto& ids) {
    return std::find(ids.begin(), ids.end(), format_id) != ids.end();
  };
  if (is_in(kPercents)) return CellKind::percent;
  if (is_in(kMonths)) return CellKind::month;
  if (is_in(kDates)) return CellKind::date;
  if (format_id >= 0 && format_id < 164) return CellKind::number;
  return std::nullopt;
}

std::optional<NumberText> number_text(std::string_view text) {
  auto number = read_number(text);
  if (!number) return std::nullopt;
  const auto given = number->digits.size();
  const bool is_long = given > kDigitsMax && number->point > kDigitsMax;
  round_digits(*number);
  if (!number->digits.empty() && (number->point > kExponentMax || number->point < -kExponentMax)) {
    return NumberText{std::string(text), CellKind::number_inexact};
  }
  return NumberText{plain(*number), is_long ? CellKind::number_inexact : CellKind::number};
}

NumberText date_text(const NumberText& number, CellKind kind, DateSystem system) {
  const auto serial = Decimal::parse(number.text);
  const auto day = serial ? serial->rounded(0, Rounding::down) : std::nullopt;
  if (!day || serial->is_negative() || *day > Decimal(2'958'465)) return number;
  auto whole = static_cast<int32_t>(day->mantissa());
  const auto part = sub(*serial, *day);
  const auto seconds = part ? mul(*part, Decimal(kSecondsOfDay)) : std::nullopt;
  const auto rounded = seconds ? seconds->rounded(0, Rounding::half_up) : std::nullopt;
  int second = rounded ? static_cast<int>(rounded->mantissa()) : 0;
  if (second == kSecondsOfDay) {
    second = 0;
    ++whole;
  }
  Date date;
  if (system == DateSystem::from_1904) {
    date = Date::from_ymd(1904, 1, 1)->plus_days(whole);
  } else {
    if (whole == 60 || whole == 0) return number;  // a day that never was
    date = Date::from_ymd(1899, 12, whole < 60 ? 31 : 30)->plus_days(whole);
  }
  if (second != 0) {
    return {date.to_string() + " " + two_digits(second / 3600) + ":" +
                two_digits(second / 60 % 60) + ":" + two_digits(second % 60),
            CellKind::date};
  }
  if (kind == CellKind::month && date.day() == 1) {
    return {Month::of(date).to_string(), CellKind::month};
  }
  return {date.to_string(), CellKind::date};
}

std::string unescape(std::string_view text) {
  if (text.find("_x") == std::string_view::npos) return std::string(text);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const int unit = escaped_unit(text, i);
    const int low = is_surrogate(unit) ? escaped_unit(text, i + 7 < text.size() ? i + 7 : i) : -1;
    if (unit < 0) {
      out += text[i];
    } else if (!is_surrogate(unit)) {
      append_utf8(out, static_cast<char32_t>(unit));
      i += 6;
    } else if (unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF) {
      append_utf8(out, static_cast<char32_t>(0x10000 + (unit - 0xD800) * 0x400 + (low - 0xDC00)));
      i += 13;
    } else {
      append_utf8(out, 0xFFFD);
      i += 6;
    }
  }
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_control = byte < 0x20 && byte != '\t' && byte != '\n';
    if (is_control) {
      append_escaped(out, byte);
    } else if (text.substr(i).starts_with("\xEF\xBF\xBE") ||
               text.substr(i).starts_with("\xEF\xBF\xBF")) {
      append_escaped(out, text[i + 2] == '\xBE' ? 0xFFFE : 0xFFFF);
      i += 2;
    } else if (escaped_unit(text, i) >= 0) {  // what only looks like an escape
      append_escaped(out, '_');
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace wutong::sheet
