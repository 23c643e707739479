// A read or checked page in the terminal: the text with its claims in colour, then a table of
// claims.
#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"
#include "surface/cli/render.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

struct VerdictLook {
  const char* verdict;
  const char* sign;
  const char* colour;
  const char* zh;
  const char* en;
};
constexpr VerdictLook kVerdicts[] = {
    {"verified", "✓", "\x1b[32m", "属实", "verified"},
    {"contradicted", "✗", "\x1b[31;1m", "不符", "contradicted"},
    {"stale", "↻", "\x1b[33m", "已更新", "stale"},
    {"ambiguous", "?", "\x1b[35m", "有歧义", "ambiguous"},
    {"not_recorded", "·", "\x1b[36m", "无记录", "not recorded"},
    {"not_understood", "-", "\x1b[2m", "未读懂", "not understood"},
};
constexpr VerdictLook kRead = {"", " ", "\x1b[36m", "", ""};
constexpr const char* kPlain = "\x1b[0m";

const VerdictLook& look_of(const json::object& claim) {
  std::string verdict = text_of(claim, "verdict");
  for (const VerdictLook& row : kVerdicts) {
    if (row.verdict == verdict) return row;
  }
  return kRead;
}

std::string interval(const json::object& claim) {
  std::string value = text_of(claim, "value");
  std::string unit = text_of(claim, "unit");
  if (!value.empty()) return value + " " + unit;
  return text_of(claim, "low") + " .. " + text_of(claim, "high") +
         (unit == "date" || unit == "period" ? "" : " " + unit);
}

// Claims that do not overlap, in the order of the text; of two that do, the earlier.
std::vector<const json::object*> in_order(const json::array& claims) {
  std::vector<const json::object*> ordered;
  for (const json::value& claim : claims) ordered.push_back(&claim.as_object());
  std::sort(ordered.begin(), ordered.end(), [](const json::object* a, const json::object* b) {
    auto place = [](const json::object& claim) {
      return std::pair(claim.at("start").to_number<int64_t>(),
                       claim.at("end").to_number<int64_t>());
    };
    return place(*a) < place(*b);
  });
  return ordered;
}

std::string coloured(const json::array& claims, const std::string& page) {
  std::u32string text = to_code_points(page);
  std::string out;
  size_t at = 0;
  for (const json::object* claim : in_order(claims)) {
    auto start = static_cast<size_t>(claim->at("start").to_number<int64_t>());
    auto end = static_cast<size_t>(claim->at("end").to_number<int64_t>());
    if (start < at || end > text.size() || end < start) continue;
    const VerdictLook& look = look_of(*claim);
    out += to_utf8(std::u32string_view(text).substr(at, start - at));
    out += look.colour + to_utf8(std::u32string_view(text).substr(start, end - start)) + look.sign +
           kPlain;
    at = end;
  }
  return out + to_utf8(std::u32string_view(text).substr(at)) + "\n";
}

std::string claims_table(const json::array& claims, const Look& look) {
  Table table;
  table.align_right(0);
  table.header({"#", look.pick("判定", "verdict"), look.pick("原文", "text"),
                look.pick("量", "measure"), look.pick("读作", "read as"),
                look.pick("口径", "qualifier"), look.pick("时期", "period"),
                look.pick("记录", "recorded"), look.pick("说明", "reason")});
  size_t number = 0;
  for (const json::value& value : claims) {
    const json::object& claim = value.as_object();
    const VerdictLook& row = look_of(claim);
    std::string verdict = std::string(row.sign) + " " + look.pick(row.zh, row.en);
    if (look.has_colour) verdict = row.colour + verdict + kPlain;
    std::string why = text_of(claim, look.pick("reason", "reason_en"));
    table.row({std::to_string(number++), verdict, text_of(claim, "quote"),
               text_of(claim, "measure"), interval(claim), text_of(claim, "qualifier"),
               text_of(claim, "period"), text_of(claim, "recorded"), why});
  }
  return table.text();
}

std::string counts_line(const json::array& claims, const Look& look) {
  std::string out =
      look.pick("共 ", "") + std::to_string(claims.size()) + look.pick(" 处", " claims");
  for (const VerdictLook& row : kVerdicts) {
    size_t count = 0;
    for (const json::value& claim : claims) {
      if (text_of(claim.as_object(), "verdict") == row.verdict) ++count;
    }
    if (count == 0) continue;
    out += std::string(look.pick("，", ", ")) + look.pick(row.zh, row.en) + " " +
           std::to_string(count);
  }
  return out + "\n";
}

}  // namespace

std::string render_page(const json::value& value, const std::string& page, const Look& look) {
  const json::object& answer = value.as_object();
  const json::array& claims = answer.at("claims").as_array();
  std::string out;
  if (look.has_colour) out += coloured(claims, page) + "\n";
  out += claims_table(claims, look);
  for (const json::value& item : answer.at("findings").as_array()) {
    const json::object& finding = item.as_object();
    out += "! " + text_of(finding, look.pick("text", "text_en"));
    out += "  " + json::serialize(finding.at("claims")) + "\n";
  }
  out += counts_line(claims, look);
  const json::value* synthetic = answer.if_contains("synthetic");
  if (synthetic != nullptr && synthetic->is_bool() && synthetic->get_bool()) {
    out += look.pick("所对照的是演示数据，非真实记录\n",
                     "Checked against synthetic records, not real ones\n");
  }
  return out;
}

}  // namespace wutong::cli
