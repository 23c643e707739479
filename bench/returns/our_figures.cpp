#include "bench/returns/our_figures.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "bench/returns/our_zones.hpp"

namespace wutong::bench {

namespace {

using indicator::Answered;
using indicator::Prepared;
using indicator::Question;
using indicator::Status;

enum class Shown { whole, rate, published };

struct Line {
  const char* name;  // in the answers
  const char* indicator;
  const char* period;
  const char* comparison;
  Shown shown;
};
constexpr const char* kUpToAsked = "2024-01..09";
// Output and its growth stand first: rank and totals are made of them, and the questions by
// industry are theirs.
constexpr Line kLines[] = {
    {"output", "output", kUpToAsked, "level", Shown::whole},
    {"output_growth", "output", kUpToAsked, "yoy", Shown::rate},
    {"output_growth_before", "output", "2024-01..08", "yoy", Shown::rate},
    {"output_growth_change", "output", kUpToAsked, "change_pp:month", Shown::published},
    {"quarter_revenue", "revenue", "2024-Q3", "level", Shown::whole},
    {"quarter_revenue_growth", "revenue", "2024-Q3", "yoy", Shown::rate},
    {"profit", "profit", kUpToAsked, "level", Shown::whole},
    {"profit_growth", "profit", kUpToAsked, "yoy", Shown::rate},
    {"exports", "exports", kUpToAsked, "level", Shown::whole},
    {"imports", "imports", kUpToAsked, "level", Shown::whole},
    {"trade", "trade", kUpToAsked, "level", Shown::whole},
    {"exports_growth", "exports", kUpToAsked, "yoy", Shown::rate},
    {"trade_growth", "trade", kUpToAsked, "yoy", Shown::rate},
    {"hightech_share", "hightech_share", kUpToAsked, "level", Shown::rate},
    {"rd_intensity", "rd_intensity", kUpToAsked, "level", Shown::rate},
    {"firms", "firms", "@2024-09-30", "level", Shown::whole},
};
constexpr size_t kOwn = std::size(kLines);
constexpr size_t kOutputLine = 0, kGrowthLine = 1;

Question question_of(size_t zone, const Line& line) {
  Question out;
  out.zone = zone_name(zone);
  out.indicator = line.indicator;
  out.period = *Period::parse(line.period);
  out.comparison = *indicator::parse_comparison(line.comparison);
  return out;
}

std::vector<Question> questions_of(size_t zone, const std::set<size_t>& industries) {
  std::vector<Question> out;
  for (const Line& line : kLines) out.push_back(question_of(zone, line));
  for (size_t industry : industries) {
    for (size_t line : {kOutputLine, kGrowthLine}) {
      out.push_back(out[line]);
      out.back().dimensions["industry"] = industry_code(industry);
    }
  }
  return out;
}

// One question the long way. What nothing was ever recorded for is no figure.
Result<Answered> ask_alone(const zone::View& view, const Question& question) {
  const auto figure = view.figures->figure(*view.state, question);
  if (figure) return Answered{figure->status, figure->value, 0, 0};
  if (figure.error().kind == ErrorKind::not_found) return Answered{};
  return fail(figure.error());
}

// As text for the answers: exact. An answer that came the long way is asked for its exact value.
Result<std::string> text_of(const zone::View& view, const Question& question,
                            const Answered& answered, Shown shown) {
  if (answered.status != Status::value) return shown == Shown::whole ? "0" : "-";
  if (shown == Shown::published) return answered.value.to_string_short();
  if (answered.whole == 0) {
    const auto figure = view.figures->figure(*view.state, question);
    if (!figure) return fail(figure.error());
    return figure->exact.to_string_short();
  }
  if (shown == Shown::whole) return to_string(answered.part / answered.whole);
  const auto rate =
      mul_div(Decimal::from_parts(answered.part, 0), Decimal(100),
              Decimal::from_parts(answered.whole, 0), Decimal::kScaleMax, Rounding::half_up);
  return rate ? rate->to_string_short() : "-";
}

}  // namespace

OurFigures::OurFigures(const Dataset& data) : zones_(data.zones) {
  std::vector<std::set<size_t>> industries(data.zones);
  for (const Firm& firm : data.firms) industries[firm.zone].insert(firm.industry);
  for (size_t zone = 0; zone < data.zones; ++zone) {
    zones_[zone].questions = questions_of(zone, industries[zone]);
    zones_[zone].industries.assign(industries[zone].begin(), industries[zone].end());
  }
}

void OurFigures::prepare(const zone::View& view, Zone& zone) const {
  if (zone.all) return;
  const auto& questions = zone.questions;
  zone.own.emplace(*view.figures,
                   std::vector<Question>(questions.begin(), questions.begin() + kOwn));
  zone.all.emplace(*view.figures, questions);
  std::vector<Question> summed;
  for (size_t i = 0; i < questions.size(); ++i) {
    if (zone.all->is_prepared(i)) {
      summed.push_back(questions[i]);
    } else {
      zone.other.push_back(i);
    }
  }
  zone.summed.emplace(*view.figures, std::move(summed));
}

Result<void> OurFigures::note_growth(const zone::View& view, Zone& zone) const {
  zone.position = view.position;
  zone.growth.reset();
  const Answered& growth = zone.answers[kGrowthLine];
  if (growth.status != Status::value) return {};
  if (growth.whole != 0) {
    zone.growth = Fraction{growth.part, growth.whole};
    return {};
  }
  const auto figure = view.figures->figure(*view.state, zone.questions[kGrowthLine]);
  if (!figure) return fail(figure.error());
  const Decimal exact = figure->exact.rescaled(Decimal::kScaleMax).value_or(figure->exact);
  zone.growth = Fraction{exact.mantissa(), int128{100} * 1'000'000'000 * 1'000'000'000};
  return {};
}

Result<void> OurFigures::ask_own(const zone::View& view, Zone& zone) {
  prepare(view, zone);
  zone.answers = zone.own->answer(*view.figures, *view.state);
  return note_growth(view, zone);
}

Result<void> OurFigures::ask_all(const zone::View& view, Zone& zone) {
  prepare(view, zone);
  zone.answers = zone.all->answer(*view.figures, *view.state);
  auto done = note_growth(view, zone);
  return done ? add_up(view, zone) : done;
}

Result<void> OurFigures::ask_records(const zone::View& view, Zone& zone) {
  prepare(view, zone);
  std::vector<Answered> summed;
  auto done = zone.summed->answer_from_records(*view.figures, *view.state, summed);
  if (!done) return done;
  zone.answers.assign(zone.questions.size(), {});
  size_t next_other = 0, next = 0;
  for (size_t i = 0; i < zone.questions.size(); ++i) {
    if (next_other < zone.other.size() && zone.other[next_other] == i) {
      auto answered = ask_alone(view, zone.questions[i]);
      if (!answered) return fail(answered.error());
      zone.answers[i] = std::move(*answered);
      ++next_other;
    } else {
      zone.answers[i] = std::move(summed[next++]);
    }
  }
  done = note_growth(view, zone);
  return done ? add_up(view, zone) : done;
}

// The base of growth is the whole of its fraction; where there is none it is asked for.
Result<void> OurFigures::add_up(const zone::View& view, const Zone& zone) {
  const Answered& output = zone.answers[kOutputLine];
  const Answered& growth = zone.answers[kGrowthLine];
  if (output.status == Status::value) {
    const auto whole = output.value.rescaled(0);
    total_output_ += whole ? whole->mantissa() : 0;
  }
  if (growth.status == Status::value && growth.whole != 0) {
    total_base_ += growth.whole;
    return {};
  }
  const auto explained = view.figures->explain(*view.state, zone.questions[kGrowthLine], {0, 0});
  if (!explained) return fail(explained.error());
  const auto base = explained->base_total.rescaled(0);
  total_base_ += base ? base->mantissa() : 0;
  return {};
}

int64_t OurFigures::rank_of(const Zone& zone) const {
  if (!zone.growth) return 0;
  const auto [part, whole] = *zone.growth;
  return 1 + std::count_if(zones_.begin(), zones_.end(), [part, whole](const Zone& other) {
           return other.growth && other.growth->part * whole > part * other.growth->whole;
         });
}

Result<void> OurFigures::read_zone(const zone::Host& host, size_t asked) {
  host.positions(positions_);
  Result<void> done;
  for (size_t i = 0; i < zones_.size() && done; ++i) {
    if (i != asked && zones_[i].position == positions_[i]) continue;
    auto read = host.read(zones_[i].questions.front().zone,
                          [&](const zone::View& view) { done = ask_own(view, zones_[i]); });
    if (!read) return read;
  }
  zones_[asked].rank = rank_of(zones_[asked]);
  return done;
}

Result<void> OurFigures::read_each(const zone::Host& host, AskZone ask) {
  total_output_ = total_base_ = 0;
  Result<void> done;
  host.read_all([&](std::span<const zone::View> views) {
    for (size_t i = 0; i < views.size() && done; ++i) done = (this->*ask)(views[i], zones_[i]);
  });
  for (Zone& zone : zones_) zone.rank = rank_of(zone);
  return done;
}

Result<void> OurFigures::read_all(const zone::Host& host) {
  return read_each(host, &OurFigures::ask_all);
}

Result<void> OurFigures::read_from_records(const zone::Host& host) {
  return read_each(host, &OurFigures::ask_records);
}

Result<void> OurFigures::note_answers(const zone::Host& host, std::string_view state,
                                      Answers& answers) {
  Result<void> done;
  const auto note = [&](const zone::View& view, size_t at, size_t question, Shown shown) {
    const Zone& zone = zones_[at];
    auto text = text_of(view, zone.questions[question], zone.answers[question], shown);
    if (!text) done = fail(text.error());
    return text.value_or("");
  };
  host.read_all([&](std::span<const zone::View> views) {
    for (size_t at = 0; at < views.size(); ++at) {
      const Zone& zone = zones_[at];
      for (size_t i = 0; i < kOwn; ++i) {
        answers.add(state, zone_scope(at), kLines[i].name, note(views[at], at, i, kLines[i].shown));
      }
      answers.add(state, zone_scope(at), "rank", zone.rank == 0 ? "-" : std::to_string(zone.rank));
      for (size_t i = 0; i < zone.industries.size(); ++i) {
        const std::string output = note(views[at], at, kOwn + 2 * i, Shown::whole);
        const std::string growth = note(views[at], at, kOwn + 2 * i + 1, Shown::rate);
        if (output == "0" && growth == "-") continue;
        answers.add(state, cell_scope(at, zone.industries[i]), "output", output);
        answers.add(state, cell_scope(at, zone.industries[i]), "output_growth", growth);
      }
    }
  });
  answers.add_totals(state, static_cast<int64_t>(total_output_), static_cast<int64_t>(total_base_));
  return done;
}

}  // namespace wutong::bench
