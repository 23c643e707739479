// Entry: what one accepted act did, as it stands in the log for ever.
//
// An entry names who did what, when, why, under which catalog, and carries the changes as columns.
// `encode` gives the canonical bytes that are stored and hashed (design section 4); `decode`
// refuses everything that `encode` would not have written. Format version 1; a later version adds,
// it never changes what version 1 means. Plain values; safe on any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/codec.hpp"
#include "base/column.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/id.hpp"

namespace wutong::ledger {

// One field of the rows of a change. A personal column (always text) is sealed cell by cell in the
// stored bytes, under the key of the record it stands in; in memory it is plain, and absent where
// the key has been destroyed.
struct ChangeColumn {
  std::string field;
  bool personal = false;
  Column column;
  bool operator==(const ChangeColumn&) const = default;
};

// One register, n rows. Rows of a creating change are the next ids of the register, ascending and
// dense. A cell that is absent sets the field to absent; fields not named stay as they were.
struct Change {
  std::string register_name;
  bool creates = false;
  std::vector<RecordId> rows;
  std::vector<Date> valid_from;  // empty, or one a row: since when effective-dated values hold
  std::vector<ChangeColumn> columns;
  std::vector<std::string> notes;  // empty, or one a row: the reason given for a soft fault
  bool operator==(const Change&) const = default;
};

// A file that belongs to the act, stored compressed: the packs of an adopted catalog.
struct Attachment {
  std::string name;
  Bytes content;  // plain in memory
  bool operator==(const Attachment&) const = default;
};

struct Entry {
  std::string zone;
  Seq seq;
  Instant at;              // never before the entry before it in the zone
  std::string actor;       // account or "system"
  std::string act;         // "record.create", "record.import", "catalog.adopt", …
  std::string reason;      // as given by the actor; may be empty
  std::string request;     // idempotency key of the caller; may be empty
  bool simulated = false;  // `at` comes from a simulated clock (demo)
  Hash catalog{};          // digest of the catalog the act was decided under
  std::vector<Change> changes;
  std::vector<Attachment> attachments;
  bool operator==(const Entry&) const = default;
};

}  // namespace wutong::ledger
