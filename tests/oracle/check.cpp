#include "tests/oracle/check.hpp"

#include <malloc.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>

#include "engine/store/simulated.hpp"
#include "engine/store/table_store.hpp"
#include "tests/oracle/pack_reader.hpp"
#include "tests/oracle/sql_oracle.hpp"
#include "zone/host.hpp"

namespace wutong::oracle {

namespace {

// The engine's answer in the words of SqlOracle::answer. "unavailable": a replay must tell.
std::string text_of(const Result<indicator::Figure>& figure) {
  if (!figure) {
    return figure.error().kind == ErrorKind::unavailable ? "unavailable"
                                                         : "refused " + figure.error().code;
  }
  std::string out(indicator::to_string(figure->status));
  if (figure->status == indicator::Status::value) {
    out += " " + figure->value.to_string() + " " + std::string(figure->unit.code());
  }
  if (!figure->words.zh.empty()) out += " " + figure->words.zh;
  return out;
}

std::string ask(const indicator::Figures& figures, const record::State& state,
                const Question& asked, std::optional<Seq> as_of) {
  auto question = indicator::parse_identity(std::string(kZone) + "/" + asked.text);
  if (!question) return "malformed " + question.error().code;
  question->as_of = as_of;
  return text_of(figures.figure(state, *question));
}

// A value that no record has had is unknown to the engine and zero or nothing to SQL.
bool is_same(const std::string& engine, const std::string& sql) {
  if (engine == sql) return true;
  if (engine.starts_with("refused") && sql == "refused") return true;  // for reasons of its own
  if (engine == "refused figure.unknown_value") {
    return sql.starts_with("no_records") || sql.starts_with("incomplete") ||
           sql.starts_with("not_reportable") || sql.starts_with("base_not_positive") ||
           sql.starts_with("value 0 ") || sql.starts_with("value 0.0") ||
           sql.starts_with("value -100");
  }
  return false;
}

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};

class Run {
 public:
  Run(const Program& program, Effort* effort) : program_(program), effort_(effort) {}

  std::optional<Difference> check(const std::vector<Question>& questions);

 private:
  std::optional<Difference> create();
  std::optional<Difference> perform();
  std::optional<Difference> project();
  std::optional<Difference> compare_now(const std::vector<Question>& questions);
  std::optional<Difference> compare_earlier(const std::vector<Question>& questions, size_t after);
  void act(const Act& act);
  std::optional<Difference> compare(const char* what, const Question& question, std::string engine,
                                    const std::string& sql) {
    if (effort_ != nullptr) {
      ++effort_->compared;
      const std::string kind = question.comparison.empty() ? "level " : "growth ";
      ++effort_->answers[kind + sql.substr(0, sql.find(' '))];
    }
    if (is_same(engine, sql)) return std::nullopt;
    return Difference{what, question, std::move(engine), sql};
  }

  const Program& program_;
  Effort* effort_;
  std::vector<std::pair<std::string, std::string>> files_;
  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  SimulatedClock clock_{*Instant::parse("2023-01-01T09:00:00+08:00")};
  SeededRandom random_{7};
  std::unique_ptr<zone::Host> host_;
  std::vector<uint64_t> positions_;  // after n acts
  std::unique_ptr<store::TableStore> tables_;
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::optional<SqlOracle> sql_;
};

std::optional<Difference> Run::create() {
  auto host = zone::Host::open_on(log_, secrets_, {}, clock_, random_);
  if (!host) return Difference{"pack", {}, host.error().en, ""};
  host_ = std::move(*host);
  files_ = files_of(program_);
  pack::Files files;
  for (const auto& [path, text] : files_) files.add(path, text);
  const auto created = host_->create_zone(kZone, HashKind::sha256, files, "oracle");
  if (created) return std::nullopt;
  std::string why;
  for (const Error& fault : created.error().faults) why += describe_en(fault) + "\n";
  return Difference{"pack", {}, why.empty() ? created.error().error.en : why, ""};
}

void Run::act(const Act& act) {
  clock_.set(std::max(clock_.now(), *Instant::parse(act.day + "T09:00:00+08:00")));
  record::Request request;
  request.act = act.kind == "import"  ? record::Act::import
                : act.kind == "amend" ? record::Act::amend
                                      : record::Act::move;
  request.actor = "oracle";
  request.roles = {"system"};
  request.register_name = act.register_name;
  request.move = act.move;
  if (!act.valid_from.empty()) request.valid_from = Date::parse(act.valid_from);
  for (const auto& [field, unused] : act.rows.front()) {
    record::InputColumn column;
    column.field = field;
    column.column.type = ValueType::text;
    for (const Cells& row : act.rows) column.column.append_text(row.at(field));
    request.columns.push_back(std::move(column));
  }
  const bool is_done = host_->act(kZone, std::move(request)).has_value();
  if (effort_ != nullptr) {
    ++effort_->acts;
    effort_->refused += is_done ? 0 : 1;
  }
  positions_.push_back(positions_.back() + (is_done ? 1 : 0));
}

std::optional<Difference> Run::perform() {
  positions_ = {1};
  for (const Act& each : program_.acts) {
    if (!each.rows.empty()) {
      act(each);
    } else {
      positions_.push_back(positions_.back());
    }
  }
  return std::nullopt;
}

std::optional<Difference> Run::project() {
  static int number = 0;
  const std::string path = "file:/oracle" + std::to_string(number++) + "?vfs=memdb";
  auto tables = store::open_sqlite_tables(path);
  if (!tables) return Difference{"projection", {}, tables.error().en, ""};
  tables_ = std::move(*tables);
  // Some programs continue what an earlier position left.
  const uint64_t half = positions_[positions_.size() / 2];
  if (program_.acts.size() % 3 == 0) {
    auto first = host_->project_on(kZone, Seq{half}, *tables_);
    if (!first) return Difference{"projection", {}, first.error().en, ""};
  }
  auto written = host_->project_on(kZone, std::nullopt, *tables_);
  if (!written) return Difference{"projection", {}, written.error().en, ""};
  sqlite3* raw = nullptr;
  if (sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    return Difference{"projection", {}, sqlite3_errmsg(raw), ""};
  }
  database_.reset(raw);
  sql_.emplace(raw, read_pack(files_));
  return std::nullopt;
}

std::optional<Difference> Run::compare_now(const std::vector<Question>& questions) {
  std::optional<Difference> out;
  sql_->at(std::nullopt);
  const auto read = host_->read(kZone, [&](const zone::View& view) {
    indicator::Figures fresh(view.catalog->indicators, kZone, view.catalog->zone.area, false);
    fresh.recompute(*view.state, view.position);
    for (const Question& question : questions) {
      if (question.after < program_.acts.size() || out) continue;
      const std::string sql = sql_->answer(question);
      out = compare("live", question, ask(*view.figures, *view.state, question, {}), sql);
      if (!out) out = compare("recomputed", question, ask(fresh, *view.state, question, {}), sql);
    }
    std::string difference;
    if (!out && !view.figures->equals(fresh, &difference)) {
      out = Difference{"cells", {}, difference, ""};
    }
  });
  if (!read) return Difference{"live", {}, read.error().en, ""};
  return out;
}

std::optional<Difference> Run::compare_earlier(const std::vector<Question>& questions,
                                               size_t after) {
  std::optional<Difference> out;
  const Seq position{positions_[after]};
  sql_->at(position.value);
  std::map<std::string, std::string> told;
  const auto then = host_->read_at(kZone, position, [&](const zone::View& view) {
    for (const Question& question : questions) {
      if (question.after != after || out) continue;
      told[question.text] = sql_->answer(question);
      out = compare("replayed", question, ask(*view.figures, *view.state, question, {}),
                    told[question.text]);
    }
  });
  if (!then) return Difference{"replayed", {}, then.error().en, ""};
  const auto now = host_->read(kZone, [&](const zone::View& view) {
    for (const Question& question : questions) {
      if (question.after != after || out) continue;
      std::string journal = ask(*view.figures, *view.state, question, position);
      if (journal == "unavailable") continue;
      out = compare("journal", question, std::move(journal), told[question.text]);
    }
  });
  if (!now) return Difference{"journal", {}, now.error().en, ""};
  return out;
}

std::optional<Difference> Run::check(const std::vector<Question>& questions) {
  if (effort_ != nullptr) effort_->questions += questions.size();
  if (auto out = create()) return out;
  if (auto out = perform()) return out;
  if (auto out = project()) return out;
  if (auto out = compare_now(questions)) return out;
  std::vector<size_t> earlier;
  for (const Question& question : questions) {
    if (question.after < program_.acts.size()) earlier.push_back(question.after);
  }
  std::sort(earlier.begin(), earlier.end());
  earlier.erase(std::unique(earlier.begin(), earlier.end()), earlier.end());
  for (size_t after : earlier) {
    if (auto out = compare_earlier(questions, after)) return out;
  }
  return std::nullopt;
}

}  // namespace

void prepare_process() {
  sqlite3_config(SQLITE_CONFIG_URI, 1);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 512, 800);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_MMAP_THRESHOLD, 64 << 20);
}

std::string describe(const Difference& difference) {
  std::string out = difference.what;
  if (!difference.question.text.empty()) out += ": " + difference.question.text;
  return out + "\n  engine: " + difference.engine + "\n  SQL:    " + difference.sql + "\n";
}

std::optional<Difference> check(const Program& program, const std::vector<Question>& questions,
                                Effort* effort) {
  return Run(program, effort).check(questions);
}

}  // namespace wutong::oracle
