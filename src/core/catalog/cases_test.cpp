#include "core/catalog/cases.hpp"

#include <gtest/gtest.h>

namespace wutong::catalog {
namespace {

constexpr const char* kRegister = R"(register: task
title: {zh: 任务, en: Task}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 编号, en: Code}}
  days: {type: int, title: {zh: 天数, en: Days}}
lifecycle:
  states:
    open: {zh: 办理中, en: Open}
    done: {zh: 已完成, en: Done}
  moves:
    finish: {title: {zh: 完成, en: Finish}, from: [open], to: done, by: [officer], requires: [days]}
)";
constexpr const char* kCheck = R"(check: days
register: task
level: hard
require: "days > 0"
fields: [days]
message: {zh: 天数应大于零, en: Days are above zero}
)";

// The codes of what the cases meet, in order.
std::string run(const std::string& acts) {
  pack::Files files;
  files.add("packs/p/registers/task.yaml", kRegister);
  files.add("packs/p/checks/days.yaml", kCheck);
  if (!acts.empty()) files.add("packs/p/cases/task.yaml", "cases: task\nacts:\n" + acts);
  Issues issues;
  std::vector<std::string> packs{"p"};
  run_cases(files, packs, issues);
  std::string codes;
  for (const Error& issue : issues) {
    codes += (codes.empty() ? "" : " ") + issue.code + ":" + std::to_string(issue.place.line);
  }
  return codes;
}

const std::string kGood = "  - {create: {code: a, days: 3}}\n";
const std::string kBad = "  - {create: {code: b, days: 0}, refused: check_hard, field: days}\n";
const std::string kMove = "  - {move: finish, of: a, by: [officer], state: done}\n";

TEST(Cases, HoldWhereAllIsReached) { EXPECT_EQ(run(kGood + kBad + kMove), ""); }

TEST(Cases, AreNeededForEveryRegister) { EXPECT_EQ(run(""), "pack.no_cases:1"); }

TEST(Cases, NeedBothKindsMovesAndChecks) {
  EXPECT_EQ(run(kGood), "pack.case_both:1 pack.case_move:1 pack.case_check:1");
}

TEST(Cases, SayWhatWentOtherwise) {
  EXPECT_EQ(run(kGood + kBad + kMove + "  - {create: {code: c}, refused: check_hard}\n"),
            "pack.case_accepted:6");
  EXPECT_EQ(run(kGood + kBad + kMove + "  - {create: {code: a}}\n"), "pack.case_refused:6");
  EXPECT_EQ(run(kGood + kBad + kMove + "  - {create: {code: a}, refused: check_hard}\n"),
            "pack.case_other_refusal:6");
  EXPECT_EQ(run(kGood + kBad + "  - {move: finish, of: a, by: [officer], state: open}\n"),
            "pack.case_state:5");
  EXPECT_EQ(run(kGood + kBad + kMove + "  - {move: finish, of: z, by: [officer]}\n"),
            "pack.case_key:6");
  EXPECT_EQ(run(kGood + kBad + kMove + "  - {move: finish}\n"), "pack.case_act:6");
}

}  // namespace
}  // namespace wutong::catalog
