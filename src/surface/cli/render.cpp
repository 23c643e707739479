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
  if (unit == "date") return value;
  std::string name = title_of(figure, "unit_title", look);
  return value + (name == "%" || name.empty() ? name : " " + name);
}

namespace {

std::string synthetic_line(const json::object& object, const Look& look) {
  const json::value* mark = object.if_contains("synthetic");
  if (mark == nullptr || !mark->is_bool() || !mark->get_bool()) return {};
  return look.pick("  [演示数据，非真实记录]\n", "  [synthetic records]\n");
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
      const std::string from = text_of(version.as_object(), "from");
      out += " " + (from.empty() ? std::string(look.pick("一直", "always")) : from) + " → " +
             text_of(version.as_object(), "value");
    }
    out += "\n";
  }
  for (const json::value& clock : record.at("clocks").as_array()) {
    out += "  " + title_of(clock.as_object(), "title", look) + look.pick("：", ": ") +
           title_of(clock.as_object(), "standing", look) + "\n";
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

}  // namespace wutong::cli
