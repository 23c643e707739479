#include "base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace wutong {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Decodes one code point at `at`; an invalid byte is one replacement character.
char32_t next_code_point(std::string_view utf8, size_t& at) {
  utf8proc_int32_t code_point = 0;
  auto left = static_cast<utf8proc_ssize_t>(std::min<size_t>(4, utf8.size() - at));
  auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(utf8.data() + at), left,
                               &code_point);
  if (read <= 0) {
    ++at;
    return kReplacement;
  }
  at += static_cast<size_t>(read);
  return static_cast<char32_t>(code_point);
}

}  // namespace

std::u32string to_code_points(std::string_view utf8) {
  std::u32string out;
  out.reserve(utf8.size());
  for (size_t at = 0; at < utf8.size();) out += next_code_point(utf8, at);
  return out;
}

void append_utf8(std::string& out, char32_t code_point) {
  utf8proc_uint8_t bytes[4];
  auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  if (size <= 0) size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(kReplacement), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
}

std::string to_utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size() * 3);
  for (char32_t code_point : code_points) append_utf8(out, code_point);
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  for (size_t at = 0; at < bytes.size();) {
    size_t before = at;
    bool is_replacement = next_code_point(bytes, at) == kReplacement;
    if (is_replacement && bytes.substr(before, 3) != "\xEF\xBF\xBD") return false;
  }
  return true;
}

size_t count_code_points(std::string_view utf8) {
  size_t count = 0;
  for (size_t at = 0; at < utf8.size(); ++count) next_code_point(utf8, at);
  return count;
}

int display_width(std::string_view utf8) {
  int width = 0;
  bool is_escape = false;  // ANSI colour: ESC [ … m
  for (size_t at = 0; at < utf8.size();) {
    char32_t code_point = next_code_point(utf8, at);
    if (code_point == 0x1B) is_escape = true;
    if (!is_escape) width += utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
    if (is_escape && code_point == U'm') is_escape = false;
  }
  return width;
}

std::string pad_right(std::string_view utf8, int width) {
  int missing = std::max(0, width - display_width(utf8));
  return std::string(utf8) + std::string(static_cast<size_t>(missing), ' ');
}

std::string pad_left(std::string_view utf8, int width) {
  int missing = std::max(0, width - display_width(utf8));
  return std::string(static_cast<size_t>(missing), ' ') + std::string(utf8);
}

std::string fold(std::string_view utf8) {
  std::string valid = is_valid_utf8(utf8) ? std::string(utf8) : to_utf8(to_code_points(utf8));
  utf8proc_uint8_t* mapped = nullptr;
  auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(valid.data()),
                           static_cast<utf8proc_ssize_t>(valid.size()), &mapped, options);
  if (size < 0) return valid;
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
  std::free(mapped);
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\f\v";
  size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

namespace {

// Damerau–Levenshtein, optimal string alignment.
size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, last[j - 1] + cost});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, current);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known) {
  constexpr size_t kLengthMax = 100;
  std::u32string wanted = to_code_points(fold(name.substr(0, kLengthMax)));
  std::optional<std::string> nearest;
  size_t best = std::max<size_t>(1, wanted.size() / 3) + 1;
  for (const std::string& candidate : known) {
    if (candidate.size() > kLengthMax * 4) continue;
    size_t distance = edit_distance(wanted, to_code_points(fold(candidate)));
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace wutong
