#include "engine/sheet/xlsx.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/crypto.hpp"
#include "engine/sheet/impl/cell_text.hpp"
#include "engine/sheet/impl/test_workbook.hpp"
#include "engine/sheet/xlsx_write.hpp"

namespace wutong::sheet {
namespace {

constexpr const char* kHead = R"(<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>)"
                              R"(<c r="B1" t="str"><v>b</v></c></row>)";

std::string faults_of(const Issues& issues) {
  std::string out;
  for (const Error& issue : issues) {
    EXPECT_FALSE(issue.zh.empty() || issue.en.empty() || issue.zh == issue.en) << issue.code;
    out += to_string(issue.place) + " " + issue.code + "\n";
  }
  return out;
}
std::string faults(const std::string& bytes, const XlsxOptions& options = {}) {
  Issues issues;
  const bool is_read = read_xlsx("f.xlsx", bytes, options, issues).has_value();
  EXPECT_EQ(is_read, issues.empty());
  return faults_of(issues);
}
std::string faults_in(const std::string& sheet) { return faults(zipped(parts_of(sheet))); }

// Row by row, cells with | between.
std::string shown(const std::string& bytes, const XlsxOptions& options = {}) {
  Issues issues;
  auto sheet = read_xlsx("f.xlsx", bytes, options, issues);
  if (!sheet) return faults_of(issues);
  std::string out;
  for (const std::string& name : sheet->names) out += name + "|";
  for (size_t row = 0; row < sheet->lines.size(); ++row) {
    out += "\n" + std::to_string(sheet->lines[row]) + ":";
    for (const Column& column : sheet->columns) out += to_string(column.value(row)) + "|";
  }
  return out;
}
std::string shown_in(const std::string& sheet, const std::string& properties = "") {
  return shown(zipped(parts_of(rows(sheet), properties)));
}

std::string incompressible(size_t size) {
  SeededRandom random(4);
  std::string out(size, ' ');
  for (char& c : out) c = static_cast<char>('a' + random.below(26));
  return out;
}

TEST(Xlsx, ReadsEveryKindOfCell) {
  EXPECT_EQ(shown_in(
                R"(<row r="2"><c r="B2" t="s"><v>0</v></c>
      <c r="D2" t="inlineStr"><is><t>值</t></is></c></row>
      <row r="3"><c r="B3" t="s"><v>1</v></c><c r="D3"><v>1.1000000000000001</v></c></row>
      <row r="5"><c r="B5" t="s"><v>2</v></c><c r="D5" s="1"><v>45563</v></c></row>
      <row><c/><c t="b"><v>1</v></c><c/><c s="2"><v>45536</v></c></row>
      <row><c/><c t="str"><f>A1</f><v>x</v></c><c/><c s="3"><v>0.125</v></c></row>)"),
            "名称|值|\n3:甲 乙|1.1|\n5:\ra_x0041_|2024-09-28|\n6:true|2024-09|\n7:x|0.125|");
}

TEST(Xlsx, ReadsDigitsAsText) {
  struct Case {
    const char* given;
    const char* text;
  };
  constexpr Case kCases[] = {
      {"0.1", "0.1"},
      {"1.1000000000000001", "1.1"},
      {"0.29999999999999999", "0.3"},
      {"999999999999999.96", "1000000000000000"},
      {"-1.5E-3", "-0.0015"},
      {"1E+3", "1000"},
      {"123456789012345678", "123456789012346000"},
      {"0.00", "0"},
      {"-0", "0"},
      {"007", "7"},
      {".5", "0.5"},
      {"5.", "5"},
  };
  for (const Case& c : kCases) {
    const auto number = number_text(c.given);
    ASSERT_TRUE(number.has_value()) << c.given;
    EXPECT_EQ(number->text, c.text) << c.given;
  }
  for (const char* bad : {"", "-", ".", "e5", "1e", "1 ", "1,2", "0x1", "1e99999999999", "nan"}) {
    EXPECT_FALSE(number_text(bad).has_value()) << bad;
  }
  EXPECT_EQ(number_text("123456789012345678")->kind, CellKind::number_inexact);
  EXPECT_EQ(number_text("123456789012345")->kind, CellKind::number);
}

TEST(Xlsx, TellsDatesByTheirFormat) {
  EXPECT_EQ(kind_of_format("yyyy-mm-dd"), CellKind::date);
  EXPECT_EQ(kind_of_format("yyyy\"年\"m\"月\"d\"日\""), CellKind::date);
  EXPECT_EQ(kind_of_format("[$-804]yyyy\"年\"m\"月\""), CellKind::month);
  EXPECT_EQ(kind_of_format("mmm-yy"), CellKind::month);
  EXPECT_EQ(kind_of_format("0.00%"), CellKind::percent);
  EXPECT_EQ(kind_of_format("[Red]#,##0.00"), CellKind::number);
  EXPECT_EQ(kind_of_format("0\"天 d\""), CellKind::number);
  EXPECT_EQ(kind_of_format("General"), CellKind::number);
  EXPECT_EQ(kind_of_format("h:mm"), CellKind::number);
  auto day = [](const char* serial, DateSystem system) {
    return date_text({serial, CellKind::number}, CellKind::date, system).text;
  };
  EXPECT_EQ(day("1", DateSystem::from_1900), "1900-01-01");
  EXPECT_EQ(day("59", DateSystem::from_1900), "1900-02-28");
  EXPECT_EQ(day("60", DateSystem::from_1900), "60");  // the day that never was
  EXPECT_EQ(day("61", DateSystem::from_1900), "1900-03-01");
  EXPECT_EQ(day("45563.5", DateSystem::from_1900), "2024-09-28 12:00:00");
  EXPECT_EQ(day("0", DateSystem::from_1904), "1904-01-01");
  EXPECT_EQ(day("44101", DateSystem::from_1904), "2024-09-28");
  EXPECT_EQ(shown_in(R"(<row><c t="str"><v>d</v></c></row><row><c s="1"><v>44101</v></c></row>)",
                     R"(<workbookPr date1904="1"/>)"),
            "d|\n2:2024-09-28|");
}

TEST(Xlsx, NamesWhatIsNoWorkbook) {
  EXPECT_EQ(faults(""), "f.xlsx xlsx.not_zip\n");
  EXPECT_EQ(faults("PK\x03\x04 cut off"), "f.xlsx xlsx.not_zip\n");
  const std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, 'x');
  EXPECT_EQ(faults(old), "f.xlsx xlsx.old_xls\n");
  std::string stream;
  for (char c : std::string("EncryptedPackage")) stream += {c, '\0'};
  EXPECT_EQ(faults(old + stream), "f.xlsx xlsx.encrypted\n");
  EXPECT_EQ(faults(zipped({{"word/document.xml", "<a/>"}})), "f.xlsx xlsx.not_workbook\n");
  EXPECT_EQ(faults(zipped({{"xl/workbook.bin", "x"}})), "f.xlsx xlsx.xlsb\n");
  Parts parts = parts_of(rows(kHead));
  parts.pop_back();
  EXPECT_EQ(faults(zipped(parts)), "f.xlsx xlsx.sheet_missing\n");
  std::string bytes = zipped(parts_of(rows(kHead)));
  EXPECT_EQ(faults(bytes.substr(0, bytes.size() / 2)), "f.xlsx xlsx.not_zip\n");
  EXPECT_EQ(faults(bytes, {.sheet = "月抱"}), "f.xlsx xlsx.sheet_missing\n");
  EXPECT_EQ(faults_in(rows("")), "f.xlsx[月报]:1 xlsx.sheet_empty\n");
}

TEST(Xlsx, NamesEachFaultWithItsPlace) {
  const std::string head = kHead;
  struct Case {
    std::string sheet;
    const char* faults;
  };
  const Case cases[] = {
      {rows(head + R"(<row r="2"><c r="B2" t="s"><v>9</v></c></row>)"),
       "f.xlsx[月报]:2:2 xlsx.shared_string\n"},
      {rows(head +
            R"(<row r="2"><c r="B2"><f>1/0</f></c><c r="C2" t="e"><v>#DIV/0!</v></c></row>)"),
       "f.xlsx[月报]:2:2 xlsx.no_value\nf.xlsx[月报]:2:3 xlsx.error_cell\n"},
      {rows(head + R"(<row r="2"><c r="A2"><v>1,5</v></c></row>)"),
       "f.xlsx[月报]:2:1 xlsx.number\n"},
      {rows(head + R"(<row r="2"><c r="C2"><v>1</v></c></row>)"),
       "f.xlsx[月报]:2:3 xlsx.no_heading\n"},
      {rows(head + R"(<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>)"),
       "f.xlsx[月报]:2 xlsx.hidden\n"},
      {R"(<cols><col min="2" max="2" hidden="1"/></cols>)" + rows(head),
       "f.xlsx[月报]:1:2 xlsx.hidden\n"},
      {rows(R"(<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>a</v></c></row>)"),
       "f.xlsx[月报]:1:2 xlsx.heading_twice\n"},
      {rows(head) + R"(<mergeCells><mergeCell ref="A1:B1"/></mergeCells>)",
       "f.xlsx[月报]:1:1 xlsx.merged_heading\n"},
      {rows(head + R"(<row r="2"><c r="A2"><v>1</v></c></row>)") +
           R"(<mergeCells><mergeCell ref="A2:A3"/></mergeCells>)",
       "f.xlsx[月报]:2:1 xlsx.merged_cells\n"},
      {rows(head + R"(<row r="1"><c r="A1"><v>1</v></c></row>)"), "f.xlsx[月报]:2 xlsx.order\n"},
      {rows(head + R"(<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>)"),
       "f.xlsx[月报]:2:3 xlsx.order\n"},
      {rows(head + R"(<row r="1048577"><c><v>1</v></c></row>)"),
       "f.xlsx[月报]:1048577 xlsx.rows\n"},
      {rows(head + R"(<row r="2"><c r="XFE2"><v>1</v></c></row>)"),
       "f.xlsx[月报]:2:16385 xlsx.columns\n"},
      {rows(head + R"(<row r="2"><c r="A2" t="str"><v>)" + std::string(140'000, 'x') +
            "</v></c></row>"),
       "f.xlsx[月报]:2:1 xlsx.text_too_long\n"},
      {rows(head + R"(<row r="2"><c r="A2"><v>1</w></c></row>)"), "f.xlsx[月报]:2:1 xlsx.xml\n"},
      {rows(head + R"(<row r="2" x=")" + incompressible(3'000'000) + R"("/>)"),
       "f.xlsx[月报]:1:2 xlsx.xml\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(faults_in(c.sheet), c.faults) << c.sheet.substr(0, 300);
  Parts parts = parts_of(rows(head));
  parts.back().second = "<!DOCTYPE a [<!ENTITY b \"cc\">]>" + parts.back().second;
  EXPECT_EQ(faults(zipped(parts)), "f.xlsx[月报] xlsx.xml\n");
}

TEST(Xlsx, ReadsHiddenRowsAndLaterHeadingsWhereAsked) {
  const std::string sheet = R"(<row r="1"><c r="A1" t="str"><v>标题</v></c></row>)"
                            R"(<row r="3"><c r="A3" t="str"><v>a</v></c></row>)"
                            R"(<row r="4" hidden="1"><c r="A4"><v>1</v></c></row>)";
  const std::string bytes =
      zipped(parts_of(rows(sheet) + R"(<mergeCells><mergeCell ref="A1:C1"/></mergeCells>)"));
  EXPECT_EQ(shown(bytes, {.heading_line = 3, .reads_hidden = true}), "a|\n4:1|");
  EXPECT_EQ(faults(bytes, {.heading_line = 2}), "f.xlsx[月报]:2 xlsx.sheet_empty\n");
}

TEST(Xlsx, RefusesWhatWouldUnpackToTooMuch) {
  Parts parts = parts_of(rows(std::string(size_t{64} << 20, ' ')));
  EXPECT_EQ(faults(zipped(parts)), "f.xlsx xlsx.too_large\n");
  const std::string bytes = zipped(parts_of(rows(kHead)));
  EXPECT_EQ(faults(bytes, {.limits = {.unpacked_bytes_max = 500}}), "f.xlsx xlsx.too_large\n");
  EXPECT_EQ(faults(bytes, {.limits = {.parts_max = 3}}), "f.xlsx xlsx.too_large\n");
  std::string many = kHead;
  for (int i = 0; i < 1000; ++i) many += "<row><c><v>1</v></c></row>";
  EXPECT_EQ(faults(zipped(parts_of(rows(many))), {.limits = {.memory_bytes_max = 7'000}}),
            "f.xlsx[月报]:97 xlsx.too_large\n");
}

std::string random_text(SeededRandom& random) {
  constexpr std::string_view kPieces[] = {
      "甲",   ",",       "\"",          "\n",     "x",  " ",    "\r\n", "=1",
      "😀",    "_x000D_", "_",           "x0041_", "\t", "0012", "<&>",  "123456789012345678",
      "\x01", "'",       "\xEF\xBF\xBF"};
  std::string text;
  for (uint64_t n = 1 + random.below(6); n > 0; --n) {
    text += kPieces[random.below(std::size(kPieces))];
  }
  return text;
}

std::string random_number(SeededRandom& random) {
  const int64_t mantissa = static_cast<int64_t>(random.next()) >> random.below(64);
  return Decimal::from_parts(mantissa, static_cast<int>(random.below(6))).normalized().to_string();
}

TEST(Xlsx, ReadsBackWhatItWrites) {
  SeededRandom random(5);
  for (int i = 0; i < 60; ++i) {
    OutSheet out;
    out.name = "a[b]'*";
    out.columns = {{"文字", OutKind::text, 0},
                   {"数", OutKind::number, 2},
                   {"日期", OutKind::date, 0},
                   {"月份", OutKind::month, 0}};
    out.rows = 40;
    std::vector<std::vector<std::string>> cells;
    for (size_t row = 0; row < out.rows; ++row) {
      const Date day = Date::from_days(static_cast<int32_t>(random.below(60'000)) - 27'000);
      cells.push_back({random_text(random), random_number(random), day.to_string(),
                       Month::of(day).to_string()});
      if (random.below(4) == 0) cells.back()[1 + random.below(3)].clear();
    }
    out.cell = [&](size_t row, size_t column) { return cells[row][column]; };
    auto bytes = write_xlsx(std::span(&out, 1), Instant{1'700'000'000'000});
    ASSERT_TRUE(bytes.has_value()) << describe_en(bytes.error());
    Issues issues;
    auto sheet = read_xlsx("f.xlsx", *bytes, {}, issues);
    ASSERT_TRUE(sheet.has_value()) << describe_en(issues.front());
    ASSERT_EQ(sheet->lines.size(), out.rows);
    for (size_t row = 0; row < out.rows; ++row) {
      for (size_t c = 0; c < 4; ++c) {
        EXPECT_EQ(to_string(sheet->columns[c].value(row)), cells[row][c]) << row << " " << c;
      }
    }
    EXPECT_EQ(*bytes, *write_xlsx(std::span(&out, 1), Instant{1'700'000'000'000}));
  }
}

// Any bytes: read or refused in words, never anything else.
void survive(const std::string& bytes) {
  Issues issues;
  XlsxOptions options;
  options.limits.unpacked_bytes_max = size_t{8} << 20;
  const bool is_read = read_xlsx("f.xlsx", bytes, options, issues).has_value();
  ASSERT_EQ(is_read, issues.empty());
}

TEST(Xlsx, SurvivesMutatedFiles) {
  std::vector<std::string> seeds = {zipped(parts_of(rows(kHead))), zipped(parts_of(""))};
  OutSheet out;
  out.columns = {{"a", OutKind::text, 0}, {"b", OutKind::number, 0}};
  out.rows = 3;
  out.cell = [](size_t row, size_t) { return std::to_string(row); };
  seeds.push_back(*write_xlsx(std::span(&out, 1), Instant{0}));
  const std::string corpus = std::string(WUTONG_SOURCE_DIR) + "/tests/fuzz/corpus/sheet";
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    std::ifstream in(entry.path(), std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    survive(seeds.back());
  }
  ASSERT_GT(seeds.size(), 5u);
  SeededRandom random(17);
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = seeds[random.below(seeds.size())];
    for (uint64_t n = 1 + random.below(8); n > 0 && !bytes.empty(); --n) {
      bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    }
    if (random.below(5) == 0) bytes.resize(random.below(bytes.size() + 1));
    survive(bytes);
  }
  // The XML of the sheet itself, which the archive's checksum would hide.
  const std::string sheet = parts_of(rows(kHead)).back().second;
  for (int i = 0; i < 800; ++i) {
    Parts parts = parts_of("");
    std::string& text = parts[random.below(parts.size())].second;
    if (random.below(2) == 0) parts.back().second = sheet;
    for (uint64_t n = 1 + random.below(4); n > 0; --n) {
      const size_t at = random.below(text.size());
      constexpr std::string_view kPieces[] = {
          "<",           ">",   "\"", "/", "-1", "99999999999", "&", "A", "<row r=\"2\">",
          "<c t=\"s\">", "</c>"};
      text.replace(at, random.below(5), std::string(kPieces[random.below(std::size(kPieces))]));
    }
    survive(zipped(parts));
  }
}

}  // namespace
}  // namespace wutong::sheet
