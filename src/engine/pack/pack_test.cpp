#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"
#include "engine/pack/node.hpp"
#include "engine/pack/shape.hpp"
#include "engine/pack/source.hpp"

namespace wutong::pack {
namespace {

std::string faults(std::string_view text, const Shape* shape = nullptr) {
  Issues issues;
  auto node = parse("f.yaml", text, issues);
  if (node && shape != nullptr) check(*node, *shape, issues);
  std::string out;
  for (const Error& issue : issues) out += to_string(issue.place) + " " + issue.code + "\n";
  return out;
}

TEST(Pack, CountsColumnsInCharacters) {
  EXPECT_EQ(faults("名称: 甲\n名称: 乙\n"), "f.yaml:2:1 yaml.duplicate_key\n");
  EXPECT_EQ(faults("{名称: 甲, 名称: 乙}\n"), "f.yaml:1:9 yaml.duplicate_key\n");
}

TEST(Pack, RefusesWhatYamlHasTooMuchOf) {
  EXPECT_EQ(faults("a: &x 1\nb: *x\n"), "f.yaml:1:4 yaml.anchor\nf.yaml:2:4 yaml.alias\n");
  EXPECT_EQ(faults("a: !!int 1\n"), "f.yaml:1:4 yaml.tag\n");
  EXPECT_EQ(faults("a: 1\n---\nb: 2\n"), "f.yaml:2:1 yaml.second_document\n");
  EXPECT_EQ(faults(""), "f.yaml:1:1 yaml.empty\n");
  EXPECT_EQ(faults("a: \xff\n"), "f.yaml:1:1 yaml.not_utf8\n");
  EXPECT_TRUE(faults("a: [1, 2\nb: 3\n").starts_with("f.yaml:2:"));
  EXPECT_TRUE(faults("a: b: c\n").find("yaml.malformed") != std::string::npos);
}

Shape example() {
  return record_of({
      {"register", scalar(ShapeKind::identifier), true, "登记簿", "register"},
      {"title", scalar(ShapeKind::title), true, "名称", "title"},
      {"level", choice({"hard", "soft"}), false, "程度", "level"},
      {"places", scalar(ShapeKind::whole), false, "位数", "places"},
      {"key", list_of(scalar(ShapeKind::identifier)), false, "主键", "key"},
      {"by", either_of({scalar(ShapeKind::identifier), list_of(scalar(ShapeKind::identifier))}),
       false, "按", "by"},
  });
}

TEST(Pack, ReportsEveryFaultWithItsPlace) {
  Shape shape = example();
  EXPECT_EQ(faults("register: Return\ntitel: {zh: 报表, en: Return}\nlevel: sofd\nplaces: 1.5\n"
                   "key: [a, B]\nby: {}\n",
                   &shape),
            "f.yaml:1:11 pack.kind\nf.yaml:2:1 pack.unknown_key\nf.yaml:3:8 pack.choice\n"
            "f.yaml:4:9 pack.kind\nf.yaml:5:10 pack.kind\nf.yaml:6:5 pack.kind\n"
            "f.yaml:1:1 pack.missing_key\n");
  EXPECT_EQ(
      faults("register: a\ntitle: {zh: 甲, en: A}\nlevel: soft\nkey: [a, b]\nby: a\n", &shape), "");
}

TEST(Pack, ReportsAnEmptyValueAtItsKey) {
  Shape shape = example();
  EXPECT_EQ(faults("register:\ntitle: {zh: 甲, en:}\n", &shape),
            "f.yaml:1:1 pack.empty\nf.yaml:2:16 pack.empty\n");
}

TEST(Pack, NamesTheNearest) {
  Shape shape = example();
  Issues issues;
  auto node = parse("f.yaml", "register: a\ntitel: x\n", issues);
  check(*node, shape, issues);
  EXPECT_NE(issues[0].en.find("did you mean title?"), std::string::npos);
  EXPECT_NE(issues[0].zh.find("title"), std::string::npos);
}

TEST(Pack, WritesJsonSchema) {
  std::string schema = json_schema("register", example());
  EXPECT_NE(schema.find("\"required\": [\"register\", \"title\"]"), std::string::npos);
  EXPECT_NE(schema.find("{\"enum\": [\"hard\", \"soft\"]}"), std::string::npos);
}

TEST(Pack, OrdersFilesAndDigestsThem) {
  Files a, b;
  a.add("packs/x/registers/b.yaml", "2");
  a.add("packs/x/registers/a.yaml", "1");
  b.add("packs/x/registers/a.yaml", "1");
  b.add("packs/x/registers/b.yaml", "2");
  EXPECT_EQ(a.digest(), b.digest());
  EXPECT_EQ(a.in("packs/x/registers").size(), 2u);
  EXPECT_EQ(a.in("packs/x").size(), 0u);
  b.add("packs/x/registers/b.yaml", "3");
  EXPECT_NE(a.digest(), b.digest());
}

std::string sentences(std::string_view text) {
  Issues issues;
  parse("f.yaml", text, issues);
  std::string out;
  for (const Error& issue : issues) out += describe_en(issue) + "\n";
  return out;
}

TEST(Pack, CountsColumnsInCharactersEverywhere) {
  EXPECT_EQ(faults("标题: [企业, 机构, &甲 乙]\n"), "f.yaml:1:14 yaml.anchor\n");
  EXPECT_EQ(faults("\xEF\xBB\xBF{名: 甲, 名: 乙}\n"), "f.yaml:1:8 yaml.duplicate_key\n");
  EXPECT_EQ(faults("甲: 乙\r\n丙: !!str 丁\r\n"), "f.yaml:2:4 yaml.tag\n");
  EXPECT_EQ(faults("甲: 乙: 丙\n"), "f.yaml:1:5 yaml.malformed\n");
  EXPECT_EQ(faults("甲: \"𠮷𠮷\\q\"\n"), "f.yaml:1:9 yaml.malformed\n");
  Issues issues;
  auto node = parse("f.yaml", "名称: {zh: 高新区, en: \"Zone\"}\n列: ['甲', '乙']\n", issues);
  ASSERT_TRUE(node);
  EXPECT_EQ(to_string(node->find("名称")->place), "f.yaml:1:5");
  EXPECT_EQ(to_string(node->find("名称")->find("zh")->place), "f.yaml:1:10");
  EXPECT_EQ(to_string(node->find("名称")->members[1].place), "f.yaml:1:15");
  EXPECT_EQ(to_string(node->find("名称")->find("en")->text_place()), "f.yaml:1:20");
  EXPECT_EQ(to_string(node->find("列")->elements[1].place), "f.yaml:2:10");
}

TEST(Pack, SaysWhatIsBrokenAndHowToGoOn) {
  struct Case {
    const char* text;
    const char* sentence;
  };
  constexpr Case kCases[] = {
      {"a:\n\tb: 1\n", "f.yaml:2:1: a tab in the indentation; use spaces"},
      {"a: b: c\n", "f.yaml:1:5: malformed YAML: no : can stand here; quote a text that holds one"},
      {"a: {b: 1\n", "f.yaml:2:1: malformed YAML: { has no }"},
      {"a: [b\n", "f.yaml:2:1: malformed YAML: [ has no ]"},
      {"a: 'b\n", "f.yaml:1:4: malformed YAML: a quote is not closed"},
      {"a: \"b\\\"\nc: d\n", "f.yaml:1:4: malformed YAML: a quote is not closed"},
      {"a: 1\n  b: 2\n", "f.yaml:2:4: malformed YAML: no : can stand here"},
      {"a: *x\n", "malformed YAML"},
      {"a: @b\n", "f.yaml:1:4: malformed YAML: an unknown sign"},
      {"a: 1\n---\nb: 1\n", "f.yaml:2:1: one file holds one document; remove what follows ---"},
      {"a: 1\nb: 2\na: 3\n", "f.yaml:3:1: the key a stands already at line 1; keep one"},
  };
  for (const Case& c : kCases) {
    EXPECT_NE(sentences(c.text).find(c.sentence), std::string::npos) << c.text << sentences(c.text);
  }
}

TEST(Pack, TakesExpressionsAsTheyStand) {
  Shape shape = record_of({{"when", scalar(ShapeKind::expression), true, "条件", "condition"}});
  EXPECT_EQ(faults("when: \"state == '报'\"\n", &shape), "");
  EXPECT_EQ(faults("when: a > 0\n", &shape), "");
  for (const char* text : {"when: 'a == ''b'''\n", "when: |\n  a > 0\n", "when: >-\n  a > 0\n",
                           "when: a &&\n  b\n", "when: ''\n", "when: \"a == \\\"b\\\"\"\n"}) {
    EXPECT_EQ(faults(text, &shape), "f.yaml:1:7 pack.kind\n") << text;
  }
}

TEST(Pack, ListsTheChoices) {
  Shape shape = example();
  Issues issues;
  auto node = parse("f.yaml", "register: a\ntitle: {zh: 甲, en: A}\nlevel:\n", issues);
  EXPECT_FALSE(check(*node, shape, issues));
  EXPECT_EQ(issues[0].en, "the value is empty; expected one of the listed values: hard, soft");
}

TEST(Pack, ReadsAFolderInOrderAndSaysWhatItLeavesOut) {
  namespace fs = std::filesystem;
  fs::path folder = fs::temp_directory_path() / "wutong_pack_test";
  fs::remove_all(folder);
  fs::create_directories(folder / "packs/core/registers");
  auto write = [&](const char* path, const std::string& text) {
    std::ofstream(folder / path) << text;
  };
  write("packs/core/registers/b.yaml", "b");
  write("packs/core/registers/a.yaml", "a");
  write("packs/core/registers/c.yml", "c");
  write("packs/core/registers/README.md", "no");
  write("packs/core/registers/large.yaml", std::string(kFileBytesMax + 1, ' '));
  Issues issues;
  Files files = read_files(folder.string(), issues);
  ASSERT_EQ(files.all().size(), 2u);
  EXPECT_EQ(files.all()[0].path, "packs/core/registers/a.yaml");
  EXPECT_EQ(files.all()[1].text, "b");
  std::vector<std::string> codes;
  for (const Error& issue : issues) codes.push_back(issue.code);
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (std::vector<std::string>{"pack.ending", "pack.no_folder", "pack.too_large"}));
  fs::remove_all(folder);
}

TEST(Pack, ReadsLargeAndHostileFilesInBoundedTime) {
  auto repeated = [](std::string_view piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  std::string keys;
  for (int i = 0; i < 40'000; ++i) keys += "key" + std::to_string(i) + ": 1\n";
  auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(faults(keys), "");
  for (const char* piece : {"[", "{", "- ", "? ", "a: ", "{a: ", "&a ", "'", "\"", "!", "\n- - ",
                            "%", "|\n", "[a, ", "{a: b, ", "\n? "}) {
    auto before = std::chrono::steady_clock::now();
    faults(repeated(piece, 100'000));
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5)) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Pack, SurvivesAnyText) {
  constexpr std::string_view kPieces[] = {"a", ":",     " ",  "\n", "- ", "[",  "]",
                                          "{", "}",     "&x", "*x", "|",  "\"", "'",
                                          "#", "---\n", "!",  "?",  ",",  "\t", "名"};
  SeededRandom random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (uint64_t n = random.below(20); n > 0; --n)
      text += kPieces[random.below(std::size(kPieces))];
    Shape shape = example();
    faults(text, &shape);
  }
  faults(std::string(5000, '['));
}

}  // namespace
}  // namespace wutong::pack
