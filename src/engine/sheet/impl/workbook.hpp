// The parts of a workbook around its sheets: names, styles, shared strings. Private to the module.
#pragma once

#include <string>
#include <vector>

#include "engine/sheet/impl/archive.hpp"
#include "engine/sheet/impl/cell_text.hpp"

namespace wutong::sheet {

struct SheetPart {
  std::string name;
  std::string part;
  bool is_hidden = false;
};

struct Workbook {
  std::vector<SheetPart> sheets;  // in their order
  std::string shared_strings;     // parts; empty where there are none
  std::string styles;
  DateSystem dates = DateSystem::from_1900;
};

// Errors: xlsx.not_workbook, xlsx.xlsb, and those of read_xml.
Result<Workbook> read_workbook(Archive& archive, std::string_view file);
// What each style of a cell (its index) shows.
Result<std::vector<CellKind>> read_styles(Archive& archive, std::string_view file,
                                          const std::string& part);
// xlsx.too_large where they take more than bytes_max. Phonetic runs are left out.
Result<std::vector<std::string>> read_shared_strings(Archive& archive, std::string_view file,
                                                     const std::string& part, size_t bytes_max);

}  // namespace wutong::sheet
