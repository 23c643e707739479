#include "tests/oracle/generate.hpp"

#include <algorithm>
#include <set>

#include "tests/oracle/dates.hpp"
#include "tests/oracle/generate_pack.hpp"

namespace wutong::oracle {

namespace {

// Few months, so that records, the year before and questions meet.
constexpr int kFirstYear = 2022;

std::string month_of(int year, int month) { return day_text(year, month, 1).substr(0, 7); }

class HistoryMaker {
 public:
  HistoryMaker(Program& program, Dice& dice) : program_(program), dice_(dice) {}

  void run() {
    add("import", "area",
        {{{"code", kOwnArea}, {"level", "county"}}, {{"code", "oth"}, {"level", "county"}}});
    std::vector<Cells> rows;
    if (has("grp")) {
      for (int i = 0; i < 2 + dice_.below(2); ++i) rows.push_back(fresh("grp"));
      add("import", "grp", same_fields(rows), dice_.percent(20) ? any_day() : "");
    }
    rows.clear();
    for (int i = 0; i < 3 + dice_.below(3); ++i) rows.push_back(fresh("firm"));
    add("import", "firm", same_fields(rows), dice_.percent(25) ? any_day() : "");
    const int steps = 12 + dice_.below(26);
    for (int i = 0; i < steps; ++i) step();
  }

 private:
  bool has(const std::string& name) const { return program_.find_register(name) != nullptr; }

  void add(const std::string& kind, const std::string& home, std::vector<Cells> rows,
           std::string valid_from = "", std::string move = "") {
    clock_ += dice_.percent(50) ? dice_.below(30) : 0;
    const int month = clock_ / 28, day = clock_ % 28 + 1;
    program_.acts.push_back({kind, home, day_text(2023 + month / 12, month % 12 + 1, day),
                             std::move(valid_from), std::move(move), std::move(rows)});
  }

  void step() {
    std::vector<std::string> facts;
    for (const char* name : {"fact", "fact", "held", "obs"}) {
      if (has(name)) facts.emplace_back(name);
    }
    const int what = dice_.below(100);
    if (what < 45) return insert(dice_.pick(facts));
    if (what < 60) return amend(dice_.pick(facts));
    if (what < 72) return move_facts();
    if (what < 76) return insert("firm");
    if (what < 93 || !has("grp")) return amend("firm");
    amend("grp");
  }

  void insert(const std::string& home) {
    std::vector<Cells> rows;
    const int count = 1 + dice_.below(home == "firm" ? 1 : 4);
    for (int i = 0; i < count; ++i) rows.push_back(fresh(home));
    rows = same_fields(rows);
    add("import", home, rows, dice_.percent(15) ? any_day() : "");
    if (!program_.find_register(home)->has_lifecycle || !dice_.percent(75)) return;
    for (Cells& row : rows) row = key_cells(home, row);
    add("move", home, rows, "", "submit");
    if (dice_.percent(85)) add("move", home, rows, "", "accept");
  }

  void amend(const std::string& name) {
    if (keys_[name].empty()) return insert(name);
    const RegisterDef& home = *program_.find_register(name);
    std::vector<const FieldDef*> open;
    for (const FieldDef& field : home.fields) {
      if (std::find(home.key.begin(), home.key.end(), field.name) == home.key.end()) {
        open.push_back(&field);
      }
    }
    const FieldDef& one = *dice_.pick(open);
    const FieldDef& two = *dice_.pick(open);
    Cells row = dice_.pick(keys_[name]);
    row[one.name] = value_of(one);
    if (dice_.percent(30)) row[two.name] = value_of(two);
    const bool is_dated = one.is_effective || two.is_effective;
    add("amend", name, {row}, is_dated && dice_.percent(85) ? any_day() : "");
  }

  void move_facts() {
    if (!has("fact") || !program_.find_register("fact")->has_lifecycle || keys_["fact"].empty()) {
      return amend("firm");
    }
    const std::vector<std::string> moves{"submit", "accept", "take_back", "take_back"};
    add("move", "fact", {dice_.pick(keys_["fact"])}, "", dice_.pick(moves));
  }

  Cells key_cells(const std::string& name, const Cells& row) const {
    Cells out;
    for (const std::string& part : program_.find_register(name)->key) out[part] = row.at(part);
    return out;
  }

  Cells fresh(const std::string& name) {
    const RegisterDef& home = *program_.find_register(name);
    Cells row;
    for (const FieldDef& field : home.fields) {
      row[field.name] = field.name == "code"
                            ? name.substr(0, 1) + std::to_string(keys_[name].size())
                            : value_of(field);
    }
    if (name == "obs") {
      std::vector<std::string> names;
      for (const IndicatorDef& indicator : program_.indicators) names.push_back(indicator.name);
      row["indicator"] = dice_.pick(names);
      row["area"] = dice_.percent(70) ? kOwnArea : "oth";
    }
    const Cells key = key_cells(name, row);
    const auto& known = keys_[name];
    if (std::find(known.begin(), known.end(), key) == known.end()) keys_[name].push_back(key);
    return row;
  }

  // Rows without a key twice: two new rows may have drawn the same.
  std::vector<Cells> same_fields(const std::vector<Cells>& rows) const {
    std::vector<Cells> out;
    std::set<std::string> seen;
    for (const Cells& row : rows) {
      std::string key;
      for (const auto& [field, value] : row) {
        const bool is_part = field == "code" || field == "firm" || field == "when" ||
                             field == "area" || field == "indicator" || field == "period";
        if (is_part) key += value + "|";
      }
      if (seen.insert(key).second) out.push_back(row);
    }
    return out;
  }

  std::string any_day() {
    const int month = dice_.below(40);
    return day_text(kFirstYear + month / 12, month % 12 + 1,
                    dice_.percent(50) ? 1 : 1 + dice_.below(28));
  }
  std::string any_month() {
    return month_of(kFirstYear + dice_.below(3),
                    dice_.percent(80) ? 1 + dice_.below(6) : 1 + dice_.below(12));
  }
  std::string any_period() {
    const std::string year = std::to_string(kFirstYear + dice_.below(3));
    switch (dice_.below(6)) {
      case 0:
        return year + "-Q" + std::to_string(1 + dice_.below(2));
      case 1:
        return year + "-H1";
      case 2:
        return year;
      case 3:
        return year + "-01.." + month_of(2022, 1 + dice_.below(6)).substr(5);
      default:
        return any_month();
    }
  }
  std::string any_partial_date() {
    if (dice_.percent(50)) return any_day();
    if (dice_.percent(60)) return any_month();
    const std::string year = std::to_string(kFirstYear + dice_.below(3));
    return dice_.percent(70) ? year + "-Q" + std::to_string(1 + dice_.below(4)) : year;
  }
  std::string any_amount(int places) {
    if (dice_.percent(8)) return "0";
    std::string out = (dice_.percent(12) ? "-" : "") + std::to_string(1 + dice_.below(900));
    if (places > 0 && dice_.percent(70)) {
      out += ".";
      for (int i = 0; i < places; ++i) out += static_cast<char>('0' + dice_.below(10));
    }
    return out;
  }

  std::string value_of(const FieldDef& field) {
    if (!field.is_required && dice_.percent(field.name == "until_on" ? 40 : 8)) return "";
    if (field.type == "code") return dice_.pick(field.codes);
    if (field.type == "bool") return dice_.percent(65) ? "true" : "false";
    if (field.type == "int") return std::to_string(dice_.below(field.unit == "1" ? 6 : 400));
    if (field.type == "money") return any_amount(field.decimals < 0 ? 2 : field.decimals);
    if (field.type == "decimal") return any_amount(field.decimals);
    if (field.type == "date") return any_day();
    if (field.type == "month") return any_month();
    if (field.type == "partial_date") return any_partial_date();
    if (field.type == "period") return any_period();
    if (field.type == "ref" && field.target == "area") return dice_.percent(75) ? kOwnArea : "oth";
    if (field.type == "ref" && !keys_[field.target].empty()) {
      return dice_.pick(keys_[field.target]).at("code");
    }
    return "";
  }

  Program& program_;
  Dice& dice_;
  std::map<std::string, std::vector<Cells>> keys_;
  int clock_ = 5 * 28;  // in months of 28 days since 2023-01
};

// Cells of a field in the acts, where they are not empty.
std::vector<std::string> recorded(const Program& program, const std::string& home,
                                  const std::string& field) {
  std::vector<std::string> out;
  for (const Act& act : program.acts) {
    if (act.register_name != home) continue;
    for (const Cells& row : act.rows) {
      const auto cell = row.find(field);
      if (cell != row.end() && !cell->second.empty()) out.push_back(cell->second);
    }
  }
  return out;
}

// A month that a question is about: mostly one with records, or the one a year after them.
std::pair<int, int> random_month(const Program& program, const IndicatorDef& indicator,
                                 bool is_growth, Dice& dice) {
  int year = kFirstYear + (is_growth ? 1 + dice.below(2) : dice.below(3));
  int month = dice.percent(80) ? 1 + dice.below(6) : 1 + dice.below(12);
  const auto times = recorded(program, indicator.from, indicator.time);
  if (times.empty() || dice.percent(20)) return {year, month};
  const Span span = span_of(dice.pick(times));
  year = span.year + (is_growth && span.year < kFirstYear + 2 && dice.percent(70) ? 1 : 0);
  month = (span.last[5] - '0') * 10 + (span.last[6] - '0');
  return {year, month};
}

std::string random_question_period(const Program& program, const IndicatorDef& indicator,
                                   bool is_growth, Dice& dice) {
  const auto stated = recorded(program, "obs", "period");
  if (indicator.kind == "series" && !stated.empty() && dice.percent(60)) return dice.pick(stated);
  const auto [year, month] = random_month(program, indicator, is_growth, dice);
  const std::string y = std::to_string(year);
  const bool is_records = indicator.kind == "records";
  bool knows_days = is_records;
  if (is_records) {
    const std::string& type = program.find_register(indicator.from)->find(indicator.time)->type;
    knows_days = indicator.is_stock || type == "date" || type == "partial_date";
  }
  switch (dice.below(9)) {
    case 0:
    case 1:
      return month_of(year, month);
    case 2:
      return y + "-Q" + std::to_string((month + 2) / 3);
    case 3:
      return y + "-H" + std::to_string((month + 5) / 6);
    case 4:
      return y;
    case 5:
      return "@" + day_text(year, month,
                            dice.percent(50) ? last_day_of(year, month) : 1 + dice.below(28));
    case 6:
      if (knows_days) return day_text(year, month, 1 + dice.below(28));
      break;
    case 7:
      if (is_records && !indicator.is_stock && !is_growth) return month_of(year, month) + "..";
      break;
    default:
      break;
  }
  return y + "-01.." + month_of(year, month).substr(5);
}

Question random_question(const Program& program, const IndicatorDef& indicator, Dice& dice) {
  const std::vector<std::string> comparisons{"", "", "", "yoy", "yoy", "yoy:naive", "mom"};
  const std::string comparison = dice.pick(comparisons);
  const std::string period = random_question_period(program, indicator, !comparison.empty(), dice);
  std::map<std::string, std::string> fixed;
  for (const auto& [name, reached] : dimensions_of(program, indicator)) {
    if (!dice.percent(35)) continue;
    const FieldDef& field = *reached.field;
    if (field.type == "bool") fixed[name] = dice.percent(60) ? "true" : "false";
    if (field.type == "code" && !field.codes.empty()) fixed[name] = dice.pick(field.codes);
    if (field.type == "code" && field.codes.empty()) fixed[name] = "accepted";
    if (field.type == "ref") {
      fixed[name] = field.target.substr(0, 1) + std::to_string(dice.below(3));
    }
  }
  if (dice.percent(12)) fixed["area"] = dice.percent(30) ? kOwnArea : "oth";
  return make_question(indicator.name, period, comparison, std::move(fixed));
}

}  // namespace

Program generate(uint64_t seed) {
  Dice dice(seed);
  Program out;
  out.registers = random_registers(dice);
  out.indicators = random_indicators(out, dice);
  HistoryMaker(out, dice).run();
  return out;
}

std::vector<Question> questions_for(const Program& program, uint64_t seed) {
  Dice dice(seed ^ 0x5EED);
  std::vector<Question> out;
  const size_t acts = program.acts.size();
  std::vector<size_t> earlier;
  const int positions = dice.percent(25) ? 2 : 1;
  for (int i = 0; i < positions; ++i) {
    earlier.push_back(3 + static_cast<size_t>(dice.below(static_cast<int>(acts) - 3)));
  }
  for (const IndicatorDef& indicator : program.indicators) {
    for (size_t i = 0; i < 8; ++i) {
      Question question = random_question(program, indicator, dice);
      question.after = i < 6 ? acts : earlier[i % earlier.size()];
      out.push_back(std::move(question));
    }
  }
  return out;
}

}  // namespace wutong::oracle
