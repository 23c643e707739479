// Traditional characters as the simplified ones that the grammar is written in, one for one, so
// that no place in a text moves. Private; pure.
#pragma once

#include <cstddef>

namespace wutong::page {

char32_t simplified(char32_t c);  // the character itself where it has no other form

struct CharacterPair {
  char32_t traditional;
  char32_t simplified;
};
// Sorted by the traditional one; cmake/simplified_table.cpp writes them while building.
extern const CharacterPair kSimplifiedPairs[];
extern const size_t kSimplifiedPairCount;

}  // namespace wutong::page
