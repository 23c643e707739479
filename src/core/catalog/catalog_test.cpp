#include "core/catalog/catalog.hpp"

#include <gtest/gtest.h>

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
