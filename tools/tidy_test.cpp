#include "tools/tidy.hpp"

#include <gtest/gtest.h>

namespace wutong::tools {
namespace {

TEST(Tidy, IsTheWholeTree) {
  auto files = read_tree(WUTONG_SOURCE_DIR, {"src", "demo", "tests", "tools", "bench"});
  EXPECT_GT(files.size(), 100u);
  for (const std::string& fault : check_tidy(files)) ADD_FAILURE() << fault;
}

TEST(Tidy, NamesNoMachineAnywhere) {
  const std::vector<std::string> kAll{".ci",
                                      ".clang-format",
                                      ".clang-tidy",
                                      "ARCHITECTURE.md",
                                      "bench",
                                      "CMakeLists.txt",
                                      "cmake",
                                      "changes",
                                      "demo",
                                      "CMakePresets.json",
                                      "CONTRIBUTING.md",
                                      "docs",
                                      "packs",
                                      "script",
                                      "README.md",
                                      "README.zh-CN.md",
                                      "src",
                                      "tests",
                                      "tools",
                                      "zones"};
  auto files = read_tree(WUTONG_SOURCE_DIR, kAll, {});
  EXPECT_GT(files.size(), 200u);
  for (const std::string& fault : check_places(files)) ADD_FAILURE() << fault;
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

size_t faults_in_zone(const std::string& code) { return faults("src/zone/a.hpp", in_zone(code)); }

std::string repeated(std::string_view text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Tidy, CountsCharactersOfALine) {
  EXPECT_EQ(faults_in_zone("int f();\n"), 0u);
  EXPECT_EQ(faults_in_zone("// " + repeated("x", 97) + "\n"), 0u);
  EXPECT_EQ(faults_in_zone("// " + repeated("x", 98) + "\n"), 1u);
  EXPECT_EQ(faults_in_zone("// " + repeated("园", 97) + "\n"), 0u);
  EXPECT_EQ(faults_in_zone("// " + repeated("园", 98) + "\n"), 1u);
}

TEST(Tidy, CountsLinesOfAFile) {
  EXPECT_EQ(faults_in_zone(repeated("\n", 396)), 0u);
  EXPECT_EQ(faults_in_zone(repeated("\n", 397)), 1u);
}

TEST(Tidy, CountsLinesOfAFunction) {
  const std::string kShort = repeated("  g();\n", 68);
  const std::string kLong = repeated("  g();\n", 69);
  const std::string kHeads[] = {"void f() {\n", "int f(int a, int b = f(1)) {\n",
                                "template <class T>void f(T t) const {\n",
                                "A(int a, X x = {}) : a_{a}, x_{x} {\n"};
  for (const std::string& head : kHeads) {
    EXPECT_EQ(faults_in_zone(head + kShort + "}\n"), 0u) << head;
    EXPECT_EQ(faults_in_zone(head + kLong + "}\n"), 1u) << head;
    EXPECT_EQ(faults_in_zone("class A {\n public:\n" + head + kLong + "}\n};\n"), 1u) << head;
  }
  EXPECT_EQ(faults_in_zone("Result<int> f(int a,\n              int b) {\n" + kLong + "}\n"), 1u);
  EXPECT_EQ(faults_in_zone("const X kTable[] = {\n" + repeated("  {g(1)},\n", 90) + "};\n"), 0u);
  EXPECT_EQ(faults_in_zone("void f() {}\nstruct S {\n" + repeated("  int g();\n", 90) + "};\n"),
            0u);
  EXPECT_EQ(faults_in_zone("void f() { g(\"}{\", '{', R\"(\n{\n)\", 1'000); }\n" +
                           repeated("int a();\n", 90)),
            0u);
}

TEST(Tidy, BansCallsButNotTheirNamesInTextAndComments) {
  for (const char* code :
       {"int x = atoi(p);", "double y = 1;", "std::vector<double> y;", "using namespace std;",
        "auto t = std::chrono::system_clock::now();", "std::cout << 1;", "auto e = getenv(\"A\");",
        "int r = rand();", "throw 1;", "int y = std::stoi(s);", "std::regex r;", "exit(1);",
        "auto t = time(nullptr);", "printf(\"x\");", "sprintf(a, \"x\");", "float z;"}) {
    EXPECT_EQ(faults_in_zone(code + std::string("\n")), 1u) << code;
    EXPECT_EQ(faults_in_zone(std::string("// ") + code + "\n"), 0u) << code;
    EXPECT_EQ(faults_in_zone(std::string("/* ") + code + " */\n"), 0u) << code;
  }
  EXPECT_EQ(faults_in_zone("auto text = \"a double, rand()\";\n"), 0u);
  EXPECT_EQ(faults_in_zone("int doubled = operand(brand, on_double);\n"), 0u);
}

TEST(Tidy, NamesTheReplacement) {
  auto found = check_tidy({{"src/zone/a.cpp", in_zone("int x = atoi(p);\n")}});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front(), "src/zone/a.cpp:4: atoi is banned; use std::from_chars");
}

TEST(Tidy, BansVagueNames) {
  EXPECT_EQ(faults_in_zone("class ZoneManager;\n"), 1u);
  EXPECT_EQ(faults_in_zone("int get_size();\n"), 1u);
  EXPECT_EQ(faults_in_zone("auto x = std::get_if<int>(&v);\n"), 0u);
}

TEST(Tidy, WantsHeadersWithPurposeGuardAndNamespace) {
  EXPECT_EQ(faults("src/zone/a.hpp", "// Purpose.\nnamespace wutong::zone {\n}\n"), 1u);
  EXPECT_EQ(faults("src/zone/a.hpp", "#pragma once\nnamespace wutong::zone {\n}\n"), 1u);
  EXPECT_EQ(faults("src/zone/a.hpp", "// P.\n#pragma once\nnamespace wutong::page {\n}\n"), 1u);
  EXPECT_EQ(faults("src/base/a.hpp", "// P.\n#pragma once\nnamespace wutong {\n}\n"), 0u);
}

TEST(Tidy, FindsDeadFiles) {
  EXPECT_EQ(check_tidy({{"src/zone/dead.hpp", in_zone("")}}).size(), 1u);
  EXPECT_EQ(check_tidy({{"src/zone/x_test.cpp", "namespace wutong::zone {\n}\n"}}).size(), 1u);
  EXPECT_EQ(check_tidy({{"src/zone/parts/x.cpp", "namespace wutong::parts {\n}\n"}}).size(), 1u);
  EXPECT_EQ(check_tidy({{"src/zone/impl/x.cpp", "namespace wutong::zone {\n}\n"}}).size(), 0u);
  EXPECT_EQ(check_tidy({{"tests/other/x_test.cpp", "TEST(A, B) {}\n"}}).size(), 1u);
}

TEST(Tidy, FindsPlacesOfOneMachine) {
  EXPECT_EQ(check_places({{"docs/a.md",
                           "see /wo"
                           "rk/x\nand docs/b.md\n"}})
                .size(),
            1u);
}

}  // namespace
}  // namespace wutong::tools
