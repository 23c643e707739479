// Screens of packs: what loads, and every fault with its place.
#include "core/catalog/screen.hpp"

#include <gtest/gtest.h>

namespace wutong::catalog {
namespace {

constexpr const char* kRegister = R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  kind: {type: code, codes: [a, b], title: {zh: 类, en: Kind}}
  month: {type: month, title: {zh: 月, en: Month}}
)";
constexpr const char* kIndicator = R"(indicator: firms
title: {zh: 企业数, en: Firms}
unit: enterprises
decimals: 0
from: firm
measure: count()
time: month
by: {kind: kind}
)";

std::string faults(const std::string& tiles) {
  pack::Files files;
  files.add("packs/p/registers/firm.yaml", kRegister);
  files.add("packs/p/indicators/firms.yaml", kIndicator);
  files.add("packs/p/screens/s.yaml", "screen: s\ntitle: {zh: 屏, en: Screen}\ntiles:\n" + tiles);
  Issues issues;
  const std::vector<std::string> packs{"p"};
  auto schema = record::Schema::load(files, packs, issues);
  EXPECT_TRUE(schema.has_value());
  auto indicators = indicator::Definitions::load(files, packs, *schema, issues);
  EXPECT_TRUE(indicators.has_value());
  const auto screens = Screens::load(files, packs, *schema, *indicators, issues);
  EXPECT_EQ(screens.has_value(), issues.empty());
  std::string out;
  for (const Error& each : issues) {
    out += std::to_string(each.place.line) + ":" + std::to_string(each.place.column) + " " +
           each.code + "\n";
  }
  return out;
}

std::string tile(const std::string& rest) {
  return "  - {tile: t, title: {zh: 块, en: Tile}, " + rest + "}\n";
}

TEST(Screens, TellEveryFaultWithItsPlace) {
  const std::pair<const char*, const char*> kRows[] = {
      {"at: [1, 1, 8, 4], figure: firms, beside: [yoy]", ""},
      {"at: [1, 1, 8, 4], show: bars, figure: firms, by: kind", ""},
      {"at: [1, 1, 8, 4], show: rows, register: firm, fields: [code]", ""},
      {"at: [1, 1, 8, 4], figure: firm", "4:67 screen.indicator\n"},
      {"at: [1, 1, 8, 4]", "4:5 screen.tile\n"},
      {"at: [20, 1, 8, 4], figure: firms", "4:45 screen.tile\n"},
      {"at: [1, 1, 8], figure: firms", "4:45 screen.tile\n"},
      {"at: [0, 1, 8, 4], figure: firms", "4:45 screen.tile\n"},
      {"at: [1, 1, 8, 4], show: bars, figure: firms", "4:5 screen.tile\n"},
      {"at: [1, 1, 8, 4], show: bars, figure: firms, by: kinds", "4:90 screen.dimension\n"},
      {"at: [1, 1, 8, 4], figure: firms, comparison: yearly", "4:86 screen.tile\n"},
      {"at: [1, 1, 8, 4], show: rows, register: firms", "4:81 screen.register\n"},
      {"at: [1, 1, 8, 4], show: rows, register: firm, fields: [name]", "4:95 screen.rows\n"},
  };
  for (const auto& [rest, expected] : kRows) EXPECT_EQ(faults(tile(rest)), expected) << rest;
}

TEST(Screens, TilesDoNotCoverEachOther) {
  const std::string one = "  - {tile: a, title: {zh: 甲, en: A}, figure: firms, at: ";
  const std::string two = "  - {tile: b, title: {zh: 乙, en: B}, figure: firms, at: ";
  EXPECT_EQ(faults(one + "[1, 1, 8, 4]}\n" + two + "[9, 1, 8, 4]}\n"), "");
  EXPECT_EQ(faults(one + "[1, 1, 8, 4]}\n" + two + "[8, 4, 8, 4]}\n"), "5:5 screen.overlap\n");
  EXPECT_EQ(faults(one + "[1, 1, 8, 4]}\n" + one + "[9, 1, 8, 4]}\n"), "5:5 screen.overlap\n");
}

}  // namespace
}  // namespace wutong::catalog
