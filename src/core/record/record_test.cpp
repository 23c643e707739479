#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "core/record/act.hpp"
#include "core/record/owner.hpp"
#include "core/record/query.hpp"

namespace wutong::record {
namespace {

constexpr const char* kEnterprise = R"(register: enterprise
title: {zh: 企业, en: Enterprise}
key: [code]
names: [name]
owner: self
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  industry: {type: code, codes: [C39, C27], effective: true, title: {zh: 行业, en: Industry}}
  designated: {type: bool, effective: true, title: {zh: 规模以上, en: Designated}}
)";
constexpr const char* kReturn = R"(register: monthly_return
title: {zh: 月报, en: Monthly return}
key: [enterprise, month]
owner: enterprise
purpose: statistics
fields:
  enterprise: {type: ref, to: enterprise, required: true, title: {zh: 企业, en: Enterprise}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
  profit: {type: money, unit: CNY, title: {zh: 利润, en: Profit}}
  staff: {type: int, unit: persons, title: {zh: 人数, en: Staff}}
lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    submitted: {zh: 已报, en: Submitted}
    accepted: {zh: 已收, en: Accepted}
  moves:
    submit:
      {title: {zh: 上报, en: Submit}, from: [draft], to: submitted, by: [enterprise],
       requires: [output]}
    accept:
      {title: {zh: 验收, en: Accept}, from: [submitted], to: accepted, by: [statistician],
       when: "output > 0"}
)";
constexpr const char* kHard = R"(check: output_not_negative
register: monthly_return
level: hard
require: "output >= 0"
fields: [output]
message: {zh: 产值不能为负, en: Output cannot be negative}
)";
constexpr const char* kSoft = R"(check: profit_within_output
register: monthly_return
level: soft
require: "profit <= output"
fields: [profit]
message: {zh: 利润大于产值, en: Profit exceeds output}
)";

pack::Files example_files() {
  pack::Files files;
  files.add("packs/p/registers/enterprise.yaml", kEnterprise);
  files.add("packs/p/registers/monthly_return.yaml", kReturn);
  files.add("packs/p/checks/output_not_negative.yaml", kHard);
  files.add("packs/p/checks/profit_within_output.yaml", kSoft);
  return files;
}

std::shared_ptr<const Schema> load(const pack::Files& files, Issues& issues) {
  std::vector<std::string> packs{"p"};
  auto schema = Schema::load(files, packs, issues);
  return schema ? std::make_shared<const Schema>(std::move(*schema)) : nullptr;
}

class Records : public testing::Test {
 protected:
  Records() {
    Issues issues;
    schema_ = load(example_files(), issues);
    for (const Error& issue : issues) ADD_FAILURE() << describe_en(issue);
    state_.emplace(schema_);
  }

  static InputColumn texts(std::string field, std::vector<std::string> cells) {
    InputColumn input{std::move(field), {}};
    input.column.type = ValueType::text;
    for (std::string& cell : cells) input.column.append_text(std::move(cell));
    return input;
  }
  static Request request(Act act, std::string register_name, std::vector<InputColumn> columns) {
    Request out;
    out.act = act;
    out.at = *Instant::parse("2024-10-28T09:00:00+08:00");
    out.actor = "test";
    out.register_name = std::move(register_name);
    out.columns = std::move(columns);
    return out;
  }
  // "ok", or the code and the faults' places and fields.
  std::string perform(const Request& request) {
    auto decision = decide(*state_, request);
    if (!decision) {
      std::string out(to_string(decision.error().code));
      for (const Error& fault : decision.error().faults) {
        out += " " + std::to_string(fault.place.line) + ":" + fault.place.field;
      }
      return out;
    }
    ledger::Entry entry;
    entry.seq = Seq{state_->position().value + 1};
    entry.changes = decision->changes;
    EXPECT_TRUE(state_->apply(entry).has_value());
    entries_.push_back(entry);
    return "ok";
  }
  void set_up_firms() {
    ASSERT_EQ(
        perform(request(Act::create, "enterprise",
                        {texts("code", {"A", "B"}), texts("name", {"甲", "乙"}),
                         texts("industry", {"C39", "C27"}), texts("designated", {"是", "false"})})),
        "ok");
  }
  std::string value(std::string_view register_name, std::string_view key, std::string_view field,
                    const char* day = nullptr) {
    size_t index = *schema_->index_of(register_name);
    auto record = state_->find(index, key);
    if (!record) return "no record";
    std::optional<Date> on = day ? Date::parse(day) : std::nullopt;
    return to_string(state_->value(index, *schema_->registers()[index].find(field), *record, on));
  }

  std::shared_ptr<const Schema> schema_;
  std::optional<State> state_;
  std::vector<ledger::Entry> entries_;
};

TEST_F(Records, AreCreatedAmendedAndFound) {
  set_up_firms();
  EXPECT_EQ(perform(request(Act::create, "monthly_return",
                            {texts("enterprise", {"A"}), texts("month", {"2024-09"}),
                             texts("output", {"100.5"}), texts("profit", {"3"})})),
            "ok");
  EXPECT_EQ(value("monthly_return", "A/2024-09", "output"), "100.50");
  EXPECT_EQ(value("monthly_return", "A/2024-09", "state"), "draft");
  EXPECT_EQ(perform(request(Act::amend, "monthly_return",
                            {texts("enterprise", {"A"}), texts("month", {"2024-09"}),
                             texts("output", {"101"})})),
            "ok");
  EXPECT_EQ(value("monthly_return", "A/2024-09", "output"), "101.00");
  EXPECT_EQ(value("monthly_return", "A/2024-09", "profit"), "3.00");
  EXPECT_EQ(state_->provenance(1, RecordId{0}).changed, Seq{3});
  auto referring = state_->referring(1, 0, RecordId{0});
  ASSERT_EQ(referring.size(), 1u);
}

TEST_F(Records, RefuseWhatBreaksARule) {
  set_up_firms();
  auto row = [&](const char* firm, const char* month, const char* output, const char* staff) {
    return request(Act::import, "monthly_return",
                   {texts("enterprise", {firm}), texts("month", {month}), texts("output", {output}),
                    texts("staff", {staff})});
  };
  struct Case {
    const char *firm, *month, *output, *staff, *outcome;
  };
  constexpr Case kCases[] = {
      {"A", "2024-09", "10", "5", "ok"},
      {"A", "2024-09", "10", "5", "nothing_to_do 1:"},
      {"Z", "2024-09", "10", "5", "reference_not_found 1:enterprise"},
      {"A", "2024-13", "10", "5", "value_malformed 1:month"},
      {"A", "2024-08", "abc", "5", "value_malformed 1:output"},
      {"A", "2024-08", "1.234", "5", "value_malformed 1:output"},
      {"A", "2024-08", "99999999999999999999", "5", "value_malformed 1:output"},
      {"A", "2024-08", "10", "1.5", "value_malformed 1:staff"},
      {"A", "2024-08", "10", "99999999999999999999", "value_malformed 1:staff"},
      {"A", "2024-08", "-1", "5", "check_hard 1:output"},
      {"", "2024-08", "1", "5", "required_missing 1:enterprise"},
  };
  for (const Case& c : kCases) {
    std::string outcome = perform(row(c.firm, c.month, c.output, c.staff));
    EXPECT_EQ(outcome, c.outcome) << c.firm << " " << c.month << " " << c.output;
  }
  EXPECT_EQ(perform(request(Act::create, "monthly_retrun", {texts("a", {"1"})})),
            "unknown_register 1:register");
  EXPECT_EQ(perform(request(Act::create, "enterprise", {texts("cod", {"1"})})),
            "unknown_field 1:cod");
  EXPECT_EQ(perform(request(Act::create, "enterprise", {texts("code", {"A"})})),
            "key_exists 1:code");
  EXPECT_EQ(perform(request(Act::create, "enterprise", {texts("code", {"C", "C"})})),
            "key_twice_in_input 2:code");
  EXPECT_EQ(
      perform(request(Act::amend, "enterprise", {texts("code", {"Q"}), texts("name", {"x"})})),
      "row_not_found 1:code");
}

TEST_F(Records, NeedAReasonForSoftFaults) {
  set_up_firms();
  Request odd = request(Act::create, "monthly_return",
                        {texts("enterprise", {"A"}), texts("month", {"2024-09"}),
                         texts("output", {"10"}), texts("profit", {"11"})});
  EXPECT_EQ(perform(odd), "check_soft_without_note 1:profit");
  odd.note = "投资收益";
  auto decision = decide(*state_, odd);
  ASSERT_TRUE(decision.has_value());
  EXPECT_EQ(decision->warnings.size(), 1u);
}

TEST_F(Records, MoveAlongTheirLife) {
  set_up_firms();
  perform(request(Act::create, "monthly_return",
                  {texts("enterprise", {"A"}), texts("month", {"2024-09"})}));
  auto move = [&](const char* name, const char* role) {
    Request out = request(Act::move, "monthly_return",
                          {texts("enterprise", {"A"}), texts("month", {"2024-09"})});
    out.move = name;
    out.roles = {role};
    return perform(out);
  };
  EXPECT_EQ(move("submit", "enterprise"), "required_missing 1:output");
  perform(
      request(Act::amend, "monthly_return",
              {texts("enterprise", {"A"}), texts("month", {"2024-09"}), texts("output", {"0"})}));
  EXPECT_EQ(move("accept", "statistician"), "wrong_state 1:state 1:state");
  EXPECT_EQ(move("submit", "statistician"), "not_permitted 1:move");
  EXPECT_EQ(move("sumbit", "enterprise"), "unknown_move 1:move");
  EXPECT_EQ(move("submit", "enterprise"), "ok");
  EXPECT_EQ(move("accept", "statistician"), "move_condition 1:state");
  perform(
      request(Act::amend, "monthly_return",
              {texts("enterprise", {"A"}), texts("month", {"2024-09"}), texts("output", {"5"})}));
  EXPECT_EQ(move("accept", "system"), "ok");
  EXPECT_EQ(value("monthly_return", "A/2024-09", "state"), "accepted");
  EXPECT_EQ(perform(request(Act::amend, "monthly_return",
                            {texts("enterprise", {"A"}), texts("month", {"2024-09"}),
                             texts("state", {"draft"})})),
            "unknown_field 1:state");
}

TEST_F(Records, KeepHistoriesOfDatedFields) {
  set_up_firms();
  auto amend = [&](const char* industry, const char* from) {
    Request out =
        request(Act::amend, "enterprise", {texts("code", {"A"}), texts("industry", {industry})});
    out.valid_from = Date::parse(from);
    return perform(out);
  };
  EXPECT_EQ(amend("C27", "2024-07-01"), "ok");
  EXPECT_EQ(value("enterprise", "A", "industry"), "C27");
  EXPECT_EQ(value("enterprise", "A", "industry", "2024-06-30"), "C39");
  EXPECT_EQ(value("enterprise", "A", "industry", "2024-07-01"), "C27");
  EXPECT_EQ(amend("C27", "2023-01-01"), "ok");  // back-dated
  EXPECT_EQ(value("enterprise", "A", "industry", "2023-06-30"), "C27");
  EXPECT_EQ(value("enterprise", "A", "industry", "2022-12-31"), "C39");
  EXPECT_EQ(amend("C39", "2023-06-01"), "ok");  // in the middle: the later version stays
  EXPECT_EQ(value("enterprise", "A", "industry", "2023-12-31"), "C39");
  EXPECT_EQ(value("enterprise", "A", "industry"), "C27");
  EXPECT_EQ(state_->history(0, 2, RecordId{0}).size(), 4u);
}

TEST_F(Records, LandWholeOrNotAtAll) {
  set_up_firms();
  std::vector<std::string> firms, months, outputs;
  for (int i = 0; i < 10'000; ++i) {
    firms.push_back("A");
    months.push_back(Month{i + 12 * 1000}.to_string());
    outputs.push_back(std::to_string(i));
  }
  outputs[41] = "abc";
  firms[77] = "Z";
  outputs[1203] = "-5";
  Request rows =
      request(Act::import, "monthly_return",
              {texts("enterprise", firms), texts("month", months), texts("output", outputs)});
  rows.first_line = 2;
  auto refused = decide(*state_, rows);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().row_count, 10'000u);
  std::string lines;
  for (const Error& fault : refused.error().faults) lines += std::to_string(fault.place.line) + " ";
  EXPECT_NE(lines.find("43 "), std::string::npos);
  EXPECT_NE(lines.find("79 "), std::string::npos);
  EXPECT_EQ(state_->size(1), 0u);
  EXPECT_EQ(state_->position(), Seq{1});
}

TEST_F(Records, AreTheSameAfterReplay) {
  set_up_firms();
  perform(request(Act::import, "monthly_return",
                  {texts("enterprise", {"A", "B"}), texts("month", {"2024-08", "2024-08"}),
                   texts("output", {"1", "2"})}));
  perform(request(Act::import, "monthly_return",
                  {texts("enterprise", {"B", "B"}), texts("month", {"2024-08", "2024-09"}),
                   texts("output", {"3", "4"})}));
  State again(schema_);
  for (const ledger::Entry& entry : entries_) ASSERT_TRUE(again.apply(entry).has_value());
  for (size_t r = 0; r < 2; ++r) {
    ASSERT_EQ(again.size(r), state_->size(r));
    for (uint32_t i = 0; i < again.size(r); ++i) {
      for (size_t f = 0; f < schema_->registers()[r].fields.size(); ++f) {
        EXPECT_EQ(to_string(again.value(r, f, RecordId{i})),
                  to_string(state_->value(r, f, RecordId{i})));
      }
    }
  }
  EXPECT_EQ(again.key_text(1, RecordId{2}), "B/2024-09");
}

TEST_F(Records, FollowReferencesByColumn) {
  set_up_firms();
  perform(request(Act::import, "monthly_return",
                  {texts("enterprise", {"A", "B"}), texts("month", {"2024-08", "2024-08"})}));
  auto path = state_->resolve(1, {{"enterprise", "industry"}});
  ASSERT_TRUE(path.has_value());
  EXPECT_TRUE(path->is_effective);
  std::vector<RecordId> rows{RecordId{1}, RecordId{0}};
  Column column = state_->gather(*path, rows, std::nullopt);
  EXPECT_EQ(column.texts, (std::vector<std::string>{"C27", "C39"}));
}

TEST(Schema, ReportsEveryFaultOfAPack) {
  pack::Files files = example_files();
  std::string broken(kReturn);
  auto replace = [&](std::string_view from, std::string_view to) {
    broken.replace(broken.find(from), from.size(), to);
  };
  replace("to: enterprise", "to: enterprize");
  replace("unit: persons", "unit: person");
  replace("key: [enterprise, month]", "key: [enterprise, mont]");
  files.add("packs/p/registers/monthly_return.yaml", broken);
  Issues issues;
  EXPECT_EQ(load(files, issues), nullptr);
  std::string places;
  for (const Error& issue : issues) places += to_string(issue.place) + "\n";
  EXPECT_NE(places.find("monthly_return.yaml:3:19"), std::string::npos) << places;
  EXPECT_NE(places.find("monthly_return.yaml:7:15"), std::string::npos) << places;
  EXPECT_NE(places.find("monthly_return.yaml:11:28"), std::string::npos) << places;
}

TEST(Schema, PointsIntoExpressions) {
  pack::Files files = example_files();
  std::string broken(kHard);
  broken.replace(broken.find("output >= 0"), 11, "outptu >= 0");
  files.add("packs/p/checks/output_not_negative.yaml", broken);
  Issues issues;
  EXPECT_EQ(load(files, issues), nullptr);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(to_string(issues[0].place), "packs/p/checks/output_not_negative.yaml:4:11");
}

TEST_F(Records, StayLoadableUnderANewCatalog) {
  set_up_firms();
  pack::Files files = example_files();
  std::string changed(kEnterprise);
  changed += "  phone: {type: text, title: {zh: 电话, en: Phone}}\n";
  files.add("packs/p/registers/enterprise.yaml", changed);
  Issues issues;
  auto next = load(files, issues);
  ASSERT_NE(next, nullptr);
  ASSERT_TRUE(state_->adopt(next).has_value());
  EXPECT_EQ(to_string(state_->value(0, 1, RecordId{1})), "乙");
  changed.replace(changed.find("codes: [C39, C27]"), 17, "codes: [C39]");
  files.add("packs/p/registers/enterprise.yaml", changed);
  auto narrow = load(files, issues);
  ASSERT_NE(narrow, nullptr);
  EXPECT_EQ(state_->adopt(narrow).error().kind, ErrorKind::refused);
}

// Rights in acts: what may not be seen is refused as if it were not there.
class Permitted : public Records {
 protected:
  void SetUp() override {
    Issues issues;
    pack::Files files;
    files.add("packs/p/roles/enterprise.yaml", R"(role: enterprise
title: {zh: 企业, en: Enterprise}
own: [enterprise]
registers:
  - {of: [enterprise], rows: own, may: [read]}
  - {of: [monthly_return], rows: own, may: [read, create, amend, import, move], in: [draft]}
)");
    files.add("packs/p/roles/statistician.yaml", R"(role: statistician
title: {zh: 统计员, en: Statistician}
registers:
  - {of: [monthly_return, enterprise], may: [read, move]}
)");
    const std::vector<std::string> packs{"p"};
    auto roles = access::Roles::load(files, packs, known_registers(*schema_), issues);
    for (const Error& issue : issues) ADD_FAILURE() << describe_en(issue);
    roles_ = std::make_shared<const access::Roles>(std::move(*roles));
    ASSERT_EQ(perform(request(Act::create, "enterprise", {texts("code", {"a", "b"})})), "ok");
    ASSERT_EQ(
        perform(request(Act::create, "monthly_return",
                        {texts("enterprise", {"a", "b"}), texts("month", {"2024-09", "2024-09"}),
                         texts("output", {"1", "2"})})),
        "ok");
  }
  Request as(Request request, std::string role, std::optional<access::Own> own) {
    access::Principal principal{
        "x", {{std::move(role), "z", std::move(own), Date::from_days(0), {}}}, {}, false};
    request.rights =
        std::make_shared<const access::Rights>(roles_, principal, "z", *Date::parse("2024-10-28"));
    return request;
  }
  Request as_a(Request request) {
    return as(std::move(request), "enterprise", access::Own{"enterprise", "a"});
  }
  Request returns(Act act, std::string firm, std::string month) {
    return request(act, "monthly_return",
                   {texts("enterprise", {std::move(firm)}), texts("month", {std::move(month)}),
                    texts("output", {"5"})});
  }
  static Request move(Request request, std::string name) {
    request.move = std::move(name);
    request.columns.pop_back();
    return request;
  }
  std::shared_ptr<const access::Roles> roles_;
};

TEST_F(Permitted, ActsOnTheOwnRowsOnly) {
  struct Case {
    Request request;
    const char* expected;
  };
  const Case kCases[] = {
      {as_a(returns(Act::amend, "b", "2024-09")), "reference_not_found 1:enterprise"},
      {as_a(returns(Act::create, "b", "2024-10")), "reference_not_found 1:enterprise"},
      {as_a(request(Act::create, "enterprise", {texts("code", {"c"})})),
       "not_permitted 1:register"},
      {as_a(request(Act::create, "other", {texts("code", {"c"})})), "unknown_register 1:register"},
      {as_a(move(returns(Act::move, "a", "2024-09"), "accept")), "not_permitted 1:enterprise"},
      {as(returns(Act::amend, "a", "2024-09"), "statistician", {}), "not_permitted 1:register"},
      {as(returns(Act::amend, "a", "2024-09"), "nothing", {}), "unknown_register 1:register"},
      {as_a(returns(Act::amend, "a", "2024-09")), "ok"},
      {as_a(returns(Act::create, "a", "2024-10")), "ok"},
      {as_a(move(returns(Act::move, "a", "2024-09"), "submit")), "ok"},
      {as_a(returns(Act::amend, "a", "2024-09")), "not_permitted 1:enterprise"},
      {as(move(returns(Act::move, "a", "2024-09"), "accept"), "statistician", {}), "ok"},
  };
  for (size_t i = 0; i < std::size(kCases); ++i) {
    EXPECT_EQ(perform(kCases[i].request), kCases[i].expected) << i;
  }
}

TEST_F(Permitted, ListsCountAndWalkTheOwnRowsOnly) {
  for (const char* month : {"2024-07", "2024-08", "2024-10"}) {
    ASSERT_EQ(perform(returns(Act::create, "a", month)), "ok");
    ASSERT_EQ(perform(returns(Act::create, "b", month)), "ok");
  }
  const size_t home = *schema_->index_of("monthly_return");
  const State version = state_->published();
  state_->versions()->close();
  const auto firm = as_a({}).rights;
  auto visible = visible_rows(firm.get(), version, home);
  ASSERT_TRUE(visible);
  for (uint32_t r = 0; r < version.size(home); ++r) {
    EXPECT_EQ(std::ranges::count(*visible, RecordId{r}) == 1,
              may_read(firm.get(), version, home, RecordId{r}));
  }
  QueryText text{{"month.ge.2024-08"}, "-month", "", ""};
  std::string walked;
  do {
    auto query = read_query(version, home, text);
    ASSERT_TRUE(query);
    query->limit = 2;
    query->visible = visible;
    const Listed listed = list(version, *query);
    EXPECT_EQ(listed.count, 3U);
    for (RecordId row : listed.rows) walked += version.key_text(home, row) + " ";
    text.cursor = listed.next.value_or("");
  } while (!text.cursor.empty());
  EXPECT_EQ(walked, "a/2024-10 a/2024-09 a/2024-08 ");
  EXPECT_FALSE(visible_rows(as({}, "statistician", {}).rights.get(), version, home));
  EXPECT_TRUE(visible_rows(as({}, "nothing", {}).rights.get(), version, home)->empty());
}

TEST_F(Permitted, RefusesARowOfOthersInTheWordsForAnAbsentOne) {
  const auto words = [&](std::string firm) {
    auto decision = decide(*state_, as_a(returns(Act::amend, firm, "2024-09")));
    std::string text = decision ? "ok" : decision.error().faults.front().zh;
    for (size_t at = text.find("“" + firm + "”"); at != text.npos;
         at = text.find("“" + firm + "”")) {
      text.erase(at, firm.size() + 6);
    }
    return text;
  };
  EXPECT_EQ(words("b"), words("nobody"));
}

}  // namespace
}  // namespace wutong::record
