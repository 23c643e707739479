#include "tools/layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace wutong::tools {
namespace {

std::string read(const std::string& path) {
  std::vector<SourceFile> files = read_tree(WUTONG_SOURCE_DIR, {path});
  return files.empty() ? "" : files.front().text;
}

Layers layers_of_the_tree() { return parse_layers(read("tools/layers.txt")); }

TEST(Layers, HoldInTheWholeTree) {
  std::vector<SourceFile> files = read_tree(WUTONG_SOURCE_DIR, {"src", "demo", "bench"});
  EXPECT_GT(files.size(), 100u);
  for (const std::string& fault : check_layers(layers_of_the_tree(), files)) ADD_FAILURE() << fault;
}

TEST(Layers, AreWhatTheBuildLinks) {
  Layers modules = parse_modules(read("cmake/modules.cmake"));
  EXPECT_GT(modules.size(), 10u);
  for (const std::string& fault : check_modules(layers_of_the_tree(), modules)) {
    ADD_FAILURE() << fault;
  }
}

TEST(Layers, PointDownwards) {
  Layers layers = layers_of_the_tree();
  const std::vector<std::string> kOrder{"base", "engine",  "core", "domain",
                                        "zone", "surface", "app",  "bench"};
  auto height = [&](const std::string& module) {
    std::string layer = module.substr(0, module.find('/'));
    return std::find(kOrder.begin(), kOrder.end(), layer) - kOrder.begin();
  };
  for (const auto& [module, uses] : layers) {
    if (module.starts_with("<")) continue;
    for (const std::string& used : uses) {
      if (module == "demo" || used == "demo") continue;
      EXPECT_LE(height(used), height(module)) << module << " uses " << used;
      EXPECT_FALSE(layers.at(used).contains(module))
          << module << " and " << used << " use each other";
      bool are_siblings = module.starts_with("engine/") || module.starts_with("domain/");
      EXPECT_FALSE(are_siblings && height(used) == height(module)) << module << " uses " << used;
    }
  }
}

constexpr const char* kSmall =
    "base:\nengine/store: base\ncore/record: base\nzone: base core/record\n"
    "<sqlite3: engine/store\n";

size_t faults(const std::string& path, const std::string& include) {
  return check_layers(parse_layers(kSmall), {{path, "#include " + include + "\n"}}).size();
}

TEST(Layers, SeeAPlantedInclude) {
  EXPECT_EQ(faults("src/zone/host.cpp", "\"core/record/state.hpp\""), 0u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "\"core/record/impl/table.hpp\""), 0u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "\"zone/host.hpp\""), 1u);
  EXPECT_EQ(faults("src/base/text.cpp", "\"core/record/state.hpp\""), 1u);
  EXPECT_EQ(faults("src/zone/host.cpp", "\"core/record/impl/table.hpp\""), 1u);
  EXPECT_EQ(faults("src/unknown/x.cpp", "\"base/text.hpp\""), 1u);
}

TEST(Layers, SeeAPlantedLibrary) {
  EXPECT_EQ(faults("src/engine/store/sqlite_log.cpp", "<sqlite3.h>"), 0u);
  EXPECT_EQ(faults("src/engine/store/impl/sqlite.hpp", "<sqlite3.h>"), 0u);
  EXPECT_EQ(faults("src/engine/store/log_store.hpp", "<sqlite3.h>"), 1u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "<sqlite3.h>"), 1u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "<string>"), 0u);
}

TEST(Layers, SeeABuildThatDisagrees) {
  Layers layers = parse_layers("base:\ncore/record: base\nzone: base core/record\n");
  auto disagreements = [&](const std::string& cmake) {
    return check_modules(layers, parse_modules(cmake)).size();
  };
  const std::string kFine =
      "wutong_module(base LINKS zstd)\nwutong_module(core/record USES base)\n";
  EXPECT_EQ(disagreements(kFine + "wutong_module(zone USES record LINKS Threads::Threads)\n"), 0u);
  EXPECT_EQ(disagreements(kFine + "wutong_module(zone USES base)\n"), 1u);
  EXPECT_EQ(disagreements(kFine + "wutong_module(zone USES record page)\n"), 1u);
  EXPECT_EQ(disagreements(kFine), 1u);
  EXPECT_EQ(disagreements(kFine + "wutong_module(zone USES record)\nwutong_module(desk)\n"), 1u);
}

}  // namespace
}  // namespace wutong::tools
