#include "engine/sheet/xlsx.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "engine/sheet/impl/grid.hpp"
#include "engine/sheet/impl/workbook.hpp"
#include "engine/sheet/impl/xml.hpp"

namespace wutong::sheet {

namespace {

constexpr size_t kCellBytesMax = size_t{4} * 32'767;  // the format's characters, in UTF-8

std::optional<int> whole(std::string_view text) {
  int number = 0;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What the cells of a sheet refer to.
struct Shared {
  std::vector<std::string> strings;
  std::vector<CellKind> styles;
  DateSystem dates = DateSystem::from_1900;
};

// The events of a worksheet's part, resolved cell by cell.
class Cells final : public XmlSink {
 public:
  Cells(Grid& grid, const Shared& shared, const XlsxLimits& limits)
      : grid_(grid), shared_(shared), limits_(limits) {}

  bool begin(std::string_view name, const XmlAttributes& attributes) override;
  bool end(std::string_view name) override;
  bool text(std::string_view text) override;
  int row() const { return row_; }
  int column() const { return column_; }

 private:
  void begin_row(const XmlAttributes& attributes);
  void begin_cell(const XmlAttributes& attributes);
  void end_cell();
  bool end_row();
  void take_shared();
  void take_number();
  void keep(CellKind kind, std::string text);

  Grid& grid_;
  const Shared& shared_;
  const XlsxLimits& limits_;
  int row_ = 0;
  int column_ = 0;
  bool is_hidden_ = false;
  bool is_over_ = false;
  std::vector<Grid::Filled> cells_;
  // The cell being read:
  std::string type_;
  std::string value_;
  size_t style_ = 0;
  bool has_formula_ = false;
  bool has_value_ = false;
  bool is_inside_cell_ = false;
  bool is_phonetic_ = false;
  bool takes_text_ = false;
};

void Cells::begin_row(const XmlAttributes& attributes) {
  const std::string_view given = attributes["r"];
  const int row = given.empty() ? row_ + 1 : whole(given).value_or(0);
  if (row <= row_ && !is_over_) {
    grid_.fault("order", row_ + 1, 0, "行号“" + std::string(given) + "”乱序或重复",
                "row number \"" + std::string(given) + "\" is out of order or stands twice");
    is_over_ = true;
  }
  if (row > limits_.rows_max && !is_over_) {
    grid_.fault("rows", row, 0, "行数超过 " + std::to_string(limits_.rows_max) + "，请分成几个文件",
                "more than " + std::to_string(limits_.rows_max) + " rows; split the file",
                ErrorKind::too_large);
    is_over_ = true;
  }
  row_ = row;
  column_ = 0;
  const std::string_view hidden = attributes["hidden"];
  is_hidden_ = hidden == "1" || hidden == "true";
  cells_.clear();
}

void Cells::begin_cell(const XmlAttributes& attributes) {
  const std::string_view given = attributes["r"];
  const auto place = cell_place(given);
  const int column = given.empty() ? column_ + 1 : (place ? place->column : 0);
  const bool is_in_order = column > column_ && (given.empty() || place->row == row_);
  if (!is_in_order && !is_over_) {
    grid_.fault("order", row_, column_ + 1,
                "单元格“" + std::string(given) + "”乱序、重复或不在这一行",
                "cell \"" + std::string(given) + "\" is out of order, twice, or of another row");
    is_over_ = true;
  }
  if (column > limits_.columns_max && !is_over_) {
    grid_.fault("columns", row_, column, "列数超过 " + std::to_string(limits_.columns_max),
                "more than " + std::to_string(limits_.columns_max) + " columns",
                ErrorKind::too_large);
    is_over_ = true;
  }
  column_ = column;
  type_ = attributes["t"];
  style_ = static_cast<size_t>(std::max(0, whole(attributes["s"]).value_or(0)));
  value_.clear();
  has_formula_ = has_value_ = is_phonetic_ = false;
  is_inside_cell_ = true;
}

bool Cells::begin(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") {
    begin_row(attributes);
  } else if (name == "c" && row_ > 0) {
    begin_cell(attributes);
  } else if (is_inside_cell_) {
    if (name == "f") has_formula_ = true;
    if (name == "rPh") is_phonetic_ = true;
    if (name == "v") has_value_ = true;
    takes_text_ = name == "v" || (name == "t" && !is_phonetic_);
  } else if (name == "col") {
    const std::string_view hidden = attributes["hidden"];
    if (hidden == "1" || hidden == "true") {
      grid_.take_hidden_columns(whole(attributes["min"]).value_or(0),
                                whole(attributes["max"]).value_or(0));
    }
  } else if (name == "mergeCell") {
    grid_.take_merged(attributes["ref"]);
  }
  return !is_over_ && !grid_.is_full();
}

bool Cells::text(std::string_view text) {
  if (!takes_text_) return true;
  value_ += text;
  if (value_.size() <= kCellBytesMax) return true;
  grid_.fault("text_too_long", row_, column_, "单元格的文字超过 32767 个字",
              "the text of the cell is over 32767 characters");
  return false;
}

bool Cells::end(std::string_view name) {
  takes_text_ = false;
  if (name == "rPh") is_phonetic_ = false;
  if (name == "c" && is_inside_cell_) {
    end_cell();
    is_inside_cell_ = false;
  }
  if (name == "row") return end_row();
  return !grid_.is_full();
}

bool Cells::end_row() {
  const bool goes_on = grid_.take_row(row_, is_hidden_, cells_);
  cells_.clear();
  return goes_on && !grid_.is_full();
}

void Cells::keep(CellKind kind, std::string text) {
  cells_.push_back({column_, kind, std::move(text)});
}

void Cells::take_shared() {
  const auto index = whole(value_);
  if (index && *index >= 0 && static_cast<size_t>(*index) < shared_.strings.size()) {
    return keep(CellKind::text, shared_.strings[static_cast<size_t>(*index)]);
  }
  grid_.fault("shared_string", row_, column_, "引用的文字“" + value_ + "”不在工作簿的文字表中",
              "the text \"" + value_ + "\" is not in the workbook's table of texts");
}

void Cells::take_number() {
  auto number = number_text(value_);
  if (!number) {
    grid_.fault("number", row_, column_, "“" + value_ + "”不是数",
                "\"" + value_ + "\" is no number");
    return;
  }
  CellKind kind = style_ < shared_.styles.size() ? shared_.styles[style_] : CellKind::number;
  if (kind == CellKind::date || kind == CellKind::month) {
    *number = date_text(*number, kind, shared_.dates);
  } else if (kind == CellKind::percent && number->kind == CellKind::number) {
    number->kind = kind;
  }
  keep(number->kind, std::move(number->text));
}

void Cells::end_cell() {
  if (has_formula_ && (!has_value_ || (value_.empty() && type_ != "str"))) {
    grid_.fault("no_value", row_, column_, "公式还没有算出的值；请在表格软件中打开、计算并保存",
                "the formula has no value yet: open, calculate and save the workbook");
  } else if (type_ == "e") {
    grid_.fault("error_cell", row_, column_, "单元格是错误值 " + value_ + "，请改正公式或删除",
                "the cell is the error " + value_ + "; correct its formula or clear it");
  } else if (value_.empty()) {
    return;
  } else if (type_ == "s") {
    take_shared();
  } else if (type_ == "inlineStr" || type_ == "str") {
    keep(CellKind::text, unescape(value_));
  } else if (type_ == "b") {
    keep(CellKind::text, value_ == "1" || value_ == "true" ? "true" : "false");
  } else if (type_ == "d") {
    keep(CellKind::date, value_.ends_with("T00:00:00") ? value_.substr(0, 10) : value_);
  } else {
    take_number();
  }
}

std::optional<SheetPart> wanted_sheet(const Workbook& workbook, std::string_view file,
                                      const XlsxOptions& options, Issues& issues) {
  std::vector<std::string> names;
  for (const SheetPart& sheet : workbook.sheets) names.push_back(sheet.name);
  for (const SheetPart& sheet : workbook.sheets) {
    const bool is_it = options.sheet.empty() ? !sheet.is_hidden : sheet.name == options.sheet;
    if (is_it) return sheet;
  }
  const auto near = nearest_name(options.sheet, names);
  const std::string zh =
      options.sheet.empty() ? "工作簿没有可见的工作表" : "没有工作表“" + options.sheet + "”";
  const std::string en = options.sheet.empty() ? "the workbook has no visible sheet"
                                               : "there is no sheet \"" + options.sheet + "\"";
  issues.push_back(
      Error{ErrorKind::not_found,
            "xlsx.sheet_missing",
            {std::string(file), 0, 0, {}},
            zh + (near ? "，是否指 " + *near + "？" : "；有：" + join(names, "、")),
            en + (near ? "; did you mean " + *near + "?" : "; there are: " + join(names, ", ")),
            {}});
  return std::nullopt;
}

Result<Shared> read_shared(Archive& archive, std::string_view file, const Workbook& workbook,
                           const XlsxLimits& limits) {
  Shared out;
  out.dates = workbook.dates;
  auto styles = read_styles(archive, file, workbook.styles);
  if (!styles) return fail(styles.error());
  out.styles = std::move(*styles);
  auto strings =
      read_shared_strings(archive, file, workbook.shared_strings, limits.memory_bytes_max / 4);
  if (!strings) return fail(strings.error());
  out.strings = std::move(*strings);
  return out;
}

}  // namespace

bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") ||
         bytes.starts_with("\xD0\xCF\x11\xE0");
}

std::optional<Sheet> read_xlsx(std::string_view file, std::string_view bytes,
                               const XlsxOptions& options, Issues& issues) {
  auto note = [&](const Error& error) {
    issues.push_back(error);
    return std::nullopt;
  };
  auto archive = Archive::open(file, bytes, options.limits);
  if (!archive) return note(archive.error());
  auto workbook = read_workbook(*archive, file);
  if (!workbook) return note(workbook.error());
  const auto wanted = wanted_sheet(*workbook, file, options, issues);
  if (!wanted) return std::nullopt;
  if (wanted->part.empty() || !archive->has(wanted->part)) {
    return note(Error{ErrorKind::invalid,
                      "xlsx.sheet_missing",
                      {std::string(file), 0, 0, {}},
                      "工作表“" + wanted->name + "”的内容不在文件里",
                      "the content of sheet " + wanted->name + " is not in the file",
                      {}});
  }
  auto shared = read_shared(*archive, file, *workbook, options.limits);
  if (!shared) return note(shared.error());
  Grid grid(std::string(file), wanted->name, options, issues);
  Cells cells(grid, *shared, options.limits);
  auto read = read_xml(*archive, file, wanted->part, cells);
  if (!read) {
    Error error = read.error();
    error.place = {std::string(file) + "[" + wanted->name + "]", cells.row(), cells.column(), {}};
    return note(error);
  }
  return grid.finish();
}

}  // namespace wutong::sheet
