// Memory of the process. Programs link mimalloc; its pages come as large ones of the system, and
// what is freed is kept for the next use: the first touch of fresh memory is dear on virtual
// machines. Called once, first thing in main; does nothing where mimalloc is not linked (under
// sanitizers, which bring their own).
#pragma once

#if defined(WUTONG_MIMALLOC)
#include <mimalloc.h>
#endif

namespace wutong {

inline void prepare_memory() {
#if defined(WUTONG_MIMALLOC)
  mi_option_set(mi_option_large_os_pages, 1);
  mi_option_set(mi_option_eager_commit_delay, 0);
  mi_option_set(mi_option_page_reset, 0);
#endif
}

}  // namespace wutong
