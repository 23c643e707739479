// How an explanation looks in a terminal.
#include <boost/json.hpp>

#include "surface/cli/render.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

void add_records(std::string& out, const json::object& explanation, const Look& look) {
  const json::array& records = explanation.at("records").as_array();
  if (records.empty()) return;
  out += look.pick("记录（按金额大小，共 ", "Records (by weight, ") +
         text_of(explanation, "record_count") + look.pick(" 条）\n", " in all)\n");
  Table table;
  table.align_right(4);
  table.header({look.pick("部分", "part"), look.pick("登记簿", "register"),
                look.pick("主键", "key"), look.pick("时间", "period"), look.pick("数额", "amount"),
                look.pick("填报人", "recorded by"), look.pick("时刻", "at"),
                look.pick("记录号", "entry")});
  for (const json::value& value : records) {
    const json::object& record = value.as_object();
    std::string name = title_of(record, "title", look);
    table.row({text_of(record, "part"), text_of(record, "register"),
               text_of(record, "key") + (name.empty() ? "" : " " + name), text_of(record, "period"),
               text_of(record, "amount"), text_of(record, "changed_by"),
               text_of(record, "changed_at"), text_of(record, "changed")});
  }
  out += table.text();
  if (text_of(explanation, "record_unit") == "date") {
    out += look.pick("取其中 ", "Taken of these: ") + text_of(explanation, "value_total") + "\n";
    return;
  }
  out += look.pick("合计 本期 ", "Totals: value ") + text_of(explanation, "value_total") +
         look.pick("，基期 ", ", base ") + text_of(explanation, "base_total") + "\n";
}

// "+12" and "-12": what is added and what is taken away.
std::string with_sign(const std::string& amount) {
  const bool is_plain = amount.empty() || amount[0] == '-' || amount == "0";
  return is_plain ? amount : "+" + amount;
}

void add_split(std::string& out, const json::object& explanation, const Look& look) {
  const json::value* found = explanation.if_contains("split");
  if (found == nullptr) return;
  const json::object& split = found->as_object();
  out += look.pick("两个基期之差\n", "Between the two bases\n");
  const std::string published = text_of(split, "published");
  if (!published.empty()) {
    out += look.pick("  基期齐全时的数（位置 ", "  as it stood when complete (position ") +
           text_of(split, "published_at") + look.pick("） ", ") ") + published + "\n";
  }
  const std::string note = title_of(split, "note", look);
  if (!note.empty()) out += "  " + note + "\n";
  Table table;
  table.align_right(1);
  const auto add_part = [&](const json::object& part) {
    table.row({"  " + title_of(part, "title", look), with_sign(text_of(part, "amount"))});
    for (const json::value& item : part.at("units").as_array()) {
      const json::object& unit = item.as_object();
      table.row({"    " + text_of(unit, "key") + " " + title_of(unit, "title", look),
                 with_sign(text_of(unit, "amount"))});
    }
  };
  const json::array& parts = split.at("parts").as_array();
  for (const json::value& part : parts) {
    if (text_of(part.as_object(), "part") == "revised") add_part(part.as_object());
  }
  table.row({look.pick("  原口径基期（当时在库，现在所知）",
                       "  naive base (roster of then, as known now)"),
             text_of(split, "naive")});
  for (const json::value& part : parts) {
    if (text_of(part.as_object(), "part") != "revised") add_part(part.as_object());
  }
  table.row({look.pick("  可比基期（本期在库单位的上年同期数）",
                       "  comparable base (units of this period)"),
             text_of(split, "comparable")});
  out += table.text();
}

void add_breakdowns(std::string& out, const json::object& explanation, const Look& look) {
  for (const json::value& item : explanation.at("breakdowns").as_array()) {
    const json::object& breakdown = item.as_object();
    const std::string dimension = text_of(breakdown, "dimension");
    out += dimension.empty() ? look.pick("构成（按公布数）\n", "Parts (as published)\n")
                             : look.pick("按 ", "By ") + dimension +
                                   look.pick("（按公布数）\n", " (as published)\n");
    Table table;
    table.align_right(1);
    for (const json::value& entry : breakdown.at("parts").as_array()) {
      const json::object& part = entry.as_object();
      table.row({"  " + title_of(part, "label", look),
                 amount(text_of(part, "value"), text_of(part, "unit"), look),
                 text_of(part, "figure")});
    }
    out += table.text();
    const std::string difference = text_of(breakdown, "difference");
    if (difference == "0") continue;
    out += look.pick("  各部分取舍后相加为 ", "  the rounded parts add up to ") +
           text_of(breakdown, "sum") +
           look.pick("，与总数相差 ", "; the total differs for rounding by ") +
           with_sign(difference) + "\n";
  }
}

// Down to the records: those that count, those left out, the entries that recorded them.
void add_lineage(std::string& out, const json::object& explanation, const Look& look) {
  add_split(out, explanation, look);
  add_breakdowns(out, explanation, look);
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

}  // namespace

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
