// Files in and out: what goes out comes in without any change; what people write comes in as meant;
// what is wrong goes back with its place.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "engine/sheet/csv.hpp"
#include "engine/sheet/xlsx.hpp"
#include "engine/sheet/xlsx_write.hpp"
#include "surface/answer/answer.hpp"
#include "surface/answer/sheet_value.hpp"
#include "zone/test_zones.hpp"

namespace wutong::answer {
namespace {

constexpr const char* kThing = R"(register: thing
title: {zh: 事物, en: Thing}
key: [code]
names: [name]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  tags: {type: text_list, title: {zh: 标签, en: Tags}}
  amount: {type: money, unit: CNY, title: {zh: 金额, en: Amount}}
  rate: {type: decimal, unit: percent, decimals: 2, title: {zh: 比率, en: Rate}}
  persons: {type: int, unit: persons, title: {zh: 人数, en: Persons}}
  on: {type: date, title: {zh: 日期, en: Day}}
  month: {type: month, title: {zh: 月份, en: Month}}
  since: {type: partial_date, title: {zh: 起始, en: Start}}
  span: {type: period, title: {zh: 时期, en: Start}}
  open: {type: bool, title: {zh: 在用, en: Open}}
  level: {type: code, codes: [nation, county], title: {zh: 级别, en: Level}}
  above: {type: ref, to: thing, title: {zh: 上级, en: Above}}
  park: {type: text, effective: true, title: {zh: 园区, en: Park}}
lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    done: {zh: 已办, en: Done}
  moves:
    finish: {title: {zh: 办结, en: Finish}, from: [draft], to: done, by: [clerk]}
)";

class Sheets : public testing::Test {
 protected:
  void SetUp() override {
    auto host = zone::Host::open_on(log_, secrets_, {}, clock_, random_);
    ASSERT_TRUE(host.has_value());
    host_ = std::move(*host);
    pack::Files files = zone::files();
    files.add("packs/p/registers/thing.yaml", kThing);
    auto made = host_->create_zone("z", HashKind::sha256, files, "admin");
    ASSERT_TRUE(made.has_value()) << describe_en(made.error().error);
  }
  Answered import(const std::string& content, const std::string& file = "f.csv",
                  bool is_dry_run = false) {
    return import_rows(Door::local(*host_), "z", {"thing", file, content, "", {}},
                       {"clerk", {"system"}, "", is_dry_run});
  }
  std::string code_of(const Answered& answered) {
    return answered ? "done" : answered.error().error.code;
  }
  Exported exported(const std::string& format) {
    auto out = export_rows(Door::local(*host_), "z", {"thing", format});
    EXPECT_TRUE(out.has_value());
    return out ? *out : Exported{};
  }
  std::string field(const std::string& key, const std::string& name) {
    auto shown = show_record(Door::local(*host_), "z", "thing", key, "");
    if (!shown) return shown.error().error.code;
    const boost::json::value& value = shown->at("fields").at(name);
    return value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
  }
  static std::string faults_of(const Answered& answered) {
    return answered ? "done" : fault_list(answered.error());
  }

  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{1};
  std::unique_ptr<zone::Host> host_;
};

std::string random_text(SeededRandom& random) {
  constexpr std::string_view kPieces[] = {
      "甲",      ",",  "\"", "\n", "x",   " ",    "\r\n",
      "=1+1",    "+",  "-",  "@",  "\t",  "😀",    "'",
      "'=",      "；", ";",  "\\", "\\n", "0012", "360100199001011234",
      "_x000D_", "１", "%",  "是"};
  std::string text;
  for (uint64_t n = 1 + random.below(5); n > 0; --n) {
    text += kPieces[random.below(std::size(kPieces))];
  }
  return text;
}

TEST_F(Sheets, OutAndInIsAFixedPoint) {
  SeededRandom random(3);
  constexpr std::string_view kSince[] = {"2024", "2024-10", "2024-Q3", "2024-10-28"};
  constexpr std::string_view kSpan[] = {"2024-01..09", "2024-Q3", "2024", "@2024-07-31", "2021.."};
  record::Request request;
  request.act = record::Act::import;
  request.actor = "test";
  request.register_name = "thing";
  constexpr const char* kNames[] = {"code",  "name",  "tags", "amount", "rate",  "persons", "on",
                                    "month", "since", "span", "open",   "level", "park"};
  for (const char* name : kNames) {
    request.columns.push_back({name, {}});
    request.columns.back().column.type = ValueType::text;
  }
  for (int row = 0; row < 400; ++row) {
    const Date day = Date::from_days(static_cast<int32_t>(random.below(60'000)) - 27'000);
    const auto mantissa = static_cast<int64_t>(random.next()) >> (4 + random.below(56));
    const std::string values[] = {random_text(random) + std::to_string(row),
                                  random_text(random),
                                  join_list({random_text(random), random_text(random)}),
                                  Decimal::from_parts(mantissa, 2).to_string(),
                                  Decimal::from_parts(mantissa % 100'000, 2).to_string(),
                                  std::to_string(mantissa),
                                  day.to_string(),
                                  Month::of(day).to_string(),
                                  std::string(kSince[random.below(std::size(kSince))]),
                                  std::string(kSpan[random.below(std::size(kSpan))]),
                                  random.below(2) == 0 ? "true" : "false",
                                  random.below(2) == 0 ? "nation" : "county",
                                  random_text(random)};
    for (size_t c = 0; c < request.columns.size(); ++c) {
      if (c > 0 && random.below(6) == 0) {
        request.columns[c].column.append_absent();
      } else {
        request.columns[c].column.append_text(values[c]);
      }
    }
  }
  auto done = host_->act("z", std::move(request));
  ASSERT_TRUE(done.has_value()) << describe_en(done.error().faults.front());
  for (const char* format : {"csv", "xlsx"}) {
    const Exported first = exported(format);
    EXPECT_EQ(first.rows, 400u);
    EXPECT_EQ(first.bytes, exported(format).bytes) << format;
    const Answered again = import(first.bytes, std::string("f.") + format);
    EXPECT_EQ(code_of(again), "record.nothing_to_do") << format << "\n" << faults_of(again);
  }
  // Into an empty zone, and out again: the same rows.
  const std::string rows = exported("csv").bytes;
  ASSERT_TRUE(host_
                  ->create_zone(
                      "y", HashKind::sha256,
                      [] {
                        pack::Files files = zone::files("y");
                        files.add("packs/p/registers/thing.yaml", kThing);
                        return files;
                      }(),
                      "admin")
                  .has_value());
  auto moved =
      import_rows(Door::local(*host_), "y", {"thing", "f.xlsx", exported("xlsx").bytes, "", {}},
                  {"clerk", {"system"}, "", false});
  ASSERT_TRUE(moved.has_value()) << faults_of(moved);
  auto out = export_rows(Door::local(*host_), "y", {"thing", "csv"});
  ASSERT_TRUE(out.has_value());
  EXPECT_EQ(out->bytes, rows);
}

TEST_F(Sheets, TakesWhatPeopleWrite) {
  EXPECT_EQ(code_of(import("代码,Start\n1,2024\n")), "import.heading_open");
  EXPECT_EQ(code_of(import("代码,Start（since）\n1,2024\n")), "done");
  const Answered good = import(
      "代码,name,标签,金额（万元）,比率,人数,日期,月份,在用,级别\n"
      "001,甲,甲；乙;丙\\；,\"１，２３４.5\",12.5%,\"1,200\",2024年9月8日,2024年9月,是,county\n"
      "002,'=1,,1,3,5,2024/9/28,2024/9,No,nation\n");
  ASSERT_TRUE(good.has_value()) << faults_of(good);
  EXPECT_EQ(field("001", "amount"), "12345000.00");
  EXPECT_EQ(field("001", "rate"), "12.50");
  EXPECT_EQ(field("001", "persons"), "1200");
  EXPECT_EQ(field("001", "on"), "2024-09-08");
  EXPECT_EQ(field("001", "month"), "2024-09");
  EXPECT_EQ(field("001", "tags"), R"(["甲","乙","丙；"])");
  EXPECT_EQ(field("002", "name"), "=1");
  EXPECT_EQ(field("002", "on"), "2024-09-28");
  EXPECT_EQ(field("002", "open"), "false");
}

TEST_F(Sheets, ReadsTypedCellsOfAWorkbook) {
  sheet::OutSheet out;
  out.name = "表";
  out.columns = {{"代码", sheet::OutKind::text, 0},
                 {"金额", sheet::OutKind::number, 2},
                 {"日期", sheet::OutKind::date, 0},
                 {"月份", sheet::OutKind::date, 0}};
  out.rows = 2;
  const std::string cells[2][4] = {{"=1", "0.1", "2024-09-28", "2024-09-01"},
                                   {"b", "1234567890123456.78", "", ""}};
  out.cell = [&](size_t row, size_t column) { return cells[row][column]; };
  auto bytes = sheet::write_xlsx(std::span(&out, 1), Instant{0});
  ASSERT_TRUE(bytes.has_value());
  const Answered done = import(*bytes, "f.xlsx");
  ASSERT_TRUE(done.has_value()) << faults_of(done);
  EXPECT_EQ(done->at("sheet").as_string(), "表");
  EXPECT_EQ(field("=1", "amount"), "0.10");
  EXPECT_EQ(field("=1", "month"), "2024-09");
  EXPECT_EQ(field("b", "amount"), "1234567890123456.78");
}

TEST_F(Sheets, HandsFaultsBackWithTheirPlaces) {
  sheet::OutSheet out;
  out.name = "表";
  out.columns = {{"代码", sheet::OutKind::text, 0},
                 {"金额", sheet::OutKind::text, 0},
                 {"状态", sheet::OutKind::text, 0},
                 {"级别", sheet::OutKind::text, 0}};
  out.rows = 3;
  const std::string cells[3][4] = {
      {"a", "1", "草稿", "nation"}, {"b", "x", "已办", ""}, {"b", "2", "", "natoin"}};
  out.cell = [&](size_t row, size_t column) { return cells[row][column]; };
  auto bytes = sheet::write_xlsx(std::span(&out, 1), Instant{0});
  ASSERT_TRUE(bytes.has_value());
  const Answered refused = import(*bytes, "f.xlsx");
  ASSERT_FALSE(refused.has_value());
  std::string places;
  for (const Error& fault : refused.error().faults) {
    places += to_string(fault.place) + " " + fault.code + "\n";
  }
  EXPECT_EQ(places,
            "f.xlsx[表]:3:3 [state] import.state\n"
            "f.xlsx[表]:3:2 [amount] record.value_malformed\n"
            "f.xlsx[表]:4:4 [level] record.value_malformed\n"
            "f.xlsx[表]:4:1 [code] record.key_twice_in_input\n");
  EXPECT_EQ(host_->zones().front().position.value, 1u);  // whole or nothing
  // The marked workbook: the rows as they came, reasons at the end; corrected it is taken.
  const ImportInput input{"thing", "f.xlsx", *bytes, "", {}};
  auto marked = marked_workbook(input, refused.error(), Instant{0});
  ASSERT_TRUE(marked.has_value()) << describe_en(marked.error());
  Issues issues;
  auto rows = sheet::read_xlsx("m.xlsx", *marked, {}, issues);
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->names.back(), "错误 Faults");
  EXPECT_EQ(rows->columns.back().present[0], 0);
  EXPECT_NE(rows->columns.back().texts[1].find("金额"), std::string::npos);
  auto list = sheet::read_xlsx("m.xlsx", *marked, {.sheet = "错误清单 Faults"}, issues);
  ASSERT_TRUE(list.has_value());
  EXPECT_EQ(list->lines.size(), 4u);
  EXPECT_EQ(list->columns[3].texts[1], "B3");
  EXPECT_TRUE(faults_of(import(*marked, "m.xlsx")).starts_with("m.xlsx[表]:3:3 [state]"));
}

TEST_F(Sheets, NamesUnknownHeadingsAndFormats) {
  EXPECT_TRUE(faults_of(import("代码,金头\n1,2\n")).starts_with("f.csv:1 [金头] import.no_field"));
  EXPECT_EQ(code_of(import("代码,code\n1,2\n")), "import.field_twice");
  auto none = export_rows(Door::local(*host_), "z", {"thing", "pdf"});
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().error.code, "export.format");
  auto unknown = export_rows(Door::local(*host_), "z", {"thnig", "csv"});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().error.code, "record.unknown_register");
}

TEST(SheetValue, GuardsFormulasAndTakesTheGuardAway) {
  EXPECT_EQ(guarded("=1"), "'=1");
  EXPECT_EQ(guarded("'=1"), "''=1");
  EXPECT_EQ(guarded("a=1"), "a=1");
  EXPECT_EQ(guarded("'a"), "'a");
  EXPECT_EQ(unguarded("=1"), "=1");
  SeededRandom random(8);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = random_text(random);
    EXPECT_EQ(unguarded(guarded(text)), text);
    const std::vector<std::string> list = {text, random_text(random), "a"};
    EXPECT_EQ(list_elements(list_text(list)), list);
  }
}

}  // namespace
}  // namespace wutong::answer
