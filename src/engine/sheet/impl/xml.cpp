#include "engine/sheet/impl/xml.hpp"

#include <expat.h>

namespace wutong::sheet {

namespace {

constexpr XML_Index kTokenBytesMax = XML_Index{1} << 20;
constexpr char kNamespaceEnd = '|';

std::string_view local(const char* name) {
  std::string_view whole(name);
  const size_t at = whole.rfind(kNamespaceEnd);
  return at == std::string_view::npos ? whole : whole.substr(at + 1);
}

struct Run {
  XML_Parser parser;
  XmlSink& sink;
  bool is_over = false;  // the sink wants no more
  bool has_doctype = false;

  void go_on(bool more) {
    if (more || is_over) return;
    is_over = true;
    XML_StopParser(parser, XML_FALSE);
  }
};

void on_begin(void* data, const char* name, const char** attributes) {
  Run& run = *static_cast<Run*>(data);
  run.go_on(run.sink.begin(local(name), XmlAttributes(attributes)));
}
void on_end(void* data, const char* name) {
  Run& run = *static_cast<Run*>(data);
  run.go_on(run.sink.end(local(name)));
}
void on_text(void* data, const char* text, int size) {
  Run& run = *static_cast<Run*>(data);
  run.go_on(run.sink.text(std::string_view(text, static_cast<size_t>(size))));
}
void on_doctype(void* data, const char*, const char*, const char*, int) {
  Run& run = *static_cast<Run*>(data);
  run.has_doctype = true;
  run.go_on(false);
}

struct ParserFree {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};

Error broken(std::string_view file, const std::string& part, XML_Parser parser, std::string why_zh,
             std::string why_en) {
  const std::string line = std::to_string(XML_GetCurrentLineNumber(parser));
  const std::string column = std::to_string(XML_GetCurrentColumnNumber(parser) + 1);
  return Error{ErrorKind::invalid,
               "xlsx.xml",
               {std::string(file), 0, 0, {}},
               "部件 " + part + " 第 " + line + " 行第 " + column + " 列的 XML 有误：" + why_zh,
               "the XML of part " + part + " is broken at line " + line + ", column " + column +
                   ": " + why_en,
               {}};
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return {};
}

Result<void> read_xml(Archive& archive, std::string_view file, const std::string& part,
                      XmlSink& sink) {
  std::unique_ptr<XML_ParserStruct, ParserFree> parser(XML_ParserCreateNS(nullptr, kNamespaceEnd));
  CHECK(parser != nullptr);
  Run run{parser.get(), sink};
  XML_SetUserData(parser.get(), &run);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  std::optional<Error> error;
  XML_Index fed = 0;
  auto parse = [&](std::string_view piece, bool is_last) {
    fed += static_cast<XML_Index>(piece.size());
    const bool is_good = XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()),
                                   is_last ? 1 : 0) == XML_STATUS_OK;
    if (run.has_doctype) {
      error = broken(file, part, parser.get(), "不接受 DOCTYPE", "DOCTYPE is not taken");
    } else if (!is_good && !run.is_over) {
      const std::string why = XML_ErrorString(XML_GetErrorCode(parser.get()));
      error = broken(file, part, parser.get(), why, why);
    } else if (is_good && !is_last &&
               fed - XML_GetCurrentByteIndex(parser.get()) > kTokenBytesMax) {
      error = broken(file, part, parser.get(), "名称或属性过长", "a name or attribute is too long");
    }
    return !error && !run.is_over;
  };
  auto read = archive.read(part, [&](std::string_view piece) { return parse(piece, false); });
  if (error) return fail(*error);
  if (!read) return fail(read.error());
  if (!run.is_over) parse({}, true);
  if (error) return fail(*error);
  return {};
}

}  // namespace wutong::sheet
