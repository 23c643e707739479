#include "core/indicator/profile.hpp"

#include <algorithm>

#include "base/planted.hpp"

namespace wutong::indicator {

namespace {

constexpr Date kEarliest = Date::from_days(-719162);  // 0001-01-01

class TargetBatch final : public expression::Batch {
 public:
  TargetBatch(const record::State& state, const expression::Program& program, const Plan& plan,
              std::span<const RecordId> targets, Date day)
      : rows_(targets.size()) {
    for (const expression::Path& names : program.inputs()) {
      const auto path = resolve_path(state.schema(), plan.register_index, names.steps);
      if (path->steps.size() == 1) {  // of another part of the filter: not read here
        columns_.emplace_back();
        continue;
      }
      columns_.push_back(state.gather(rest_of(*path, plan.profile->target), targets, day));
    }
  }
  size_t rows() const override { return rows_; }
  const Column& input(size_t index) const override { return columns_[index]; }

 private:
  size_t rows_;
  std::vector<Column> columns_;
};

}  // namespace

record::Path rest_of(const record::Path& path, size_t target) {
  return {target, {path.steps.begin() + 1, path.steps.end()}, path.is_effective};
}

Profiles::Profiles(const std::vector<Definition>& definitions, const Plan& plan,
                   cell::Groups& groups)
    : plan_(&plan), reading_(definitions, plan), groups_(&groups) {}

const ProfileStretch* Profiles::common() {
  if (!common_) {
    common_.emplace();
    common_->is_accepted = true;
    common_->is_last = true;
    const std::vector<uint32_t> none(plan_->dimensions.size(), 0);
    close(*common_, none);
  }
  return &*common_;
}

void Profiles::close(ProfileStretch& stretch, std::span<const uint32_t> values) {
  if (!stretch.is_accepted) return;
  if (!plan_->profile->has_own_dimension) stretch.combination = groups_->combination(values);
  stretch.values = static_cast<uint32_t>(values_.size());
  values_.insert(values_.end(), values.begin(), values.end());
}

void Profiles::forget(std::span<const RecordId> targets) {
  for (RecordId target : targets) {
    if (target.value < first_.size()) first_[target.value] = 0;
  }
}

std::vector<Profiles::Event> Profiles::events(const record::State& state,
                                              std::span<const RecordId> targets) const {
  std::vector<Event> out;
  const auto switches = reading_.target_switches(state, targets);
  for (uint32_t i = 0; i < targets.size(); ++i) {
    out.push_back({kEarliest, i});
    Date last = kEarliest;
    for (Date day : switches[i]) {
      if (day <= kEarliest) continue;
      // Flows are asked for at the ends of months.
      const Date at = Month::of(day).plus(PLANTED("profile_late") ? 1 : 0).last_day();
      if (at <= last) continue;
      out.push_back({at, i});
      last = at;
    }
  }
  std::sort(out.begin(), out.end(), [](const Event& a, const Event& b) {
    return a.day != b.day ? a.day < b.day : a.target < b.target;
  });
  return out;
}

void accepted_targets(const record::State& state, const Plan& plan,
                      std::span<const RecordId> targets, Date day, std::vector<uint8_t>& accepted) {
  accepted.assign(targets.size(), 1);
  for (const expression::Program& condition : plan.profile->target_conditions) {
    const Column holds = condition.evaluate(TargetBatch(state, condition, plan, targets, day));
    for (size_t i = 0; i < targets.size(); ++i) {
      if (holds.present[i] == 0 || holds.numbers[i] == 0) accepted[i] = 0;
    }
  }
}

void Profiles::evaluate(const record::State& state, std::span<const RecordId> targets, Date day,
                        std::vector<uint8_t>& accepted, std::vector<uint32_t>& values) {
  accepted_targets(state, *plan_, targets, day, accepted);
  const size_t dimensions = plan_->dimensions.size();
  values.assign(targets.size() * dimensions, 0);
  for (size_t d = 0; d < dimensions; ++d) {
    if (plan_->profile->is_own_dimension[d] != 0) continue;
    const record::Path path = rest_of(plan_->dimensions[d].path, plan_->profile->target);
    const auto texts = Reading::texts(state, path, targets, day);
    for (size_t i = 0; i < targets.size(); ++i) {
      if (accepted[i] != 0) values[i * dimensions + d] = groups_->intern(d, texts[i]);
    }
  }
}

void Profiles::prepare(const record::State& state, std::span<const RecordId> targets) {
  std::vector<RecordId> fresh;
  for (RecordId target : targets) {
    if (!knows(target)) fresh.push_back(target);
  }
  if (fresh.empty()) return;
  std::sort(fresh.begin(), fresh.end());
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  const auto pending = events(state, fresh);
  std::vector<std::vector<ProfileStretch>> found(fresh.size());
  std::vector<RecordId> batch;
  std::vector<uint8_t> accepted;
  std::vector<uint32_t> numbers;
  const size_t dimensions = plan_->dimensions.size();
  for (size_t at = 0; at < pending.size();) {
    const size_t begin = at;
    const Date day = pending[at].day;
    batch.clear();
    for (; at < pending.size() && pending[at].day == day; ++at) {
      batch.push_back(fresh[pending[at].target]);
    }
    evaluate(state, batch, day, accepted, numbers);
    for (size_t i = 0; i < batch.size(); ++i) {
      auto& known = found[pending[begin + i].target];
      const auto key = std::span<const uint32_t>(numbers).subspan(i * dimensions, dimensions);
      const bool is_same =
          !known.empty() && known.back().is_accepted == (accepted[i] != 0) &&
          (accepted[i] == 0 || std::equal(key.begin(), key.end(), values(known.back()).begin()));
      if (is_same) continue;
      ProfileStretch stretch;
      if (!known.empty()) stretch.from = Month::of(day).index;
      stretch.is_accepted = accepted[i] != 0;
      close(stretch, key);
      known.push_back(stretch);
    }
  }
  for (size_t i = 0; i < fresh.size(); ++i) {
    if (first_.size() <= fresh[i].value) first_.resize(fresh[i].value + 1, 0);
    first_[fresh[i].value] = static_cast<uint32_t>(stretches_.size()) + 1;
    found[i].back().is_last = true;
    stretches_.insert(stretches_.end(), found[i].begin(), found[i].end());
  }
}

}  // namespace wutong::indicator
