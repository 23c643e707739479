#include <map>
#include <mutex>

#include "engine/store/impl/sqlite.hpp"
#include "engine/store/log_store.hpp"

namespace wutong::store {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
    "BEGIN;"
    "CREATE TABLE IF NOT EXISTS zone(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " hash_kind INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS entry(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " at INTEGER NOT NULL, leaf BLOB NOT NULL, parts INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY(zone, seq)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS entry_part(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(zone, seq, part)) WITHOUT ROWID;"
    "PRAGMA user_version=1;"
    "COMMIT;";
constexpr int64_t kVersion = 1;

// Two connections: readers see what is committed, whatever the writer is about to add. The
// statements of each are locked, so that any thread may read.
class SqliteLog final : public LogStore {
 public:
  static Result<std::unique_ptr<LogStore>> open(const std::string& path, OpenMode mode);

  Result<std::vector<ZoneRow>> zones() const override;
  Result<void> create_zone(std::string_view zone, HashKind hash_kind) override;
  Result<void> begin() override;
  Result<void> add(const LogRow& row, size_t part_bytes) override;
  Result<void> commit() override;
  void rollback() override;
  Result<void> read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const override;

 private:
  static Result<void> check_version(sqlite3* database);
  Result<void> prepare_all(OpenMode mode);
  Result<int64_t> zone_id(std::string_view zone) const;
  Result<void> insert(int64_t zone, const LogRow& row, size_t part_bytes);
  Result<Bytes> joined(int64_t zone, int64_t seq, ByteView first, int64_t parts) const;

  mutable std::mutex reading_;  // reader_ and what follows it
  Database reader_;
  Statement select_zones_, select_zone_, select_entries_, select_parts_;
  mutable std::map<std::string, int64_t, std::less<>> ids_;
  std::mutex writing_;  // writer_ and what follows it; never taken while holding reading_
  Database writer_;     // none where the log is open for reading only
  Statement begin_, commit_, rollback_, insert_zone_, insert_entry_, insert_part_;
};

Result<std::unique_ptr<LogStore>> SqliteLog::open(const std::string& path, OpenMode mode) {
  auto log = std::make_unique<SqliteLog>();
  if (mode == OpenMode::read_write) {
    auto writer = open_database(path, mode);
    if (!writer) return fail(writer.error());
    log->writer_ = std::move(*writer);
    if (auto checked = check_version(log->writer_.get()); !checked) return fail(checked.error());
    if (auto made = execute(log->writer_.get(), kSchema); !made) return fail(made.error());
  }
  auto reader = open_database(path, OpenMode::read_only);
  if (!reader) return fail(reader.error());
  log->reader_ = std::move(*reader);
  if (auto checked = check_version(log->reader_.get()); !checked) return fail(checked.error());
  if (auto prepared = log->prepare_all(mode); !prepared) return fail(prepared.error());
  return std::unique_ptr<LogStore>(std::move(log));
}

Result<void> SqliteLog::check_version(sqlite3* database) {
  auto statement = prepare(database, "PRAGMA user_version");
  if (!statement) return fail(statement.error());
  Run run(statement->get());
  if (run.step() != SQLITE_ROW) return fail(sqlite_error(database, "user_version"));
  if (run.integer(0) <= kVersion) return {};
  std::string found = std::to_string(run.integer(0));
  return fail(ErrorKind::unavailable, "store.newer_version",
              "数据由更新的版本写成（格式 " + found + "），请用新版程序打开",
              "the data was written by a newer version (format " + found + "); open it with that");
}

Result<void> SqliteLog::prepare_all(OpenMode mode) {
  struct Wanted {
    Statement* statement;
    const char* sql;
    bool is_write;
  };
  const Wanted kAll[] = {
      {&begin_, "BEGIN IMMEDIATE", true},
      {&commit_, "COMMIT", true},
      {&rollback_, "ROLLBACK", true},
      {&insert_zone_, "INSERT INTO zone(name, hash_kind) VALUES(?, ?)", true},
      {&insert_entry_, "INSERT INTO entry(zone, seq, at, leaf, parts, bytes) VALUES(?,?,?,?,?,?)",
       true},
      {&insert_part_, "INSERT INTO entry_part(zone, seq, part, bytes) VALUES(?,?,?,?)", true},
      {&select_zones_,
       "SELECT name, hash_kind, ifnull((SELECT max(seq) FROM entry WHERE zone = id), 0),"
       " ifnull((SELECT at FROM entry WHERE zone = id ORDER BY seq DESC LIMIT 1), 0)"
       " FROM zone ORDER BY name",
       false},
      {&select_zone_, "SELECT id FROM zone WHERE name = ?", false},
      {&select_entries_,
       "SELECT seq, at, leaf, parts, bytes FROM entry WHERE zone = ? AND seq BETWEEN ? AND ?"
       " ORDER BY seq",
       false},
      {&select_parts_, "SELECT bytes FROM entry_part WHERE zone = ? AND seq = ? ORDER BY part",
       false},
  };
  for (const Wanted& wanted : kAll) {
    if (wanted.is_write && mode == OpenMode::read_only) continue;
    auto statement = prepare((wanted.is_write ? writer_ : reader_).get(), wanted.sql);
    if (!statement) return fail(statement.error());
    *wanted.statement = std::move(*statement);
  }
  return {};
}

Result<std::vector<ZoneRow>> SqliteLog::zones() const {
  std::lock_guard lock(reading_);
  Run run(select_zones_.get());
  std::vector<ZoneRow> rows;
  int code = SQLITE_ROW;
  while ((code = run.step()) == SQLITE_ROW) {
    rows.push_back({run.text(0), static_cast<HashKind>(run.integer(1)),
                    Seq{static_cast<uint64_t>(run.integer(2))}, Instant{run.integer(3)}});
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(reader_.get(), "zones"));
  return rows;
}

Result<void> SqliteLog::create_zone(std::string_view zone, HashKind hash_kind) {
  std::lock_guard lock(writing_);
  Run run(insert_zone_.get());
  int code = run.bind(zone).bind(static_cast<int64_t>(hash_kind)).step();
  if (code == SQLITE_CONSTRAINT) {
    return fail(ErrorKind::conflict, "store.zone_exists", "园区“" + std::string(zone) + "”已存在",
                "zone " + std::string(zone) + " exists already");
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(writer_.get(), "create zone"));
  return {};
}

Result<int64_t> SqliteLog::zone_id(std::string_view zone) const {
  if (auto known = ids_.find(zone); known != ids_.end()) return known->second;
  Run run(select_zone_.get());
  if (run.bind(zone).step() != SQLITE_ROW) {
    return fail(ErrorKind::not_found, "store.no_zone", "没有园区“" + std::string(zone) + "”",
                "there is no zone " + std::string(zone));
  }
  ids_.emplace(zone, run.integer(0));
  return run.integer(0);
}

Result<void> SqliteLog::insert(int64_t zone, const LogRow& row, size_t part_bytes) {
  size_t parts = std::max<size_t>(1, (row.bytes.size() + part_bytes - 1) / part_bytes);
  auto part = [&](size_t i) {
    size_t from = i * part_bytes;
    return ByteView(row.bytes).subspan(from, std::min(part_bytes, row.bytes.size() - from));
  };
  auto seq = static_cast<int64_t>(row.seq.value);
  Run entry(insert_entry_.get());
  entry.bind(zone).bind(seq).bind(row.at.ms).bind(ByteView(row.leaf));
  int code = entry.bind(static_cast<int64_t>(parts)).bind(part(0)).step();
  if (code == SQLITE_CONSTRAINT) {
    return fail(ErrorKind::conflict, "store.seq_taken",
                "这个位置已被别的记录占用，请重新读取后再试",
                "another entry has this position; read again and retry");
  }
  for (size_t i = 1; i < parts && code == SQLITE_DONE; ++i) {
    Run rest(insert_part_.get());
    code = rest.bind(zone).bind(seq).bind(static_cast<int64_t>(i)).bind(part(i)).step();
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(writer_.get(), "insert"));
  return {};
}

Result<void> SqliteLog::begin() {
  std::lock_guard lock(writing_);
  if (Run(begin_.get()).step() != SQLITE_DONE) return fail(sqlite_error(writer_.get(), "begin"));
  return {};
}

Result<void> SqliteLog::add(const LogRow& row, size_t part_bytes) {
  Result<int64_t> id = 0;
  {
    std::lock_guard lock(reading_);
    id = zone_id(row.zone);
  }
  Result<void> done;
  if (id) {
    std::lock_guard lock(writing_);
    done = insert(*id, row, part_bytes);
  } else {
    done = fail(id.error());
  }
  if (!done) rollback();
  return done;
}

Result<void> SqliteLog::commit() {
  Result<void> done;
  {
    std::lock_guard lock(writing_);
    if (Run(commit_.get()).step() == SQLITE_DONE) return {};
    done = fail(sqlite_error(writer_.get(), "commit"));
  }
  rollback();
  return done;
}

void SqliteLog::rollback() {
  std::lock_guard lock(writing_);
  if (sqlite3_get_autocommit(writer_.get()) == 0) Run(rollback_.get()).step();
}

Result<Bytes> SqliteLog::joined(int64_t zone, int64_t seq, ByteView first, int64_t parts) const {
  Bytes bytes(first.begin(), first.end());
  if (parts == 1) return bytes;
  Run run(select_parts_.get());
  run.bind(zone).bind(seq);
  int64_t found = 1;
  while (run.step() == SQLITE_ROW) {
    ByteView part = run.blob(0);
    bytes.insert(bytes.end(), part.begin(), part.end());
    ++found;
  }
  if (found != parts) {
    std::string number = std::to_string(seq);
    return fail(ErrorKind::corrupt, "store.part_missing", "第 " + number + " 条记录缺少分块",
                "a part of entry " + number + " is missing");
  }
  return bytes;
}

// Rows are fetched in pages, so that the visitor runs without the lock and may read on its own.
Result<void> SqliteLog::read(std::string_view zone, Seq from, Seq to,
                             const Visitor& visitor) const {
  constexpr int64_t kPage = 64;
  auto next = static_cast<int64_t>(from.value);
  auto last = static_cast<int64_t>(std::min<uint64_t>(to.value, INT64_MAX));
  while (next <= last) {
    std::vector<LogRow> rows;
    {
      std::lock_guard lock(reading_);
      auto id = zone_id(zone);
      if (!id) return fail(id.error());
      Run run(select_entries_.get());
      run.bind(*id).bind(next).bind(std::min(last, next + kPage - 1));
      int code = SQLITE_ROW;
      while ((code = run.step()) == SQLITE_ROW) {
        LogRow row;
        row.zone = zone;
        row.seq = Seq{static_cast<uint64_t>(run.integer(0))};
        row.at = Instant{run.integer(1)};
        ByteView leaf = run.blob(2);
        std::copy_n(leaf.begin(), std::min(leaf.size(), row.leaf.size()), row.leaf.begin());
        auto bytes = joined(*id, run.integer(0), run.blob(4), run.integer(3));
        if (!bytes) return fail(bytes.error());
        row.bytes = std::move(*bytes);
        rows.push_back(std::move(row));
      }
      if (code != SQLITE_DONE) return fail(sqlite_error(reader_.get(), "read"));
    }
    if (rows.empty()) return {};
    next = static_cast<int64_t>(rows.back().seq.value) + 1;
    for (LogRow& row : rows) {
      if (!visitor(std::move(row))) return {};
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<LogStore>> open_sqlite_log(const std::string& path, OpenMode mode) {
  return SqliteLog::open(path, mode);
}

}  // namespace wutong::store
