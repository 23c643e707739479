#include "domain/page/impl/simplified.hpp"

#include <algorithm>

namespace wutong::page {

char32_t simplified(char32_t c) {
  if (c < 0x3400 || c > 0x9FFF) return c;
  if (c == U'於') return U'于';  // which the table keeps, as a surname
  const CharacterPair* end = kSimplifiedPairs + kSimplifiedPairCount;
  const CharacterPair* found = std::lower_bound(
      kSimplifiedPairs, end, c,
      [](const CharacterPair& pair, char32_t wanted) { return pair.traditional < wanted; });
  return found != end && found->traditional == c ? found->simplified : c;
}

}  // namespace wutong::page
