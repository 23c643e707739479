#include "surface/cli/render.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/decimal.hpp"
#include "base/text.hpp"

namespace wutong::cli {

namespace json = boost::json;

std::string Table::text() const {
  std::vector<int> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      bool is_right = std::find(right_.begin(), right_.end(), i) != right_.end();
      bool is_last = i + 1 == row.size();
      if (i > 0) line += "  ";
      line += is_right ? pad_left(row[i], widths[i])
                       : (is_last ? row[i] : pad_right(row[i], widths[i]));
    }
    out += line + "\n";
  }
  return out;
}

std::string text_of(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return {};
  if (const json::string* text = value->if_string()) return std::string(*text);
  return json::serialize(*value);
}

std::string title_of(const json::object& object, const char* key, const Look& look) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_object()) return {};
  return text_of(value->get_object(), look.pick("zh", "en"));
}

namespace {

// A plain number in the unit that people read it in: 73940000000 CNY is 739.4 亿元.
std::string amount(const std::string& value, const std::string& unit, const Look& look) {
  auto number = Decimal::parse(value);
  if (!number || unit != "CNY") return value;
  struct Step {
    int64_t from;
    int scale;
    const char* zh;
    const char* en;
  };
  constexpr Step kSteps[] = {{100'000'000, 8, " 亿元", " ×10⁸ yuan"},
                             {10'000, 4, " 万元", " ×10⁴ yuan"}};
  for (const Step& step : kSteps) {
    if (number->absolute() < Decimal(step.from)) continue;
    auto shown = div(*number, Decimal(step.from), 4, Rounding::half_up);
    if (shown) return shown->to_string_short() + look.pick(step.zh, step.en);
  }
  return number->to_string_short() + look.pick(" 元", " yuan");
}

std::string figure_value(const json::object& figure, const Look& look) {
  std::string value = text_of(figure, "value");
  if (value.empty()) {
    std::string words = title_of(figure, "words", look);
    if (words.empty()) words = title_of(figure, "missing", look);
    return words.empty() ? text_of(figure, "status") : words;
  }
  std::string unit = text_of(figure, "unit");
  if (unit == "CNY") return amount(value, unit, look);
  std::string name = title_of(figure, "unit_title", look);
  return value + (name == "%" || name.empty() ? name : " " + name);
}

std::string synthetic_line(const json::object& object, const Look& look) {
  const json::value* mark = object.if_contains("synthetic");
  if (mark == nullptr || !mark->is_bool() || !mark->get_bool()) return {};
  return look.pick("  [演示数据，非真实记录]\n", "  [synthetic records]\n");
}

void add_records(std::string& out, const json::object& explanation, const Look& look) {
  const json::array& records = explanation.at("records").as_array();
  if (records.empty()) return;
  out += look.pick("记录（按金额大小，共 ", "Records (by weight, ") +
         text_of(explanation, "record_count") + look.pick(" 条）\n", " in all)\n");
  Table table;
  table.align_right(4);
  table.header({look.pick("部分", "part"), look.pick("登记簿", "register"),
                look.pick("主键", "key"), look.pick("时间", "period"), look.pick("数额", "amount"),
                look.pick("记录号", "entry")});
  for (const json::value& value : records) {
    const json::object& record = value.as_object();
    std::string name = title_of(record, "title", look);
    table.row({text_of(record, "part"), text_of(record, "register"),
               text_of(record, "key") + (name.empty() ? "" : " " + name), text_of(record, "period"),
               text_of(record, "amount"), text_of(record, "changed")});
  }
  out += table.text();
  out += look.pick("合计 本期 ", "Totals: value ") + text_of(explanation, "value_total") +
         look.pick("，基期 ", ", base ") + text_of(explanation, "base_total") + "\n";
}

// Down to the records: those that count, those left out, the entries that recorded them.
void add_lineage(std::string& out, const json::object& explanation, const Look& look) {
  add_records(out, explanation, look);
  const json::array& left_out = explanation.at("left_out").as_array();
  if (!left_out.empty()) out += look.pick("未计入\n", "Left out\n");
  for (const json::value& item : left_out) {
    const json::object& left = item.as_object();
    out += "  " + title_of(left, "reason", look) + ": " + text_of(left, "records") +
           look.pick(" 条，", " records, ") + text_of(left, "amount") + "\n";
  }
  for (const json::value& item : explanation.at("entries").as_array()) {
    const json::object& entry = item.as_object();
    out += "  #" + text_of(entry, "seq") + " " + text_of(entry, "at") + " " +
           text_of(entry, "actor") + " " + text_of(entry, "act") + " " + text_of(entry, "reason") +
           "\n";
  }
}

// What figures over zones say beside the zones' own: the cut, and who is left out.
void add_cut(std::string& out, const json::object& explanation, const Look& look) {
  const json::value* cut = explanation.if_contains("cut");
  if (cut == nullptr) return;
  for (const json::value& item : explanation.at("zones_left_out").as_array()) {
    const json::object& zone = item.as_object();
    out += look.pick("未参加比较  ", "Left out  ") + text_of(zone, "zone") + " " +
           title_of(zone, "name", look) + ": " + title_of(zone, "reason", look) + "\n";
  }
  const json::array& others = explanation.at("other_definitions").as_array();
  if (!others.empty()) out += look.pick("定义不同的园区  ", "Defined otherwise in  ");
  for (const json::value& zone : others) out += std::string(zone.as_string()) + " ";
  if (!others.empty()) out += "\n";
  out += look.pick("截面  ", "Cut  ");
  bool is_first = true;
  for (const auto& at : cut->as_object()) {
    out += (is_first ? "" : ", ") + std::string(at.key()) + "=" + json::serialize(at.value());
    is_first = false;
  }
  out += "\n";
}

std::string work_of(const json::object& zone, const char* key) {
  const json::value* work = zone.if_contains("work");
  return work == nullptr ? "" : text_of(work->as_object(), key);
}

}  // namespace

std::string render_zones(const json::value& value, const Look& look) {
  Table table;
  table.align_right(2);
  table.align_right(4);
  table.align_right(5);
  table.header({look.pick("园区", "zone"), look.pick("名称", "name"), look.pick("位置", "position"),
                look.pick("时间", "at"), look.pick("累加格", "cells touched"),
                look.pick("读记录", "records read"), ""});
  for (const json::value& item : value.as_object().at("zones").as_array()) {
    const json::object& zone = item.as_object();
    bool is_synthetic = zone.at("synthetic").as_bool();
    table.row({text_of(zone, "zone"), title_of(zone, "name", look), text_of(zone, "position"),
               text_of(zone, "at"), work_of(zone, "cells_touched"), work_of(zone, "records_read"),
               is_synthetic ? look.pick("演示数据", "synthetic") : ""});
  }
  return table.text();
}

std::string render_receipt(const json::value& value, const Look& look) {
  const json::object& receipt = value.as_object();
  bool is_dry = receipt.if_contains("dry_run") != nullptr;
  std::string out = is_dry ? look.pick("试算通过，未写入：", "dry run, nothing written: ")
                           : look.pick("已记入 ", "recorded in ") + text_of(receipt, "zone") +
                                 look.pick(" 第 ", " as entry ") + text_of(receipt, "seq") +
                                 look.pick(" 条：", ": ");
  out += look.pick("新增 ", "") + text_of(receipt, "rows_created") +
         look.pick(" 行，修改 ", " rows created, ") + text_of(receipt, "rows_changed") +
         look.pick(" 行\n", " changed\n");
  if (const json::value* warnings = receipt.if_contains("warnings")) {
    for (const json::value& warning : warnings->as_array()) {
      out += look.pick("  提示 ", "  note ") + text_of(warning.as_object(), look.pick("zh", "en")) +
             "\n";
    }
  }
  return out;
}

std::string render_record(const json::value& value, const Look& look) {
  const json::object& record = value.as_object();
  std::string out = title_of(record, "title", look) + " " + text_of(record, "key") + "\n";
  out += synthetic_line(record, look);
  Table table;
  for (const auto& field : record.at("fields").as_object()) {
    const json::value& cell = field.value();
    std::string text = cell.is_string() ? std::string(cell.get_string())
                       : cell.is_null() ? "—"
                                        : json::serialize(cell);
    table.row({"  " + std::string(field.key()), text});
  }
  out += table.text();
  for (const auto& history : record.at("histories").as_object()) {
    out += "  " + std::string(history.key()) + look.pick(" 的历史：", " over time:");
    for (const json::value& version : history.value().as_array()) {
      out += " " + text_of(version.as_object(), "from") + " → " +
             text_of(version.as_object(), "value");
    }
    out += "\n";
  }
  for (const char* key : {"created", "changed"}) {
    const json::object& note = record.at(key).as_object();
    out += std::string("  ") +
           (std::string_view(key) == "created" ? look.pick("建立", "created")
                                               : look.pick("最近修改", "last changed")) +
           ": #" + text_of(note, "seq") + " " + text_of(note, "at") + " " + text_of(note, "actor") +
           " " + text_of(note, "act") + "\n";
  }
  return out;
}

std::string render_figure(const json::value& value, const Look& look) {
  const json::object& figure = value.as_object();
  return text_of(figure, "figure") + "  " + title_of(figure, "period_title", look) + "  " +
         figure_value(figure, look) + "\n" + synthetic_line(figure, look);
}

std::string render_explanation(const json::value& value, const Look& look) {
  const json::object& explanation = value.as_object();
  std::string out = render_figure(explanation.at("figure"), look);
  out += look.pick("算法  ", "Formula  ") + title_of(explanation, "formula", look) + "\n";
  Table parts;
  parts.align_right(1);
  for (const json::value& item : explanation.at("parts").as_array()) {
    const json::object& part = item.as_object();
    parts.row({"  " + title_of(part, "label", look),
               amount(text_of(part, "value"), text_of(part, "unit"), look),
               text_of(part, "figure")});
  }
  out += parts.text();
  if (const json::value* naive = explanation.if_contains("naive")) {
    out += look.pick("直接与上年公布数相比：", "Against last year's level as it was: ") +
           figure_value(naive->as_object(), look) + "\n";
  }
  add_cut(out, explanation, look);
  if (explanation.if_contains("cut") == nullptr) add_lineage(out, explanation, look);
  const json::object& definition = explanation.at("definition").as_object();
  out += look.pick("定义  ", "Definition  ") + text_of(definition, "indicator") + " " +
         text_of(definition, "digest").substr(0, 12) + look.pick("，位置 ", ", position ") +
         text_of(explanation.at("figure").as_object(), "position") + "\n";
  return out;
}

}  // namespace wutong::cli
