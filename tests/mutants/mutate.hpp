// Errors planted into a text: one at a time, where a figure was found right before.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "domain/page/judge.hpp"

namespace wutong::mutants {

enum class Kind { digit, unit, sign, qualifier, period, name };
constexpr std::array<Kind, 6> kKinds{Kind::digit,     Kind::unit,   Kind::sign,
                                     Kind::qualifier, Kind::period, Kind::name};
std::string_view to_string(Kind kind);

struct Mutant {
  Kind kind = Kind::digit;
  size_t claim = 0;     // of the original: the figure that is no longer right
  std::u32string text;  // the whole text with the error
  size_t from = 0;      // where it was put in, code points
  std::string was, is;  // what stood there and what stands there now
  std::ptrdiff_t longer = 0;
};

// Names that may stand for each other: records of one register, values of one code list.
using Alike = std::vector<std::vector<std::u32string>>;

// nullopt: this kind cannot be planted at this claim.
std::optional<Mutant> plant(Kind kind, const std::u32string& text, const page::Reading& reading,
                            size_t claim, const Alike& alike, SeededRandom& random);

}  // namespace wutong::mutants
