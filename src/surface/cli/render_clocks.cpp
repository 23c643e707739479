// A person's day and the outbox.
#include <boost/json.hpp>

#include "surface/cli/render.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

struct SectionWords {
  const char* name;
  const char* zh;
  const char* en;
};
constexpr SectionWords kSections[] = {{"late", "已超期", "Late"},
                                      {"today", "今天到期", "Due today"},
                                      {"week", "本周到期", "Due this week"},
                                      {"later", "随后三十天", "The thirty days after"},
                                      {"waiting", "等待对方", "Waiting for somebody"}};

std::string item_text(const json::object& item, const Look& look) {
  std::string out = "  " + title_of(item, "sentence", look);
  std::string moves;
  for (const json::value& move : item.at("moves").as_array()) {
    moves +=
        (moves.empty() ? "" : look.pick("、", ", ")) + title_of(move.as_object(), "title", look);
  }
  if (!moves.empty()) out += look.pick("。可办：", ". Can be done: ") + moves;
  return out + "\n";
}

// 企业月度报表 2026-10：应报 284 家，未报 9 家；2026-11-12到期，已超期13天
std::string unfiled_text(const json::object& gap, const Look& look) {
  const std::string what = title_of(gap, "register_title", look) + " " + text_of(gap, "month");
  const std::string expected = text_of(gap, "expected"), missing = text_of(gap, "missing");
  std::string out =
      "  " + what +
      (look.language == Language::zh ? "：应报 " + expected + " 家，未报 " + missing + " 家；"
                                     : ": " + missing + " of " + expected + " have not filed; ") +
      title_of(gap, "standing", look) + "\n";
  const json::array& items = gap.at("items").as_array();
  for (const json::value& each : items) {
    const json::object& item = each.as_object();
    out += "    " + text_of(item, "label");
    if (item.at("record").is_object()) {
      out += look.pick("，", ", ") + title_of(item.at("record").as_object(), "state", look);
    }
    out += "\n";
  }
  const auto rest = gap.at("missing").to_number<size_t>() - items.size();
  if (rest > 0) {
    out += look.pick("    还有 ", "    ") + std::to_string(rest) + look.pick(" 家\n", " more\n");
  }
  return out;
}

}  // namespace

std::string render_today(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  std::string out = text_of(answer, "zone") + "  " + text_of(answer, "day") +
                    (answer.at("working_day").as_bool() ? look.pick("（工作日）", " (working day)")
                                                        : look.pick("（休息日）", " (day off)"));
  const std::string unread = text_of(answer, "unread_notices");
  if (unread != "0") out += look.pick("，未读提醒 ", ", unread notices: ") + unread;
  out += "\n";
  size_t all = 0;
  for (const SectionWords& section : kSections) {
    const auto count = answer.at("counts").as_object().at(section.name).to_number<size_t>();
    if (count == 0) continue;
    all += count;
    out += std::string(look.pick(section.zh, section.en)) + look.pick("（", " (") +
           std::to_string(count) + look.pick("）\n", ")\n");
    size_t shown = 0;
    for (const json::value& item : answer.at("items").as_array()) {
      if (text_of(item.as_object(), "section") != section.name) continue;
      out += item_text(item.as_object(), look);
      ++shown;
    }
    if (shown < count) {
      const std::string rest = std::to_string(count - shown);
      out += look.pick("  还有 ", "  ") + rest + look.pick(" 项\n", " more\n");
    }
  }
  const json::array& unfiled = answer.at("unfiled").as_array();
  if (!unfiled.empty()) out += look.pick("尚未报送\n", "Not filed yet\n");
  for (const json::value& gap : unfiled) out += unfiled_text(gap.as_object(), look);
  if (all == 0 && unfiled.empty()) out += look.pick("没有要办的\n", "nothing is to be done\n");
  return out;
}

std::string render_outbox(const json::value& value, const Look& look) {
  const json::object& answer = value.as_object();
  Table table;
  table.header({look.pick("编号", "number"), look.pick("收件", "to"), look.pick("到期", "due"),
                look.pick("内容", "text")});
  table.align_right(0);
  for (const json::value& item : answer.at("notices").as_array()) {
    const json::object& notice = item.as_object();
    table.row({text_of(notice, "number"), text_of(notice, "recipient"), text_of(notice, "due_on"),
               text_of(notice, look.pick("text_zh", "text_en"))});
  }
  return table.text() + look.pick("下次从 ", "next: --after ") + text_of(answer, "next") +
         look.pick(" 之后取\n", "\n");
}

}  // namespace wutong::cli
