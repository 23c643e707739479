#include "surface/server/index_page.hpp"

namespace wutong::server {

namespace {

constexpr std::string_view kStyle =
    "body{margin:0;background:#F7F9F7;color:#14211B;font:14px/1.6 \"Noto Sans CJK SC\","
    "\"PingFang SC\",\"Microsoft YaHei\",system-ui}main{max-width:960px;margin:32px auto;"
    "padding:0 16px}h1{font-size:28px;color:#1E7A4F;margin:0}h2{font-size:20px}"
    "section{background:#fff;border:1px solid #DFE6E1;border-radius:8px;padding:16px;"
    "margin:16px 0;overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;padding:4px 8px;border-bottom:1px solid #DFE6E1}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}a{color:#2B6CB0}"
    ".mark{color:#9A6700}.hint{color:#47554D}";

std::string link(const std::string& target, std::string_view text) {
  return "<a href=\"" + escape_html(target) + "\">" + escape_html(text) + "</a>";
}

std::string zone_section(const zone::View& view) {
  const catalog::ZoneFile& zone = view.catalog->zone;
  const record::Schema& schema = *view.catalog->schema;
  std::string out = "<section><h2>" + escape_html(zone.name.zh) + " · " +
                    escape_html(zone.name.en) + "</h2><p class=hint>位置 position " +
                    std::to_string(view.position.value) + " · " + escape_html(view.at.to_string());
  if (zone.synthetic) out += " · <span class=mark>演示数据，非真实记录 · synthetic records</span>";
  out += "</p><table><tr><th>登记簿 register<th>名称 title<th>记录 records</tr>";
  for (size_t i = 0; i < schema.registers().size(); ++i) {
    const record::Register& definition = schema.registers()[i];
    out += "<tr><td>" +
           link("/v1/zones/" + zone.zone + "/records/" + definition.name, definition.name) +
           "<td>" + escape_html(definition.title.zh) + "<td class=n>" +
           std::to_string(view.state->size(i)) + "</tr>";
  }
  out += "</table><table><tr><th>指标 indicator<th>名称 title</tr>";
  for (const indicator::Definition& definition : view.catalog->indicators->all()) {
    out += "<tr><td>" + escape_html(definition.name) + "<td>" + escape_html(definition.title.zh) +
           "</tr>";
  }
  return out + "</table></section>";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string index_page(const zone::Host& host) {
  std::string out =
      "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport "
      "content=\"width=device-width\"><title>梧桐 Wutong</title><style>" +
      std::string(kStyle) + "</style><main><h1>梧桐 Wutong</h1><p class=hint>接口 API: " +
      link("/v1/zones", "/v1/zones") +
      " · /v1/figures/ZONE/INDICATOR/PERIOD/COMPARISON · /v1/explanations/… · "
      "POST /v1/pages/check</p>";
  host.read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) out += zone_section(view);
  });
  return out + "</main></html>";
}

}  // namespace wutong::server
