#include "surface/answer/sheet_value.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace wutong::answer {

namespace {

using record::FieldKind;

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Full-width letters, digits and signs as those of ASCII; nothing else changes.
std::string half_width(std::string_view text) {
  std::string out;
  for (char32_t c : to_code_points(trim(text))) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    append_utf8(out, c == 0x3000 || c == 0xA0 ? U' ' : c);
  }
  return std::string(trim(out));
}

// 1,234,567.8 without its commas; nullopt where they do not stand between thousands.
std::optional<std::string> without_grouping(std::string_view text) {
  const size_t point = std::min(text.find('.'), text.size());
  std::string out;
  size_t run = 0;
  bool has_comma = false;
  for (char c : text.substr(0, point)) {
    if (c == ',') {
      if (run == 0 || run > 3 || (has_comma && run != 3)) return std::nullopt;
      has_comma = true;
      run = 0;
      continue;
    }
    if (c != '-' && c != '+') ++run;
    out += c;
  }
  if (has_comma && run != 3) return std::nullopt;
  return out + std::string(text.substr(point));
}

std::string number_input(const record::Field& field, sheet::CellKind kind,
                         const std::string& text) {
  const bool is_percent_field = field.unit.code() == "percent";
  std::string digits = without_grouping(text).value_or(text);
  bool is_percent = kind == sheet::CellKind::percent;
  if (is_percent_field && digits.ends_with('%')) digits.pop_back();
  auto number = Decimal::parse(digits);
  if (!number) return text;
  if (is_percent && is_percent_field) number = mul(*number, Decimal(100));
  if (!number) return text;
  return field.kind == FieldKind::integer ? number->to_string_short()
                                          : number->normalized().to_string();
}

// The numbers of 2024年9月28日, 2024/9/28, 2024.9.28, 20240928; empty: not a date.
std::vector<std::string> date_parts(std::string text) {
  for (std::string_view midnight : {" 00:00:00", "T00:00:00", " 00:00", " 0:00", " 0:00:00"}) {
    if (text.ends_with(midnight)) text.resize(text.size() - midnight.size());
  }
  std::string plain;
  for (char32_t c : to_code_points(text)) {
    const bool is_between = std::u32string_view(U"年月/.-").find(c) != std::u32string_view::npos;
    const bool is_end = c == U'日' || c == U'号';
    if (!is_end && c != U' ') append_utf8(plain, is_between ? U'-' : c);
  }
  if (plain.ends_with('-')) plain.pop_back();
  std::vector<std::string> parts;
  for (std::string_view part : split(plain, '-')) {
    if (!is_digits(part)) return {};
    parts.emplace_back(part);
  }
  if (parts.size() == 1 && (parts[0].size() == 6 || parts[0].size() == 8)) {
    const std::string whole = parts[0];
    parts = {whole.substr(0, 4), whole.substr(4, 2)};
    if (whole.size() == 8) parts.push_back(whole.substr(6));
  }
  if (parts.empty() || parts.size() > 3 || parts[0].size() != 4) return {};
  for (size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].size() > 2) return {};
    if (parts[i].size() == 1) parts[i] = "0" + parts[i];
  }
  return parts;
}

std::string time_input(const record::Field& field, sheet::CellKind kind, const std::string& text) {
  std::vector<std::string> parts = date_parts(text);
  const bool is_cell = kind == sheet::CellKind::date || kind == sheet::CellKind::month;
  if (field.kind == FieldKind::month) {
    // A spreadsheet makes the first of the month of a month that is typed in.
    if (parts.size() == 3 && is_cell && parts[2] == "01") parts.pop_back();
    return parts.size() == 2 ? join(parts, "-") : text;
  }
  if (field.kind == FieldKind::date) {
    if (parts.size() == 2 && kind == sheet::CellKind::month) parts.push_back("01");
    return parts.size() == 3 ? join(parts, "-") : text;
  }
  return parts.empty() ? text : join(parts, "-");
}

std::string boolean_input(const std::string& text) {
  constexpr std::array<std::string_view, 4> kYes = {"是", "true", "yes", "1"};
  constexpr std::array<std::string_view, 4> kNo = {"否", "false", "no", "0"};
  const std::string folded = fold(text);
  if (std::find(kYes.begin(), kYes.end(), folded) != kYes.end()) return "true";
  if (std::find(kNo.begin(), kNo.end(), folded) != kNo.end()) return "false";
  return text;
}

std::string code_input(const record::Field& field, std::string_view text) {
  const std::string plain = half_width(text);
  for (const record::Code& code : field.codes) {
    if (code.value == text || code.value == plain) return code.value;
  }
  const std::string folded = fold(plain);
  for (const record::Code& code : field.codes) {
    const bool is_alias =
        std::find(code.aliases.begin(), code.aliases.end(), plain) != code.aliases.end();
    if (fold(code.title.zh) == folded || fold(code.title.en) == folded || is_alias) {
      return code.value;
    }
  }
  return std::string(text);
}

// The title where reading it leads to this code again.
std::string code_text(const record::Field& field, const std::string& value, bool is_english) {
  for (const record::Code& code : field.codes) {
    if (code.value != value) continue;
    const std::string& title = is_english ? code.title.en : code.title.zh;
    return !title.empty() && code_input(field, title) == value ? title : value;
  }
  return value;
}

bool is_formula_start(std::string_view text) {
  for (std::string_view start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

std::string_view behind_apostrophes(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of('\''), text.size()));
}

}  // namespace

std::string guarded(std::string_view text) {
  return (is_formula_start(behind_apostrophes(text)) ? "'" : "") + std::string(text);
}

std::string unguarded(std::string_view text) {
  const bool is_guarded = text.starts_with('\'') && is_formula_start(behind_apostrophes(text));
  return std::string(is_guarded ? text.substr(1) : text);
}

std::string list_text(const std::vector<std::string>& elements) {
  std::string out;
  for (const std::string& element : elements) {
    if (&element != &elements.front()) out += "；";
    for (char32_t c : to_code_points(element)) {
      if (c == U'；' || c == U';' || c == U'\\') out += '\\';
      if (c == U'\n') {
        out += "\\n";
      } else {
        append_utf8(out, c);
      }
    }
  }
  return out;
}

std::vector<std::string> list_elements(std::string_view text) {
  std::vector<std::string> out(1);
  const std::u32string points = to_code_points(text);
  for (size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (c == U'\\' && i + 1 < points.size()) {
      append_utf8(out.back(), points[i + 1] == U'n' ? U'\n' : points[i + 1]);
      ++i;
    } else if (c == U'；' || c == U';' || c == U'\n' || c == U'\x1F') {
      out.emplace_back();
    } else {
      append_utf8(out.back(), c);
    }
  }
  return out;
}

std::string input_text(const record::Field& field, sheet::CellKind kind, std::string_view text) {
  switch (field.kind) {
    case FieldKind::text:
      return std::string(text);
    case FieldKind::text_list:
      return join_list(list_elements(text));
    case FieldKind::code:
      return code_input(field, text);
    case FieldKind::reference:
      return std::string(text);
    case FieldKind::integer:
    case FieldKind::decimal:
      return number_input(field, kind, half_width(text));
    case FieldKind::boolean:
      return boolean_input(half_width(text));
    case FieldKind::month:
    case FieldKind::date:
    case FieldKind::partial_date:
    case FieldKind::period:
      return time_input(field, kind, half_width(text));
  }
  return std::string(text);
}

std::string cell_text(const record::State& state, const record::Field& field, const Value& value,
                      bool is_english) {
  if (is_absent(value)) return {};
  if (const bool* flag = std::get_if<bool>(&value)) {
    if (is_english) return *flag ? "true" : "false";
    return *flag ? "是" : "否";
  }
  if (const RecordId* record = std::get_if<RecordId>(&value)) {
    return state.key_text(*state.schema().index_of(field.target), *record);
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) return list_text(*texts);
  const std::string text = to_string(value);
  return field.codes.empty() ? text : code_text(field, text, is_english);
}

}  // namespace wutong::answer
