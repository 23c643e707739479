// A refused file handed back with its faults.
#include <algorithm>

#include "engine/sheet/xlsx.hpp"
#include "engine/sheet/xlsx_write.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/sheet_map.hpp"

namespace wutong::answer {

namespace {

Issues faults_of(const zone::Failure& failure) {
  return failure.faults.empty() ? Issues{failure.error} : failure.faults;
}

std::string cell_of(const Place& place) {
  if (place.line == 0) return {};
  return (place.column > 0 ? sheet::column_letters(place.column) : "") + std::to_string(place.line);
}

sheet::OutSheet list_sheet(const Issues& faults) {
  sheet::OutSheet out;
  out.name = "错误清单 Faults";
  for (const char* heading : {"工作表 Sheet", "行 Row", "列 Column", "单元格 Cell", "字段 Field",
                              "代码 Code", "原因", "Reason"}) {
    out.columns.push_back({heading, sheet::OutKind::text, 0});
  }
  out.rows = faults.size();
  out.cell = [&faults](size_t row, size_t column) -> std::string {
    const Error& fault = faults[row];
    auto number = [](int n) { return n > 0 ? std::to_string(n) : std::string(); };
    const std::string values[] = {fault.place.file,
                                  number(fault.place.line),
                                  number(fault.place.column),
                                  cell_of(fault.place),
                                  fault.place.field,
                                  fault.code,
                                  fault.zh,
                                  fault.en};
    return values[column];
  };
  return out;
}

// The column of the sheet that a fault speaks of: by number, or by the name of a field.
std::optional<size_t> column_of(const sheet::Sheet& sheet, const Place& place) {
  for (size_t i = 0; i < sheet.places.size(); ++i) {
    if (place.column > 0 && sheet.places[i] == place.column) return i;
  }
  for (size_t i = 0; i < sheet.names.size(); ++i) {
    if (!place.field.empty() && sheet.names[i] == place.field) return i;
  }
  return std::nullopt;
}

sheet::OutSheet rows_sheet(const ImportInput& input, const sheet::Sheet& sheet,
                           const Issues& faults, std::vector<std::string>& reasons) {
  sheet::OutSheet out;
  out.name = sheet.title.empty() ? input.register_name : sheet.title;
  for (const std::string& name : sheet.names) {
    out.columns.push_back({name, sheet::OutKind::text, 0});
  }
  out.columns.push_back({std::string(kFaultHeading), sheet::OutKind::text, 0});
  out.rows = sheet.lines.size();
  reasons.resize(out.rows);
  for (const Error& fault : faults) {
    const auto line = std::lower_bound(sheet.lines.begin(), sheet.lines.end(), fault.place.line);
    if (line == sheet.lines.end() || *line != fault.place.line) continue;
    const auto row = static_cast<size_t>(line - sheet.lines.begin());
    const std::string reason = fault.zh + " / " + fault.en;
    reasons[row] += (reasons[row].empty() ? "" : "\n") + reason;
    out.marks.push_back({row, column_of(sheet, fault.place).value_or(sheet.names.size()), reason});
  }
  std::stable_sort(out.marks.begin(), out.marks.end(), [](const auto& a, const auto& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
  out.cell = [&sheet, &reasons](size_t row, size_t column) -> std::string {
    if (column == sheet.columns.size()) return reasons[row].substr(0, 10'000);
    return sheet.columns[column].present[row] != 0 ? sheet.columns[column].texts[row]
                                                   : std::string();
  };
  return out;
}

}  // namespace

Result<std::string> marked_workbook(const ImportInput& input, const zone::Failure& failure,
                                    Instant at) {
  const Issues faults = faults_of(failure);
  Issues unread;
  const auto sheet = read_sheet(input, unread);
  std::vector<sheet::OutSheet> sheets;
  std::vector<std::string> reasons;
  if (sheet) sheets.push_back(rows_sheet(input, *sheet, faults, reasons));
  sheets.push_back(list_sheet(faults));
  return sheet::write_xlsx(sheets, at);
}

std::string fault_list(const zone::Failure& failure) {
  std::string out;
  const Issues faults = faults_of(failure);
  for (const Error& fault : faults) {
    out += to_string(fault.place) + " " + fault.code + " " + fault.zh + " / " + fault.en + "\n";
  }
  if (failure.fault_count > faults.size()) {
    const std::string all = std::to_string(failure.fault_count);
    out += "共 " + all + " 处，只列出前 " + std::to_string(faults.size()) + " 处 / " + all +
           " faults, the first " + std::to_string(faults.size()) + " are listed\n";
  }
  return out;
}

}  // namespace wutong::answer
