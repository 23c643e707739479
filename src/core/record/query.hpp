// Query: which rows of a register, in which order: conditions, words, sorting, a cursor, a count.
//
// Operation. read_query() types what was asked, as texts, by the register's fields: bad input is an
// Error that names the field or the option, what was expected, and the nearest name. list() answers
// over one state; equal states and queries give equal rows. An absent cell passes only is_null, and
// sorts last, up or down; ties are in the order of keys. Texts are compared as UTF-8 bytes, periods
// by their first and last day, references by the keys of their targets. Personal fields can be
// neither asked for nor sorted by, and no words of them are known.
// Cursors. A cursor says after which row to go on, by the values that it was sorted by and its key:
// rows written meanwhile neither repeat nor hide others. It holds for the same query only, over any
// position; it is no secret and gives no right. Walking sees each row once whose values stay.
// Speed. What a query needs is indexed when first asked for and kept with the state, for published
// versions (impl/list_index.hpp); another state is read row by row.
// Concurrency. Pure to its callers; from any thread that may read the state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/state.hpp"

namespace wutong::record {

enum class Operator { eq, ne, lt, le, gt, ge, in, contains, starts_with, is_null };
std::string_view to_string(Operator op);

// A cell to compare with: a number (a record, for a reference) or a text, as its field has it.
struct Operand {
  bool is_nothing = false;  // a reference to what is not there: equal to none
  int64_t number = 0;
  std::string text;
};

struct Condition {
  size_t field = 0;
  Operator op = Operator::eq;
  std::vector<Operand> operands;  // one; of `in` several; of `is_null` none
  bool is_wanted = true;          // is_null.true or is_null.false
};

struct SortField {
  size_t field = 0;
  bool is_descending = false;
  auto operator<=>(const SortField&) const = default;
};

// A word that some text of the row must hold.
struct Word {
  std::string text;       // folded
  bool is_whole = false;  // Chinese: one or two characters anywhere; else the beginning of a word
  auto operator<=>(const Word&) const = default;
};

struct Query {
  size_t register_index = 0;
  std::vector<Condition> where;  // all must hold
  std::vector<Word> words;       // all must be there
  std::vector<SortField> sort;
  // After the row with these values: by sort field, then by key field; of a reference its key's. A
  // value without parts is absent.
  std::optional<std::vector<std::vector<Operand>>> after;
  size_t offset = 0;
  size_t limit = kLimitUsual;
  // Only these rows exist for who asks: ascending. Absent: all.
  std::optional<std::vector<RecordId>> visible;
  uint64_t fingerprint = 0;  // of what a cursor holds for

  static constexpr size_t kLimitUsual = 50;
  static constexpr size_t kLimitMax = 1000;
};

// A query as it comes: "output.ge.100", "-output,month", words, a cursor that was given.
struct QueryText {
  std::vector<std::string> where;
  std::string sort;
  std::string q;
  std::string cursor;
};
constexpr size_t kConditionsMax = 32;
constexpr size_t kOperandsMax = 200;
constexpr size_t kSortFieldsMax = 8;
constexpr size_t kWordsMax = 32;

// Error: invalid.
Result<Query> read_query(const State& state, size_t register_index, const QueryText& text);

// Could a record have this key, by the types of its parts? Error: invalid, naming the field and how
// the key is written. Says nothing about which records there are.
Result<void> readable_key(const Schema& schema, size_t register_index, std::string_view key);

struct Listed {
  std::vector<RecordId> rows;
  std::optional<std::string> next;  // cursor, where there are more
  size_t count = 0;                 // of all that pass
};
Listed list(const State& state, const Query& query);

}  // namespace wutong::record
