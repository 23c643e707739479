// Cells without quotes, read straight from the buffer. Every function gives false where the cell
// has anything unusual (a quote, a fault, the end of the buffer): the careful way then decides.
// Behind the last byte of the buffer stand kPadding zeros, which end everything. Inlined always, so
// that the place in the buffer stays in a register. Private.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/text.hpp"

namespace wutong::sheet {

constexpr size_t kPadding = 16;

// How many of the eight bytes are digits before the first that is none. A byte is a digit if it is
// at most 9 after the exclusive-or; carries run only upwards from bytes that are none.
inline unsigned digits_before(uint64_t word) {
  uint64_t low = word ^ 0x3030303030303030;
  uint64_t others = ((low + 0x7676767676767676) | low) & 0x8080808080808080;
  return static_cast<unsigned>(std::countr_zero(others)) / 8;  // 8 if all are
}

// The number that the first `digits` (1 to 8) bytes spell: moved up behind zeros, then joined by
// pairs, fours and eights (D. Lemire's way, "Quickly parsing eight digits", 2022).
inline int64_t number_of_digits(uint64_t word, unsigned digits) {
  word = (word ^ 0x3030303030303030) << (64 - 8 * digits);
  word = word * 10 + (word >> 8);
  constexpr uint64_t kMask = 0x000000FF000000FF;
  uint64_t high = (word & kMask) * 0x000F424000000064;         // 100 + (1000000 << 32)
  uint64_t low = ((word >> 16) & kMask) * 0x0000271000000001;  // 1 + (10000 << 32)
  return static_cast<int64_t>(static_cast<uint32_t>((high + low) >> 32));
}

// Digits up to 16; `at` moves behind them.
[[gnu::always_inline]] inline bool plain_digits(const char*& at, int64_t& number,
                                                unsigned& digits) {
  static_assert(std::endian::native == std::endian::little);
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  digits = digits_before(word);
  if (digits == 0) return true;
  number = number_of_digits(word, digits);
  at += digits;
  if (digits < 8) [[likely]]
    return true;
  std::memcpy(&word, at, sizeof word);
  unsigned more = digits_before(word);
  if (more == 8) return false;
  if (more == 0) return true;
  constexpr int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};
  number = number * kPowers[more] + number_of_digits(word, more);
  at += more;
  digits += more;
  return true;
}

// [-]digits, or nothing (absent). The caller looks at what follows.
[[gnu::always_inline]] inline bool plain_integer(const char*& at, int64_t& number,
                                                 uint8_t& present) {
  bool is_negative = *at == '-';
  at += is_negative;
  unsigned digits = 0;
  int64_t size = 0;
  if (!plain_digits(at, size, digits)) return false;
  present = digits != 0;
  number = is_negative ? -size : size;
  return digits != 0 || !is_negative;
}

// [-]digits[.digits], or nothing; as a number of 10^-scale.
[[gnu::always_inline]] inline bool plain_decimal(const char*& at, int scale, int64_t& number,
                                                 uint8_t& present) {
  constexpr int kDigitsMax = 18;
  bool is_negative = *at == '-';
  at += is_negative;
  unsigned digits = 0;
  number = 0;
  if (!plain_digits(at, number, digits)) return false;
  present = digits != 0;
  if (digits == 0) return !is_negative && *at != '.';
  int places = 0;
  if (*at == '.') {
    for (++at; *at >= '0' && *at <= '9' && places < scale; ++at, ++places) {
      number = number * 10 + (*at - '0');
      if (++digits > kDigitsMax) return false;
    }
    if (places == 0 || (*at >= '0' && *at <= '9')) return false;
  }
  if (static_cast<int>(digits) + scale - places > kDigitsMax) return false;
  for (; places < scale; ++places) number *= 10;
  if (is_negative) number = -number;
  return true;
}

// Up to a comma or the end of the line.
[[gnu::always_inline]] inline bool plain_text(const char*& at, std::string_view& text) {
  const char* begin = at;
  if (*at == '"') return false;
  uint8_t bits = 0;
  while (*at != ',' && *at != '\n' && *at != '\r' && *at != '\0') {
    bits |= static_cast<uint8_t>(*at++);
  }
  text = {begin, static_cast<size_t>(at - begin)};
  return bits < 0x80 || is_valid_utf8(text);
}

// The end of a line; a \r that is not before \n is text.
[[gnu::always_inline]] inline bool plain_line_end(const char*& at) {
  at += *at == '\r';
  return *at++ == '\n';
}

}  // namespace wutong::sheet
