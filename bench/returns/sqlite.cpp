// The SQLite peer: returns in one table ordered by zone, firm and month, sums kept by a trigger
// written for just these figures, WAL with synchronous=FULL.
#include <sqlite3.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "bench/returns/answers.hpp"
#include "bench/returns/measure.hpp"
#include "bench/returns/sql_text.hpp"

namespace wutong::bench {

namespace {

// A connection that stops at its first error and keeps the text of it.
class Connection {
 public:
  explicit Connection(const std::string& path) {
    keep(sqlite3_open(path.c_str(), &database_), path);
  }
  ~Connection() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void execute(const std::string& sql) {
    if (error_.empty()) keep(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), sql);
  }
  // Lives as long as the connection.
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    keep(sqlite3_prepare_v3(database_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                            nullptr),
         sql);
    statements_.push_back(statement);
    return statement;
  }
  // Runs a statement; `row` sees every row.
  template <typename Row>
  void run(sqlite3_stmt* statement, const Row& row) {
    if (!error_.empty()) return;
    int state = sqlite3_step(statement);
    for (; state == SQLITE_ROW; state = sqlite3_step(statement)) row(statement);
    if (state != SQLITE_DONE) keep(state, sqlite3_sql(statement));
    sqlite3_reset(statement);
  }
  // All columns of all rows read as numbers, as a program would.
  void read(sqlite3_stmt* statement) {
    run(statement, [this](sqlite3_stmt* row) {
      for (int i = 0; i < sqlite3_column_count(row); ++i) seen_ += sqlite3_column_double(row, i);
    });
  }
  void expect_one_change() {
    if (error_.empty() && sqlite3_changes(database_) != 1) error_ = "no such return";
  }
  Result<void> result() const {
    if (error_.empty()) return {};
    return fail(ErrorKind::io, "bench.sqlite", "SQLite 出错：" + error_, "SQLite: " + error_);
  }

 private:
  void keep(int code, const std::string& sql) {
    if (code == SQLITE_OK || !error_.empty()) return;
    error_ = std::string(sqlite3_errmsg(database_)) + " in " + sql;
  }

  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
  std::string error_;
  double seen_ = 0;
};

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

constexpr const char* kReturnColumns =
    "zone INTEGER, firm INTEGER, month INTEGER, industry INTEGER, hightech INTEGER, "
    "designated_from INTEGER";

class Sqlite {
 public:
  explicit Sqlite(const Task& task)
      : task_(task),
        path_(task.folder + "/lite.db"),
        report_("sqlite", task.data.firms.size()),
        db_(path_) {}

  Result<void> run() {
    db_.execute(
        "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA cache_size=-4000000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0");
    load();
    order();
    recompute_often();
    keep_sums();
    single();
    batches();
    report_.size("memory", peak_memory_bytes(), "bytes");
    db_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    report_.size("disk", disk_bytes(path_), "bytes");
    if (auto done = db_.result(); !done) return done;
    return answers_.write(task_.answers);
  }

 private:
  void insert_numbers(const std::string& text, sqlite3_stmt* insert, int columns) {
    for (const char *at = text.data(), *end = at + text.size(); at < end;) {
      for (int i = 1; i <= columns; ++i) sqlite3_bind_int64(insert, i, take_number(at));
      db_.run(insert, [](sqlite3_stmt*) {});
    }
  }

  void load() {
    const std::string firms = read_file(task_.data.firms_file());
    const std::string returns = read_file(task_.data.returns_file());
    start_ = now_ns();
    db_.execute(
        "CREATE TABLE ent(id INTEGER PRIMARY KEY, zone INTEGER, industry INTEGER, hightech "
        "INTEGER, designated_from INTEGER); CREATE TABLE raw(firm INTEGER, month INTEGER" +
        field_list(" INTEGER") + "); BEGIN");
    insert_numbers(firms, db_.prepare("INSERT INTO ent VALUES(?,?,?,?,?)"), 5);
    insert_numbers(returns, db_.prepare("INSERT INTO raw VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"), 12);
    db_.execute("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    report_.times("D", {now_ns() - start_});
    report_.size("disk.loaded", disk_bytes(path_), "bytes");
  }

  void order() {
    db_.execute(std::string("CREATE TABLE ret(") + kReturnColumns + field_list(" INTEGER") +
                ", PRIMARY KEY(zone, firm, month)) WITHOUT ROWID");
    db_.execute("INSERT INTO ret SELECT zone, firm, month, industry, hightech, designated_from" +
                field_list() + " FROM raw JOIN ent ON raw.firm=ent.id ORDER BY zone, firm, month");
    db_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    report_.times("D.ordered", {now_ns() - start_});
    db_.execute("DROP TABLE raw");
    db_.execute("VACUUM");
    db_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    db_.execute("ANALYZE");
    db_.execute("CREATE TEMP TABLE cells(zone INTEGER, industry INTEGER, " + sum_names() + ")");
    db_.execute("CREATE TEMP TABLE zones(zone INTEGER PRIMARY KEY, " + sum_names() + ", n)");
  }

  // One scan into zone × industry, added up to zones, all figures read.
  void recompute() {
    db_.execute("DELETE FROM temp.cells; DELETE FROM temp.zones");
    db_.execute("INSERT INTO temp.cells SELECT zone, industry, " + sums_by_case() +
                " FROM ret WHERE " + counted_rows() + " GROUP BY zone, industry");
    db_.execute("INSERT INTO temp.zones SELECT z.zone, " + sum_names("z.") +
                ", e.n FROM (SELECT zone, " + sums_of_sums() +
                " FROM temp.cells GROUP BY zone) z JOIN (SELECT zone, count(*) n FROM ent "
                "WHERE designated_from<=20 GROUP BY zone) e ON z.zone=e.zone");
    read_all("temp.zones", "temp.cells");
  }

  void read_all(const std::string& zones, const std::string& cells) {
    if (!all_ || all_of_ != zones) {
      all_of_ = zones;
      all_ = db_.prepare(figures_of_all(zones));
      total_ = db_.prepare(figures_of_total(zones));
      cells_ = db_.prepare(figures_of_cells(cells));
    }
    for (sqlite3_stmt* statement : {all_, total_, cells_}) db_.read(statement);
  }

  void recompute_often() {
    const int times = (task_.data.firms.size() > 200'000 ? 4 : 7) * task_.repeat;
    std::vector<int64_t> samples;
    for (int i = 0; i < times; ++i) samples.push_back(timed_ns([&] { recompute(); }));
    report_.times("A", std::move(samples));
    note_answers("loaded", "temp.zones", "temp.cells");
  }

  void keep_sums() {
    db_.execute("CREATE TABLE zone_sums(zone INTEGER PRIMARY KEY, " + sum_names() + ", n)");
    db_.execute("INSERT INTO zone_sums SELECT * FROM temp.zones");
    db_.execute(
        "CREATE TABLE cell_sums(zone INTEGER, industry INTEGER, o, o_before, "
        "PRIMARY KEY(zone, industry)) WITHOUT ROWID");
    db_.execute("INSERT INTO cell_sums SELECT zone, industry, o, o_before FROM temp.cells");
    db_.execute("CREATE TRIGGER kept AFTER UPDATE ON ret WHEN " + counted_rows("NEW.") +
                " BEGIN UPDATE zone_sums SET " + sums_moved_by_trigger() +
                " WHERE zone=NEW.zone; UPDATE cell_sums SET " + cell_moved_by_trigger() +
                " WHERE zone=NEW.zone AND industry=NEW.industry; END");
    std::string set;
    for (size_t i = 0; i < kFields; ++i) {
      set += (i == 0 ? "" : ", ") + std::string(kFieldNames[i]) + "=?" + std::to_string(i + 1);
    }
    update_ = db_.prepare("UPDATE ret SET " + set + " WHERE firm=?11 AND month=?12 AND zone=?13");
    begin_ = db_.prepare("BEGIN IMMEDIATE");
    commit_ = db_.prepare("COMMIT");
    one_ = db_.prepare(figures_of_one("zone_sums", "?1"));
  }

  void correct(const Correction& one) {
    int at = 1;
    for (int64_t amount : one.amounts) sqlite3_bind_int64(update_, at++, amount);
    sqlite3_bind_int64(update_, at++, one.firm);
    sqlite3_bind_int64(update_, at++, one.month);
    sqlite3_bind_int64(update_, at++, task_.data.firms[one.firm].zone);
    db_.read(update_);
    db_.expect_one_change();
  }

  void single() {
    std::vector<int64_t> samples;
    for (const Correction& one : corrections(task_.data, kSingleFirst, task_.single_corrections)) {
      samples.push_back(timed_ns([&] {
        db_.read(begin_);
        correct(one);
        db_.read(commit_);
        sqlite3_bind_int64(one_, 1, task_.data.firms[one.firm].zone);
        db_.read(one_);
      }));
    }
    report_.times("B", std::move(samples));
    note_answers("corrected", "zone_sums", "cell_sums");
  }

  void batches() {
    std::vector<int64_t> samples;
    for (size_t i = 0; i < kBatches; ++i) {
      const auto list = corrections(task_.data, batch_first(i), task_.batch_size);
      samples.push_back(timed_ns([&] {
        db_.read(begin_);
        for (const Correction& one : list) correct(one);
        db_.read(commit_);
        read_all("zone_sums", "cell_sums");
      }));
    }
    report_.times("C", std::move(samples));
    note_answers("batched", "zone_sums", "cell_sums");
  }

  void note_answers(const char* state, const std::string& zones, const std::string& cells) {
    AllSums all;
    all.industries = task_.data.industries;
    all.zones.resize(task_.data.zones);
    all.cells.resize(task_.data.zones * task_.data.industries);
    const auto number = [](sqlite3_stmt* row, size_t at) {
      return static_cast<int64_t>(sqlite3_column_int64(row, static_cast<int>(at)));
    };
    db_.run(db_.prepare("SELECT zone, " + sum_names() + ", n FROM " + zones),
            [&](sqlite3_stmt* row) {
              ZoneSums& zone = all.zones[static_cast<size_t>(number(row, 0))];
              for (size_t i = 0; i < kSums; ++i) zone.sums[i] = number(row, i + 1);
              zone.firms = number(row, kSums + 1);
            });
    db_.run(db_.prepare("SELECT zone, industry, o, o_before FROM " + cells),
            [&](sqlite3_stmt* row) {
              const auto at = static_cast<size_t>(number(row, 0)) * all.industries +
                              static_cast<size_t>(number(row, 1));
              all.cells[at] = {number(row, 2), number(row, 3)};
            });
    answers_.add_sums(state, all);
  }

  const Task& task_;
  std::string path_;
  Report report_;
  Connection db_;
  Answers answers_;
  int64_t start_ = 0;
  std::string all_of_;
  sqlite3_stmt *all_ = nullptr, *total_ = nullptr, *cells_ = nullptr;
  sqlite3_stmt *update_ = nullptr, *begin_ = nullptr, *commit_ = nullptr, *one_ = nullptr;
};

}  // namespace

Result<void> run_sqlite(const Task& task) { return Sqlite(task).run(); }

}  // namespace wutong::bench
