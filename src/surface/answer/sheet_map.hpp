// From a sheet, CSV or workbook, to the columns of an act. Internal to the surface layer.
#pragma once

#include <map>

#include "core/record/act.hpp"
#include "engine/sheet/csv.hpp"
#include "surface/answer/answer.hpp"

namespace wutong::answer {

// The sheet of a file, by its first bytes.
std::optional<sheet::Sheet> read_sheet(const ImportInput& input, Issues& issues);
// `file`, with the name of the sheet where it is one of a workbook.
std::string file_place(const ImportInput& input, const sheet::Sheet& sheet);

struct MappedSheet {
  std::vector<record::InputColumn> columns;
  std::map<std::string, int> places;  // field → column of the sheet, 1 is A
  Issues faults;
};

// Headings as fields: by name, Chinese or English title, 标题（name）, or 标题（单位） with the
// unit that the numbers are in. The column of faults that a marked workbook has is passed over. The
// state of a life cycle is held against the records and passed over: an act does not set it.
MappedSheet map_sheet(const record::State& state, const record::Register& home,
                      const ImportInput& input, const sheet::Sheet& sheet);

// The heading under which a field goes out.
std::string heading_of(const record::Register& home, const record::Field& field, bool is_english);

constexpr std::string_view kFaultHeading = "错误 Faults";

}  // namespace wutong::answer
