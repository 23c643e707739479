#include <gtest/gtest.h>

#include "core/access/rights.hpp"

namespace wutong::access {
namespace {

const std::vector<KnownRegister> kKnown = {
    {"enterprise", "core", {}, false},
    {"person", "core", {}, true},
    {"request", "service", {"open", "closed"}, false},
    {"monthly_return", "economy", {"draft", "accepted"}, true}};
const std::vector<std::string> kPacks = {"core", "economy"};

constexpr const char* kFirm = R"(role: firm
title: {zh: 企业, en: Firm}
own: [enterprise]
registers:
  - {of: ["*"], rows: own, may: [read]}
  - {of: [monthly_return], rows: own, may: [read, create, amend, move], in: [draft]}
figures: own
)";
constexpr const char* kClerk = R"(role: clerk
title: {zh: 统计员, en: Clerk}
registers:
  - {of: ["*", monthly_return], may: [read]}
  - {of: [person], may: [read], personal: true}
figures: all
may: [pages]
)";

std::optional<Roles> load(const std::vector<std::pair<std::string, std::string>>& texts,
                          Issues& issues) {
  pack::Files files;
  for (const auto& [path, text] : texts) files.add(path, text);
  return Roles::load(files, kPacks, kKnown, issues);
}

std::shared_ptr<const Roles> roles() {
  Issues issues;
  auto loaded = load(
      {{"packs/core/roles/firm.yaml", kFirm}, {"packs/core/roles/clerk.yaml", kClerk}}, issues);
  for (const Error& issue : issues) ADD_FAILURE() << describe_en(issue);
  return std::make_shared<const Roles>(std::move(*loaded));
}

const Date kDay = *Date::parse("2024-10-28");
const Own kA{"enterprise", "a"};
const Own kB{"enterprise", "b"};

Principal holder(std::vector<Grant> grants) { return {"account", std::move(grants), {}, false}; }
Rights rights_of(const Principal& principal) { return {roles(), principal, "z", kDay}; }

Ask row(What what, std::string_view name, std::span<const Own> owners,
        std::string_view state = "") {
  Ask ask;
  ask.what = what;
  ask.register_name = name;
  ask.owners = owners;
  ask.state = state;
  return ask;
}
Ask figure(Rows rows) {
  Ask ask;
  ask.what = What::figure;
  ask.rows = rows;
  return ask;
}
Ask task(Task which) {
  Ask ask;
  ask.what = What::task;
  ask.task = which;
  return ask;
}

TEST(Roles, SaysEveryFaultWithItsPlace) {
  struct Case {
    const char* text;
    const char* code;
    const char* place;
  };
  constexpr Case kCases[] = {
      {"role: x\ntitle: {zh: 甲, en: X}\nregisters:\n  - {of: [enterprize], may: [read]}\n",
       "role.unknown_register", "packs/core/roles/x.yaml:4:11"},
      {"role: x\ntitle: {zh: 甲, en: X}\nregisters:\n  - {of: [economi/*], may: [read]}\n",
       "role.unknown_register", "packs/core/roles/x.yaml:4:11"},
      {"role: x\ntitle: {zh: 甲, en: X}\nregisters:\n  - {of: [request], may: [amend], in: "
       "[opn]}\n",
       "role.unknown_state", "packs/core/roles/x.yaml:4:40"},
      {"role: x\n", "role.no_title", "packs/core/roles/x.yaml:1:7"},
      {"role: y\ntitle: {zh: 甲, en: X}\n", "pack.file_name", "packs/core/roles/x.yaml:1:7"},
  };
  for (const Case& c : kCases) {
    Issues issues;
    EXPECT_FALSE(load({{"packs/core/roles/x.yaml", c.text}}, issues).has_value());
    ASSERT_EQ(issues.size(), 1u) << c.text;
    EXPECT_EQ(issues[0].code, c.code);
    EXPECT_EQ(to_string(issues[0].place), c.place);
  }
  Issues issues;
  EXPECT_FALSE(
      load({{"packs/core/roles/system.yaml", "role: system\ntitle: {zh: 甲, en: X}\n"}}, issues));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].code, "role.reserved");
}

TEST(Roles, AddUpOverPacks) {
  Issues issues;
  auto loaded =
      load({{"packs/core/roles/firm.yaml", kFirm},
            {"packs/economy/roles/firm.yaml",
             "role: firm\nregisters:\n  - {of: [monthly_return], rows: own, may: [import]}\n"}},
           issues);
  ASSERT_TRUE(loaded.has_value());
  ASSERT_EQ(loaded->all().size(), 1u);
  EXPECT_EQ(loaded->find("firm")->lines.size(), 3u);
}

TEST(Rights, AreNoneWithoutAGrant) {
  for (const Principal& nobody :
       {holder({}), holder({{"unknown", "z", {}, Date::from_days(0), {}}}),
        holder({{"clerk", "elsewhere", {}, Date::from_days(0), {}}}),
        holder({{"clerk", "z", {}, kDay.plus_days(1), {}}}),
        holder({{"clerk", "z", {}, Date::from_days(0), kDay.plus_days(-1)}})}) {
    const Rights rights = rights_of(nobody);
    EXPECT_FALSE(rights.may_enter());
    for (const KnownRegister& each : kKnown) {
      for (What what : {What::reg, What::row, What::create, What::amend, What::import, What::move,
                        What::export_rows}) {
        EXPECT_FALSE(rights.may(row(what, each.name, std::span(&kA, 1))));
      }
    }
    EXPECT_FALSE(rights.may(figure(Rows::own)));
    EXPECT_FALSE(rights.may(task(Task::pages)));
  }
}

TEST(Rights, HoldOnTheirDaysBothInside) {
  EXPECT_TRUE(rights_of(holder({{"clerk", "z", {}, kDay, kDay}})).may_enter());
  EXPECT_TRUE(rights_of(holder({{"clerk", "*", {}, kDay, {}}})).may_enter());
}

TEST(Rights, OfAnOwnerEndAtTheOwnRows) {
  const Rights rights = rights_of(holder({{"firm", "z", kA, Date::from_days(0), {}}}));
  struct Case {
    Ask ask;
    bool expected;
  };
  const std::span<const Own> a(&kA, 1), b(&kB, 1), nobody;
  const Case kCases[] = {
      {row(What::row, "request", a), true},
      {row(What::row, "request", b), false},
      {row(What::row, "request", nobody), false},
      {row(What::create, "request", a), false},
      {row(What::amend, "monthly_return", a, "draft"), true},
      {row(What::amend, "monthly_return", a, "accepted"), false},
      {row(What::amend, "monthly_return", b, "draft"), false},
      {row(What::row, "person", a), false},  // guarded: no wildcard takes it in
      {figure(Rows::own), true},
      {figure(Rows::all), false},
      {task(Task::pages), false},
  };
  for (size_t i = 0; i < std::size(kCases); ++i) {
    EXPECT_EQ(rights.may(kCases[i].ask), kCases[i].expected) << i;
  }
  EXPECT_EQ(rights.reach("request", Right::read), Rows::own);
  // A record of a register that the role does not speak of is nobody's.
  const Rights stray =
      rights_of(holder({{"firm", "z", Own{"person", "a"}, Date::from_days(0), {}}}));
  EXPECT_EQ(stray.reach("request", Right::read), Rows::none);
}

TEST(Rights, ToMoveTakeTheRoleThatTheMoveNames) {
  const Rights rights = rights_of(holder({{"firm", "z", kA, Date::from_days(0), {}}}));
  Ask ask = row(What::move, "monthly_return", std::span(&kA, 1));
  const std::vector<std::string> firm{"firm"}, clerk{"clerk"};
  ask.by = firm;
  EXPECT_TRUE(rights.may(ask));
  ask.by = clerk;
  EXPECT_FALSE(rights.may(ask));
  ask.by = {};
  EXPECT_FALSE(rights.may(ask));
}

TEST(Rights, ToPersonalFieldsAreStated) {
  const Rights clerk = rights_of(holder({{"clerk", "z", {}, Date::from_days(0), {}}}));
  EXPECT_TRUE(clerk.may_read_personal("person", {}));
  EXPECT_FALSE(clerk.may_read_personal("request", {}));
}

TEST(Rights, AreNarrowedByTheScopesOfAToken) {
  Principal token = holder({{"clerk", "z", {}, Date::from_days(0), {}}});
  token.scopes = {Scope::figures};
  const Rights rights = rights_of(token);
  EXPECT_TRUE(rights.may(figure(Rows::all)));
  EXPECT_FALSE(rights.may(row(What::row, "request", {})));
  EXPECT_FALSE(rights.may(task(Task::pages)));
  EXPECT_EQ(rights.reach("request", Right::read), Rows::none);
  EXPECT_EQ(rights.extent("request", Right::read), Rows::all);
}

}  // namespace
}  // namespace wutong::access
