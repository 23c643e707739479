// Files that go out: exports, and refused imports with their faults.
#include <boost/json.hpp>
#include <fstream>
#include <iostream>

#include "surface/cli/commands.hpp"
#include "surface/cli/transport.hpp"

namespace wutong::cli {

namespace {

Result<void> write_file(const std::string& path, const std::string& bytes) {
  if (path == "-") {
    std::cout << bytes << std::flush;
    return {};
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes << std::flush;
  if (out) return {};
  return fail(ErrorKind::io, "file.unwritable", "写不了文件“" + path + "”", "cannot write " + path,
              {path, 0, 0, {}});
}

std::string render_exported(const boost::json::value& value, const Look& look) {
  const boost::json::object& object = value.as_object();
  const std::string rows = text_of(object, "rows");
  const std::string file = text_of(object, "file");
  return look.language == Language::zh ? "已导出 " + rows + " 行：" + file + "\n"
                                       : "exported " + rows + " rows: " + file + "\n";
}

}  // namespace

int export_file(const Context& context) {
  const Words& words = context.words;
  auto host = open_to_read(words.data, context.environment);
  if (!host) return report(context, host.error());
  answer::ExportInput input{words.register_name, words.format,
                            answer::AsOf{words.as_of, words.definitions}, words.has_english_titles,
                            !words.has_no_mark};
  if (input.format.empty()) input.format = words.file.ends_with(".xlsx") ? "xlsx" : "csv";
  auto exported = answer::export_rows(answer::Door::local(**host), words.zone, input);
  if (!exported) return report(context, tl::unexpected(exported.error()), render_exported);
  if (auto written = write_file(words.file, exported->bytes); !written) {
    return report(context, written.error());
  }
  if (words.file == "-") return 0;
  return report(context, boost::json::object{{"file", words.file}, {"rows", exported->rows}},
                render_exported);
}

Result<void> write_faults(const Context& context, const answer::ImportInput& input,
                          const zone::Failure& failure) {
  const std::string& path = context.words.faults_file;
  if (!path.ends_with(".xlsx")) return write_file(path, answer::fault_list(failure));
  auto marked = answer::marked_workbook(input, failure, context.environment.clock->now());
  if (!marked) return fail(marked.error());
  return write_file(path, *marked);
}

}  // namespace wutong::cli
