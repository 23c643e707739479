// Any bytes are read or refused: build target sheet_fuzz under a clang preset, then
// sheet_fuzz tests/fuzz/corpus/sheet. What it finds goes into that folder.
#include "engine/sheet/xlsx.hpp"

namespace wutong::sheet {

void read_any(std::string_view bytes) {
  Issues issues;
  XlsxOptions options;
  options.limits.unpacked_bytes_max = size_t{16} << 20;
  const auto sheet =
      is_workbook(bytes) ? read_xlsx("f", bytes, options, issues) : read_csv("f", bytes, issues);
  CHECK(sheet.has_value() == issues.empty());
  if (!sheet) return;
  for (const Column& column : sheet->columns) CHECK(column.size() == sheet->lines.size());
}

}  // namespace wutong::sheet

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  wutong::sheet::read_any(std::string_view(reinterpret_cast<const char*>(bytes), size));
  return 0;
}
