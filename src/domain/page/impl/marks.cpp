// “首家外贸突破100亿元”: who was the first to pass a mark, by the table of when each area passed
// it.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "domain/page/impl/judging.hpp"
#include "domain/page/impl/lexicon.hpp"

namespace wutong::page {

using indicator::Definition;

namespace {

// The dimension of a table of marks that says whose mark it is: a reference to `area`.
std::string place_dimension(const record::Schema& schema, const Definition& definition) {
  for (const indicator::Dimension& dimension : definition.dimensions) {
    const auto& fields = schema.registers()[dimension.path.home].fields;
    const bool is_place =
        dimension.path.steps.size() == 1 && fields[dimension.path.steps.front()].target == "area";
    if (is_place) return dimension.name;
  }
  return {};
}

// Decimal places in which a dimension is recorded; nullopt: there is no such dimension.
std::optional<int> places_of(const record::Schema& schema, const Definition& definition,
                             std::string_view name) {
  for (const indicator::Dimension& dimension : definition.dimensions) {
    if (dimension.name != name) continue;
    return schema.registers()[dimension.path.home].fields[dimension.path.steps.front()].decimals;
  }
  return std::nullopt;
}

// Areas of the own level in an area above, and whether they are known to be more than those of one
// part of it: zones of one province say nothing of the nation's.
struct Peers {
  std::vector<std::string> keys;
  std::set<std::string> parts;
};

Peers peers_in(const record::State& state, const std::string& own, std::string_view scope_level) {
  Peers out;
  const auto index = state.schema().index_of("area");
  if (!index) return out;
  const record::Register& home = state.schema().registers()[*index];
  const auto level = home.find("level"), parent = home.find("parent");
  const auto own_at = state.find(*index, own);
  if (!level || !parent || !own_at) return out;
  const auto level_of = [&](RecordId at) {
    return wutong::to_string(state.value(*index, *level, at));
  };
  // The area of the scope's level above one, and the one right below it on the way.
  const auto above = [&](RecordId at) -> std::optional<std::pair<RecordId, RecordId>> {
    constexpr int kDepthMax = 10;
    for (int depth = 0; depth < kDepthMax; ++depth) {
      const Value value = state.value(*index, *parent, at);
      const auto* next = std::get_if<RecordId>(&value);
      if (next == nullptr) return std::nullopt;
      if (level_of(*next) == scope_level) return std::pair(*next, at);
      at = *next;
    }
    return std::nullopt;
  };
  const auto scope = above(*own_at);
  for (uint32_t i = 0; scope && i < state.size(*index); ++i) {
    if (level_of(RecordId{i}) != level_of(*own_at)) continue;
    const auto there = above(RecordId{i});
    if (!there || !(there->first == scope->first)) continue;
    out.keys.push_back(state.key_text(*index, RecordId{i}));
    out.parts.insert(state.key_text(*index, there->second));
  }
  return out;
}

}  // namespace

// The number behind the word for the first, in its clause and behind a verb of passing.
std::optional<size_t> ZoneJudge::mark_of(size_t index) const {
  const Claim& claim = reading_.claims[index];
  if (claim.measure != Measure::ordinal || claim.unit != "rank") return std::nullopt;
  for (size_t i = index + 1; i < reading_.claims.size(); ++i) {
    const Claim& next = reading_.claims[i];
    if (next.sentence != claim.sentence) break;
    const size_t at = next.before.find(claim.quote);
    const bool is_amount = next.value && next.measure != Measure::date &&
                           next.measure != Measure::period && next.measure != Measure::ordinal;
    if (at == std::string::npos || !is_amount) continue;
    if (contains_any(to_code_points(next.before.substr(at)), kPassing)) return i;
  }
  return std::nullopt;
}

// The table: months by area, indicator and mark.
const Definition* ZoneJudge::table_of_marks() const {
  const record::Schema& schema = records_.state->schema();
  const auto& all = records_.catalog->indicators->all();
  const auto table = std::find_if(all.begin(), all.end(), [&](const Definition& definition) {
    return definition.is_date() && places_of(schema, definition, "indicator") &&
           places_of(schema, definition, "mark") && !place_dimension(schema, definition).empty();
  });
  return table == all.end() ? nullptr : &*table;
}

// false: no table of marks is kept, or these words speak of none.
bool ZoneJudge::judge_first(size_t index, const std::vector<Subject>& about, Judgement& out) const {
  const auto mark = mark_of(index);
  const auto who = std::find_if(about.begin(), about.end(), [&](const Subject& subject) {
    return subjects_.is_place_or_firm(subject);
  });
  const bool is_of_zone = who != about.end() && who->kind == Subject::Kind::zone;
  const Definition* table = table_of_marks();
  if (!mark || !is_of_zone || table == nullptr) return false;
  const record::Schema& schema = records_.state->schema();
  const std::string what = judge_number(*mark, about).indicator;
  const auto value = reading_.claims[*mark].value->rescaled(*places_of(schema, *table, "mark"));
  if (what.empty() || !value) return false;
  const Claim& claim = reading_.claims[index];
  out.indicator = table->name;
  out.subject = who->name;
  const auto level = names_.level_in(claim.before + claim.quote);
  if (!level) {
    out.reason = {"没有说在哪个地区中是首家",
                  "the words do not say within which area it was the first"};
    return true;
  }
  const Peers peers = peers_in(*records_.state, records_.catalog->zone.area, *level);
  if (peers.parts.size() < 2) {
    out.reason = {"要比出“首家”，需要所说地区中各同级地区的突破时间，没有记录",
                  "\"the first\" needs the areas of that level in the area named; they are not "
                  "recorded"};
    return true;
  }
  const Wanted asked{table, {{"indicator", what}, {"mark", value->to_string()}}, false};
  conclude_place(claim, asked, place_dimension(schema, *table), peers.keys, out);
  return true;
}

// The place of the own area among the peers by the month that is recorded, the earliest first.
void ZoneJudge::conclude_place(const Claim& claim, Wanted asked, const std::string& dimension,
                               const std::vector<std::string>& peers, Judgement& out) const {
  const Period period = Period::as_of(day_of(claim));
  const std::string& own = records_.catalog->zone.area;
  asked.dimensions[dimension] = own;
  const Answer mine = ask(claim, asked, period, {});
  out.figure = indicator::identity(mine.question);
  explain(claim, mine, out);
  if (!mine.figure) return;
  const PartialDate month = indicator::date_of(mine.figure->value);
  int64_t others = 0, before = 0, beside = 0;
  for (const std::string& peer : peers) {
    if (peer == own) continue;
    Wanted each = asked;
    each.dimensions[dimension] = peer;
    const Answer theirs = ask(claim, each, period, {});
    if (!theirs.figure) continue;
    const PartialDate other = indicator::date_of(theirs.figure->value);
    ++others;
    before += other.last() < month.first ? 1 : 0;
    beside += other.last() >= month.first && other.first <= month.last() ? 1 : 0;
  }
  if (others == 0) {
    out.reason = {"其他同级地区的突破时间没有记录，无从比较先后",
                  "no other area has its time recorded, so that there is no order to compare"};
    return;
  }
  const Decimal first(before + 1), last(before + 1 + beside);
  const bool can_be = claim.value && *claim.value >= first && *claim.value <= last;
  out.verdict = !can_be       ? Verdict::contradicted
                : beside == 0 ? Verdict::verified
                              : Verdict::ambiguous;
  out.recorded = first;
  out.unit = *Unit::from_code("rank");
  indicator::Comparison comparison;
  comparison.kind = indicator::ComparisonKind::rank;
  comparison.argument = "by:" + dimension + ":low";
  const Answer place = ask(claim, asked, period, comparison);
  const bool is_same = place.figure && place.figure->value == first;
  if (is_same) out.figure = indicator::identity(place.question);
  const std::string n = first.to_string_short(), count = std::to_string(others + 1);
  const std::string on = month.to_string(), same = std::to_string(beside);
  out.reason = {"记录为 " + on + " 突破，在有记录的 " + count + " 个同级地区中列第 " + n +
                    (beside > 0 ? "，另有 " + same + " 个同时" : ""),
                "recorded as passed in " + on + ", number " + n + " of the " + count +
                    " areas of its level that are recorded" +
                    (beside > 0 ? ", with " + same + " more at the same time" : "")};
}

}  // namespace wutong::page
