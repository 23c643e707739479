// How prepared questions follow the cells from answer to answer.
#include <algorithm>

#include "core/indicator/prepared.hpp"

namespace wutong::indicator {

namespace {

constexpr size_t kMovementsAnAtom = 8;  // with more of them it is faster to read all sums

}  // namespace

void Prepared::note_questions() {
  questions_of_.resize(atoms_.size());
  const auto note = [this](size_t atom, size_t question) {
    std::vector<uint32_t>& list = questions_of_[atom];
    const auto number = static_cast<uint32_t>(question);
    if (list.empty() || list.back() != number) list.push_back(number);
  };
  for (const Atom& atom : atoms_) plans_.push_back(atom.plan);
  std::sort(plans_.begin(), plans_.end());
  plans_.erase(std::unique(plans_.begin(), plans_.end()), plans_.end());
  for (size_t q = 0; q < shapes_.size(); ++q) {
    const Shape& shape = shapes_[q];
    for (const Total* total : {&shape.now, &shape.base, &shape.now_before, &shape.base_before}) {
      for (const auto& [atom, sign] : *total) {
        note(atom, q);
        note(atoms_[atom].whole, q);
      }
    }
  }
}

// All atoms were read: from here on they are moved.
void Prepared::begin_following(const ZoneCells& cells, const record::State& state) {
  followed_ = cells.number;
  position_ = state.position();
  std::fill(is_stale_.begin(), is_stale_.end(), uint8_t{1});
  commits_.assign(cells.plans.size(), 0);
  groups_.assign(cells.plans.size(), {});
  for (size_t p : plans_) commits_[p] = cells.plans[p].table().last_commit(position_);
  for (size_t a = 0; a < atoms_.size(); ++a) {
    Atom& atom = atoms_[a];
    if (!atom.group) continue;
    std::vector<size_t>& groups = groups_[atom.plan];
    if (groups.size() <= *atom.group) groups.resize(*atom.group + 1);
    atom.next = groups[*atom.group];
    groups[*atom.group] = a + 1;
  }
}

bool Prepared::follow(const ZoneCells& cells, const record::State& state) {
  if (followed_ != cells.number || state.position() < position_) return false;
  position_ = state.position();
  for (size_t p : plans_) {
    const cell::Table& table = cells.plans[p].table();
    const size_t from = commits_[p];
    commits_[p] = table.last_commit(position_, from);
    const auto take = [&](const cell::Table::Movement& movement) { move(p, movement); };
    if (!table.movements(from, commits_[p], atoms_.size() * kMovementsAnAtom, take)) return false;
  }
  return true;
}

void Prepared::move(size_t plan, const cell::Table::Movement& movement) {
  if (movement.group >= groups_[plan].size()) return;
  for (size_t at = groups_[plan][movement.group]; at != 0; at = atoms_[at - 1].next) {
    const Atom& atom = atoms_[at - 1];
    if (atom.slot != movement.measure) continue;
    if (movement.month < atom.first || movement.month > atom.last) continue;
    if (atom.has_ends && movement.lane > atom.end.index - movement.month.index) continue;
    amounts_[at - 1].add(movement.amount);
    for (uint32_t question : questions_of_[at - 1]) is_stale_[question] = 1;
  }
}

}  // namespace wutong::indicator
