#include "core/indicator/scan.hpp"

#include <algorithm>

#include "core/indicator/scan_pages.hpp"
#include "core/indicator/scan_rows.hpp"

namespace wutong::indicator {

namespace {

// A number so far, and the raw cell that splits it further.
struct Split {
  uint32_t number;
  bool is_present;
  int64_t raw;
  bool operator==(const Split&) const = default;
  struct Hash {
    size_t operator()(const Split& split) const {
      const uint64_t so_far = uint64_t{split.number} * 2 + (split.is_present ? 1 : 0);
      return mix_hash(mix_hash(so_far) ^ static_cast<uint64_t>(split.raw));
    }
  };
};

constexpr char kSeparator = '\x1F';

class Scanner {
 public:
  Scanner(const ZoneCells& cells, const record::State& state) : cells_(cells), state_(state) {}

  void run(std::span<const ScanRequest> requests, std::vector<cell::Amount>& out);

 private:
  const Plan& plan_of(const ScanRequest& request) const {
    return cells_.plans[request.plan].reading().plan();
  }
  bool is_columnar(const ScanRequest& request) const;
  ScanRegister& register_of(const Plan& plan);
  size_t lens_of(ScanRegister& home, const ScanRequest& request);
  std::optional<size_t> breakdown_of(ScanRegister& home, const ScanRequest& request);
  static void number(const record::State::Raws& raws, std::span<const RecordId> targets,
                     ScanBreakdown& out);
  size_t want_of(ScanRegister& home, const ScanRequest& request);
  static cell::Amount amount_of(const ScanRegister& home, const ScanWant& want,
                                const ScanRequest& request);

  const ZoneCells& cells_;
  const record::State& state_;
  std::vector<ScanRegister> registers_;
};

bool Scanner::is_columnar(const ScanRequest& request) const {
  const Plan& plan = plan_of(request);
  const Measure& measure = plan.measures[request.measure];
  const bool is_field =
      measure.aggregate == Aggregate::count || (measure.field && measure.field->steps.size() == 1);
  const bool has_shape = plan.profile && plan.profile->reference &&
                         plan.profile->own_conditions.empty() && plan.time_kind == TimeKind::month;
  if (!is_field || !has_shape || plan.is_stock) return false;
  for (const auto& [name, value] : *request.fixed) {
    if (plan.profile->is_own_dimension[*plan.find_dimension(name)] != 0) return false;
  }
  return true;
}

ScanRegister& Scanner::register_of(const Plan& plan) {
  const size_t time = *cells_.definitions->all()[plan.definition].time_field;
  for (ScanRegister& known : registers_) {
    const bool is_it = known.index == plan.register_index &&
                       known.reference == *plan.profile->reference && known.time_field == time;
    if (is_it) return known;
  }
  registers_.push_back({plan.register_index, *plan.profile->reference, time, {}, {}, {}});
  return registers_.back();
}

size_t Scanner::lens_of(ScanRegister& home, const ScanRequest& request) {
  const Plan& plan = plan_of(request);
  std::string key = plan.is_effective ? request.end.to_string() : std::string();
  for (const auto& condition : plan.profile->target_conditions) key += " && " + condition.text();
  for (size_t i = 0; i < home.lenses.size(); ++i) {
    if (home.lenses[i].key == key) return i;
  }
  ScanLens lens{key, plan.profile->target, {}};
  accepted_targets(state_, plan, all_records(state_, plan.profile->target), request.end.last_day(),
                   lens.accepted);
  home.lenses.push_back(std::move(lens));
  return home.lenses.size() - 1;
}

// Splits the numbers so far further by one more dimension.
void Scanner::number(const record::State::Raws& raws, std::span<const RecordId> targets,
                     ScanBreakdown& out) {
  constexpr int64_t kSmall = 1 << 12;
  const bool is_first = out.representatives.empty();
  std::vector<uint32_t> small(is_first ? kSmall : 0, UINT32_MAX);
  std::unordered_map<Split, uint32_t, Split::Hash> known;
  out.representatives.clear();
  for (size_t i = 0; i < targets.size(); ++i) {
    const auto next = static_cast<uint32_t>(out.representatives.size());
    const bool is_small =
        is_first && raws.present[i] != 0 && raws.numbers[i] >= 0 && raws.numbers[i] < kSmall;
    uint32_t* place = nullptr;
    if (is_small) {
      place = &small[static_cast<size_t>(raws.numbers[i])];
    } else {
      const Split split{out.numbers[i], raws.present[i] != 0, raws.numbers[i]};
      place = &known.try_emplace(split, UINT32_MAX).first->second;
    }
    if (*place == UINT32_MAX) {
      *place = next;
      out.representatives.push_back(targets[i]);
    }
    out.numbers[i] = *place;
  }
}

std::optional<size_t> Scanner::breakdown_of(ScanRegister& home, const ScanRequest& request) {
  if (request.fixed->empty()) return std::nullopt;
  const Plan& plan = plan_of(request);
  std::string key;
  bool is_effective = false;
  for (const auto& [name, value] : *request.fixed) {
    const record::Path& path = plan.dimensions[*plan.find_dimension(name)].path;
    is_effective |= path.is_effective;
    for (size_t step : path.steps) key += std::to_string(step) + ".";
    key += " ";
  }
  if (is_effective) key += request.end.to_string();
  for (size_t i = 0; i < home.breakdowns.size(); ++i) {
    if (home.breakdowns[i].key == key) return i;
  }
  const auto targets = all_records(state_, plan.profile->target);
  ScanBreakdown out{key, std::vector<uint32_t>(targets.size(), 0), {}, {}};
  record::State::Raws raws;
  for (const auto& [name, value] : *request.fixed) {
    const auto path =
        rest_of(plan.dimensions[*plan.find_dimension(name)].path, plan.profile->target);
    state_.gather_raw(path, targets, request.end.last_day(), raws);
    number(raws, targets, out);
  }
  std::vector<std::string> joined(out.representatives.size());
  for (const auto& [name, value] : *request.fixed) {
    const auto path =
        rest_of(plan.dimensions[*plan.find_dimension(name)].path, plan.profile->target);
    const auto texts = Reading::texts(state_, path, out.representatives, request.end.last_day());
    for (size_t i = 0; i < texts.size(); ++i) joined[i] += texts[i] + kSeparator;
  }
  for (uint32_t i = 0; i < joined.size(); ++i) out.by_texts[joined[i]].push_back(i);
  home.breakdowns.push_back(std::move(out));
  return home.breakdowns.size() - 1;
}

size_t Scanner::want_of(ScanRegister& home, const ScanRequest& request) {
  const Measure& measure = plan_of(request).measures[request.measure];
  ScanWant want;
  want.lens = lens_of(home, request);
  want.breakdown = breakdown_of(home, request);
  if (measure.aggregate != Aggregate::count) want.field = measure.field->steps.front();
  want.factor = measure.factor;
  want.first = request.first;
  want.last = request.last;
  for (size_t i = 0; i < home.wants.size(); ++i) {
    const ScanWant& known = home.wants[i];
    const bool is_it = known.lens == want.lens && known.breakdown == want.breakdown &&
                       known.field == want.field && known.factor == want.factor &&
                       known.first == want.first && known.last == want.last;
    if (is_it) return i;
  }
  want.amounts.resize(want.breakdown ? home.breakdowns[*want.breakdown].representatives.size() : 1);
  home.wants.push_back(std::move(want));
  return home.wants.size() - 1;
}

cell::Amount Scanner::amount_of(const ScanRegister& home, const ScanWant& want,
                                const ScanRequest& request) {
  const auto scaled = [&](const cell::Amount& amount) {
    return cell::Amount{amount.sum * want.factor, amount.count};
  };
  if (!want.breakdown) return scaled(want.amounts.front());
  const ScanBreakdown& breakdown = home.breakdowns[*want.breakdown];
  std::string joined;
  for (const auto& [name, value] : *request.fixed) joined += value + kSeparator;
  cell::Amount out;
  const auto found = breakdown.by_texts.find(joined);
  if (found == breakdown.by_texts.end()) return out;
  for (uint32_t number : found->second) out.add(scaled(want.amounts[number]));
  return out;
}

void Scanner::run(std::span<const ScanRequest> requests, std::vector<cell::Amount>& out) {
  out.assign(requests.size(), {});
  struct Place {
    bool is_columnar = false;
    size_t home = 0;
    size_t want = 0;
  };
  std::vector<Place> places(requests.size());
  for (size_t r = 0; r < requests.size(); ++r) {
    if (requests[r].like < r) {
      places[r] = places[requests[r].like];
      continue;
    }
    places[r].is_columnar = is_columnar(requests[r]);
    if (!places[r].is_columnar) continue;
    ScanRegister& home = register_of(plan_of(requests[r]));
    places[r].home = static_cast<size_t>(&home - registers_.data());
    places[r].want = want_of(home, requests[r]);
  }
  for (ScanRegister& home : registers_) read_pages(state_, home);
  for (size_t r = 0; r < requests.size(); ++r) {
    if (places[r].is_columnar) {
      const ScanRegister& home = registers_[places[r].home];
      out[r] = amount_of(home, home.wants[places[r].want], requests[r]);
    } else {
      out[r] = sum_row_by_row(cells_, state_, requests[r]);
    }
  }
}

}  // namespace

void scan(const ZoneCells& cells, const record::State& state, std::span<const ScanRequest> requests,
          std::vector<cell::Amount>& out) {
  Scanner(cells, state).run(requests, out);
}

}  // namespace wutong::indicator
