#include "core/indicator/scan.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/indicator/masked_sum.hpp"
#include "core/indicator/scan_rows.hpp"
#include "core/record/row_page.hpp"

namespace wutong::indicator {

namespace {

using record::RowPage;

// Which targets pass the filter at the end of a month.
struct Lens {
  std::string key;
  size_t target = 0;
  std::vector<uint8_t> accepted;  // by target
};

// Targets by the values of some dimensions, numbered.
struct Breakdown {
  std::string key;
  std::vector<uint32_t> numbers;                                    // by target
  std::vector<RecordId> representatives;                            // by number
  std::unordered_map<std::string, std::vector<uint32_t>> by_texts;  // of the dimensions, in order
};

// One running sum, or one for each number of a breakdown.
struct Want {
  size_t lens = 0;
  std::optional<size_t> breakdown;
  std::optional<size_t> field;  // none: records are counted
  int64_t factor = 1;
  Month first, last;
  std::vector<cell::Amount> amounts;
};

// Everything wanted of the plans over one register through one reference.
struct Register {
  size_t index = 0;
  size_t reference = 0;
  size_t time_field = 0;
  std::vector<Lens> lenses;
  std::vector<Breakdown> breakdowns;
  std::vector<Want> wants;
  // What requests alike but for their dimension values share.
  struct Known {
    const ScanRequest* like;
    size_t want;
  };
  std::vector<Known> known;
};

bool is_alike(const ScanRequest& a, const ScanRequest& b) {
  const auto same_name = [](const auto& x, const auto& y) { return x.first == y.first; };
  return a.plan == b.plan && a.measure == b.measure && a.first == b.first && a.last == b.last &&
         a.end == b.end && std::ranges::equal(*a.fixed, *b.fixed, same_name);
}

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
  Register& register_of(const Plan& plan);
  size_t lens_of(Register& home, const ScanRequest& request);
  std::optional<size_t> breakdown_of(Register& home, const ScanRequest& request);
  size_t want_of(Register& home, const ScanRequest& request);
  size_t make_want(Register& home, const ScanRequest& request);
  void read(Register& home) const;
  void fetch_ahead(size_t register_index, size_t index, size_t pages) const;
  static cell::Amount amount_of(const Register& home, const Want& want, const ScanRequest& request);
  std::vector<RecordId> all(size_t register_index) const;

  const ZoneCells& cells_;
  const record::State& state_;
  std::vector<Register> registers_;
};

std::vector<RecordId> Scanner::all(size_t register_index) const {
  std::vector<RecordId> rows(state_.size(register_index));
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = RecordId{i};
  return rows;
}

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

Register& Scanner::register_of(const Plan& plan) {
  const size_t time = *cells_.definitions->all()[plan.definition].time_field;
  for (Register& known : registers_) {
    const bool is_it = known.index == plan.register_index &&
                       known.reference == *plan.profile->reference && known.time_field == time;
    if (is_it) return known;
  }
  registers_.push_back({plan.register_index, *plan.profile->reference, time, {}, {}, {}, {}});
  return registers_.back();
}

size_t Scanner::lens_of(Register& home, const ScanRequest& request) {
  const Plan& plan = plan_of(request);
  std::string key = plan.is_effective ? request.end.to_string() : std::string();
  for (const auto& condition : plan.profile->target_conditions) key += " && " + condition.text();
  for (size_t i = 0; i < home.lenses.size(); ++i) {
    if (home.lenses[i].key == key) return i;
  }
  Lens lens{key, plan.profile->target, {}};
  accepted_targets(state_, plan, all(plan.profile->target), request.end.last_day(), lens.accepted);
  home.lenses.push_back(std::move(lens));
  return home.lenses.size() - 1;
}

std::optional<size_t> Scanner::breakdown_of(Register& home, const ScanRequest& request) {
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
  const auto targets = all(plan.profile->target);
  Breakdown out{key, std::vector<uint32_t>(targets.size(), 0), {}, {}};
  record::State::Raws raws;
  for (const auto& [name, value] : *request.fixed) {
    const auto path =
        rest_of(plan.dimensions[*plan.find_dimension(name)].path, plan.profile->target);
    state_.gather_raw(path, targets, request.end.last_day(), raws);
    std::unordered_map<uint64_t, uint32_t> known;  // of number so far, presence and raw number
    out.representatives.clear();
    for (size_t i = 0; i < targets.size(); ++i) {
      const uint64_t raw = mix_hash(static_cast<uint64_t>(raws.numbers[i]) * 2 + raws.present[i]);
      const auto [at, is_new] =
          known.try_emplace(raw ^ mix_hash(out.numbers[i]), static_cast<uint32_t>(known.size()));
      if (is_new) out.representatives.push_back(targets[i]);
      out.numbers[i] = at->second;
    }
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

size_t Scanner::want_of(Register& home, const ScanRequest& request) {
  for (const Register::Known& known : home.known) {
    if (is_alike(*known.like, request)) return known.want;
  }
  home.known.push_back({&request, make_want(home, request)});
  return home.known.back().want;
}

size_t Scanner::make_want(Register& home, const ScanRequest& request) {
  const Measure& measure = plan_of(request).measures[request.measure];
  Want want;
  want.lens = lens_of(home, request);
  want.breakdown = breakdown_of(home, request);
  if (measure.aggregate != Aggregate::count) want.field = measure.field->steps.front();
  want.factor = measure.factor;
  want.first = request.first;
  want.last = request.last;
  for (size_t i = 0; i < home.wants.size(); ++i) {
    const Want& known = home.wants[i];
    const bool is_it = known.lens == want.lens && known.breakdown == want.breakdown &&
                       known.field == want.field && known.factor == want.factor &&
                       known.first == want.first && known.last == want.last;
    if (is_it) return i;
  }
  want.amounts.resize(want.breakdown ? home.breakdowns[*want.breakdown].representatives.size() : 1);
  home.wants.push_back(std::move(want));
  return home.wants.size() - 1;
}

// The rows of one page that a lens accepts, as bits and as masks.
struct Accepted {
  bool is_known = false;
  uint64_t bits = 0;
  alignas(64) int32_t masks[RowPage::kRows];
};

struct PageRows {
  size_t count = 0;
  uint64_t with_target = 0;
  alignas(64) int32_t targets[RowPage::kRows];
};

void look(const Lens& lens, const PageRows& rows, Accepted& out) {
  out.is_known = true;
  for (size_t i = 0; i < RowPage::kRows; ++i) {
    out.masks[i] = -int32_t{lens.accepted[static_cast<size_t>(rows.targets[i])]};
  }
  if (rows.with_target != ~uint64_t{0}) {
    for (size_t i = 0; i < RowPage::kRows; ++i) {
      if ((rows.with_target >> i & 1) == 0) out.masks[i] = 0;
    }
  }
  out.bits = bits_of(out.masks);
}

// Rows of the page whose month lies in first..last; all bits where the whole page does.
uint64_t rows_between(const RowPage& page, size_t field, Month first, Month last) {
  const auto holds = [&](int64_t month) { return month >= first.index && month <= last.index; };
  if (page.width(field) == 0) return holds(page.number(field, 0)) ? page.presence(field) : 0;
  uint64_t bits = 0;
  for (size_t i = 0; i < RowPage::kRows; ++i) {
    bits |= static_cast<uint64_t>(holds(page.number(field, i))) << i;
  }
  return bits & page.presence(field);
}

void add_page(const RowPage& page, const PageRows& rows, const Accepted& accepted, uint64_t bits,
              const Register& home, Want& want) {
  if (want.field) bits &= page.presence(*want.field);
  if (bits == 0) return;
  int64_t numbers[RowPage::kRows];
  if (!want.breakdown) {
    cell::Amount& amount = want.amounts.front();
    const int64_t count = std::popcount(bits);
    amount.count += count;
    if (!want.field) {
      amount.sum += count;
    } else if (bits == accepted.bits) {
      amount.sum += masked_sum(page, *want.field, accepted.masks) * want.factor;
    } else {
      page.read(*want.field, 0, RowPage::kRows, numbers);
      for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        amount.sum += int128{numbers[std::countr_zero(rest)]} * want.factor;
      }
    }
    return;
  }
  const uint32_t* number_of = home.breakdowns[*want.breakdown].numbers.data();
  if (want.field) page.read(*want.field, 0, RowPage::kRows, numbers);
  for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
    const int row = std::countr_zero(rest);
    cell::Amount& amount = want.amounts[number_of[rows.targets[row]]];
    amount.sum += want.field ? int128{numbers[row]} * want.factor : int128{1};
    ++amount.count;
  }
}

// Pages lie anywhere in memory: their heads are called for early, then the whole of the next.
void Scanner::fetch_ahead(size_t register_index, size_t index, size_t pages) const {
  constexpr size_t kHeads = 4, kLine = 64;
  if (index + kHeads < pages) __builtin_prefetch(state_.page(register_index, index + kHeads));
  if (index + 1 >= pages) return;
  const RowPage* next = state_.page(register_index, index + 1);
  const auto* bytes = reinterpret_cast<const std::byte*>(next);
  for (size_t at = 0; at < next->bytes(); at += kLine) __builtin_prefetch(bytes + at);
}

void Scanner::read(Register& home) const {
  const size_t size = state_.size(home.index);
  const size_t pages = (size + RowPage::kRows - 1) / RowPage::kRows;
  std::vector<Accepted> accepted(home.lenses.size());
  PageRows rows;
  for (size_t p = 0; p * RowPage::kRows < size; ++p) {
    const RowPage& page = *state_.page(home.index, p);
    fetch_ahead(home.index, p, pages);
    for (Accepted& each : accepted) each.is_known = false;
    bool has_rows = false;
    rows.count = std::min(RowPage::kRows, size - p * RowPage::kRows);
    const uint64_t there =
        rows.count == RowPage::kRows ? ~uint64_t{0} : (uint64_t{1} << rows.count) - 1;
    for (Want& want : home.wants) {
      const uint64_t bits = rows_between(page, home.time_field, want.first, want.last) & there;
      if (bits == 0) continue;
      if (!has_rows) {
        page.read(home.reference, 0, RowPage::kRows, rows.targets);
        rows.with_target = page.presence(home.reference);
        for (size_t i = rows.count; i < RowPage::kRows; ++i) rows.targets[i] = 0;
        rows.with_target &= there;
        has_rows = true;
      }
      Accepted& lens = accepted[want.lens];
      if (!lens.is_known) look(home.lenses[want.lens], rows, lens);
      add_page(page, rows, lens, bits & lens.bits, home, want);
    }
  }
}

cell::Amount Scanner::amount_of(const Register& home, const Want& want,
                                const ScanRequest& request) {
  if (!want.breakdown) return want.amounts.front();
  const Breakdown& breakdown = home.breakdowns[*want.breakdown];
  std::string joined;
  for (const auto& [name, value] : *request.fixed) joined += value + kSeparator;
  cell::Amount out;
  const auto found = breakdown.by_texts.find(joined);
  if (found == breakdown.by_texts.end()) return out;
  for (uint32_t number : found->second) out.add(want.amounts[number]);
  return out;
}

void Scanner::run(std::span<const ScanRequest> requests, std::vector<cell::Amount>& out) {
  out.assign(requests.size(), {});
  std::vector<std::pair<size_t, size_t>> places(requests.size());  // register, want
  for (size_t r = 0; r < requests.size(); ++r) {
    if (!is_columnar(requests[r])) continue;
    Register& home = register_of(plan_of(requests[r]));
    places[r] = {static_cast<size_t>(&home - registers_.data()), want_of(home, requests[r])};
  }
  for (Register& home : registers_) read(home);
  for (size_t r = 0; r < requests.size(); ++r) {
    if (!is_columnar(requests[r])) {
      out[r] = sum_row_by_row(cells_, state_, requests[r]);
      continue;
    }
    const Register& home = registers_[places[r].first];
    out[r] = amount_of(home, home.wants[places[r].second], requests[r]);
  }
}

}  // namespace

void scan(const ZoneCells& cells, const record::State& state, std::span<const ScanRequest> requests,
          std::vector<cell::Amount>& out) {
  Scanner(cells, state).run(requests, out);
}

}  // namespace wutong::indicator
