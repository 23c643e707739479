#include <gtest/gtest.h>

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
