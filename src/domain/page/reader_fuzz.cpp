// Any bytes are read or refused: build target page_fuzz under a clang preset, then
// page_fuzz tests/fuzz/corpus/page. What it finds goes into that folder.
#include "base/error.hpp"
#include "domain/page/claim.hpp"

namespace wutong::page {

void read_any(std::string_view text) {
  auto reading = read_text(text);
  if (!reading) return;
  for (const Claim& claim : reading->claims) {
    CHECK(claim.start < claim.end && claim.end <= text.size());
  }
}

}  // namespace wutong::page

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  wutong::page::read_any(std::string_view(reinterpret_cast<const char*>(bytes), size));
  return 0;
}
