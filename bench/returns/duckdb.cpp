// The DuckDB peer: returns ordered by zone, firm and month with their firm's columns beside them
// (its best form for these questions); figures recomputed where they are asked for, and, for single
// corrections, also with sums that the program keeps up to date.
#include <algorithm>

#include "bench/returns/answers.hpp"
#include "bench/returns/duckdb_library.hpp"
#include "bench/returns/measure.hpp"
#include "bench/returns/sql_text.hpp"

namespace wutong::bench {

namespace {

constexpr Adding kWhole{"CAST(sum(", ") AS BIGINT)"};
constexpr Adding kCast{"CAST(", " AS BIGINT)"};

class DuckDb {
 public:
  DuckDb(const Task& task, const DuckLibrary& library)
      : task_(task),
        path_(task.folder + "/duck.db"),
        report_("duckdb", task.data.firms.size()),
        db_(library, path_) {}

  Result<void> run() {
    db_.execute("SET threads=1");
    db_.execute("SET preserve_insertion_order=true");
    load();
    order();
    recompute_often();
    prepare();
    single_kept();
    single();
    batches();
    report_.size("memory", peak_memory_bytes(), "bytes");
    db_.execute("CHECKPOINT");
    report_.size("disk", disk_bytes(path_), "bytes");
    if (auto done = db_.result(); !done) return done;
    return answers_.write(task_.answers);
  }

 private:
  void load() {
    start_ = now_ns();
    db_.execute(
        "CREATE TABLE ent(id INTEGER, zone SMALLINT, industry SMALLINT, hightech SMALLINT, "
        "designated_from SMALLINT)");
    db_.execute("COPY ent FROM '" + task_.data.firms_file() + "' (HEADER false)");
    db_.execute("CREATE TABLE raw(firm INTEGER, month SMALLINT" + field_list(" BIGINT") + ")");
    db_.execute("COPY raw FROM '" + task_.data.returns_file() + "' (HEADER false)");
    db_.execute("CHECKPOINT");
    report_.times("D", {now_ns() - start_});
    report_.size("disk.loaded", disk_bytes(path_), "bytes");
  }

  void order() {
    db_.execute(
        "CREATE TABLE ret(firm INTEGER, zone SMALLINT, industry SMALLINT, hightech SMALLINT, "
        "designated_from SMALLINT, month SMALLINT" +
        field_list(" BIGINT") + ")");
    db_.execute("INSERT INTO ret SELECT firm, zone, industry, hightech, designated_from, month" +
                field_list() + " FROM raw JOIN ent ON raw.firm=ent.id ORDER BY zone, firm, month");
    db_.execute("CHECKPOINT");
    report_.times("D.ordered", {now_ns() - start_});
  }

  // Cells of zone × industry, added up to zones, all figures read.
  void recompute(const std::string& from, const std::string& sums) {
    db_.execute("CREATE OR REPLACE TEMP TABLE cells AS SELECT zone, industry, " + sums + " FROM " +
                from + " WHERE " + counted_rows() + " GROUP BY zone, industry");
    db_.execute("CREATE OR REPLACE TEMP TABLE zones AS SELECT z.*, n FROM (SELECT zone, " +
                sums_of_sums(kWhole) +
                " FROM cells GROUP BY zone) z JOIN (SELECT zone, count(*) n FROM ent "
                "WHERE designated_from<=20 GROUP BY zone) USING (zone)");
    db_.execute(figures_of_all("zones"));
    db_.execute(figures_of_total("zones"));
    db_.execute(figures_of_cells("cells"));
  }

  void recompute_often(const char* operation, const std::string& from, const std::string& sums) {
    const int times = (task_.data.firms.size() > 200'000 ? 7 : 11) * task_.repeat;
    std::vector<int64_t> samples;
    for (int i = 0; i < times; ++i) {
      samples.push_back(timed_ns([&] { recompute(from, sums); }));
    }
    report_.times(operation, std::move(samples));
  }

  void recompute_often() {
    recompute_often("A.join", "raw JOIN ent ON raw.firm=ent.id", sums_by_case(kWhole));
    db_.execute("DROP TABLE raw");
    db_.execute("CHECKPOINT");
    recompute_often("A.filter", "ret", sums_by_filter(kCast));
    recompute_often("A", "ret", sums_by_case(kWhole));
    note_answers("loaded", "zones", "cells");
  }

  void prepare() {
    db_.execute("CREATE TABLE zone_sums AS SELECT * FROM zones");
    db_.execute("CREATE TABLE cell_sums AS SELECT * FROM cells");
    std::string set, moved, taken;
    for (size_t i = 0; i < kFields; ++i) {
      set += (i == 0 ? "" : ", ") + std::string(kFieldNames[i]) + "=$" + std::to_string(i + 1);
    }
    const std::string where = " WHERE firm=$11 AND month=$12 AND zone=$13";
    update_ = db_.prepare("UPDATE ret SET " + set + where);
    select_ = db_.prepare("SELECT firm" + field_list() +
                          " FROM ret WHERE firm=$1 AND month=$2 AND zone=$3");
    const auto names = each_sum_name();
    for (size_t i = 0; i < kSums; ++i) {
      const std::string comma = i == 0 ? "" : ", ";
      moved += comma + names[i] + "=" + names[i] + "+$" + std::to_string(i + 1);
      taken += comma + names[i] + "=s." + names[i];
    }
    move_zone_ = db_.prepare("UPDATE zone_sums SET " + moved + " WHERE zone=$17");
    move_cell_ = db_.prepare(
        "UPDATE cell_sums SET o=o+$1, o_before=o_before+$2 WHERE zone=$3 AND industry=$4");
    recompute_zone_ = db_.prepare("UPDATE zone_sums SET " + taken + " FROM (SELECT " +
                                  sums_by_case(kWhole) + " FROM ret WHERE zone=$1 AND " +
                                  counted_rows() + ") s WHERE zone_sums.zone=$1");
    one_ = db_.prepare("SELECT * FROM (" + figures_of_all("zone_sums") + ") WHERE zone=$1");
    begin_ = db_.prepare("BEGIN");
    commit_ = db_.prepare("COMMIT");
  }

  void update(const Correction& one) {
    std::vector<int64_t> values(one.amounts.begin(), one.amounts.end());
    values.push_back(one.firm);
    values.push_back(one.month);
    values.push_back(task_.data.firms[one.firm].zone);
    const auto changed = db_.rows(update_, values);
    if (changed.size() != 1 || changed[0].at(0) != 1) db_.stop("no such return");
  }

  // The row updated, its zone recomputed and stored, committed, the zone's figures read.
  void single() {
    std::vector<int64_t> samples;
    for (const Correction& one : corrections(task_.data, kSingleFirst, task_.single_corrections)) {
      const int64_t zone = task_.data.firms[one.firm].zone;
      samples.push_back(timed_ns([&] {
        db_.execute(begin_, {});
        update(one);
        db_.execute(recompute_zone_, {zone});
        db_.execute(commit_, {});
        db_.execute(one_, {zone});
      }));
    }
    report_.times("B", std::move(samples));
    note_answers("corrected", "zone_sums", "");
  }

  Amounts stored(const Correction& one) {
    const int64_t zone = task_.data.firms[one.firm].zone;
    const auto rows = db_.rows(select_, {one.firm, one.month, zone});
    Amounts out{};
    if (rows.size() != 1) {
      db_.stop("no such return");
    } else {
      std::copy(rows[0].begin() + 1, rows[0].end(), out.begin());
    }
    return out;
  }

  // The old row read, updated, and the differences added to the stored sums.
  void correct_kept(const Correction& one, Amounts& former) {
    const Firm& firm = task_.data.firms[one.firm];
    db_.execute(begin_, {});
    former = stored(one);
    update(one);
    ZoneSums zone;
    CellSums cell;
    add_amounts(
        firm, one.month, [&](Field field) { return one.amounts[field] - former[field]; }, zone,
        cell);
    if (zone != ZoneSums{}) {
      std::vector<int64_t> values(zone.sums.begin(), zone.sums.end());
      values.push_back(firm.zone);
      db_.execute(move_zone_, values);
      db_.execute(move_cell_, {cell.output, cell.output_before, firm.zone, firm.industry});
    }
    db_.execute(commit_, {});
    db_.execute(one_, {firm.zone});
  }

  // Taken back at the end.
  void single_kept() {
    auto list = corrections(task_.data, 500'000, task_.single_corrections);
    std::vector<Correction> former = list;
    std::vector<int64_t> samples;
    for (size_t i = 0; i < list.size(); ++i) {
      samples.push_back(timed_ns([&] { correct_kept(list[i], former[i].amounts); }));
    }
    report_.times("B.kept", std::move(samples));
    Amounts ignored{};
    for (const Correction& one : former) correct_kept(one, ignored);
  }

  void batches() {
    std::string set;
    for (const char* name : kFieldNames) {
      set += (set.empty() ? "" : ", ") + std::string(name) + "=b." + name;
    }
    std::vector<int64_t> samples;
    for (size_t i = 0; i < kBatches; ++i) {
      std::vector<std::vector<int64_t>> rows;
      for (const Correction& one : corrections(task_.data, batch_first(i), task_.batch_size)) {
        rows.push_back({one.firm, task_.data.firms[one.firm].zone, one.month});
        rows.back().insert(rows.back().end(), one.amounts.begin(), one.amounts.end());
      }
      samples.push_back(timed_ns([&] {
        db_.execute(
            "CREATE OR REPLACE TEMP TABLE batch(firm INTEGER, zone SMALLINT, month SMALLINT" +
            field_list(" BIGINT") + ")");
        db_.append("batch", rows);
        db_.execute("UPDATE ret SET " + set +
                    " FROM batch b WHERE ret.zone=b.zone AND ret.firm=b.firm AND "
                    "ret.month=b.month");
        recompute("ret", sums_by_case(kWhole));
      }));
    }
    report_.times("C", std::move(samples));
    note_answers("batched", "zones", "cells");
  }

  // Single corrections recompute no cells of industries: they are asked for once, untimed.
  void note_answers(const char* state, const std::string& zones, std::string cells) {
    if (cells.empty()) {
      cells = "(SELECT zone, industry, " + sums_by_case(kWhole) + " FROM ret WHERE " +
              counted_rows() + " GROUP BY zone, industry)";
    }
    AllSums all;
    all.industries = task_.data.industries;
    all.zones.resize(task_.data.zones);
    all.cells.resize(task_.data.zones * task_.data.industries);
    for (const auto& row : db_.rows("SELECT zone, " + sum_names() + ", n FROM " + zones)) {
      ZoneSums& zone = all.zones[static_cast<size_t>(row[0])];
      std::copy_n(row.begin() + 1, kSums, zone.sums.begin());
      zone.firms = row[kSums + 1];
    }
    for (const auto& row : db_.rows("SELECT zone, industry, o, o_before FROM " + cells)) {
      const size_t zone = static_cast<size_t>(row[0]), industry = static_cast<size_t>(row[1]);
      all.cells[zone * all.industries + industry] = {row[2], row[3]};
    }
    answers_.add_sums(state, all);
  }

  const Task& task_;
  std::string path_;
  Report report_;
  DuckSession db_;
  Answers answers_;
  int64_t start_ = 0;
  DuckPrepared update_ = nullptr, select_ = nullptr, move_zone_ = nullptr, move_cell_ = nullptr,
               recompute_zone_ = nullptr, one_ = nullptr, begin_ = nullptr, commit_ = nullptr;
};

}  // namespace

Result<void> run_duckdb(const Task& task) {
  auto library = DuckLibrary::load(task.library);
  if (!library) return fail(library.error());
  return DuckDb(task, *library).run();
}

}  // namespace wutong::bench
