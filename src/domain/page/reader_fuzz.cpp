// Any bytes are read or refused: build target page_fuzz under a clang preset, then
// page_fuzz tests/fuzz/corpus/page. What it finds goes into that folder.
#include <cstdlib>

#include "domain/page/claim.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  auto reading =
      wutong::page::read_text(std::string_view(reinterpret_cast<const char*>(bytes), size));
  if (!reading) return 0;
  for (const wutong::page::Claim& claim : reading->claims) {
    if (claim.start >= claim.end || claim.end > size) std::abort();
  }
  return 0;
}
