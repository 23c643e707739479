// Lists against a plain evaluation over values: random rows, conditions, sortings, changes.
#include "core/record/query.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace wutong::record {
namespace {

constexpr const char* kFirm = R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
owner: self
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  contact: {type: text, personal: true, title: {zh: 联系人, en: Contact}}
)";
constexpr const char* kRow = R"(register: row
title: {zh: 行, en: Row}
key: [firm, month, number]
owner: firm
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  number: {type: int, required: true, title: {zh: 序号, en: Number}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
  staff: {type: int, title: {zh: 人数, en: Staff}}
  active: {type: bool, title: {zh: 在用, en: Active}}
  kind: {type: code, codes: [alpha, beta, gamma], title: {zh: 类别, en: Kind}}
  day: {type: date, title: {zh: 日期, en: Day}}
  about: {type: period, title: {zh: 时期, en: Period}}
  title: {type: text, title: {zh: 标题, en: Title}}
  tags: {type: text_list, title: {zh: 标签, en: Tags}}
)";

class Lists : public testing::Test {
 protected:
  Lists() {
    pack::Files files;
    files.add("packs/p/registers/firm.yaml", kFirm);
    files.add("packs/p/registers/row.yaml", kRow);
    Issues issues;
    const std::vector<std::string> packs{"p"};
    auto schema = Schema::load(files, packs, issues);
    for (const Error& issue : issues) ADD_FAILURE() << describe_en(issue);
    state_.emplace(std::make_shared<const Schema>(std::move(*schema)));
    row_ = *state_->schema().index_of("row");
    firm_ = *state_->schema().index_of("firm");
  }

  const Register& home() const { return state_->schema().registers()[row_]; }
  ledger::ChangeColumn column(const std::string& register_name, const std::string& field) const {
    const Register& home = *state_->schema().find(register_name);
    const Field& definition = home.fields[*home.find(field)];
    ledger::ChangeColumn out;
    out.field = field;
    out.column.type = value_type(definition.kind);
    out.column.scale = definition.decimals;
    return out;
  }
  static ledger::Change change_of(const char* register_name, bool creates) {
    ledger::Change out;
    out.register_name = register_name;
    out.creates = creates;
    return out;
  }
  void apply(std::vector<ledger::Change> changes) {
    ledger::Entry entry;
    entry.seq = Seq{state_->position().value + 1};
    entry.changes = std::move(changes);
    auto applied = state_->apply(entry);
    ASSERT_TRUE(applied.has_value()) << describe_en(applied.error()) << applied.error().detail;
  }
  // A published version, as the zone publishes: it is closed and pinned.
  State publish() {
    State out = state_->published();
    pinned_.push_back(state_->versions()->close());
    state_->versions()->pin(pinned_.back());
    return out;
  }
  void unpin_all() {
    for (Version version : pinned_) state_->versions()->unpin(version);
    pinned_.clear();
    state_->versions()->reclaim();
  }

  Value any_value(const Field& field, bool is_key = false) {
    const uint64_t n = random_.below(12);
    if (!is_key && n == 0) return std::monostate{};
    const auto small = static_cast<int64_t>(random_.below(40));
    const auto small_int = static_cast<int>(small);
    switch (field.kind) {
      case FieldKind::text:
        return std::string(kTexts[random_.below(std::size(kTexts))]);
      case FieldKind::integer:
        return small - 10;
      case FieldKind::decimal:
        return Decimal::from_parts(small * 25 - 300, field.decimals);
      case FieldKind::boolean:
        return small % 2 == 0;
      case FieldKind::code:
        return field.codes[random_.below(field.codes.size())].value;
      case FieldKind::date:
        return Date::from_days(20000 + small_int);
      case FieldKind::month:
        return Month::of(2024, 1).plus(small_int);
      case FieldKind::period:
        return *Period::parse(kPeriods[random_.below(std::size(kPeriods))]);
      case FieldKind::reference:
        return RecordId{static_cast<uint32_t>(random_.below(state_->size(firm_)))};
      case FieldKind::text_list:
        return small % 2 == 0 ? std::vector<std::string>{"红", "blue"}
                              : std::vector<std::string>{"蓝色"};
      case FieldKind::partial_date:
        break;
    }
    return std::monostate{};
  }

  void add_firms(size_t count) {
    ledger::Change change = change_of("firm", true);
    change.columns = {column("firm", "code")};
    for (size_t i = 0; i < count; ++i) {
      const auto id = static_cast<uint32_t>(state_->size(firm_) + i);
      change.rows.push_back(RecordId{id});
      // Not in the order in which they come.
      change.columns[0].column.append_text("F" + std::to_string(id * 7919 % 1000) + "/" +
                                           std::to_string(id));
    }
    apply({change});
  }
  void add_rows(size_t count) {
    ledger::Change change = change_of("row", true);
    for (const Field& field : home().fields) change.columns.push_back(column("row", field.name));
    for (size_t i = 0; i < count; ++i) {
      const size_t row = state_->size(row_) + i;
      change.rows.push_back(RecordId{static_cast<uint32_t>(row)});
      for (size_t f = 0; f < home().fields.size(); ++f) {
        const bool is_key = std::ranges::find(home().key, f) != home().key.end();
        Value value = any_value(home().fields[f], is_key);
        if (home().fields[f].name == "number") value = static_cast<int64_t>(row);
        EXPECT_TRUE(change.columns[f].column.append(value));
      }
    }
    apply({change});
  }
  void amend_rows(size_t count) {
    std::vector<uint32_t> rows;
    for (size_t i = 0; i < count; ++i) {
      rows.push_back(static_cast<uint32_t>(random_.below(state_->size(row_))));
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    ledger::Change change = change_of("row", false);
    for (size_t f = 3; f < home().fields.size(); ++f) {
      if (random_.below(2) == 0) continue;
      change.columns.push_back(column("row", home().fields[f].name));
      for (size_t i = 0; i < rows.size(); ++i) {
        EXPECT_TRUE(change.columns.back().column.append(any_value(home().fields[f])));
      }
    }
    for (uint32_t row : rows) change.rows.push_back(RecordId{row});
    apply({change});
  }

  static constexpr const char* kTexts[] = {"高新区集成电路", "High-Tech 园区", "ＡＢＣ 电子",
                                           "abacus",         "电路",           "新区高",
                                           "a%b_c'",         "Été 2024",       "x"};
  static constexpr const char* kPeriods[] = {"2024-09", "2024-Q3", "2024-01..09", "2023", "2024"};
  std::optional<State> state_;
  size_t row_ = 0;
  size_t firm_ = 0;
  SeededRandom random_{7};
  std::vector<Version> pinned_;
};

// The plain evaluation: over values, knowing nothing of raw numbers.
std::strong_ordering compare_values(const State& state, const Field& field, const Value& a,
                                    const Value& b) {
  if (const auto* record = std::get_if<RecordId>(&a)) {
    const size_t target = *state.schema().index_of(field.target);
    return state.key_text(target, *record) <=> state.key_text(target, std::get<RecordId>(b));
  }
  if (const auto* period = std::get_if<Period>(&a)) {
    const auto& other = std::get<Period>(b);
    return std::tuple(period->first_day(), period->last_day(), period->to_string()) <=>
           std::tuple(other.first_day(), other.last_day(), other.to_string());
  }
  if (const auto* flag = std::get_if<bool>(&a)) return *flag <=> std::get<bool>(b);
  if (const auto* number = std::get_if<int64_t>(&a)) return *number <=> std::get<int64_t>(b);
  if (const auto* amount = std::get_if<Decimal>(&a)) return *amount <=> std::get<Decimal>(b);
  return to_string(a) <=> to_string(b);  // dates and months as texts too
}

struct Plain {
  std::string field, op, value;
};

bool passes_plainly(const State& state, size_t home, size_t row, const Plain& plain) {
  const Register& definition = state.schema().registers()[home];
  const size_t f = *definition.find(plain.field);
  const Field& field = definition.fields[f];
  const RecordId record{static_cast<uint32_t>(row)};
  const Value value = state.value(home, f, record);
  if (plain.op == "is_null") return is_absent(value) == (plain.value == "true");
  if (is_absent(value)) return false;
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return std::ranges::find(*list, plain.value) != list->end();
  }
  std::string text = to_string(value);
  if (const auto* target = std::get_if<RecordId>(&value)) {
    text = state.key_text(*state.schema().index_of(field.target), *target);
  }
  if (plain.op == "contains") return text.find(plain.value) != std::string::npos;
  if (plain.op == "starts_with") return text.starts_with(plain.value);
  if (plain.op == "in") {
    const auto parts = split(plain.value, ',');
    return std::ranges::find(parts, text) != parts.end();
  }
  if (plain.op == "eq") return text == plain.value;
  if (plain.op == "ne") return text != plain.value;
  Value with = plain.value;
  if (std::holds_alternative<int64_t>(value)) {
    with = static_cast<int64_t>(Decimal::parse(plain.value)->mantissa());
  }
  if (std::holds_alternative<Decimal>(value)) with = *Decimal::parse(plain.value);
  if (std::holds_alternative<Period>(value)) with = *Period::parse(plain.value);
  std::strong_ordering order = std::strong_ordering::equal;
  if (std::holds_alternative<std::string>(with)) {
    order = text <=> std::get<std::string>(with);
  } else {
    order = compare_values(state, field, value, with);
  }
  if (plain.op == "lt") return order < 0;
  if (plain.op == "le") return order <= 0;
  return plain.op == "gt" ? order > 0 : order >= 0;
}

std::vector<uint32_t> list_plainly(const State& state, size_t home, const std::vector<Plain>& where,
                                   const std::vector<SortField>& sort,
                                   const std::vector<RecordId>* visible) {
  const Register& definition = state.schema().registers()[home];
  std::vector<uint32_t> rows;
  for (uint32_t r = 0; r < state.size(home); ++r) {
    if (visible != nullptr && std::ranges::find(*visible, RecordId{r}) == visible->end()) continue;
    const auto passes = [&](const Plain& plain) { return passes_plainly(state, home, r, plain); };
    if (std::ranges::all_of(where, passes)) rows.push_back(r);
  }
  std::vector<SortField> by = sort;
  for (size_t field : definition.key) by.push_back({field, false});
  std::ranges::sort(rows, [&](uint32_t a, uint32_t b) {
    for (const auto& [field, is_descending] : by) {
      const Value first = state.value(home, field, RecordId{a});
      const Value second = state.value(home, field, RecordId{b});
      if (is_absent(first) != is_absent(second)) return is_absent(second);
      if (is_absent(first)) continue;
      const auto order = compare_values(state, definition.fields[field], first, second);
      if (order != 0) return is_descending ? order > 0 : order < 0;
    }
    return false;
  });
  return rows;
}

class RandomLists : public Lists {
 protected:
  Plain any_condition(const State& state) {
    static const std::map<std::string, std::vector<std::string>> kOps{
        {"output", {"eq", "ne", "lt", "le", "gt", "ge", "in", "is_null"}},
        {"staff", {"eq", "ne", "lt", "le", "gt", "ge", "in", "is_null"}},
        {"active", {"eq", "ne", "is_null"}},
        {"kind", {"eq", "ne", "in", "is_null"}},
        {"firm", {"eq", "ne", "in", "is_null"}},
        {"month", {"eq", "ne", "lt", "ge", "in"}},
        {"day", {"eq", "le", "gt", "is_null"}},
        {"about", {"eq", "ne", "lt", "le", "gt", "ge", "is_null"}},
        {"title", {"eq", "ne", "lt", "ge", "in", "contains", "starts_with", "is_null"}},
        {"tags", {"contains", "is_null"}}};
    auto at = kOps.begin();
    std::advance(at, random_.below(kOps.size()));
    Plain out{at->first, at->second[random_.below(at->second.size())], {}};
    if (out.op == "is_null") return {out.field, out.op, random_.below(2) == 0 ? "true" : "false"};
    const Field& field = home().fields[*home().find(out.field)];
    const auto text = [&] {
      const Value value = any_value(field, true);
      if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return list->front();
      if (const auto* target = std::get_if<RecordId>(&value)) {
        return state.key_text(firm_, RecordId{target->value % uint32_t(state.size(firm_))});
      }
      return to_string(value);
    };
    out.value = text();
    if (out.op == "in") out.value += "," + text();
    return out;
  }

  // A random query, walked page by page, equals the plain list.
  void check(const State& state) {
    std::vector<Plain> where(random_.below(4));
    QueryText text;
    for (Plain& plain : where) {
      plain = any_condition(state);
      text.where.push_back(plain.field + "." + plain.op + "." + plain.value);
    }
    std::vector<SortField> sort;
    for (size_t f = 0; f < home().fields.size() && sort.size() < 3; ++f) {
      if (random_.below(6) != 0) continue;
      sort.push_back({f, random_.below(2) == 0});
      text.sort += (text.sort.empty() ? "" : ",") +
                   std::string(sort.back().is_descending ? "-" : "") + home().fields[f].name;
    }
    std::optional<std::vector<RecordId>> visible;
    if (random_.below(4) == 0) {
      visible.emplace();
      for (uint32_t r = 0; r < state.size(row_); ++r) {
        if (random_.below(3) != 0) visible->push_back(RecordId{r});
      }
    }
    const auto expected = list_plainly(state, row_, where, sort, visible ? &*visible : nullptr);
    const size_t limit = expected.size() / (1 + random_.below(4)) + 1 + random_.below(20);
    std::vector<uint32_t> walked;
    do {
      auto query = read_query(state, row_, text);
      ASSERT_TRUE(query) << describe_en(query.error());
      query->limit = limit;
      query->visible = visible;
      const Listed listed = list(state, *query);
      ASSERT_EQ(listed.count, expected.size()) << join(text.where, " && ") << " by " << text.sort;
      for (RecordId row : listed.rows) walked.push_back(row.value);
      text.cursor = listed.next.value_or("");
      ASSERT_LE(walked.size(), expected.size());
    } while (!text.cursor.empty());
    ASSERT_EQ(walked, expected) << join(text.where, " && ") << " by " << text.sort;
  }
};

TEST_F(RandomLists, EqualThePlainEvaluation) {
  add_firms(30);
  add_rows(2600);
  for (int round = 0; round < 25; ++round) {
    const State version = publish();
    const State* read = round % 7 == 6 ? &*state_ : &version;  // the writer's own has no index
    for (int i = 0; i < 12; ++i) check(*read);
    if (HasFatalFailure()) FAIL() << "in round " << round;
    if (round % 5 == 0) add_firms(3);
    if (round % 3 == 0) add_rows(1 + random_.below(round % 9 == 0 ? 400 : 30));
    amend_rows(1 + random_.below(round % 4 == 0 ? 500 : 40));
    if (round % 10 == 9) unpin_all();
  }
}

TEST_F(RandomLists, AnEarlierVersionIsReadAsItWas) {
  add_firms(10);
  add_rows(1500);
  const State before = publish();
  amend_rows(700);
  add_rows(50);
  const State after = publish();
  for (int i = 0; i < 10; ++i) check(after);
  for (int i = 0; i < 10; ++i) check(before);
  for (int i = 0; i < 10; ++i) check(after);
}

TEST_F(Lists, GoOnAfterARowThatMoved) {
  add_firms(5);
  add_rows(1000);
  const State first = publish();
  QueryText text;
  text.sort = "-output";
  auto query = read_query(first, row_, text);
  ASSERT_TRUE(query);
  Listed listed = list(first, *query);
  ASSERT_EQ(listed.rows.size(), Query::kLimitUsual);
  const auto last = listed.rows.back();
  // The last row seen goes to the end: what follows it is still what followed it.
  ledger::Change change = change_of("row", false);
  change.rows = {last};
  change.columns = {column("row", "output")};
  change.columns[0].column.append_absent();
  apply({change});
  const State second = publish();
  text.cursor = *listed.next;
  query = read_query(second, row_, text);
  ASSERT_TRUE(query) << describe_en(query.error());
  const auto expected = list_plainly(first, row_, {}, {{*home().find("output"), true}}, nullptr);
  listed = list(second, *query);
  for (size_t i = 0; i < listed.rows.size(); ++i) {
    EXPECT_EQ(listed.rows[i].value, expected[Query::kLimitUsual + i]);
  }
}

TEST_F(Lists, FindWords) {
  add_firms(5);
  add_rows(900);
  const State version = publish();
  const auto count = [&](const State& state, const std::string& q) {
    auto query = read_query(state, row_, {{}, "", q, ""});
    return query ? list(state, *query).count : 0;
  };
  const auto plainly = [&](const State& state, const std::vector<std::string>& any) {
    size_t rows = 0;
    for (uint32_t r = 0; r < state.size(row_); ++r) {
      const std::string text = to_string(state.value(row_, *home().find("title"), RecordId{r}));
      const std::string tags = to_string(state.value(row_, *home().find("tags"), RecordId{r}));
      rows += std::ranges::any_of(any, [&](const std::string& part) {
        return text.find(part) != std::string::npos || tags.find(part) != std::string::npos;
      });
    }
    return rows;
  };
  EXPECT_EQ(count(version, "电路"), plainly(version, {"电路"}));
  EXPECT_EQ(count(version, "高新区"), plainly(version, {"高新区"}));
  EXPECT_EQ(count(version, "区"), plainly(version, {"区"}));
  EXPECT_EQ(count(version, "AB"), plainly(version, {"ＡＢＣ", "abacus"}));
  EXPECT_EQ(count(version, "高新 HIGH"), 0U);
  EXPECT_EQ(count(version, "园 ｔｅｃｈ"), plainly(version, {"High-Tech 园区"}));
  EXPECT_EQ(count(version, "BLUE"), plainly(version, {"blue"}));
  EXPECT_EQ(count(*state_, "电路"), plainly(version, {"电路"}));  // without an index
  amend_rows(60);
  add_rows(20);
  const State next = publish();
  EXPECT_EQ(count(next, "电路"), plainly(next, {"电路"}));
  EXPECT_EQ(count(next, "红"), plainly(next, {"红"}));
}

TEST_F(Lists, RefuseBadInputAndNameTheField) {
  add_firms(5);
  add_rows(200);
  const State version = publish();
  const auto fault = [&](QueryText text, const char* home = "row") {
    auto query = read_query(version, *version.schema().index_of(home), text);
    if (query) return std::string("ok");
    EXPECT_FALSE(query.error().zh.empty());
    EXPECT_EQ(query.error().kind, ErrorKind::invalid);
    return query.error().code + " " + query.error().place.field;
  };
  const auto where = [&](std::string condition) {
    return fault({{std::move(condition)}, "", "", ""});
  };
  EXPECT_EQ(where("outptu.ge.1"), "query.unknown_field outptu");
  EXPECT_EQ(where("staff.eq.abc"), "query.value staff");
  EXPECT_EQ(where("staff.eq.1.5"), "query.value staff");
  EXPECT_EQ(where("day.eq.2020-13-45"), "query.value day");
  EXPECT_EQ(where("month.eq.2020-13"), "query.value month");
  EXPECT_EQ(where("output.ge.1.001"), "query.value output");
  EXPECT_EQ(where("output.ge.1; DROP TABLE row"), "query.value output");
  EXPECT_EQ(where("output.between.1"), "query.operator output");
  EXPECT_EQ(where("kind.lt.alpha"), "query.operator kind");
  EXPECT_EQ(where("kind.eq.alpah"), "query.value kind");
  EXPECT_EQ(where("staff.is_null.maybe"), "query.value staff");
  EXPECT_EQ(where("staff.eq."), "query.value staff");
  EXPECT_EQ(where("staff"), "query.malformed where");
  EXPECT_EQ(where("' OR 1=1 --"), "query.malformed where");
  EXPECT_EQ(where("title.eq.' OR 1=1 --"), "ok");  // a text like any other
  EXPECT_EQ(where("firm.eq.nobody' OR ''='"), "ok");
  EXPECT_EQ(fault({{}, "output desc", "", ""}), "query.unknown_field output desc");
  EXPECT_EQ(fault({{}, "output,-output", "", ""}), "query.sort output");
  EXPECT_EQ(fault({{}, "output,,staff", "", ""}), "query.unknown_field ");
  EXPECT_EQ(fault({{}, "", "%%%", ""}), "query.words q");
  EXPECT_EQ(fault({{}, "", "", "1' OR '1'='1"}), "query.cursor cursor");
  EXPECT_EQ(fault({{"contact.eq.x"}, "", "", ""}, "firm"), "query.personal_field contact");
  EXPECT_EQ(fault({{}, "contact", "", ""}, "firm"), "query.personal_field contact");
}

TEST_F(Lists, RefuseACursorThatWasChangedOrIsOfAnotherQuery) {
  add_firms(5);
  add_rows(200);
  const State version = publish();
  auto query = read_query(version, row_, {{}, "-output", "", ""});
  const std::string cursor = *list(version, *query).next;
  EXPECT_TRUE(read_query(version, row_, {{}, "-output", "", cursor}));
  EXPECT_FALSE(read_query(version, row_, {{}, "output", "", cursor}));
  EXPECT_FALSE(read_query(version, row_, {{"staff.ge.1"}, "-output", "", cursor}));
  for (size_t i = 0; i < cursor.size(); ++i) {
    std::string changed = cursor;
    changed[i] = changed[i] == '0' ? '1' : '0';
    EXPECT_FALSE(read_query(version, row_, {{}, "-output", "", changed})) << i;
  }
  EXPECT_FALSE(read_query(version, row_, {{}, "-output", "", cursor.substr(2)}));
}

}  // namespace
}  // namespace wutong::record
