#include "engine/sheet/impl/workbook.hpp"

#include <charconv>
#include <map>

#include "engine/sheet/impl/xml.hpp"

namespace wutong::sheet {

namespace {

constexpr const char* kWorkbookPart = "xl/workbook.xml";

// "worksheets/sheet1.xml" and "/xl/worksheets/sheet1.xml" as parts of the archive.
std::string part_of(std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  return "xl/" + std::string(target);
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

class Relations final : public XmlSink {
 public:
  bool begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship") return true;
    const std::string target = part_of(attributes["Target"]);
    const std::string_view type = attributes["Type"];
    parts.emplace(attributes["Id"], target);
    if (type.ends_with("/sharedStrings")) shared_strings = target;
    if (type.ends_with("/styles")) styles = target;
    return true;
  }
  bool end(std::string_view) override { return true; }
  bool text(std::string_view) override { return true; }

  std::map<std::string, std::string, std::less<>> parts;
  std::string shared_strings;
  std::string styles;
};

class Sheets final : public XmlSink {
 public:
  bool begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr" && is_true(attributes["date1904"])) dates = DateSystem::from_1904;
    if (name != "sheet") return true;
    const std::string_view state = attributes["state"];
    names.push_back({std::string(attributes["name"]), std::string(attributes["id"]),
                     state == "hidden" || state == "veryHidden"});
    return true;
  }
  bool end(std::string_view) override { return true; }
  bool text(std::string_view) override { return true; }

  std::vector<SheetPart> names;  // `part` holds the relation's id
  DateSystem dates = DateSystem::from_1900;
};

class Styles final : public XmlSink {
 public:
  bool begin(std::string_view name, const XmlAttributes& attributes) override {
    int id = 0;
    const std::string_view text = attributes["numFmtId"];
    std::from_chars(text.data(), text.data() + text.size(), id);
    if (name == "numFmt") own_[id] = kind_of_format(attributes["formatCode"]);
    if (name == "cellXfs") is_cells_ = true;
    if (name == "xf" && is_cells_) {
      const auto own = own_.find(id);
      const auto builtin = kind_of_builtin(id);
      kinds.push_back(own != own_.end() ? own->second : builtin.value_or(CellKind::number));
    }
    return true;
  }
  bool end(std::string_view name) override {
    if (name == "cellXfs") is_cells_ = false;
    return true;
  }
  bool text(std::string_view) override { return true; }

  std::vector<CellKind> kinds;

 private:
  std::map<int, CellKind> own_;
  bool is_cells_ = false;
};

class SharedStrings final : public XmlSink {
 public:
  explicit SharedStrings(size_t bytes_max) : bytes_max_(bytes_max) {}
  bool begin(std::string_view name, const XmlAttributes&) override {
    if (name == "si") strings.emplace_back();
    if (name == "rPh") is_phonetic_ = true;
    if (name == "t") is_text_ = !is_phonetic_ && !strings.empty();
    return true;
  }
  bool end(std::string_view name) override {
    if (name == "rPh") is_phonetic_ = false;
    if (name == "t") is_text_ = false;
    if (name != "si" || strings.empty()) return true;
    strings.back() = unescape(strings.back());
    bytes_ += sizeof(std::string);
    return check();
  }
  bool text(std::string_view text) override {
    if (!is_text_) return true;
    strings.back() += text;
    bytes_ += text.size();
    return check();
  }

  std::vector<std::string> strings;
  bool is_too_large = false;

 private:
  bool check() {
    is_too_large = bytes_ > bytes_max_;
    return !is_too_large;
  }
  size_t bytes_max_;
  size_t bytes_ = 0;
  bool is_phonetic_ = false;
  bool is_text_ = false;
};

}  // namespace

Result<Workbook> read_workbook(Archive& archive, std::string_view file) {
  const Place place{std::string(file), 0, 0, {}};
  if (archive.has("xl/workbook.bin")) {
    return fail(ErrorKind::invalid, "xlsx.xlsb",
                "这是二进制格式 .xlsb，请在表格软件中另存为 .xlsx 或 UTF-8 编码的 CSV",
                "this is the binary format .xlsb; save it as .xlsx, or as CSV in UTF-8", place);
  }
  if (!archive.has(kWorkbookPart)) {
    return fail(ErrorKind::invalid, "xlsx.not_workbook",
                "压缩包里没有工作簿（xl/workbook.xml），请上传 .xlsx 文件",
                "the archive holds no workbook (xl/workbook.xml); give an .xlsx file", place);
  }
  Sheets sheets;
  if (auto read = read_xml(archive, file, kWorkbookPart, sheets); !read) return fail(read.error());
  Relations relations;
  if (archive.has("xl/_rels/workbook.xml.rels")) {
    auto read = read_xml(archive, file, "xl/_rels/workbook.xml.rels", relations);
    if (!read) return fail(read.error());
  }
  Workbook out;
  out.dates = sheets.dates;
  out.shared_strings = relations.shared_strings;
  out.styles = relations.styles;
  for (SheetPart& sheet : sheets.names) {
    const auto found = relations.parts.find(sheet.part);
    sheet.part = found == relations.parts.end() ? std::string() : found->second;
    out.sheets.push_back(std::move(sheet));
  }
  return out;
}

Result<std::vector<CellKind>> read_styles(Archive& archive, std::string_view file,
                                          const std::string& part) {
  Styles styles;
  if (part.empty() || !archive.has(part)) return styles.kinds;
  if (auto read = read_xml(archive, file, part, styles); !read) return fail(read.error());
  return std::move(styles.kinds);
}

Result<std::vector<std::string>> read_shared_strings(Archive& archive, std::string_view file,
                                                     const std::string& part, size_t bytes_max) {
  SharedStrings strings(bytes_max);
  if (part.empty() || !archive.has(part)) return std::move(strings.strings);
  if (auto read = read_xml(archive, file, part, strings); !read) return fail(read.error());
  if (strings.is_too_large) {
    const std::string most = std::to_string(bytes_max >> 20);
    return fail(ErrorKind::too_large, "xlsx.too_large",
                "工作簿的文字超过 " + most + " MiB，请分成几个文件",
                "the texts of the workbook take over " + most + " MiB; split it",
                {std::string(file), 0, 0, {}});
  }
  return std::move(strings.strings);
}

}  // namespace wutong::sheet
