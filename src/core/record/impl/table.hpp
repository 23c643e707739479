// Table: the records of one register in columns, with histories of effective-dated fields, the
// index of keys and the reverse index of references. Private to the folder; not thread-safe.
#pragma once

#include <unordered_map>

#include "core/record/state.hpp"

namespace wutong::record {

// Since when a value holds that was given without a day.
constexpr Date kAlways = Date::from_days(-10'000'000);

struct DatedCell {
  Date from;
  Value value;
};

class Table {
 public:
  explicit Table(const Register& home);

  size_t size() const { return created_.size(); }
  const Column& column(size_t field) const { return columns_[field]; }
  Provenance provenance(RecordId record) const {
    return {created_[record.value], changed_[record.value]};
  }
  Value value_on(size_t field, RecordId record, Date day) const;
  std::vector<DatedCell> history(size_t field, RecordId record) const;
  std::optional<RecordId> find(std::string_view key) const;
  std::span<const RecordId> referring(size_t field, RecordId target) const;
  bool has_history(size_t field) const { return !histories_[field].empty(); }

  // The entry was checked before: types fit, ids are dense.
  void create(size_t rows, Seq seq);
  void touch(RecordId record, Seq seq) { changed_[record.value] = seq; }
  void set(size_t field, RecordId record, const Column& from, size_t row);
  void set_dated(size_t field, RecordId record, Date day, const Value& value, bool is_fresh);
  void index_key(std::string key, RecordId record) { keys_.emplace(std::move(key), record); }

  // The same records under another register definition: columns by name, new ones absent.
  Table under(const Register& from, const Register& to) const;

 private:
  void set_value(size_t field, RecordId record, const Value& value);
  void move_reference(size_t field, RecordId record, const Value& before, const Value& after);

  std::vector<Column> columns_;
  std::vector<Seq> created_;
  std::vector<Seq> changed_;
  std::vector<std::unordered_map<uint32_t, std::vector<DatedCell>>> histories_;  // by field
  std::vector<std::vector<std::vector<RecordId>>> referring_;  // by field, by target, ascending
  std::unordered_map<std::string, RecordId> keys_;
};

}  // namespace wutong::record
