#include "engine/sheet/xlsx_write.hpp"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/calendar.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "engine/sheet/impl/cell_text.hpp"

namespace wutong::sheet {

namespace {

constexpr size_t kRowsMax = 1'048'575;  // below the headings
constexpr size_t kTextMax = 32'767;     // UTF-16 units
constexpr size_t kSheetNameMax = 31;
constexpr int kDigitsMax = 15;
constexpr int kWidthMax = 40;

size_t utf16_units(std::string_view utf8) {
  size_t units = 0;
  for (char32_t c : to_code_points(utf8)) units += c > 0xFFFF ? 2 : 1;
  return units;
}

std::string sheet_name(std::string_view name) {
  std::u32string out;
  for (char32_t c : to_code_points(name)) {
    const bool is_taken = std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos;
    if (out.size() < kSheetNameMax) out += is_taken ? U'_' : c;
  }
  return out.empty() ? "Sheet" : to_utf8(out);
}

// The library's number: of a text of at most 15 digits, so that it reads back as that text.
std::optional<double> library_number(std::string_view text) {
  if (text.starts_with('-') && text.find_first_not_of("-0.") == text.npos) return std::nullopt;
  const auto digits =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits > kDigitsMax || !Decimal::parse(text)) return std::nullopt;
  double number = 0;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> library_day(Date day) {
  const int serial = day.days() - Date::from_ymd(1899, 12, 30)->days();
  if (serial <= 60) return std::nullopt;  // the days that spreadsheets count wrongly
  return serial;
}

// A temporary file that goes when this goes.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code ignored;
    path_ = (std::filesystem::temp_directory_path(ignored) / "wutong-xlsx-XXXXXX").string();
    const int number = ::mkstemp(path_.data());
    if (number >= 0) ::close(number);
    is_open_ = number >= 0;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    if (is_open_) std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  bool is_open() const { return is_open_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  bool is_open_ = false;
};

tl::unexpected<Error> io_fault(const char* why) {
  return fail(ErrorKind::io, "xlsx.write", "写不了临时文件：" + std::string(why),
              "the temporary file cannot be written: " + std::string(why));
}

class Writer {
 public:
  Writer(const std::string& path, Instant created) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) return;
    lxw_doc_properties properties{};
    properties.created = static_cast<time_t>(std::max<int64_t>(1, created.ms / 1000));
    workbook_set_properties(book_, &properties);
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    format_set_bg_color(heading_, 0xDDEBF7);
    format_set_text_wrap(heading_);
    for (lxw_format** each : {&text_, &text_marked_}) *each = workbook_add_format(book_);
    format_set_num_format(text_, "@");
    mark(text_marked_, "@");
  }
  ~Writer() {
    if (book_ != nullptr && !is_closed_) workbook_close(book_);
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Result<void> write(const OutSheet& sheet);
  Result<void> close() {
    if (book_ == nullptr) return io_fault("libxlsxwriter");
    is_closed_ = true;
    const lxw_error error = workbook_close(book_);
    if (error != LXW_NO_ERROR) return io_fault(lxw_strerror(error));
    return {};
  }

 private:
  static void mark(lxw_format* format, const char* pattern) {
    format_set_num_format(format, pattern);
    format_set_bg_color(format, 0xFFC7CE);
  }
  Result<void> write_cell(const OutSheet& sheet, size_t row, size_t column, bool is_marked);
  lxw_format* format_of(const OutColumn& column);

  lxw_workbook* book_ = nullptr;
  lxw_worksheet* page_ = nullptr;
  lxw_format* heading_ = nullptr;
  lxw_format* text_ = nullptr;
  lxw_format* text_marked_ = nullptr;
  std::vector<lxw_format*> formats_;  // one a column
  bool is_closed_ = false;
};

lxw_format* Writer::format_of(const OutColumn& column) {
  std::string pattern = "@";
  if (column.kind == OutKind::number) {
    pattern = column.places > 0 ? "0." + std::string(static_cast<size_t>(column.places), '0') : "0";
  }
  if (column.kind == OutKind::date) pattern = "yyyy-mm-dd";
  if (column.kind == OutKind::month) pattern = "yyyy-mm";
  if (column.kind == OutKind::text) return text_;
  lxw_format* format = workbook_add_format(book_);
  format_set_num_format(format, pattern.c_str());
  return format;
}

Result<void> Writer::write_cell(const OutSheet& sheet, size_t row, size_t column, bool is_marked) {
  const std::string text = sheet.cell(row, column);
  const auto line = static_cast<lxw_row_t>(row + 1);
  const auto at = static_cast<lxw_col_t>(column);
  if (text.empty()) {
    if (is_marked) worksheet_write_blank(page_, line, at, text_marked_);
    return {};
  }
  std::optional<double> number;
  switch (is_marked ? OutKind::text : sheet.columns[column].kind) {
    case OutKind::number:
      number = library_number(text);
      break;
    case OutKind::date:
      if (auto day = Date::parse(text)) number = library_day(*day);
      break;
    case OutKind::month:
      if (auto day = Date::parse(text + "-01")) number = library_day(*day);
      break;
    case OutKind::text:
      break;
  }
  if (number) {
    worksheet_write_number(page_, line, at, *number, formats_[column]);
    return {};
  }
  const std::string escaped = escape(text);
  lxw_error error = LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED;
  if (utf16_units(escaped) <= kTextMax) {
    error =
        worksheet_write_string(page_, line, at, escaped.c_str(), is_marked ? text_marked_ : text_);
  }
  if (error == LXW_NO_ERROR) return {};
  return fail(
      ErrorKind::too_large, "xlsx.text_too_long",
      "“" + sheet.columns[column].heading + "”的文字超过 32767 个字，表格放不下；请导出 CSV",
      "the text of " + sheet.columns[column].heading +
          " is over 32767 characters, more than a cell holds; export CSV",
      {sheet_name(sheet.name), static_cast<int>(row) + 2, static_cast<int>(column) + 1, {}});
}

Result<void> Writer::write(const OutSheet& sheet) {
  if (book_ == nullptr) return io_fault("libxlsxwriter");
  if (sheet.rows > kRowsMax) {
    return fail(ErrorKind::too_large, "xlsx.rows", "行数超过 1048575，表格放不下；请导出 CSV",
                "more than 1048575 rows, more than a sheet holds; export CSV");
  }
  page_ = workbook_add_worksheet(book_, sheet_name(sheet.name).c_str());
  if (page_ == nullptr) return io_fault("worksheet");
  formats_.clear();
  for (size_t c = 0; c < sheet.columns.size(); ++c) {
    const OutColumn& column = sheet.columns[c];
    formats_.push_back(format_of(column));
    const auto at = static_cast<lxw_col_t>(c);
    const int width = std::clamp(display_width(column.heading) + 4, 12, kWidthMax);
    worksheet_set_column(page_, at, at, width, formats_.back());
    worksheet_write_string(page_, 0, at, escape(column.heading).c_str(), heading_);
  }
  worksheet_freeze_panes(page_, 1, 0);
  auto next = sheet.marks.begin();
  for (size_t row = 0; row < sheet.rows; ++row) {
    for (size_t column = 0; column < sheet.columns.size(); ++column) {
      std::string comment;
      bool is_marked = false;
      for (; next != sheet.marks.end() && next->row == row && next->column == column; ++next) {
        comment += (comment.empty() ? "" : "\n") + next->comment;
        is_marked = true;
      }
      if (auto done = write_cell(sheet, row, column, is_marked); !done) return done;
      if (comment.empty()) continue;
      worksheet_write_comment(page_, static_cast<lxw_row_t>(row + 1),
                              static_cast<lxw_col_t>(column), escape(comment).c_str());
    }
  }
  return {};
}

}  // namespace

Result<std::string> write_xlsx(std::span<const OutSheet> sheets, Instant created) {
  TemporaryFile file;
  if (!file.is_open()) return io_fault("mkstemp");
  Writer writer(file.path(), created);
  for (const OutSheet& sheet : sheets) {
    if (auto written = writer.write(sheet); !written) return fail(written.error());
  }
  if (auto closed = writer.close(); !closed) return fail(closed.error());
  std::ifstream in(file.path(), std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in || bytes.empty()) return io_fault("read");
  return bytes;
}

}  // namespace wutong::sheet
