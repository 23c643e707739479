#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/ledger/ledger.hpp"
#include "engine/store/simulated.hpp"
#include "engine/store/table_store.hpp"
#include "zone/host.hpp"

namespace wutong::zone {
namespace {

constexpr const char* kFirm = R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  names: {type: text_list, title: {zh: 名称, en: Names}}
  industry: {type: code, codes: [x, y], effective: true, title: {zh: 行业, en: Industry}}
  designated: {type: bool, effective: true, title: {zh: 规上, en: Designated}}
)";
constexpr const char* kReturn = R"(register: ret
title: {zh: 报表, en: Return}
key: [firm, month]
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
)";
constexpr const char* kPerson = R"(register: person
title: {zh: 人员, en: Person}
key: [code]
person: true
fields:
  code: {type: text, required: true, title: {zh: 编号, en: Number}}
  name: {type: text, personal: true, title: {zh: 姓名, en: Name}}
)";

pack::Files files(const std::string& zone, const char* more_of_return = "") {
  pack::Files out;
  out.add("packs/p/registers/firm.yaml", kFirm);
  out.add("packs/p/registers/ret.yaml", std::string(kReturn) + more_of_return);
  out.add("packs/p/registers/person.yaml", kPerson);
  out.add("zones/" + zone + ".yaml",
          "zone: " + zone + "\nname: {zh: 园区, en: Zone}\narea: own\npacks: [p]\n");
  return out;
}

using Row = std::vector<std::pair<std::string, std::string>>;

class Project : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "wutong_project_test";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    auto host = Host::open_on(log_, secrets_, {}, clock_, random_);
    ASSERT_TRUE(host.has_value());
    host_ = std::move(*host);
    ASSERT_TRUE(host_->create_zone("z", HashKind::sha256, files("z"), "admin").has_value());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  void put(const std::string& home, const Row& row, const char* valid_from = nullptr) {
    clock_.advance_ms(3'600'000);
    record::Request request;
    request.act = record::Act::import;
    request.actor = "clerk";
    request.register_name = home;
    if (valid_from != nullptr) request.valid_from = Date::parse(valid_from);
    for (const auto& [field, text] : row) {
      request.columns.push_back({field, {}});
      request.columns.back().column.type = ValueType::text;
      request.columns.back().column.append_text(text);
    }
    auto done = host_->act("z", std::move(request));
    ASSERT_TRUE(done.has_value()) << done.error().error.en;
  }
  void first_half() {
    put("firm", {{"code", "f0"}, {"names", "甲 \"A\""}, {"industry", "x"}, {"designated", "true"}});
    put("firm", {{"code", "f1"}, {"names", ""}, {"industry", "y"}, {"designated", "false"}},
        "2024-01-01");
    put("ret", {{"firm", "f0"}, {"month", "2024-01"}, {"output", "-0.05"}});
    put("ret", {{"firm", "f1"}, {"month", "2024-01"}, {"output", "1234.5"}});
    put("person", {{"code", "p0"}, {"name", "张三"}});
  }
  void second_half() {
    put("firm", {{"code", "f0"}, {"industry", "y"}}, "2023-07-01");
    put("ret", {{"firm", "f1"}, {"month", "2024-01"}, {"output", "99.99"}});
    put("firm", {{"code", "f0"}, {"industry", "y"}}, "2023-03-01");
    put("firm", {{"code", "f0"}, {"designated", ""}}, "2024-05-01");
    put("person", {{"code", "p1"}, {"name", "李四"}});
  }

  Projected project(const std::string& path, std::optional<Seq> position = {}) const {
    auto done = host_->project("z", position, path);
    EXPECT_TRUE(done.has_value()) << describe_en(done.error());
    return done ? *done : Projected{};
  }
  std::string refusal(const std::string& path, std::optional<Seq> position = {}) const {
    auto done = host_->project("z", position, path);
    return done ? "" : done.error().code;
  }

  static std::string text(const store::Cell& cell) {
    if (const auto* number = std::get_if<int64_t>(&cell)) return std::to_string(*number);
    const auto* text = std::get_if<std::string>(&cell);
    return text == nullptr ? "-" : *text;
  }
  static std::vector<std::string> lines(const std::string& path, const std::string& table,
                                        const std::vector<std::string>& columns) {
    auto tables = store::open_sqlite_tables(path);
    auto rows = (*tables)->rows(table, columns);
    EXPECT_TRUE(rows.has_value()) << table << ": " << rows.error().en;
    std::vector<std::string> out;
    for (const auto& row : *rows) {
      std::string line;
      for (const store::Cell& cell : row) line += (line.empty() ? "" : "|") + text(cell);
      out.push_back(line);
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  // Everything in the file, in words.
  static std::vector<std::string> dump(const std::string& path) {
    const std::vector<std::string> entry{"position", "at", "actor", "act", "catalog"};
    const std::vector<std::string> field{"register", "field", "kind", "unit", "scale", "key_part"};
    const std::vector<std::string> zone{"zone", "position", "at", "catalog", "leaf"};
    std::vector<std::string> out;
    const auto add = [&](const std::string& table, const std::vector<std::string>& columns) {
      for (const std::string& line : lines(path, table, columns)) out.push_back(table + " " + line);
    };
    add("wutong_entry", entry);
    add("wutong_field", field);
    add("wutong_zone", zone);
    add("wutong_code", {"register", "field", "code"});
    for (const char* name : {"firm", "ret", "person"}) {
      const std::string home = name;
      std::vector<std::string> fields{"code", "names", "industry", "designated"};
      if (home == "ret") fields = {"firm", "month", "output"};
      if (home == "person") fields = {"code", "name"};
      const auto with = [&](std::vector<std::string> first) {
        first.insert(first.end(), fields.begin(), fields.end());
        return first;
      };
      add(home, with({"_record", "_key", "_created", "_changed"}));
      add("_" + home + "_versions", with({"_record", "_known_from", "_known_to"}));
      add("_" + home + "_readable", with({"_record", "_key"}));
    }
    add("_firm_history", {"_record", "_valid_from", "_valid_to", "_known_from", "_known_to",
                          "industry", "designated"});
    return out;
  }

  std::filesystem::path folder_;
  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{1};
  std::unique_ptr<Host> host_;
};

TEST_F(Project, WritesCurrentValuesHistoriesAndVersions) {
  first_half();
  second_half();
  project(file("a.db"));
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lines(file("a.db"), "ret", {"_key", "firm", "month", "output"}),
            (Lines{"f0/2024-01|0|2024-01|-5", "f1/2024-01|1|2024-01|9999"}));
  EXPECT_EQ(lines(file("a.db"), "_ret_readable", {"firm", "output"}),
            (Lines{"f0|-0.05", "f1|99.99"}));
  EXPECT_EQ(lines(file("a.db"), "_ret_versions", {"_record", "_known_from", "_known_to", "output"}),
            (Lines{"0|4|-|-5", "1|5|8|123450", "1|8|-|9999"}));
  EXPECT_EQ(lines(file("a.db"), "firm", {"code", "names", "industry", "designated"}),
            (Lines{"f0|[\"甲 \\\"A\\\"\"]|y|-", "f1|-|y|0"}));
  EXPECT_EQ(lines(file("a.db"), "_firm_history",
                  {"_record", "_known_from", "_known_to", "_valid_from", "_valid_to", "industry",
                   "designated"}),
            (Lines{"0|10|-|2023-03-01|2024-05-01|y|1", "0|10|-|2024-05-01|-|y|-", "0|2|7|-|-|x|1",
                   "0|7|9|-|2023-07-01|x|1", "0|7|9|2023-07-01|-|y|1", "0|9|-|-|2023-03-01|x|1",
                   "0|9|10|2023-03-01|-|y|1", "1|3|-|-|2024-01-01|-|-", "1|3|-|2024-01-01|-|y|0"}));
}

TEST_F(Project, ContinuingGivesWhatWritingAfreshGives) {
  first_half();
  EXPECT_EQ(project(file("a.db")).from, Seq{0});
  second_half();
  const Projected continued = project(file("a.db"));
  EXPECT_EQ(continued.from, Seq{6});
  EXPECT_EQ(continued.position, Seq{11});
  project(file("b.db"));
  EXPECT_EQ(dump(file("a.db")), dump(file("b.db")));
  project(file("a.db"));  // nothing new
  EXPECT_EQ(dump(file("a.db")), dump(file("b.db")));
}

TEST_F(Project, GoesOnPositionByPosition) {
  first_half();
  second_half();
  for (uint64_t position = 1; position <= 11; ++position) {
    project(file("a.db"), Seq{position});
    project(file("b" + std::to_string(position)), Seq{position});
    EXPECT_EQ(dump(file("a.db")), dump(file("b" + std::to_string(position)))) << position;
  }
}

TEST_F(Project, WritesAfreshWhereTheCatalogChanged) {
  first_half();
  project(file("a.db"));
  const char* more = "  remark: {type: text, title: {zh: 说明, en: Remark}}\n";
  ASSERT_TRUE(host_->adopt("z", files("z", more), "admin", "").has_value());
  put("ret", {{"firm", "f0"}, {"month", "2024-02"}, {"output", "1"}, {"remark", "补报"}});
  project(file("a.db"));
  project(file("b.db"));
  EXPECT_EQ(dump(file("a.db")), dump(file("b.db")));
  EXPECT_EQ(lines(file("a.db"), "ret", {"_key", "remark"}),
            (std::vector<std::string>{"f0/2024-01|-", "f0/2024-02|补报", "f1/2024-01|-"}));
}

TEST_F(Project, AnErasedPersonIsNowhereInTheFile) {
  first_half();
  project(file("a.db"));
  EXPECT_EQ(lines(file("a.db"), "person", {"code", "name"}).front(), "p0|张三");
  ledger::Ledger ledger(log_, secrets_, random_);
  ASSERT_TRUE(ledger.erase_person("z", "person", RecordId{0}).has_value());
  project(file("a.db"));
  EXPECT_EQ(lines(file("a.db"), "person", {"code", "name"}).front(), "p0|-");
  EXPECT_EQ(lines(file("a.db"), "_person_versions", {"code", "name"}).front(), "p0|-");
  std::ifstream in(file("a.db"), std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(bytes.find("张三"), std::string::npos);
}

TEST_F(Project, RefusesWhatItCannotContinueAndLeavesTheFile) {
  first_half();
  project(file("a.db"));
  const auto before = dump(file("a.db"));
  EXPECT_EQ(refusal(file("a.db"), Seq{3}), "projection.newer_position");
  ASSERT_TRUE(host_->create_zone("q", HashKind::sha256, files("q"), "admin").has_value());
  EXPECT_EQ(host_->project("q", {}, file("a.db")).error().code, "projection.other_zone");
  EXPECT_EQ(dump(file("a.db")), before);
  {
    auto other = store::open_sqlite_tables(file("other.db"));
    store::TableShape shape{"book", {{"title", store::CellType::text, false}}, {}, {}};
    ASSERT_TRUE((*other)->create(shape).has_value());
  }
  EXPECT_EQ(refusal(file("other.db")), "projection.not_ours");
  std::ofstream(file("text.db")) << "这不是数据库，只是一段足够长的文字，长到不会被当作空文件。";
  EXPECT_FALSE(refusal(file("text.db")).empty());
  EXPECT_EQ(refusal(file("new.db"), Seq{99}), "zone.position_unknown");
  EXPECT_FALSE(std::filesystem::exists(file("new.db")));
}

TEST_F(Project, RefusesTheTablesOfAnotherLogOfThatName) {
  first_half();
  project(file("a.db"), Seq{3});
  store::SimulatedLog other_log;
  auto other = Host::open_on(other_log, secrets_, {}, clock_, random_);
  host_ = std::move(*other);
  ASSERT_TRUE(host_->create_zone("z", HashKind::sha256, files("z"), "admin").has_value());
  first_half();
  EXPECT_EQ(refusal(file("a.db")), "projection.other_history");
}

}  // namespace
}  // namespace wutong::zone
