#include "core/record/projection.hpp"

#include <algorithm>

#include "core/record/impl/projected.hpp"

namespace wutong::record {

using store::Cell;

namespace {

constexpr int64_t kFormat = 1;

Cell number(Seq seq) { return static_cast<int64_t>(seq.value); }
Cell flag(bool value) { return int64_t{value ? 1 : 0}; }

Error conflict(const char* code, std::string zh, std::string en) {
  return Error{ErrorKind::conflict, code, {}, std::move(zh), std::move(en), {}};
}

Error not_ours() {
  return conflict("projection.not_ours", "该文件中有别的内容，不是梧桐写出的数据表；请换一个文件名",
                  "the file holds something else than tables written by wutong; name another file");
}

std::optional<Hash> hash_from(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  const auto bytes = text == nullptr ? std::nullopt : from_hex(*text);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

// The row of wutong_zone; nullopt where the file is empty.
struct Held {
  std::string zone;
  Seq position;
  Hash catalog{};
  Hash leaf{};
};
Result<std::optional<Held>> held_by(const store::TableStore& tables) {
  const auto names = tables.names();
  if (!names) return fail(names.error());
  if (names->empty()) return std::optional<Held>{};
  if (std::find(names->begin(), names->end(), "wutong_zone") == names->end()) {
    return fail(not_ours());
  }
  const std::vector<std::string> columns{"zone", "position", "catalog", "leaf", "format"};
  const auto rows = tables.rows("wutong_zone", columns);
  if (!rows) return fail(rows.error());
  if (rows->size() != 1) return fail(not_ours());
  const std::vector<Cell>& row = rows->front();
  const auto* zone = std::get_if<std::string>(&row[0]);
  const auto* position = std::get_if<int64_t>(&row[1]);
  const auto catalog = hash_from(row[2]);
  const auto leaf = hash_from(row[3]);
  if (zone == nullptr || position == nullptr || !catalog || !leaf) return fail(not_ours());
  if (row[4] != Cell(kFormat)) {
    return fail(conflict("projection.other_format",
                         "该文件由另一版本的程序写出；请用那个版本续写，或换一个文件名",
                         "the file was written by another version; continue it with that, or name "
                         "another file"));
  }
  return std::optional<Held>{{*zone, Seq{static_cast<uint64_t>(*position)}, *catalog, *leaf}};
}

Result<void> check_names(const Schema& schema) {
  for (const Register& home : schema.registers()) {
    if (!home.name.starts_with("wutong_") && !home.name.starts_with("sqlite_")) continue;
    return fail(ErrorKind::refused, "projection.reserved_name",
                "登记簿 " + home.name + " 的名称与数据表保留的名称冲突（wutong_、sqlite_ 开头）",
                "register " + home.name + " has a name that the tables reserve (wutong_, sqlite_)");
  }
  return {};
}

}  // namespace

// A register with what an entry being added changes of it.
struct Projection::Book {
  const Register* home;
  bool is_afresh = true;  // from the first entry, not from `held`
  std::map<RecordId, std::vector<Stretch>> before;
  std::set<RecordId> touched;  // since `held`
};

Projection::Projection(store::TableStore& tables, ProjectionTarget target)
    : tables_(&tables), target_(std::move(target)) {}

Projection::~Projection() {
  if (!is_done_) tables_->rollback();
}

Result<std::unique_ptr<Projection>> Projection::open(store::TableStore& tables,
                                                     ProjectionTarget target) {
  if (auto ok = check_names(*target.schema); !ok) return fail(ok.error());
  std::unique_ptr<Projection> out(new Projection(tables, std::move(target)));
  if (auto begun = out->begin(); !begun) return fail(begun.error());
  return out;
}

Result<void> Projection::begin() {
  if (auto begun = tables_->begin(); !begun) return begun;
  const auto held = held_by(*tables_);
  if (!held) return fail(held.error());
  bool is_continued = held->has_value();
  if (is_continued && (*held)->zone != target_.zone) {
    return fail(conflict("projection.other_zone",
                         "该文件是园区“" + (*held)->zone + "”的数据表，不能续写“" + target_.zone +
                             "”；请换一个文件名",
                         "the file holds the tables of zone " + (*held)->zone + ", not of " +
                             target_.zone + "; name another file"));
  }
  if (is_continued && (*held)->position > target_.position) {
    const std::string has = std::to_string((*held)->position.value);
    const std::string wanted = std::to_string(target_.position.value);
    return fail(conflict(
        "projection.newer_position",
        "该文件已写到位置 " + has + "，不能退回到 " + wanted + "；请换一个文件名，或要求更新的位置",
        "the file stands at position " + has + " and cannot go back to " + wanted +
            "; name another file or ask for a newer position"));
  }
  if (is_continued) {
    held_ = (*held)->position;
    leaf_held_ = (*held)->leaf;
  }
  const bool is_same = is_continued && (*held)->catalog == target_.catalog;
  for (const Register& home : target_.schema->registers()) {
    books_.push_back({&home, !is_same || has_personal(home), {}, {}});
  }
  return create_tables();
}

Result<void> Projection::create_tables() {
  const auto names = tables_->names();
  if (!names) return fail(names.error());
  const bool is_all =
      std::all_of(books_.begin(), books_.end(), [](const Book& book) { return book.is_afresh; });
  std::set<std::string> kept;
  for (const Book& book : books_) {
    if (book.is_afresh) continue;
    kept.insert({book.home->name, versions_name(*book.home), history_name(*book.home),
                 readable_name(*book.home)});
  }
  for (const std::string& name : *names) {
    if (name.starts_with("sqlite_") || kept.contains(name)) continue;
    if (!is_all && name == "wutong_entry") continue;
    if (auto done = tables_->drop(name); !done) return done;
  }
  for (const store::TableShape& shape : common_shapes()) {
    if (!is_all && shape.name == "wutong_entry") continue;
    if (auto done = tables_->create(shape); !done) return done;
  }
  for (const Book& book : books_) {
    if (!book.is_afresh) continue;
    if (auto done = create_book(book); !done) return done;
  }
  return describe_fields();
}

Result<void> Projection::create_book(const Book& book) {
  auto done = tables_->create(current_shape(*book.home));
  if (done) done = tables_->create(versions_shape(*book.home));
  if (done && has_effective(*book.home)) done = tables_->create(history_shape(*book.home));
  if (done) done = tables_->create(readable_shape(*book.home));
  return done;
}

Result<void> Projection::describe_fields() {
  for (const Register& home : target_.schema->registers()) {
    const std::vector<Cell> row{home.name, home.title.zh, home.title.en, home.pack};
    if (auto done = tables_->put("wutong_register", row); !done) return done;
    for (size_t f = 0; f < home.fields.size(); ++f) {
      const Field& field = home.fields[f];
      Cell part;
      const auto at = std::find(home.key.begin(), home.key.end(), f);
      if (at != home.key.end()) part = int64_t{at - home.key.begin() + 1};
      const std::vector<Cell> cells{home.name,
                                    field.name,
                                    field.title.zh,
                                    field.title.en,
                                    std::string(kind_name(field.kind)),
                                    std::string(field.unit.code()),
                                    int64_t{field.decimals},
                                    field.target.empty() ? Cell() : Cell(field.target),
                                    part,
                                    flag(field.effective),
                                    flag(field.personal)};
      if (auto done = tables_->put("wutong_field", cells); !done) return done;
      for (const Code& code : field.codes) {
        const std::vector<Cell> line{home.name, field.name, code.value, code.title.zh,
                                     code.title.en};
        if (auto done = tables_->put("wutong_code", line); !done) return done;
      }
    }
  }
  return {};
}

void Projection::note_before(const ledger::Entry& entry, const State& before) {
  for (Book& book : books_) {
    book.before.clear();
    const auto index = before.schema().index_of(book.home->name);
    if (!index || !has_effective(*book.home) || (!book.is_afresh && entry.seq <= held_)) continue;
    for (const ledger::Change& change : entry.changes) {
      if (change.register_name != book.home->name) continue;
      for (RecordId record : change.rows) {
        if (record.value >= before.size(*index)) continue;
        book.before.try_emplace(record, stretches_of(before, *index, *book.home, record));
      }
    }
  }
}

Result<void> Projection::write_entry(const ledger::Entry& entry) {
  const std::vector<Cell> row{
      number(entry.seq), entry.at.to_string(),  entry.actor,          entry.act,
      entry.reason,      to_hex(entry.catalog), flag(entry.simulated)};
  return tables_->put("wutong_entry", row);
}

Result<void> Projection::write_version(Book& book, const State& after, size_t index,
                                       RecordId record, Seq seq) {
  const Cell id = int64_t{record.value};
  const Cell now = number(seq);
  const store::Match open{{kRecord, id}, {kKnownTo, Cell()}};
  if (auto done = tables_->set(versions_name(*book.home), kKnownTo, now, open); !done) return done;
  std::vector<Cell> row{id, now, Cell()};
  for (Cell& cell : values_of(after, index, *book.home, record)) row.push_back(std::move(cell));
  if (auto done = tables_->put(versions_name(*book.home), row); !done) return done;
  if (!has_effective(*book.home)) return {};
  const std::string history = history_name(*book.home);
  const std::vector<Stretch> then = book.before[record];
  const std::vector<Stretch> today = stretches_of(after, index, *book.home, record);
  const auto is_in = [](const std::vector<Stretch>& all, const Stretch& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const Stretch& stretch : then) {
    if (is_in(today, stretch)) continue;
    const store::Match match{{kRecord, id}, {kValidFrom, stretch.from}, {kKnownTo, Cell()}};
    if (auto done = tables_->set(history, kKnownTo, now, match); !done) return done;
  }
  for (const Stretch& stretch : today) {
    if (is_in(then, stretch)) continue;
    std::vector<Cell> line{id, stretch.from, stretch.to, now, Cell()};
    line.insert(line.end(), stretch.values.begin(), stretch.values.end());
    if (auto done = tables_->put(history, line); !done) return done;
  }
  return {};
}

Result<void> Projection::add(const ledger::Entry& entry, const Hash& leaf, const State& after) {
  leaf_ = leaf;
  if (entry.seq == held_ && leaf != leaf_held_) {
    return fail(conflict("projection.other_history",
                         "该文件来自同名园区的另一份账本，不能续写；请换一个文件名",
                         "the file comes from another log of a zone with this name; name another "
                         "file"));
  }
  const bool is_all =
      std::all_of(books_.begin(), books_.end(), [](const Book& book) { return book.is_afresh; });
  if (is_all || entry.seq > held_) {
    if (auto done = write_entry(entry); !done) return done;
  }
  for (Book& book : books_) {
    const auto index = after.schema().index_of(book.home->name);
    if (!index || (!book.is_afresh && entry.seq <= held_)) continue;
    std::set<RecordId> records;
    for (const ledger::Change& change : entry.changes) {
      if (change.register_name != book.home->name) continue;
      records.insert(change.rows.begin(), change.rows.end());
    }
    for (RecordId record : records) {
      auto done = write_version(book, after, *index, record, entry.seq);
      if (!done) return done;
    }
    book.touched.insert(records.begin(), records.end());
  }
  return {};
}

Result<void> Projection::write_current(Book& book, const State& state) {
  const auto index = *state.schema().index_of(book.home->name);
  for (RecordId record : book.touched) {
    const Provenance provenance = state.provenance(index, record);
    std::vector<Cell> row{int64_t{record.value}, state.key_text(index, record),
                          number(provenance.created), number(provenance.changed)};
    for (Cell& cell : values_of(state, index, *book.home, record)) row.push_back(std::move(cell));
    if (auto done = tables_->put(book.home->name, row); !done) return done;
  }
  return {};
}

Result<void> Projection::finish(const State& state) {
  for (Book& book : books_) {
    if (auto done = write_current(book, state); !done) return done;
  }
  const std::vector<Cell> row{target_.zone,
                              target_.name.zh,
                              target_.name.en,
                              number(target_.position),
                              target_.at.to_string(),
                              to_hex(target_.catalog),
                              to_hex(leaf_),
                              flag(target_.synthetic),
                              kFormat};
  if (auto done = tables_->put("wutong_zone", row); !done) return done;
  auto done = tables_->commit();
  is_done_ = done.has_value();
  return done;
}

}  // namespace wutong::record
