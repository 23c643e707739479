// UTF-8 text. Invalid bytes never crash anything: they decode to U+FFFD, one for each byte.
// Unicode tables are utf8proc's. Pure functions; safe on any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wutong {

std::u32string to_code_points(std::string_view utf8);
std::string to_utf8(std::u32string_view code_points);
void append_utf8(std::string& out, char32_t code_point);
bool is_valid_utf8(std::string_view bytes);
size_t count_code_points(std::string_view utf8);
// Columns on a terminal: CJK is 2, combining marks are 0.
int display_width(std::string_view utf8);
std::string pad_right(std::string_view utf8, int width);
std::string pad_left(std::string_view utf8, int width);
// NFKC and lower case: full-width forms, compatibility forms and case fold together. For matching
// names, not for storing them.
std::string fold(std::string_view utf8);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string join(std::span<const std::string> parts, std::string_view separator);
bool is_identifier(std::string_view text);  // [a-z][a-z0-9_]*

// The name of `known` nearest to `name` by edit distance over code points (transpositions count 1),
// if it is near enough to be a likely slip; for "did you mean".
std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known);

}  // namespace wutong
