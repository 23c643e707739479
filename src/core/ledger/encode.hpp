// The stored bytes of an entry, format version 1. Every choice follows from the value alone, so
// that one entry has one encoding; only sealed cells (random nonces) and attachments (compressed)
// are kept as they were first written. Pure; any thread.
//
//   u8 version · text zone · varint seq · zigzag at · text actor, act, reason, request · u8
//   simulated 32 bytes catalog · changes · attachments change: text register · u8 flags (1 creates,
//   2 valid_from, 4 notes) · rows · [days] · columns · [notes] column: text field · u8 type · u8
//   flags (1 personal, 2 some absent) · u8 scale · [bitmap] · values of the rows that are present:
//   numbers zigzag (references, months and days as differences), texts, or sealed cells (varint key
//   id · nonce ‖ ciphertext ‖ tag)
#pragma once

#include <functional>

#include "core/ledger/entry.hpp"

namespace wutong::ledger {

// Which cell is sealed: the context that is authenticated with it.
struct CellName {
  std::string_view zone;
  Seq seq;
  std::string_view register_name;
  RecordId record;
  std::string_view field;
};
Bytes context_of(const CellName& cell);

using Sealer = std::function<Result<Bytes>(const CellName&, std::string_view plain)>;
// nullopt: the key is gone.
using Opener = std::function<Result<std::optional<std::string>>(const CellName&, ByteView sealed)>;

// `space` lends its memory to the result.
Result<Bytes> encode(const Entry& entry, const Sealer& seal, Bytes&& space = {});
// Errors: corrupt. Memory is bounded by a small multiple of the input (attachments: 64 MiB each).
Result<Entry> decode(ByteView bytes, const Opener& open);

}  // namespace wutong::ledger
