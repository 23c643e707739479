// Memory of the process: what is freed is kept for the next use instead of being given back to the
// system at once, because the first touch of fresh memory is dear on virtual machines. Called once,
// first thing in main; does nothing where the C library has no such setting.
#pragma once

#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace wutong {

inline void keep_freed_memory() {
#if defined(__GLIBC__)
  constexpr int kLargeBytes = 32 << 20;  // the most that the library takes
  mallopt(M_MMAP_THRESHOLD, kLargeBytes);
  mallopt(M_TRIM_THRESHOLD, 8 * kLargeBytes);
  mallopt(M_TOP_PAD, kLargeBytes);
#endif
}

}  // namespace wutong
