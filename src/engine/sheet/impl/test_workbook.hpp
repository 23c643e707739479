// Workbooks put together part by part, for the tests of the module.
#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/sheet/xlsx.hpp"

namespace wutong::sheet {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  EXPECT_NE(archive, nullptr);
  for (const auto& [name, text] : parts) {
    zip_source_t* source = zip_source_buffer(archive, text.data(), text.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    zip_file_set_mtime(archive, static_cast<zip_uint64_t>(index), 315'532'800, 0);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(target);
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

constexpr const char* kNames = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

inline std::string rels() {
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return "<Relationships xmlns=\"p\"><Relationship Id=\"r1\" Type=\"" + types +
         "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"" + types +
         "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"" + types +
         "/styles\" Target=\"/xl/styles.xml\"/></Relationships>";
}

// `sheet`: what stands inside <worksheet>. Style 1 is a date, 2 a month, 3 percent, 4 text.
inline Parts parts_of(const std::string& sheet, const std::string& workbook_properties = "") {
  return {
      {"xl/workbook.xml", "<workbook xmlns=\"" + std::string(kNames) + "\" xmlns:r=\"r\">" +
                              workbook_properties +
                              "<sheets><sheet name=\"月报\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
                              "</workbook>"},
      {"xl/_rels/workbook.xml.rels", rels()},
      {"xl/styles.xml",
       "<styleSheet xmlns=\"" + std::string(kNames) +
           "\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
           "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
           "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/><xf numFmtId=\"10\"/>"
           "<xf numFmtId=\"49\"/></cellXfs></styleSheet>"},
      {"xl/sharedStrings.xml",
       "<sst xmlns=\"" + std::string(kNames) +
           "\"><si><t>名称</t></si><si><r><t>甲</t></r><r><t xml:space=\"preserve\"> 乙</t></r>"
           "<rPh sb=\"0\" "
           "eb=\"1\"><t>jia</t></rPh></si><si><t>_x000D_a_x005F_x0041_</t></si></sst>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet xmlns=\"" + std::string(kNames) + "\">" + sheet + "</worksheet>"}};
}

inline std::string rows(const std::string& inside) {
  return "<sheetData>" + inside + "</sheetData>";
}

}  // namespace wutong::sheet
