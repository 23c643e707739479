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

void add_judgement(const zone::Host& host, const page::Claim& claim,
                   const page::Judgement& judgement, json::object& out) {
  out["subject"] = text_or_null(judgement.subject);
  out["indicator"] = text_or_null(judgement.indicator);
  out["zone"] = text_or_null(judgement.zone);
  out["verdict"] = page::to_string(judgement.verdict);
  out["recorded"] = recorded_or_null(judgement.recorded, judgement.unit, claim.unit);
  out["readings"] = readings_json(judgement);
  record::Title reason = judgement.reason;
  if (judgement.changed_by) {
    if (auto entry = host.entry(judgement.zone, *judgement.changed_by)) {
      std::string who = entry->at.to_string() + " " + entry->actor + " " + entry->act +
                        (entry->reason.empty() ? "" : " " + entry->reason);
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

Answered check_page(const zone::Host& host, std::string_view text) {
  auto reading = page::read_text(text);
  if (!reading) return failed(reading.error());
  page::Checked checked;
  host.read_all([&](std::span<const zone::View> views) {
    std::vector<page::ZoneRecords> zones;
    for (const zone::View& view : views) {
      zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
    }
    checked = page::check(*reading, zones);
  });
  json::array claims;
  for (size_t i = 0; i < reading->claims.size(); ++i) {
    json::object claim = claim_json(*reading, reading->claims[i]);
    add_judgement(host, reading->claims[i], checked.judgements[i], claim);
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
