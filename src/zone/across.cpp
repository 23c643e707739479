#include "zone/across.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/indicator/level.hpp"
#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

namespace {

using indicator::Comparison;
using indicator::ComparisonKind;
using indicator::Definition;
using indicator::Exact;
using indicator::Question;
using indicator::Status;
using Parts = std::vector<PartsOfZones::Kept>;

Unit unit_of(std::string_view code) {
  const auto unit = Unit::from_code(code);
  CHECK(unit.has_value());
  return *unit;
}

tl::unexpected<Error> invalid(std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "figure.comparison_unsuitable", std::move(zh), std::move(en));
}

tl::unexpected<Error> does_not_fit() {
  return fail(ErrorKind::too_large, "figure.overflow", "计算结果超出 38 位数字",
              "the calculation does not fit 38 digits");
}

tl::unexpected<Error> no_zone(std::string_view zone) {
  return fail(ErrorKind::not_found, "zone.unknown",
              "没有园区“" + std::string(zone) + "”，或无权查看",
              "there is no zone " + std::string(zone) + ", or you may not read it");
}

// What every zone is asked: the level, or the growth that zones are ranked by.
Question asked_of_each(const Question& question) {
  Question out = question;
  out.zone.clear();
  out.comparison = Comparison{};
  const std::string_view argument = question.comparison.argument;
  if (argument == "zones@yoy") out.comparison.kind = ComparisonKind::yoy;
  if (argument == "zones@yoy:naive") out.comparison.kind = ComparisonKind::yoy_naive;
  if (argument == "zones@mom") out.comparison.kind = ComparisonKind::mom;
  return out;
}

// Are the zones' levels parts of one whole? Rates, averages and counts of distinct things are not.
bool is_additive(const indicator::Definitions& definitions, const Definition& definition) {
  if (definition.unit.dimension() == "proportion") return false;
  switch (definition.kind) {
    case indicator::Kind::records:
      return definition.aggregate == indicator::Aggregate::sum ||
             definition.aggregate == indicator::Aggregate::count;
    case indicator::Kind::series:
      return true;
    case indicator::Kind::ratio:
      return false;
    case indicator::Kind::derived:
      return std::all_of(definition.terms.begin(), definition.terms.end(), [&](const auto& term) {
        return is_additive(definitions, *definitions.find(term.first));
      });
  }
  return false;
}

Result<void> check(const Question& question) {
  if (!indicator::is_over_zones(question.comparison)) {
    return invalid("这不是跨园区的比较", "this is no comparison over zones");
  }
  if (question.as_of) {
    return invalid("跨园区的比较没有单一的位置；as_of 请用日期，如 2024-10-28",
                   "zones have no position in common; give as_of a day, like 2024-10-28");
  }
  if (question.dimensions.contains("area")) {
    return invalid("跨园区的比较不能再指定地区 area", "a comparison over zones takes no area");
  }
  return {};
}

// The position of a zone that is asked for; nullopt where it had no entry yet.
std::optional<Seq> position_of(const View& view, const Question& question) {
  if (!question.as_of_day) return view.position;
  const Instant end = Instant::end_of(*question.as_of_day);
  const auto after = std::upper_bound(view.entry_times.begin(), view.entry_times.end(), end);
  const Seq last{static_cast<uint64_t>(after - view.entry_times.begin())};
  if (last.value == 0 || adoption_at(view, last) == nullptr) return std::nullopt;
  return last;
}

// nullopt: the cells cannot tell, the log must be replayed.
std::optional<ZonePart> part_of(const View& view, const Question& question, Seq position) {
  ZonePart part;
  part.zone = view.catalog->zone.zone;
  part.name = view.catalog->zone.name;
  part.position = position;
  if (position < view.position && !question.is_with_definitions_of_today &&
      adoption_at(view, position)->catalog->digest != view.catalog->digest) {
    return std::nullopt;
  }
  part.definitions = view.catalog->indicators;
  part.definition = part.definitions->find(question.indicator);
  if (part.definition == nullptr) return part;
  Question own = question;
  own.zone = part.zone;
  own.as_of_day.reset();
  if (position < view.position) own.as_of = position;
  auto answer = view.figures->exact(*view.state, own);
  if (!answer && answer.error().kind == ErrorKind::unavailable) return std::nullopt;
  if (answer) {
    part.answer = std::move(*answer);
  } else {
    part.error = std::move(answer.error());
  }
  return part;
}

// The answer made of the parts of all zones.
class Combining {
 public:
  Combining(const Question& question, Parts parts) : question_(question), parts_(std::move(parts)) {
    std::erase_if(parts_, [](const auto& part) { return part->definition == nullptr; });
    for (const auto& part : parts_) {
      out_.cut.push_back({part->zone, part->position});
      if (part->zone == question.zone) own_ = part.get();
    }
  }
  Result<Across> run();

 private:
  struct Ranked {
    const ZonePart* part;
    Exact value;
  };
  void begin();
  void sort_out();
  Result<void> rank();
  Result<void> share();
  Result<void> multiple();
  Result<void> publish(const Exact& value, int places);
  void add_parts();

  const Question& question_;
  Parts parts_;
  const ZonePart* own_ = nullptr;
  std::vector<Ranked> values_;  // those that have a number
  std::vector<std::string> missing_zh_, missing_en_;
  Across out_;
};

void Combining::begin() {
  indicator::Figure& figure = out_.figure;
  figure.question = question_;
  figure.status = own_->answer.figure.status;
  figure.words = own_->answer.figure.words;
  figure.missing = own_->answer.figure.missing;
  figure.position = own_->position;
  const ComparisonKind kind = question_.comparison.kind;
  figure.unit = unit_of(kind == ComparisonKind::rank    ? "rank"
                        : kind == ComparisonKind::share ? "percent"
                                                        : "times");
  out_.definition_text = own_->definition->text;
  out_.definition_digest = own_->definition->digest;
}

// Which zones have a number, which are left out and why, and which are not recorded.
void Combining::sort_out() {
  const bool is_multiple = question_.comparison.kind == ComparisonKind::multiple;
  const std::string_view other = std::string_view(question_.comparison.argument);
  for (const auto& part : parts_) {
    if (is_multiple && part.get() != own_ && "zone@" + part->zone != other) continue;
    const indicator::Figure& figure = part->answer.figure;
    out_.figure.synthetic |= figure.synthetic;
    if (part->definition->digest != own_->definition->digest) {
      out_.other_definitions.push_back(part->zone);
    }
    if (part->error) {
      out_.left_out.push_back({part->zone, part->name, {part->error->zh, part->error->en}});
      continue;
    }
    switch (figure.status) {
      case Status::value: {
        const auto value =
            indicator::convert_exact(part->answer.value, figure.unit, own_->answer.figure.unit);
        if (value) {
          values_.push_back({part.get(), *value});
        } else {
          out_.left_out.push_back(
              {part->zone, part->name, {"单位不能换算", "its unit does not convert"}});
        }
        break;
      }
      case Status::base_not_positive:
        out_.left_out.push_back({part->zone, part->name, figure.words});
        break;
      case Status::not_reportable:
        out_.left_out.push_back({part->zone, part->name, {"不单独发布", "not published alone"}});
        break;
      case Status::no_records:
      case Status::incomplete:
        missing_zh_.push_back(part->name.zh);
        missing_en_.push_back(part->name.en);
        break;
    }
  }
  std::sort(values_.begin(), values_.end(), [](const Ranked& a, const Ranked& b) {
    const auto order = compare(a.value, b.value);
    if (order && *order != std::strong_ordering::equal) {
      return *order == std::strong_ordering::greater;
    }
    return a.part->zone < b.part->zone;
  });
}

Result<void> Combining::publish(const Exact& value, int places) {
  const auto rounded = value.rounded(places, own_->definition->rounding);
  if (!rounded) return does_not_fit();
  out_.figure.status = Status::value;
  out_.figure.value = *rounded;
  out_.figure.exact = value.to_decimal();
  out_.figure.words = {};
  return {};
}

Result<void> Combining::rank() {
  const auto own = std::find_if(values_.begin(), values_.end(),
                                [&](const Ranked& one) { return one.part == own_; });
  int64_t above = 0;
  for (const Ranked& one : values_) {
    const auto order = compare(one.value, own->value);
    if (!order) return does_not_fit();
    if (*order == std::strong_ordering::greater) ++above;
  }
  const std::string count = std::to_string(values_.size());
  out_.formula = {"同一截面上 " + count + " 个园区中高于本园区的个数加一（并列同名次）",
                  "zones above this one plus one, of " + count + " at one cut (ties share a rank)"};
  return publish(Exact(Decimal(above + 1)), 0);
}

Result<void> Combining::share() {
  Exact whole;
  std::optional<Exact> own;
  for (const Ranked& one : values_) {
    const auto sum = add(whole, one.value);
    if (!sum) return does_not_fit();
    whole = *sum;
    if (one.part == own_) own = one.value;
  }
  const std::string count = std::to_string(values_.size());
  out_.formula = {"本园区 ÷ 同一截面上 " + count + " 个园区之和 × 100",
                  "this zone / the sum of " + count + " zones at one cut × 100"};
  if (whole.is_zero()) {
    out_.figure.status = Status::incomplete;
    out_.figure.missing = {"各园区之和为零", "the sum of the zones is zero"};
    return {};
  }
  auto value = divide(*own, whole);
  if (value) value = multiply(*value, Exact(Decimal(100)));
  if (!value) return does_not_fit();
  return publish(*value, own_->definition->rate_decimals);
}

Result<void> Combining::multiple() {
  const std::string other = question_.comparison.argument.substr(5);
  const Ranked* own = nullptr;
  const Ranked* reference = nullptr;
  for (const Ranked& one : values_) {
    if (one.part == own_) own = &one;
    if (one.part->zone == other) reference = &one;
  }
  out_.formula = {"本园区 ÷ 同一截面上的园区 " + other,
                  "this zone / zone " + other + " at one cut"};
  if (reference == nullptr || reference->value.is_zero()) {
    out_.figure.status = Status::incomplete;
    out_.figure.missing = {"园区 " + other + " 的数为零，或不可比",
                           "zone " + other + " has zero, or no number to compare"};
    return {};
  }
  const auto value = divide(own->value, reference->value);
  if (!value) return does_not_fit();
  return publish(*value, own_->definition->rate_decimals);
}

void Combining::add_parts() {
  for (const Ranked& one : values_) {
    const indicator::Figure& figure = one.part->answer.figure;
    Question asked = figure.question;
    asked.as_of.reset();
    asked.as_of_day = question_.as_of_day;
    out_.parts.push_back({one.part->name, indicator::identity(asked), figure.value, figure.unit});
  }
}

Result<Across> Combining::run() {
  if (own_ == nullptr) {
    return fail(ErrorKind::not_found, "figure.unknown_indicator",
                "园区 " + question_.zone + " 没有指标“" + question_.indicator + "”",
                "zone " + question_.zone + " has no indicator '" + question_.indicator + "'");
  }
  if (own_->error) return fail(*own_->error);
  const ComparisonKind kind = question_.comparison.kind;
  if (kind == ComparisonKind::share && !is_additive(*own_->definitions, *own_->definition)) {
    return invalid("“" + own_->definition->title.zh +
                       "”是比率、平均、极值或不重复计数，各园区不能相加，没有占比",
                   "'" + own_->definition->name +
                       "' is a rate, a mean, an extreme or a distinct count: zones do not add up, "
                       "so there is no share");
  }
  begin();
  sort_out();
  add_parts();
  if (out_.figure.status != Status::value) return std::move(out_);
  if (!missing_zh_.empty()) {
    constexpr size_t kNamed = 5;
    const std::string count = std::to_string(missing_zh_.size());
    const size_t named = std::min(kNamed, missing_zh_.size());
    out_.figure.status = Status::incomplete;
    out_.figure.missing = {join(std::span(missing_zh_).first(named), "、") + " 等 " + count +
                               " 个园区的" + question_.period.zh() + own_->definition->title.zh,
                           own_->definition->title.en + ", " + question_.period.en() + ", of " +
                               count +
                               " zones: " + join(std::span(missing_en_).first(named), ", ")};
    return std::move(out_);
  }
  Result<void> done = kind == ComparisonKind::rank    ? rank()
                      : kind == ComparisonKind::share ? share()
                                                      : multiple();
  if (!done) return fail(done.error());
  return std::move(out_);
}

}  // namespace

Result<Across> Host::across(const Question& question, const MayRead& may_read) const {
  if (auto fits = check(question); !fits) return fail(fits.error());
  const Question each = asked_of_each(question);
  const std::string key = indicator::identity(each);
  Parts parts;
  std::vector<std::pair<std::string, Seq>> to_replay;
  bool is_own_there = false;
  bool is_other_there = question.comparison.kind != ComparisonKind::multiple;
  read_all([&](std::span<const View> views) {
    for (const View& view : views) {
      const std::string& zone = view.catalog->zone.zone;
      if (may_read && !may_read(zone)) continue;
      const auto position = position_of(view, each);
      if (!position) continue;
      is_own_there |= zone == question.zone;
      is_other_there |= "zone@" + zone == question.comparison.argument;
      if (auto kept = impl_->across_parts.find(key, zone, *position)) {
        parts.push_back(std::move(kept));
      } else if (auto part = part_of(view, each, *position)) {
        parts.push_back(impl_->across_parts.keep(key, std::move(*part)));
      } else {
        to_replay.emplace_back(zone, *position);
      }
    }
  });
  if (!is_own_there) return no_zone(question.zone);
  if (!is_other_there) return no_zone(question.comparison.argument.substr(5));
  // The log up to a position never changes: replaying after the cut was taken is the same cut.
  for (const auto& [zone, position] : to_replay) {
    auto read = read_at(
        zone, position,
        [&](const View& view) {
          parts.push_back(impl_->across_parts.keep(key, *part_of(view, each, view.position)));
        },
        each.is_with_definitions_of_today ? DefinitionsOf::today : DefinitionsOf::then);
    if (!read) return fail(read.error());
  }
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return a->zone < b->zone; });
  return Combining(question, std::move(parts)).run();
}

uint64_t Host::across_parts_computed() const { return impl_->across_parts.computed(); }

}  // namespace wutong::zone
