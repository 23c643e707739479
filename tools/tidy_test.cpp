#include "tools/tidy.hpp"

#include <gtest/gtest.h>

namespace wutong::tools {
namespace {

TEST(Tidy, IsTheWholeTree) {
  auto files = read_tree(WUTONG_SOURCE_DIR, {"src", "demo", "tests", "tools"});
  EXPECT_GT(files.size(), 100u);
  for (const std::string& fault : check_tidy(files)) ADD_FAILURE() << fault;
}

// Faults of one file beside a file that includes it.
size_t faults(const std::string& path, const std::string& body) {
  std::string name = path.starts_with("src/") ? path.substr(4) : path;
  SourceFile user{"src/zone/user.cpp", "#include \"" + name + "\"\nnamespace wutong::zone {\n}\n"};
  return check_tidy({{path, body}, user}).size();
}

std::string in_zone(const std::string& code) {
  return "// Purpose.\n#pragma once\nnamespace wutong::zone {\n" + code + "}\n";
}

TEST(Tidy, SeesEachPlantedFault) {
  const std::string kFine = in_zone("int f();\n");
  EXPECT_EQ(faults("src/zone/a.hpp", kFine), 0u);
  EXPECT_EQ(faults("src/zone/a.hpp", in_zone("// " + std::string(98, 'x') + "\n")), 1u);
  std::string chinese;
  for (int i = 0; i < 97; ++i) chinese += "园";
  EXPECT_EQ(faults("src/zone/a.hpp", in_zone("// " + chinese + "\n")), 0u);
  EXPECT_EQ(faults("src/zone/a.hpp", in_zone(std::string(400, '\n'))), 1u);
  std::string body;
  for (int i = 0; i < 75; ++i) body += "  g();\n";
  EXPECT_EQ(faults("src/zone/a.hpp", in_zone("void f() {\n" + body + "}\n")), 1u);
  EXPECT_EQ(faults("src/zone/a.hpp", "// Purpose.\nnamespace wutong::zone {\n}\n"), 1u);
  EXPECT_EQ(faults("src/zone/a.hpp", "// Purpose.\n#pragma once\nnamespace wutong::page {\n}\n"),
            1u);
  EXPECT_EQ(faults("src/zone/a.hpp", "#pragma once\nnamespace wutong::zone {\n}\n"), 1u);
  for (const char* code : {"int x = ato"
                           "i(p);\n",
                           "dou"
                           "ble y = 1;\n",
                           "using name"
                           "space std;\n",
                           "auto t = std::chrono::system_cl"
                           "ock::now();\n",
                           "std::co"
                           "ut << 1;\n",
                           "char* e = get"
                           "env(\"A\");\n",
                           "int r = ran"
                           "d();\n",
                           "thr"
                           "ow 1;\n"}) {
    EXPECT_EQ(faults("src/zone/a.hpp", in_zone(code)), 1u) << code;
  }
  EXPECT_EQ(check_tidy({{"src/zone/dead.hpp", kFine}}).size(), 1u);
  EXPECT_EQ(check_tidy({{"src/zone/x_test.cpp", "namespace wutong::zone {\n}\n"}}).size(), 1u);
}

}  // namespace
}  // namespace wutong::tools
