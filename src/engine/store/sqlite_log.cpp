#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "engine/store/impl/large_file.hpp"
#include "engine/store/impl/sqlite.hpp"
#include "engine/store/log_store.hpp"

namespace wutong::store {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"
    "PRAGMA cache_size=-32768;"
    "BEGIN;"
    "CREATE TABLE IF NOT EXISTS zone(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
    " hash_kind INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS entry(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " at INTEGER NOT NULL, leaf BLOB NOT NULL, parts INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY(zone, seq));"
    "CREATE TABLE IF NOT EXISTS entry_part(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY(zone, seq, part)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS entry_large(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
    " offset INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY(zone, seq)) WITHOUT ROWID;"
    "PRAGMA user_version=2;"
    "COMMIT;";
// Entries of all zones stand one behind the other in the order of their arrival, so that a commit
// writes the last page and one of the index; where they stand by zone (older files), it writes
// more. 1: large entries in entry_part, still read. 2: in the file beside the database, entry.parts
// = 0.
constexpr int64_t kVersion = 2;
// Smaller entries go through the database, which writes them twice but with one fsync in all.
constexpr size_t kLargeBytes = size_t{256} << 10;
constexpr size_t kBufferedBytesMax = size_t{16} << 20;
constexpr off_t kWalBytes = off_t{8} << 20;  // about twice what is checkpointed at once

// A log that keeps its length is flushed faster than one that grows: its blocks are there already.
// SQLite takes zeros behind its last frame for the end. Only a matter of speed, so no error.
void reserve_wal(sqlite3* database, const std::string& path) {
  int is_kept = 1;  // when the last connection closes
  sqlite3_file_control(database, "main", SQLITE_FCNTL_PERSIST_WAL, &is_kept);
  int file = ::open((path + "-wal").c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  const Bytes zeros(size_t{1} << 20);
  bool is_written = true;
  for (off_t end = ::lseek(file, 0, SEEK_END); is_written && end >= 0 && end < kWalBytes;) {
    auto size = static_cast<size_t>(std::min<off_t>(kWalBytes - end, off_t{1} << 20));
    is_written = ::pwrite(file, zeros.data(), size, end) == static_cast<ssize_t>(size);
    end += static_cast<off_t>(size);
  }
  ::fdatasync(file);
  ::close(file);
}

tl::unexpected<Error> part_missing(int64_t seq) {
  std::string number = std::to_string(seq);
  return fail(ErrorKind::corrupt, "store.part_missing", "第 " + number + " 条记录缺少分块",
              "a part of entry " + number + " is missing");
}

// The statements of one connection. Reads lock them, so that any thread may read.
class SqliteLog final : public LogStore {
 public:
  static Result<std::unique_ptr<LogStore>> open(const std::string& path, OpenMode mode);
  ~SqliteLog() override {
    if (!is_unflushed_) return;
    // An error shows when the file is read again: entries have their hashes beside them.
    (void)execute(database_.get(), "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE);");
  }

  Result<std::vector<ZoneRow>> zones() const override;
  Result<void> create_zone(std::string_view zone, HashKind hash_kind) override;
  std::unique_ptr<Batch> begin() override;
  Result<void> read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const override;

 private:
  // A row that waits for its transaction: its bytes, or where they stand in the large file.
  struct Waiting {
    LogRow row;
    int64_t offset = -1;
    int64_t size = 0;
  };
  class SqliteBatch;

  Result<void> check_version() const;
  Result<void> prepare_all(OpenMode mode);
  Result<void> open_large(const std::string& path, OpenMode mode);
  Result<int64_t> zone_id(std::string_view zone) const;
  Result<void> commit(std::span<const Waiting> rows);
  Result<void> insert(const Waiting& waiting);
  Result<Bytes> bytes_of(int64_t zone, int64_t seq, ByteView first, int64_t parts) const;
  Result<Bytes> joined(int64_t zone, int64_t seq, ByteView first, int64_t parts) const;

  LargeFile large_;            // written by the appending thread
  bool is_unflushed_ = false;  // constant once open
  mutable std::mutex mutex_;   // everything below
  Database database_;
  Statement begin_, commit_, rollback_, insert_zone_, insert_entry_, insert_large_;
  Statement select_zones_, select_zone_, select_entries_, select_parts_;
  mutable std::map<std::string, int64_t, std::less<>> ids_;
};

Result<std::unique_ptr<LogStore>> SqliteLog::open(const std::string& path, OpenMode mode) {
  auto log = std::make_unique<SqliteLog>();
  auto database = open_database(path, mode);
  if (!database) return fail(database.error());
  log->database_ = std::move(*database);
  if (auto checked = log->check_version(); !checked) return fail(checked.error());
  if (mode != OpenMode::read_only) {
    if (auto made = execute(log->database_.get(), kSchema); !made) return fail(made.error());
    reserve_wal(log->database_.get(), path);
  }
  if (mode == OpenMode::unflushed) {
    log->is_unflushed_ = true;
    auto set = execute(log->database_.get(), "PRAGMA synchronous=OFF");
    if (!set) return fail(set.error());
  }
  if (auto opened = log->open_large(path + "-large", mode); !opened) return fail(opened.error());
  if (auto prepared = log->prepare_all(mode); !prepared) return fail(prepared.error());
  return std::unique_ptr<LogStore>(std::move(log));
}

Result<void> SqliteLog::check_version() const {
  auto statement = prepare(database_.get(), "PRAGMA user_version");
  if (!statement) return fail(statement.error());
  Run run(statement->get());
  if (run.step() != SQLITE_ROW) return fail(sqlite_error(database_.get(), "user_version"));
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
      {&insert_large_, "INSERT INTO entry_large(zone, seq, offset, size) VALUES(?,?,?,?)", true},
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
    auto statement = prepare(database_.get(), wanted.sql);
    if (!statement) return fail(statement.error());
    *wanted.statement = std::move(*statement);
  }
  return {};
}

Result<void> SqliteLog::open_large(const std::string& path, OpenMode mode) {
  int64_t end = 0;
  if (mode != OpenMode::read_only) {
    auto statement =
        prepare(database_.get(), "SELECT ifnull(max(offset + size), 0) FROM entry_large");
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    if (run.step() != SQLITE_ROW) return fail(sqlite_error(database_.get(), "large entries"));
    end = run.integer(0);
  }
  return large_.open(path, mode, end);
}

Result<std::vector<ZoneRow>> SqliteLog::zones() const {
  std::lock_guard lock(mutex_);
  Run run(select_zones_.get());
  std::vector<ZoneRow> rows;
  int code = SQLITE_ROW;
  while ((code = run.step()) == SQLITE_ROW) {
    rows.push_back({run.text(0), static_cast<HashKind>(run.integer(1)),
                    Seq{static_cast<uint64_t>(run.integer(2))}, Instant{run.integer(3)}});
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(database_.get(), "zones"));
  return rows;
}

Result<void> SqliteLog::create_zone(std::string_view zone, HashKind hash_kind) {
  std::lock_guard lock(mutex_);
  Run run(insert_zone_.get());
  int code = run.bind(zone).bind(static_cast<int64_t>(hash_kind)).step();
  if (code == SQLITE_CONSTRAINT) {
    return fail(ErrorKind::conflict, "store.zone_exists", "园区“" + std::string(zone) + "”已存在",
                "zone " + std::string(zone) + " exists already");
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(database_.get(), "create zone"));
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

Result<void> SqliteLog::insert(const Waiting& waiting) {
  const LogRow& row = waiting.row;
  auto id = zone_id(row.zone);
  if (!id) return fail(id.error());
  bool is_large = waiting.offset >= 0;
  auto seq = static_cast<int64_t>(row.seq.value);
  Run entry(insert_entry_.get());
  entry.bind(*id).bind(seq).bind(row.at.ms).bind(ByteView(row.leaf));
  int code = entry.bind(int64_t{is_large ? 0 : 1}).bind(ByteView(row.bytes)).step();
  if (code == SQLITE_CONSTRAINT) {
    return fail(ErrorKind::conflict, "store.seq_taken",
                "这个位置已被别的记录占用，请重新读取后再试",
                "another entry has this position; read again and retry");
  }
  if (code == SQLITE_DONE && is_large) {
    Run large(insert_large_.get());
    code = large.bind(*id).bind(seq).bind(waiting.offset).bind(waiting.size).step();
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(database_.get(), "insert"));
  return {};
}

// The bytes of large rows are durable before a transaction names them.
Result<void> SqliteLog::commit(std::span<const Waiting> rows) {
  if (auto synced = large_.sync(); !synced) return synced;
  std::lock_guard lock(mutex_);
  if (Run(begin_.get()).step() != SQLITE_DONE) return fail(sqlite_error(database_.get(), "begin"));
  Result<void> done;
  for (const Waiting& waiting : rows) {
    done = insert(waiting);
    if (!done) break;
  }
  if (done) {
    // Once a commit was tried, its rows may be found after a restart even if it failed: from here
    // on the large file keeps what they name.
    large_.keep();
    if (Run(commit_.get()).step() != SQLITE_DONE) {
      done = fail(sqlite_error(database_.get(), "commit"));
    }
  }
  if (!done && sqlite3_get_autocommit(database_.get()) == 0) Run(rollback_.get()).step();
  return done;
}

class SqliteLog::SqliteBatch final : public Batch {
 public:
  explicit SqliteBatch(SqliteLog& log) : log_(log) {}
  ~SqliteBatch() override { log_.large_.rewind(); }

  Result<void> add(const LogRow& row) override {
    size_t size = row.bytes.size();
    bool is_large = size >= kLargeBytes || buffered_ + size > kBufferedBytesMax;
    Waiting waiting{{row.zone, row.seq, row.at, row.leaf, {}}, -1, static_cast<int64_t>(size)};
    if (is_large) {
      auto offset = log_.large_.write(row.bytes);
      if (!offset) return fail(offset.error());
      waiting.offset = *offset;
    } else {
      waiting.row.bytes = row.bytes;
      buffered_ += size;
    }
    rows_.push_back(std::move(waiting));
    return {};
  }
  Result<void> commit() override { return log_.commit(rows_); }

 private:
  SqliteLog& log_;
  std::vector<Waiting> rows_;
  size_t buffered_ = 0;
};

std::unique_ptr<LogStore::Batch> SqliteLog::begin() { return std::make_unique<SqliteBatch>(*this); }

Result<Bytes> SqliteLog::bytes_of(int64_t zone, int64_t seq, ByteView first, int64_t parts) const {
  if (parts != 0) return joined(zone, seq, first, parts);
  auto statement =
      prepare(database_.get(), "SELECT offset, size FROM entry_large WHERE zone = ? AND seq = ?");
  if (!statement) return fail(statement.error());
  Run run(statement->get());
  if (run.bind(zone).bind(seq).step() == SQLITE_ROW) {
    return large_.read(run.integer(0), run.integer(1));
  }
  return part_missing(seq);
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
  if (found != parts) return part_missing(seq);
  return bytes;
}

// Rows are fetched in pages, so that the visitor runs without the lock and may read on its own.
Result<void> SqliteLog::read(std::string_view zone, Seq from, Seq to,
                             const Visitor& visitor) const {
  constexpr int64_t kPage = 64;
  constexpr size_t kPageBytes = size_t{8} << 20;
  auto next = static_cast<int64_t>(from.value);
  auto last = static_cast<int64_t>(std::min<uint64_t>(to.value, INT64_MAX));
  while (next <= last) {
    std::vector<LogRow> rows;
    size_t filled = 0;
    {
      std::lock_guard lock(mutex_);
      auto id = zone_id(zone);
      if (!id) return fail(id.error());
      Run run(select_entries_.get());
      run.bind(*id).bind(next).bind(std::min(last, next + kPage - 1));
      int code = SQLITE_ROW;
      while (filled < kPageBytes && (code = run.step()) == SQLITE_ROW) {
        LogRow row;
        row.zone = zone;
        row.seq = Seq{static_cast<uint64_t>(run.integer(0))};
        row.at = Instant{run.integer(1)};
        ByteView leaf = run.blob(2);
        std::copy_n(leaf.begin(), std::min(leaf.size(), row.leaf.size()), row.leaf.begin());
        auto bytes = bytes_of(*id, run.integer(0), run.blob(4), run.integer(3));
        if (!bytes) return fail(bytes.error());
        row.bytes = std::move(*bytes);
        filled += row.bytes.size();
        rows.push_back(std::move(row));
      }
      if (code != SQLITE_DONE && code != SQLITE_ROW) {
        return fail(sqlite_error(database_.get(), "read"));
      }
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

Result<void> LogStore::append(std::span<const LogRow> rows) {
  std::unique_ptr<Batch> batch = begin();
  for (const LogRow& row : rows) {
    if (auto added = batch->add(row); !added) return added;
  }
  return batch->commit();
}

Result<std::unique_ptr<LogStore>> open_sqlite_log(const std::string& path, OpenMode mode) {
  return SqliteLog::open(path, mode);
}

}  // namespace wutong::store
