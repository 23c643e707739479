#include <algorithm>

#include "domain/page/judge.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value number_or_null(const std::optional<Decimal>& value) {
  return value ? json::value(value->to_string_short()) : json::value(nullptr);
}

// Rates as printed ("8.0"), amounts and counts without zeros after the point.
json::value value_or_null(const std::optional<Decimal>& value, std::string_view unit) {
  bool is_rate = unit == "percent" || unit == "percentage_points" || unit == "times";
  if (!value || !is_rate) return number_or_null(value);
  return json::value(value->to_string());
}

// Rates as recorded, dates with their precision.
json::value recorded_or_null(const std::optional<Decimal>& value, Unit unit,
                             std::string_view claim_unit) {
  if (value && unit.dimension() == "date") return json::value(indicator::amount_text(*value, unit));
  return value_or_null(value, claim_unit);
}

json::value day_or_null(const std::optional<Date>& day) {
  return day ? json::value(day->to_string()) : json::value(nullptr);
}

json::object claim_json(const page::Reading& reading, const page::Claim& claim) {
  bool is_time = claim.measure == page::Measure::date || claim.measure == page::Measure::period;
  const page::Interval& interval = claim.interval;
  return {{"story", reading.stories[claim.story].heading},
          {"start", claim.start},
          {"end", claim.end},
          {"quote", claim.quote},
          {"subject", nullptr},
          {"indicator", nullptr},
          {"zone", nullptr},
          {"measure", page::to_string(claim.measure)},
          {"value", value_or_null(claim.value, claim.unit)},
          {"unit", claim.unit},
          {"basis", text_or_null(std::string(page::to_string(claim.basis)))},
          {"words", claim.before},
          {"when", text_or_null(claim.when)},
          {"qualifier", page::to_string(claim.qualifier)},
          {"low", is_time ? day_or_null(claim.first) : number_or_null(interval.low)},
          {"low_closed", is_time ? claim.first.has_value() : interval.is_low_closed},
          {"high", is_time ? day_or_null(claim.last) : number_or_null(interval.high)},
          {"high_closed", is_time ? claim.last.has_value() : interval.is_high_closed},
          {"period", claim.periods.empty() ? json::value(nullptr)
                                           : json::value(claim.periods.front().to_string())}};
}

json::array readings_json(const page::Judgement& judgement) {
  json::array out;
  for (const page::Alternative& alternative : judgement.readings) {
    out.push_back(
        json::object{{"figure", alternative.figure},
                     {"recorded", recorded_or_null(alternative.recorded, alternative.unit, "")},
                     {"verdict", page::to_string(alternative.verdict)}});
  }
  return out;
}

void add_judgement(const Door& door, const page::Claim& claim, const page::Judgement& judgement,
                   json::object& out) {
  out["subject"] = text_or_null(judgement.subject);
  out["indicator"] = text_or_null(judgement.indicator);
  out["zone"] = text_or_null(judgement.zone);
  out["verdict"] = page::to_string(judgement.verdict);
  out["recorded"] = recorded_or_null(judgement.recorded, judgement.unit, claim.unit);
  out["readings"] = readings_json(judgement);
  record::Title reason = judgement.reason;
  if (judgement.changed_by) {
    if (auto entry = door.host().entry(judgement.zone, *judgement.changed_by)) {
      std::string who = entry->at.to_string();
      if (door.need(judgement.zone, access::Task::audit)) {
        who += " " + entry->actor + " " + entry->act +
               (entry->reason.empty() ? "" : " " + entry->reason);
      }
      reason.zh += "（" + who + "）";
      reason.en += " (" + who + ")";
    }
  }
  out["reason"] = reason.zh;
  out["reason_en"] = reason.en;
  out["figure"] = text_or_null(judgement.figure);
}

}  // namespace

Answered read_page(std::string_view text) {
  auto reading = page::read_text(text);
  if (!reading) return failed(reading.error());
  json::array claims;
  for (const page::Claim& claim : reading->claims) claims.push_back(claim_json(*reading, claim));
  return json::object{{"claims", std::move(claims)}, {"findings", json::array()}};
}

namespace {

bool may_check(const access::Rights& rights) {
  access::Ask ask;
  ask.what = access::What::task;
  ask.task = access::Task::pages;
  return rights.may(ask);
}

// Only what the caller may ask for himself is told: else the page would be an oracle.
bool may_tell(const Door& door, const std::string& figure) {
  if (door.principal().is_local || figure.empty()) return true;
  const auto question = indicator::parse_identity(figure);
  return question && door.may_ask(*question, access::What::figure).has_value();
}

void hide(page::Judgement& judgement) {
  const std::string zone = judgement.zone;
  judgement = {};
  judgement.zone = zone;
  judgement.reason = {"没有可供您核对的记录", "nothing is recorded that you may check against"};
}

// What the judgements say, without what may not be told.
void hide_all(const Door& door, page::Checked& checked) {
  std::vector<bool> hidden(checked.judgements.size());
  for (size_t i = 0; i < hidden.size(); ++i) {
    page::Judgement& judgement = checked.judgements[i];
    bool is_told = may_tell(door, judgement.figure);
    for (const page::Alternative& one : judgement.readings) {
      is_told = is_told && may_tell(door, one.figure);
    }
    // A verdict without a figure speaks of records themselves: for those who see them all.
    const bool speaks_of_records = judgement.figure.empty() && judgement.recorded.has_value();
    if (speaks_of_records && !door.principal().is_local) is_told = false;
    if (is_told) continue;
    hide(judgement);
    hidden[i] = true;
  }
  std::erase_if(checked.findings, [&](const page::Finding& finding) {
    return std::any_of(finding.claims.begin(), finding.claims.end(),
                       [&](size_t claim) { return claim < hidden.size() && hidden[claim]; });
  });
}

}  // namespace

Answered check_page(const Door& door, std::string_view text) {
  if (auto needed = door.need_anywhere(access::Task::pages); !needed) return failed(needed.error());
  auto reading = page::read_text(text);
  if (!reading) return failed(reading.error());
  page::Checked checked;
  door.host().read_all([&](std::span<const zone::View> views) {
    std::vector<page::ZoneRecords> zones;
    for (const zone::View& view : views) {
      const std::string& name = view.catalog->zone.zone;
      if (name == "system" || !may_check(door.rights(view))) continue;
      zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
    }
    checked = page::check(*reading, zones);
  });
  hide_all(door, checked);
  json::array claims;
  for (size_t i = 0; i < reading->claims.size(); ++i) {
    json::object claim = claim_json(*reading, reading->claims[i]);
    add_judgement(door, reading->claims[i], checked.judgements[i], claim);
    claims.push_back(std::move(claim));
  }
  json::array findings;
  for (const page::Finding& finding : checked.findings) {
    findings.push_back(
        json::object{{"kind", finding.kind},
                     {"weight", page::to_string(finding.weight)},
                     {"claims", json::array(finding.claims.begin(), finding.claims.end())},
                     {"text", finding.text.zh},
                     {"text_en", finding.text.en}});
  }
  return json::object{{"claims", std::move(claims)},
                      {"findings", std::move(findings)},
                      {"synthetic", checked.is_synthetic}};
}

}  // namespace wutong::answer
