#include "core/deadline/impl/absence.hpp"

#include <algorithm>
#include <bit>

namespace wutong::deadline {

namespace {

constexpr uint32_t kBlock = 4096;  // members read together

std::vector<RecordId> rows_from(uint32_t first, size_t size) {
  std::vector<RecordId> out;
  for (uint32_t i = first; i < size && i < first + kBlock; ++i) out.push_back(RecordId{i});
  return out;
}

}  // namespace

const record::Roster& Deadlines::Absence::roster() const {
  return *home_.schema_->registers()[register_index_].deadlines[deadline_].roster;
}

// Its record is there, and the clock of it has ended.
bool Deadlines::Absence::is_done(const record::State& state, Month month, RecordId member) const {
  const auto record = home_.record_of(state, {register_index_, deadline_}, month, member);
  if (!record) return false;
  return home_.read(state, {register_index_, *record, deadline_}, Instant{}).status ==
         Status::ended;
}

std::vector<Deadlines::Absence::Bits> Deadlines::Absence::read(
    const record::State& state, Month month, const std::vector<RecordId>& members) const {
  std::vector<Bits> out(members.size());
  if (!roster().months[static_cast<size_t>(month.month() - 1)]) return out;
  const Date day = month.last_day();
  const size_t home = roster().register_index;
  const Column holds = state.evaluate(*roster().where, home, members, day);
  // Who was merged or split reports no more.
  std::vector<record::State::Raws> gone;
  if (const auto& organisation = home_.schema_->registers()[home].organisation) {
    const auto gather = [&](size_t field) {
      state.gather_raw({home, {field}, true}, members, day, gone.emplace_back());
    };
    gather(organisation->successor);
    if (organisation->successors) gather(*organisation->successors);
  }
  for (size_t i = 0; i < members.size(); ++i) {
    out[i].expected = holds.present[i] != 0 && holds.numbers[i] != 0;
    for (const auto& each : gone) out[i].expected = out[i].expected && each.present[i] == 0;
    out[i].missing = out[i].expected && !is_done(state, month, members[i]);
  }
  return out;
}

void Deadlines::Absence::put(size_t slot, RecordId member, Bits bits, Versions& versions) {
  Kept& kept = kept_[slot];
  const size_t word = member.value / 64;
  const uint64_t bit = uint64_t{1} << (member.value % 64);
  const uint64_t expected = kept.expected.read(word, kNewestVersion);
  const uint64_t missing = kept.missing.read(word, kNewestVersion);
  if (((expected & bit) != 0) == bits.expected && ((missing & bit) != 0) == bits.missing) return;
  Head& head = heads_.write(slot, versions);
  if (((expected & bit) != 0) != bits.expected) {
    kept.expected.write(word, versions) ^= bit;
    head.expected += bits.expected ? 1 : UINT32_MAX;
  }
  if (((missing & bit) != 0) == bits.missing) return;
  const uint64_t now = kept.missing.write(word, versions) ^= bit;
  head.missing += bits.missing ? 1 : UINT32_MAX;
  const uint64_t mark = uint64_t{1} << (word % 64);
  if ((now != 0) == ((kept.marks.read(word / 64, kNewestVersion) & mark) != 0)) return;
  kept.marks.write(word / 64, versions) ^= mark;
}

void Deadlines::Absence::begin(const record::State& state, Month month) {
  const size_t slot = slot_of(month);
  Versions& versions = *home_.versions_;
  const size_t size = state.size(roster().register_index);
  for (uint32_t first = 0; first < size; first += kBlock) {
    const auto rows = rows_from(first, size);
    const auto bits = read(state, month, rows);
    for (size_t i = 0; i < rows.size(); ++i) put(slot, rows[i], bits[i], versions);
  }
  heads_.write(slot, versions).month = month.index + 1;
}

void Deadlines::Absence::apply(const record::State& state, Date day,
                               const std::vector<RecordId>& filed,
                               const std::vector<RecordId>& members) {
  const Month now = Month::of(day);
  const Month first =
      newest_ ? std::max(newest_->plus(1), now.plus(1 - kMonths)) : now.plus(1 - kMonths);
  for (Month month = first; month <= now; month = month.plus(1)) begin(state, month);
  newest_ = newest_ ? std::max(*newest_, now) : now;
  std::array<std::vector<RecordId>, kMonths> touched;
  touched.fill(members);
  for (RecordId record : filed) {
    const Value month = state.value(register_index_, roster().month, record);
    const int back = newest_->index - std::get<Month>(month).index;
    if (back < 0 || back >= kMonths) continue;
    const Value member = state.value(register_index_, roster().member, record);
    touched[static_cast<size_t>(back)].push_back(std::get<RecordId>(member));
  }
  for (size_t back = 0; back < kMonths; ++back) {
    const Month month = newest_->plus(-static_cast<int>(back));
    const auto bits = read(state, month, touched[back]);
    for (size_t i = 0; i < bits.size(); ++i) {
      put(slot_of(month), touched[back][i], bits[i], *home_.versions_);
    }
  }
}

Deadlines::Absence::Seen Deadlines::Absence::look(const record::State& state, Month month,
                                                  size_t limit, std::vector<RecordId>& out) const {
  is_wanted_.store(true, std::memory_order_relaxed);
  const Version version = state.version();
  const size_t slot = slot_of(month);
  const Head head = heads_.read(slot, version);
  const size_t size = state.size(roster().register_index);
  size_t found = 0;
  if (head.month != month.index + 1) {
    Seen seen;
    for (uint32_t first = 0; first < size; first += kBlock) {
      const auto rows = rows_from(first, size);
      const auto bits = read(state, month, rows);
      for (size_t i = 0; i < rows.size(); ++i) {
        seen.expected += bits[i].expected ? 1 : 0;
        seen.missing += bits[i].missing ? 1 : 0;
        if (bits[i].missing && found++ < limit) out.push_back(rows[i]);
      }
    }
    return seen;
  }
  const Kept& kept = kept_[slot];
  for (size_t m = 0; m * 4096 < size; ++m) {
    for (uint64_t marks = kept.marks.read(m, version); marks != 0; marks &= marks - 1) {
      const size_t word = m * 64 + static_cast<size_t>(std::countr_zero(marks));
      for (uint64_t bits = kept.missing.read(word, version); bits != 0; bits &= bits - 1) {
        if (found++ >= limit) return {head.expected, head.missing};
        out.push_back(RecordId{static_cast<uint32_t>(word * 64) +
                               static_cast<uint32_t>(std::countr_zero(bits))});
      }
    }
  }
  return {head.expected, head.missing};
}

}  // namespace wutong::deadline
