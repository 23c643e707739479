// Lists: records, definitions, receipts and comparisons of several zones.
#include <boost/json.hpp>

#include "surface/cli/render.hpp"

namespace wutong::cli {

namespace json = boost::json;

std::string render_receipts(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  std::string out;
  for (const json::value& receipt : answer.at("zones").as_array()) {
    out += text_of(receipt.as_object(), "zone") + "  " + render_receipt(receipt, look);
  }
  for (const json::value& item : answer.at("refused").as_array()) {
    const json::object& refusal = item.as_object();
    out += text_of(refusal, "zone") + look.pick("  未写入：", "  not written: ") +
           text_of(refusal, look.pick("detail", "detail_en")) + "\n";
    const json::value* faults = refusal.if_contains("faults");
    if (faults == nullptr) continue;
    constexpr size_t kShown = 5;
    size_t shown = 0;
    for (const json::value& fault : faults->as_array()) {
      if (shown++ == kShown) break;
      const json::object& one = fault.as_object();
      out += "  " + text_of(one, "file") + ":" + text_of(one, "line") + " [" +
             text_of(one, "field") + "] " + text_of(one, look.pick("zh", "en")) + "\n";
    }
  }
  return out + look.pick("合计 新增 ", "in all ") + text_of(answer, "rows_created") +
         look.pick(" 行，修改 ", " rows created, ") + text_of(answer, "rows_changed") +
         look.pick(" 行\n", " changed\n");
}

std::string render_records(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  Table table;
  bool has_header = false;
  for (const json::value& item : answer.at("rows").as_array()) {
    const json::object& row = item.as_object();
    std::vector<std::string> names{look.pick("主键", "key")}, cells{text_of(row, "key")};
    for (const auto& field : row.at("fields").as_object()) {
      names.emplace_back(field.key());
      const json::value& cell = field.value();
      cells.push_back(cell.is_string() ? std::string(cell.get_string())
                      : cell.is_null() ? "—"
                                       : json::serialize(cell));
    }
    if (!has_header) table.header(std::move(names));
    has_header = true;
    table.row(std::move(cells));
  }
  std::string out = table.text() + look.pick("共 ", "") + text_of(answer, "count") +
                    look.pick(" 条，位置 ", " in all, position ") + text_of(answer, "position") +
                    "\n";
  if (answer.at("next").is_string()) {
    out += look.pick("继续：--cursor ", "go on with: --cursor ") + text_of(answer, "next") + "\n";
  }
  return out;
}

std::string render_definitions(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  Table catalogs;
  for (const json::value& item : answer.at("catalogs").as_array()) {
    const json::object& one = item.as_object();
    catalogs.row({one.at("in_force").as_bool() ? "*" : " ", "#" + text_of(one, "seq"),
                  text_of(one, "at"), text_of(one, "actor"), text_of(one, "catalog").substr(0, 12),
                  text_of(one, "reason")});
  }
  Table files;
  for (const json::value& item : answer.at("definitions").as_array()) {
    files.row({text_of(item.as_object(), "name"), text_of(item.as_object(), "file")});
  }
  return look.pick("采用过的定义（* 有效）\n", "Catalogs adopted (* in force)\n") +
         catalogs.text() + files.text();
}

std::string render_definition(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  std::string out;
  for (const json::value& item : answer.at("files").as_array()) {
    out += "# " + text_of(item.as_object(), "file") + "\n" + text_of(item.as_object(), "text");
  }
  const json::object& adopted = answer.at("adopted").as_object();
  return out + look.pick("# 采用于 #", "# adopted in #") + text_of(adopted, "seq") + " " +
         text_of(adopted, "at") + " " + text_of(adopted, "actor") + "\n";
}

std::string render_comparison(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  if (const json::value* zones = answer.if_contains("zones")) {
    std::string out;
    for (const json::value& zone : zones->as_array()) {
      out += text_of(zone.as_object(), "zone") + "  " + render_comparison(zone, look);
    }
    return out;
  }
  if (answer.at("equal").as_bool()) {
    return look.pick("逐项相等：增量结果与全部重算一致\n",
                     "equal: the incremental cells are those recomputed from the records\n");
  }
  return look.pick("不相等，首先在：", "not equal, first at: ") + text_of(answer, "difference") +
         "\n";
}

}  // namespace wutong::cli
