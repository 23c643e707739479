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

std::string zone_section(const zone::View& view, const access::Rights& rights) {
  const catalog::ZoneFile& zone = view.catalog->zone;
  const record::Schema& schema = *view.catalog->schema;
  std::string out = "<section><h2>" + escape_html(zone.name.zh) + " · " +
                    escape_html(zone.name.en) + "</h2><p class=hint>位置 position " +
                    std::to_string(view.position.value) + " · " + escape_html(view.at.to_string());
  if (zone.synthetic) out += " · <span class=mark>演示数据，非真实记录 · synthetic records</span>";
  out += "</p><table><tr><th>登记簿 register<th>名称 title<th>记录 records</tr>";
  for (size_t i = 0; i < schema.registers().size(); ++i) {
    const record::Register& definition = schema.registers()[i];
    const access::Rows reach = rights.reach(definition.name, access::Right::read);
    if (reach == access::Rows::none) continue;
    const std::string count =
        reach == access::Rows::all ? std::to_string(view.state->size(i)) : "—";
    out += "<tr><td>" +
           link("/v1/zones/" + zone.zone + "/records/" + definition.name, definition.name) +
           "<td>" + escape_html(definition.title.zh) + "<td class=n>" + count + "</tr>";
  }
  access::Ask ask;
  ask.what = access::What::figure;
  ask.rows = access::Rows::all;
  if (!rights.may(ask)) return out + "</table></section>";
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

namespace {

std::string head() {
  return "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport "
         "content=\"width=device-width\"><title>梧桐 Wutong</title><style>" +
         std::string(kStyle) + "</style><main><h1>梧桐 Wutong</h1>";
}

}  // namespace

std::string front_page() {
  return head() +
         "<p>请登录：POST /v1/session，JSON：account、password、code（如启用两步验证）。</p>"
         "<p>Sign in: POST /v1/session with account, password, and code where a second factor is "
         "in force.</p></main></html>";
}

std::string index_page(const answer::Door& door) {
  std::string out = head() + "<p class=hint>接口 API: " + link("/v1/zones", "/v1/zones") +
                    " · /v1/figures/ZONE/INDICATOR/PERIOD/COMPARISON · /v1/explanations/… · "
                    "POST /v1/pages/check</p>";
  door.host().read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const access::Rights rights = door.rights(view);
      if (rights.may_enter()) out += zone_section(view, rights);
    }
  });
  return out + "</main></html>";
}

}  // namespace wutong::server
