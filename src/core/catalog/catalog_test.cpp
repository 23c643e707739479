#include "core/catalog/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace wutong::catalog {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(WUTONG_SOURCE_DIR) + "/" + path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Catalog, OfEveryZoneLoads) {
  Issues issues;
  pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
  for (const std::string& zone : zone_names(files)) {
    EXPECT_NE(load(files, zone, issues), nullptr) << zone;
  }
  for (const Error& issue : issues) ADD_FAILURE() << describe_en(issue);
}

TEST(Catalog, HoldsExactlyTheFilesOfItsZone) {
  Issues issues;
  pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
  auto whole = load(files, "nanchang", issues);
  files.add("packs/other/registers/x.yaml", "register: x\n");
  auto same = load(files, "nanchang", issues);
  ASSERT_TRUE(whole && same);
  EXPECT_EQ(whole->digest, same->digest);
  auto again = load(whole->files, "nanchang", issues);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->digest, whole->digest);
}

TEST(Catalog, ReportsFaultsOfRegistersAndIndicatorsTogether) {
  Issues issues;
  pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
  auto break_in = [&](const std::string& path, std::string_view from, std::string_view to) {
    std::string text = files.find(path)->text;
    text.replace(text.find(from), from.size(), to);
    files.add(path, text);
  };
  break_in("packs/economy/registers/monthly_return.yaml", "to: enterprise", "to: enterprize");
  break_in("packs/economy/indicators/industrial_output.yaml", "unit: CNY", "unit: CNZ");
  EXPECT_EQ(load(files, "nanchang", issues), nullptr);
  ASSERT_EQ(issues.size(), 2u);
  EXPECT_EQ(issues[0].place.file, "packs/economy/registers/monthly_return.yaml");
  EXPECT_EQ(to_string(issues[1].place), "packs/economy/indicators/industrial_output.yaml:4:7");
}

// A register that nobody may read or fill, and a move of a role that is not declared, are of no
// use.
TEST(Catalog, GivesEveryRegisterAndMoveToSomeRole) {
  Issues issues;
  const pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
  for (const std::string& zone : zone_names(files)) {
    const auto catalog = load(files, zone, issues);
    ASSERT_NE(catalog, nullptr) << zone;
    for (const record::Register& home : catalog->schema->registers()) {
      std::array<bool, access::kRights> has{};
      for (const access::Role& role : catalog->roles->all()) {
        for (const access::Line& line : role.lines) {
          const bool is_meant = std::find(line.registers.begin(), line.registers.end(),
                                          home.name) != line.registers.end();
          for (size_t i = 0; is_meant && i < has.size(); ++i) has[i] = has[i] || line.may[i];
        }
      }
      EXPECT_TRUE(has[0]) << zone << ": no role reads " << home.name;
      EXPECT_TRUE(has[1] || has[3]) << zone << ": no role creates rows of " << home.name;
      for (const record::Move& move : home.moves) {
        EXPECT_TRUE(std::any_of(move.by.begin(), move.by.end(),
                                [&](const std::string& by) {
                                  const access::Role* role = catalog->roles->find(by);
                                  if (role == nullptr) return false;
                                  const auto lines = role->by_register.find(home.name);
                                  return lines != role->by_register.end() &&
                                         std::any_of(
                                             lines->second.begin(), lines->second.end(),
                                             [&](size_t i) { return role->lines[i].may[4]; });
                                }))
            << zone << ": no declared role makes the move " << home.name << "." << move.name;
        for (const std::string& by : move.by) {
          EXPECT_NE(catalog->roles->find(by), nullptr)
              << zone << ": " << home.name << "." << move.name << " names the role " << by
              << ", which no packs/*/roles/" << by << ".yaml declares";
        }
      }
    }
  }
}

TEST(Catalog, NamesTheNearestZone) {
  Issues issues;
  pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
  EXPECT_EQ(load(files, "nanchagn", issues), nullptr);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_NE(issues[0].en.find("did you mean nanchang"), std::string::npos);
}

TEST(Catalog, HasCurrentJsonSchemas) {
  for (const auto& [kind, schema] : json_schemas()) {
    EXPECT_EQ(read("packs/schema/" + kind + ".json"), schema)
        << "write it anew: wutong pack schema " << kind << " > packs/schema/" << kind << ".json";
  }
}

}  // namespace
}  // namespace wutong::catalog
