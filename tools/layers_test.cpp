#include "tools/layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace wutong::tools {
namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(WUTONG_SOURCE_DIR) + "/" + path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Layers, HoldInTheWholeTree) {
  Layers layers = parse_layers(read("tools/layers.txt"));
  std::vector<SourceFile> files = read_tree(WUTONG_SOURCE_DIR, {"src", "demo"});
  EXPECT_GT(files.size(), 100u);
  for (const std::string& fault : check_layers(layers, files)) ADD_FAILURE() << fault;
}

TEST(Layers, PointDownwards) {
  Layers layers = parse_layers(read("tools/layers.txt"));
  const std::vector<std::string> kOrder{"base", "engine",  "core", "domain",
                                        "zone", "surface", "app"};
  auto height = [&](const std::string& module) {
    std::string layer = module.substr(0, module.find('/'));
    return std::find(kOrder.begin(), kOrder.end(), layer) - kOrder.begin();
  };
  for (const auto& [module, uses] : layers) {
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

TEST(Layers, SeeAPlantedBreak) {
  Layers layers = parse_layers("base:\ncore/record: base\nzone: base core/record\n");
  auto faults = [&](const std::string& path, const std::string& include) {
    return check_layers(layers, {{path, "#include \"" + include + "\"\n"}}).size();
  };
  EXPECT_EQ(faults("src/zone/host.cpp", "core/record/state.hpp"), 0u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "core/record/impl/table.hpp"), 0u);
  EXPECT_EQ(faults("src/core/record/state.cpp", "zone/host.hpp"), 1u);
  EXPECT_EQ(faults("src/base/text.cpp", "core/record/state.hpp"), 1u);
  EXPECT_EQ(faults("src/zone/host.cpp", "core/record/impl/table.hpp"), 1u);
  EXPECT_EQ(faults("src/unknown/x.cpp", "base/text.hpp"), 1u);
}

}  // namespace
}  // namespace wutong::tools
