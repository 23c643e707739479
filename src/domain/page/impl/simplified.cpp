#include "domain/page/impl/simplified.hpp"

#include <algorithm>
#include <iterator>

namespace wutong::page {

namespace {

struct Pair {
  char32_t traditional;
  char32_t simplified;
};

// Sorted; written by generate/simplified_table.cpp while building.
constexpr Pair kPairs[] = {
#include "simplified_pairs.inc"
};

}  // namespace

char32_t simplified(char32_t c) {
  if (c < 0x3400 || c > 0x9FFF) return c;
  const Pair* found =
      std::lower_bound(std::begin(kPairs), std::end(kPairs), c,
                       [](const Pair& pair, char32_t wanted) { return pair.traditional < wanted; });
  return found != std::end(kPairs) && found->traditional == c ? found->simplified : c;
}

}  // namespace wutong::page
