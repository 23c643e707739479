#include "tests/oracle/sql_oracle.hpp"

#include <charconv>
#include <cstdlib>
#include <iostream>

#include "tests/oracle/dates.hpp"

namespace wutong::oracle {

namespace {

struct UnitRow {
  const char* code;
  const char* dimension;
  int64_t factor;
};
constexpr UnitRow kUnits[] = {
    {"1", "1", 1},
    {"CNY", "money", 1},
    {"CNY_1e4", "money", 10'000},
    {"CNY_1e8", "money", 100'000'000},
    {"persons", "persons", 1},
    {"persons_1e4", "persons", 10'000},
    {"items", "items", 1},
    {"enterprises", "enterprises", 1},
    {"percent", "proportion", 1},
    {"items_per_10k_persons", "items_rate", 1},
};
const UnitRow& unit_row(const std::string& code) {
  for (const UnitRow& row : kUnits) {
    if (code == row.code) return row;
  }
  std::cerr << "oracle: unknown unit " << code << std::endl;
  std::abort();
}
bool converts(const std::string& a, const std::string& b) {
  return std::string(unit_row(a).dimension) == unit_row(b).dimension;
}
Fraction convert(const Fraction& value, const std::string& from, const std::string& to) {
  return value * Fraction(unit_row(from).factor, unit_row(to).factor);
}

int64_t integer(const std::optional<std::string>& text) {
  int64_t out = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

std::string quoted(const std::string& text) { return "'" + text + "'"; }

// The last day that a cell of a time field may be.
std::string day_sql(const FieldDef& field, const std::string& cell) {
  const auto end_of = [](const std::string& month) {
    return "date(" + month + " || '-01', '+1 month', '-1 day')";
  };
  const std::string year = "substr(" + cell + ", 1, 4)";
  const auto parts = [&](const char* letter, int width) {
    return std::string(" WHEN substr(") + cell + ", 6, 1) = '" + letter + "' THEN " +
           end_of(year + " || '-' || printf('%02d', " + std::to_string(width) + " * substr(" +
                  cell + ", 7, 1))");
  };
  if (field.type == "date") return cell;
  if (field.type == "month") return end_of(cell);
  return "CASE WHEN length(" + cell + ") = 10 THEN " + cell + " WHEN length(" + cell +
         ") = 4 THEN " + cell + " || '-12-31' WHEN length(" + cell + ") = 11 THEN " +
         end_of(year + " || '-' || substr(" + cell + ", 10, 2)") + parts("Q", 3) + parts("H", 6) +
         " ELSE " + end_of(cell) + " END";
}

// domain.md 1.7: words where the base is not positive, or profit turned into loss.
std::string words_of(const Fraction& value, const Fraction& base, bool is_year_before) {
  if (base.sign() > 0) return value.sign() < 0 ? "由盈转亏" : "";
  if (base.sign() == 0) {
    if (value.sign() == 0) return "持平";
    const std::string zero = is_year_before ? "上年同期为零" : "基期为零";
    return value.sign() < 0 ? zero + "，本期为负" : zero;
  }
  if (value.sign() > 0) return "扭亏为盈";
  if (value.sign() == 0) return "扭亏";
  const int order = (value - base).sign();
  return order == 0 ? "持平" : order > 0 ? "减亏" : "增亏";
}

std::string inside_of(const std::string& measure) {
  const size_t open = measure.find('(');
  return measure.substr(open + 1, measure.rfind(')') - open - 1);
}
std::string aggregate_of(const std::string& measure) {
  return measure.substr(0, measure.find('('));
}

}  // namespace

// The FROM of one register with everything that its paths reach, attributes read on a day.
class SqlOracle::Query {
 public:
  Query(const Program& pack, const RegisterDef& home, std::string day)
      : pack_(pack), home_(home), day_(std::move(day)), from_("r_" + home.name + " AS t") {}

  SqlTerm column(const std::vector<std::string>& steps) {
    const RegisterDef* at = &home_;
    std::string alias = "t";
    for (size_t i = 0;; ++i) {
      const FieldDef& field = *at->find(steps[i]);
      const std::string cell = cell_of(*at, alias, field);
      if (i + 1 == steps.size()) {
        last_ = &field;
        if (unit_.empty()) unit_ = field.unit;
        const bool is_number =
            field.type == "int" || field.type == "money" || field.type == "decimal";
        return {cell, is_number, field.decimals > 0 ? field.decimals : 0};
      }
      const std::string next = alias + "_" + field.name;
      join("r_" + field.target, next, next + "._record = " + cell);
      alias = next;
      at = pack_.find_register(field.target);
    }
  }
  // As in a figure's identity: flags as words, references as keys, absent as ''.
  std::string text(const std::vector<std::string>& steps) {
    const SqlTerm term = column(steps);
    if (last_->type == "bool") {
      return "CASE " + term.text + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE '' END";
    }
    if (last_->type == "ref") {
      return "coalesce((SELECT k._key FROM \"" + last_->target +
             "\" AS k WHERE k._record = " + term.text + "), '')";
    }
    return "coalesce(" + term.text + ", '')";
  }
  const FieldDef& last_field() const { return *last_; }
  const std::string& unit() const { return unit_; }  // of the first column that was named
  void forget_unit() { unit_.clear(); }
  void add(const std::string& table_and_alias) { from_ += " JOIN " + table_and_alias; }
  const std::string& from() const { return from_; }
  void read_on(std::string day) { day_ = std::move(day); }

 private:
  void join(const std::string& table, const std::string& alias, const std::string& on) {
    if (!aliases_.emplace(alias, table).second) return;
    from_ += " LEFT JOIN " + table + " AS " + alias + " ON " + on;
  }
  std::string cell_of(const RegisterDef& home, const std::string& alias, const FieldDef& field) {
    if (!field.is_effective) return alias + ".\"" + field.name + "\"";
    const std::string history = alias + "_h";
    join("h_" + home.name, history,
         history + "._record = " + alias + "._record AND (" + history + "._valid_from IS NULL OR " +
             history + "._valid_from <= " + day_ + ") AND (" + history + "._valid_to IS NULL OR " +
             history + "._valid_to > " + day_ + ")");
    return history + ".\"" + field.name + "\"";
  }

  const Program& pack_;
  const RegisterDef& home_;
  std::string day_;
  std::string from_;
  std::map<std::string, std::string> aliases_;
  const FieldDef* last_ = nullptr;
  std::string unit_;
};

std::vector<std::vector<std::optional<std::string>>> SqlOracle::rows(const std::string& sql) {
  std::vector<std::vector<std::optional<std::string>>> out;
  const auto take = [](void* to, int count, char** cells, char**) {
    auto& row = static_cast<decltype(out)*>(to)->emplace_back();
    for (int i = 0; i < count; ++i) {
      row.push_back(cells[i] == nullptr ? std::nullopt : std::optional<std::string>(cells[i]));
    }
    return 0;
  };
  char* why = nullptr;
  if (sqlite3_exec(database_, sql.c_str(), take, &out, &why) == SQLITE_OK) return out;
  std::cerr << "oracle: " << why << "\n" << sql << std::endl;
  std::abort();
}

void SqlOracle::at(std::optional<uint64_t> position) {
  known_.clear();
  std::string known = " WHERE _known_to IS NULL";
  if (position) {
    const std::string p = std::to_string(*position);
    known = " WHERE _known_from <= " + p + " AND (_known_to IS NULL OR _known_to > " + p + ")";
  }
  for (const RegisterDef& home : pack_.registers) {
    const std::string& name = home.name;
    const std::string current = "main.\"" + name + "\"";
    const std::string versions = "main.\"_" + name + "_versions\"" + known;
    std::string days;  // of every time field, as `_day_FIELD`
    for (const FieldDef& field : home.fields) {
      const bool is_time = field.type == "date" || field.type == "month" ||
                           field.type == "partial_date" || field.type == "period";
      if (is_time)
        days += ", " + day_sql(field, "\"" + field.name + "\"") + " AS _day_" + field.name;
    }
    rows("DROP TABLE IF EXISTS temp.r_" + name + "; CREATE TEMP TABLE r_" + name + " AS SELECT *" +
         days + " FROM " + (position ? versions : current));
    bool has_history = false;
    for (const FieldDef& field : home.fields) has_history |= field.is_effective;
    if (!has_history) continue;
    rows("DROP TABLE IF EXISTS temp.h_" + name + "; CREATE TEMP TABLE h_" + name +
         " AS SELECT * FROM main.\"_" + name + "_history\"" + known);
  }
}

std::string SqlOracle::own_area(const Fixed& fixed) const {
  const auto found = fixed.find("area");
  return found == fixed.end() ? kOwnArea : found->second;
}

bool SqlOracle::has_area(const std::string& key) {
  if (pack_.find_register("area") == nullptr) return false;
  return !rows("SELECT 1 FROM r_area WHERE code = " + quoted(key)).empty();
}

bool SqlOracle::knows(const IndicatorDef& indicator, const std::string& dimension) const {
  if (dimension == "area") return true;
  for (const auto& [name, path] : indicator.dimensions) {
    if (name == dimension) return true;
  }
  if (indicator.kind == "ratio" && knows(named(indicator.ratio.of), dimension)) return true;
  for (const auto& [term, sign] : indicator.terms) {
    if (knows(named(term), dimension)) return true;
  }
  return false;
}

bool SqlOracle::is_comparable(const IndicatorDef& indicator) const {
  if (indicator.is_comparable) return true;
  for (const auto& [term, sign] : indicator.terms) {
    if (is_comparable(named(term))) return true;
  }
  return false;
}

// "FROM … WHERE …" of the records that pass the filter and have the values; `times` limits the
// time.
std::string SqlOracle::select_of(const IndicatorDef& indicator, const Fixed& fixed, Query& query,
                                 const std::string& times) {
  const Columns columns = [&](const std::vector<std::string>& steps) {
    return query.column(steps);
  };
  std::string where = times;
  for (const std::string& condition : indicator.conditions) {
    where += " AND " + sql_of(condition, columns).text;
  }
  if (!indicator.area.empty()) {
    where += " AND " + query.text(steps_of(indicator.area)) + " = " + quoted(own_area(fixed));
  }
  for (const auto& [name, path] : indicator.dimensions) {
    const auto wanted = fixed.find(name);
    if (wanted != fixed.end()) {
      where += " AND " + query.text(steps_of(path)) + " = " + quoted(wanted->second);
    }
  }
  return " FROM " + query.from() + " WHERE " + where;
}

SqlOracle::Sums SqlOracle::sums(const IndicatorDef& indicator, const Fixed& fixed,
                                const std::string& period, const std::string& attributes) {
  const RegisterDef& home = *pack_.find_register(indicator.from);
  const Span span = span_of(period);
  const std::string day = "t._day_" + indicator.time;
  Query query(pack_, home, indicator.is_at_record ? day : quoted(attributes));
  std::string times = day + " <= " + quoted(span.last);
  if (!indicator.is_stock && span.kind != "as_of")
    times += " AND " + day + " >= " + quoted(span.first);
  if (!indicator.until.empty()) {
    const std::string end = "t._day_" + indicator.until;
    times += " AND (" + end + " IS NULL OR " + end + " > " + quoted(span.last) + ")";
  }
  const std::string inside = inside_of(indicator.measure);
  const std::string measure =
      inside.empty()
          ? "1"
          : sql_of(inside, [&](const std::vector<std::string>& s) { return query.column(s); }).text;
  const std::string selected = select_of(indicator, fixed, query, times);
  const std::string sql =
      "WITH base AS (SELECT t._record AS rid, " + day + " AS day, " + measure + " AS m" + selected +
      ") SELECT count(*), count(m), sum(m), min(m), max(m), count(DISTINCT m), (SELECT m FROM "
      "base WHERE m IS NOT NULL ORDER BY day DESC, rid DESC LIMIT 1) FROM base";
  const auto [known, is_new] = known_.try_emplace(sql);
  if (!is_new) return known->second;
  const auto found = rows(sql);
  const auto& row = found.front();
  known->second = {integer(row[0]), integer(row[1]), integer(row[2]), integer(row[3]),
                   integer(row[4]), integer(row[5]), integer(row[6])};
  return known->second;
}

// A stock that was held on some day up to `last`, with the attributes of that day.
bool SqlOracle::was_ever_held(const IndicatorDef& indicator, const Fixed& fixed,
                              const std::string& last) {
  const RegisterDef& home = *pack_.find_register(indicator.from);
  const std::string day = "t._day_" + indicator.time;
  std::string days = "SELECT t._record AS rid, " + day + " AS day FROM r_" + home.name + " AS t";
  for (const RegisterDef& each : pack_.registers) {
    bool has_history = false;
    for (const FieldDef& field : each.fields) has_history |= field.is_effective;
    if (!has_history) continue;
    days += " UNION SELECT t._record, h._valid_from FROM r_" + home.name + " AS t, h_" + each.name +
            " AS h WHERE h._valid_from IS NOT NULL";
  }
  Query query(pack_, home, indicator.is_at_record ? day : "d.day");
  query.add("(" + days + ") AS d ON d.rid = t._record");
  std::string times = day + " <= d.day AND d.day <= " + quoted(last);
  if (!indicator.until.empty()) {
    const std::string end = "t._day_" + indicator.until;
    times += " AND (" + end + " IS NULL OR " + end + " > d.day)";
  }
  return !rows("SELECT 1" + select_of(indicator, fixed, query, times) + " LIMIT 1").empty();
}

bool SqlOracle::is_recorded(const IndicatorDef& indicator, const Fixed& fixed,
                            const std::string& period, const std::string& attributes) {
  Fixed all;
  if (const auto area = fixed.find("area"); area != fixed.end()) all.insert(*area);
  if (indicator.is_stock) return was_ever_held(indicator, all, span_of(period).last);
  const Sums whole = sums(indicator, all, period, attributes);
  return (indicator.measure == "count()" ? whole.accepted : whole.present) > 0;
}

SqlOracle::Level SqlOracle::level_of_records(const IndicatorDef& indicator, const Fixed& fixed,
                                             const std::string& period,
                                             const std::string& attributes) {
  const std::string aggregate = aggregate_of(indicator.measure);
  const Sums found = sums(indicator, fixed, period, attributes);
  const bool is_count = aggregate == "count";
  const bool can_be_zero = is_count || aggregate == "sum" || aggregate == "count_distinct";
  Level out;
  if ((is_count ? found.accepted : found.present) == 0) {
    if (!can_be_zero || !is_recorded(indicator, fixed, period, attributes)) return out;
  }
  out.status = "value";
  if (is_count || aggregate == "count_distinct") {
    out.value = is_count ? found.accepted : found.distinct;
    return out;
  }
  const RegisterDef& home = *pack_.find_register(indicator.from);
  Query query(pack_, home, "''");
  const SqlTerm term =
      sql_of(inside_of(indicator.measure),
             [&](const std::vector<std::string>& steps) { return query.column(steps); });
  Wide number = found.sum;
  if (aggregate == "min") number = found.least;
  if (aggregate == "max") number = found.most;
  if (aggregate == "last") number = found.last;
  out.value = Fraction::decimal(number, term.scale);
  if (aggregate == "avg") out.value = out.value / Fraction(found.present);
  out.value = convert(out.value, query.unit(), indicator.unit);
  return out;
}

SqlOracle::Level SqlOracle::level_of_series(const IndicatorDef& indicator, const Fixed& fixed,
                                            const std::string& period) {
  Level out;
  out.is_series = true;
  const RegisterDef* home = nullptr;
  for (const RegisterDef& each : pack_.registers) {
    if (each.is_series) home = &each;
  }
  const bool has_values = fixed.size() > fixed.count("area");
  if (home == nullptr || has_values || pack_.find_register("area") == nullptr) return out;
  const auto found = rows(
      "SELECT t.period, t.value, t.growth FROM r_" + home->name +
      " AS t JOIN r_area AS a ON a._record = t.area WHERE a.code = " + quoted(own_area(fixed)) +
      " AND t.indicator = " + quoted(indicator.name) + " ORDER BY t._record DESC");
  const Span wanted = span_of(period);
  for (const auto& row : found) {
    const Span span = span_of(*row[0]);
    if (span.first != wanted.first || span.last != wanted.last) continue;
    if (row[2]) out.growth = Fraction::decimal(integer(row[2]), home->find("growth")->decimals);
    if (row[1]) {
      const FieldDef& value = *home->find("value");
      out.status = "value";
      out.value = Fraction::decimal(integer(row[1]), value.decimals);
      if (value.unit != "1") out.value = convert(out.value, value.unit, indicator.unit);
    }
    return out;
  }
  return out;
}

SqlOracle::Level SqlOracle::level_of_ratio(const IndicatorDef& indicator, const Fixed& fixed,
                                           const std::string& period) {
  if (own_area(fixed) != kOwnArea) {
    Level stated = level_of_series(indicator, fixed, period);
    if (stated.has_value()) return stated;
  }
  const RatioDef& ratio = indicator.ratio;
  Fixed above = fixed, below;
  for (const auto& [name, value] : fixed) {
    if (knows(named(ratio.to), name)) below[name] = value;
  }
  for (const auto& [name, value] : ratio.of_where) above[name] = value;
  for (const auto& [name, value] : ratio.to_where) below[name] = value;
  Level out;
  const Level of = level(named(ratio.of), above, period, std::nullopt);
  const std::string year = std::to_string(span_of(period).year);
  const Level to = of.has_value() ? level(named(ratio.to), below,
                                          ratio.is_whole_year ? year : period, std::nullopt)
                                  : Level{};
  for (const Level* part : {&of, &to}) {
    if (part->has_value()) continue;
    out.status = part->status == "not_reportable" ? part->status : "incomplete";
    return out;
  }
  if (to.value.is_zero()) {
    out.status = "incomplete";
    return out;
  }
  out.status = "value";
  out.value = of.value / to.value;
  const std::string &from = named(ratio.of).unit, &base = named(ratio.to).unit;
  if (converts(from, base)) out.value = convert(out.value, from, base);
  out.value = out.value * Fraction(integer(ratio.per));
  return out;
}

SqlOracle::Level SqlOracle::level_of_terms(const IndicatorDef& indicator, const Fixed& fixed,
                                           const std::string& period,
                                           std::optional<std::string> attributes) {
  if (own_area(fixed) != kOwnArea) {
    Level stated = level_of_series(indicator, fixed, period);
    if (stated.has_value() || stated.growth) return stated;
  }
  Level out;
  out.status = "value";
  for (const auto& [name, sign] : indicator.terms) {
    const IndicatorDef& term = named(name);
    const bool moves = term.is_comparable || term.kind == "derived";
    const Level part = level(term, fixed, period, moves ? attributes : std::nullopt);
    if (!part.has_value()) {
      out.status = part.status == "not_reportable" ? part.status : "incomplete";
      return out;
    }
    out.value = out.value + Fraction(sign) * convert(part.value, term.unit, indicator.unit);
  }
  return out;
}

SqlOracle::Level SqlOracle::level(const IndicatorDef& indicator, const Fixed& fixed,
                                  const std::string& period,
                                  std::optional<std::string> attributes) {
  if (indicator.kind == "records" || indicator.kind == "series") {
    for (const auto& [name, value] : fixed) {
      if (!knows(indicator, name)) is_refused_ = true;
    }
  }
  if (own_area(fixed) != kOwnArea && !has_area(own_area(fixed))) is_refused_ = true;
  if (is_refused_) return {};
  const bool is_flow = indicator.kind == "records" && !indicator.is_stock;
  if (is_flow && !is_reportable(period, indicator.is_joint)) {
    Level out;
    out.status = "not_reportable";
    return out;
  }
  if (indicator.kind == "ratio") return level_of_ratio(indicator, fixed, period);
  if (indicator.kind == "derived") return level_of_terms(indicator, fixed, period, attributes);
  const bool is_of_records =
      indicator.kind == "records" && (!indicator.area.empty() || own_area(fixed) == kOwnArea);
  if (!is_of_records) return level_of_series(indicator, fixed, period);
  return level_of_records(indicator, fixed, period, attributes.value_or(span_of(period).last));
}

std::string SqlOracle::difference(const IndicatorDef& indicator, const Question& question,
                                  const std::string& base) {
  const Level now = level(indicator, question.dimensions, question.period, std::nullopt);
  const Level then = level(indicator, question.dimensions, base, std::nullopt);
  if (!now.has_value()) return now.status;
  if (!then.has_value()) return "incomplete";
  const bool is_rate = std::string(unit_row(indicator.unit).dimension) == "proportion";
  const auto published = [&](const Level& part) {
    return part.value.rounded_value(indicator.decimals, indicator.is_half_even);
  };
  return "value " + (published(now) - published(then)).rounded(indicator.decimals, false) + " " +
         (is_rate ? "percentage_points" : indicator.unit);
}

// January and February come together for it, or for anything that it is made of.
bool SqlOracle::is_reported_jointly(const IndicatorDef& indicator) const {
  std::vector<std::string> parts;
  for (const auto& [term, sign] : indicator.terms) parts.push_back(term);
  for (const std::string& part : {indicator.ratio.of, indicator.ratio.to}) {
    if (!part.empty()) parts.push_back(part);
  }
  return indicator.is_joint || std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
           return is_reported_jointly(*pack_.find_indicator(part));
         });
}

std::string SqlOracle::growth(const IndicatorDef& indicator, const Question& question) {
  const bool is_naive = question.comparison == "yoy:naive";
  std::optional<std::string> base = year_earlier(question.period);
  if (question.comparison == "mom") {
    const bool is_flow = indicator.kind != "records" || !indicator.is_stock;
    const bool is_joint = is_reported_jointly(indicator);
    if (is_flow && !is_reportable(question.period, is_joint)) return "not_reportable";
    const std::string kind = span_of(question.period).kind;
    if (kind == "cumulative") return "refused";  // running totals have no period just before
    base = previous(question.period, is_joint);
    if (base && is_flow && span_of(*base).kind != kind) {
      return "not_reportable 1—2月合并报告，没有可比的上月";
    }
  }
  if (!base) return "refused";
  if (indicator.kind == "ratio") return difference(indicator, question, *base);
  const Level now = level(indicator, question.dimensions, question.period, std::nullopt);
  const auto rate = [&](const Fraction& percent) {
    const std::string text = percent.rounded(indicator.rate_decimals, indicator.is_half_even);
    return "value " + text + " percent";
  };
  if (question.comparison == "yoy" && now.is_series) {
    const bool is_stated = indicator.kind != "series" || indicator.has_reported_growth;
    if (is_stated && now.growth) return rate(*now.growth);
    if (indicator.kind == "series" && indicator.has_reported_growth) return "incomplete";
  }
  if (!now.has_value()) return now.status;
  std::optional<std::string> attributes;
  if (!is_naive && is_comparable(indicator)) attributes = span_of(question.period).last;
  const Level then = level(indicator, question.dimensions, *base, attributes);
  if (!then.has_value()) return then.status == "no_records" ? "incomplete" : then.status;
  const std::string words = words_of(now.value, then.value, question.comparison != "mom");
  if (!words.empty()) return "base_not_positive " + words;
  const Fraction percent = (now.value - then.value) / then.value * Fraction(100);
  const bool is_flat =
      percent.rounded_value(indicator.rate_decimals, indicator.is_half_even).is_zero();
  return rate(percent) + (is_flat ? " 持平" : "");
}

std::string SqlOracle::answer(const Question& question) {
  is_refused_ = false;
  const IndicatorDef* indicator = pack_.find_indicator(question.indicator);
  if (indicator == nullptr) return "refused";
  std::string out;
  if (question.comparison.empty()) {
    const Level found = level(*indicator, question.dimensions, question.period, std::nullopt);
    out = found.status;
    if (found.has_value()) {
      out += " " + found.value.rounded(indicator->decimals, indicator->is_half_even) + " " +
             indicator->unit;
    }
  } else {
    out = growth(*indicator, question);
  }
  return is_refused_ ? "refused" : out;
}

}  // namespace wutong::oracle
