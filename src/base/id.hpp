// Ids are types, not integers or strings, so that one cannot stand where another belongs.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace wutong {

template <typename Tag, typename Representation = uint32_t>
struct Id {
  Representation value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

// Position of an entry in a zone's log; the first entry is 1, an empty log is at 0.
using Seq = Id<struct SeqTag, uint64_t>;
// A record of one register in one zone: dense from 0 in the order of creation, never reused.
using RecordId = Id<struct RecordTag, uint32_t>;

}  // namespace wutong

template <typename Tag, typename Representation>
struct std::hash<wutong::Id<Tag, Representation>> {
  size_t operator()(wutong::Id<Tag, Representation> id) const noexcept {
    return std::hash<Representation>{}(id.value);
  }
};
