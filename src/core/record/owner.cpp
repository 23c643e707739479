#include "core/record/owner.hpp"

#include <algorithm>
#include <set>

namespace wutong::record {

namespace {

constexpr int kStepsMax = 8;  // a chain that goes in a circle ends

void follow(const State& state, size_t register_index, RecordId record, int steps,
            std::vector<access::Own>& out);

void follow_field(const State& state, size_t register_index, RecordId record, size_t field,
                  int steps, std::vector<access::Own>& out) {
  const Value value = state.value(register_index, field, record);
  const auto* target = std::get_if<RecordId>(&value);
  if (target == nullptr) return;
  const std::string& name = state.schema().registers()[register_index].fields[field].target;
  follow(state, *state.schema().index_of(name), *target, steps - 1, out);
}

void follow(const State& state, size_t register_index, RecordId record, int steps,
            std::vector<access::Own>& out) {
  if (steps == 0) return;
  const Register& home = state.schema().registers()[register_index];
  const bool is_end = home.owner_is_self || (!home.owner && home.parties.empty());
  if (is_end) {
    access::Own own{home.name, state.key_text(register_index, record)};
    if (std::find(out.begin(), out.end(), own) == out.end()) out.push_back(std::move(own));
    return;
  }
  if (home.owner) follow_field(state, register_index, record, *home.owner, steps, out);
  for (size_t field : home.parties) {
    follow_field(state, register_index, record, field, steps, out);
  }
}

}  // namespace

std::vector<access::Own> owners_of(const State& state, size_t register_index, RecordId record) {
  std::vector<access::Own> out;
  const Register& home = state.schema().registers()[register_index];
  // An organisation is nobody's row, but it is the end of other rows' chains.
  if (!home.owner_is_self && !home.owner && home.parties.empty()) return out;
  follow(state, register_index, record, kStepsMax, out);
  for (size_t field : home.owner_is_self ? home.parties : std::vector<size_t>{}) {
    follow_field(state, register_index, record, field, kStepsMax, out);
  }
  return out;
}

void add_owners(const State& state, size_t register_index, RecordId record,
                std::vector<access::Own>& out) {
  follow(state, register_index, record, kStepsMax, out);
}

std::vector<access::KnownRegister> known_registers(const Schema& schema) {
  std::vector<access::KnownRegister> out;
  for (const Register& home : schema.registers()) {
    out.push_back({home.name, home.pack, {}, home.is_statistics || home.is_person});
    for (const Code& state : home.states) out.back().states.push_back(state.value);
  }
  return out;
}

bool may_read(const access::Rights* rights, const State& state, size_t register_index,
              RecordId record) {
  if (rights == nullptr || rights->is_local()) return true;
  const std::string& name = state.schema().registers()[register_index].name;
  const access::Rows reach = rights->reach(name, access::Right::read);
  if (reach != access::Rows::own) return reach == access::Rows::all;
  const std::vector<access::Own> owners = owners_of(state, register_index, record);
  access::Ask ask;
  ask.what = access::What::row;
  ask.register_name = name;
  ask.owners = owners;
  return rights->may(ask);
}

namespace {

using Reached = std::set<std::pair<size_t, RecordId>>;

// Adds the rows whose owner or party is one of `from`.
void reach_back(const State& state, const Reached& from, Reached& out) {
  const auto& registers = state.schema().registers();
  for (size_t r = 0; r < registers.size(); ++r) {
    std::vector<size_t> fields = registers[r].parties;
    if (registers[r].owner) fields.push_back(*registers[r].owner);
    for (size_t field : fields) {
      const size_t target = *state.schema().index_of(registers[r].fields[field].target);
      for (const auto& [at, record] : from) {
        if (at != target) continue;
        for (RecordId row : state.referring(r, field, record)) out.emplace(r, row);
      }
    }
  }
}

}  // namespace

std::optional<std::vector<RecordId>> visible_rows(const access::Rights* rights, const State& state,
                                                  size_t register_index) {
  if (rights == nullptr || rights->is_local()) return std::nullopt;
  const std::string& name = state.schema().registers()[register_index].name;
  const access::Rows reach = rights->reach(name, access::Right::read);
  if (reach == access::Rows::all) return std::nullopt;
  if (reach == access::Rows::none) return std::vector<RecordId>();
  Reached all;
  for (const access::Own& own : rights->own()) {
    const auto home = state.schema().index_of(own.register_name);
    const auto record = home ? state.find(*home, own.key) : std::nullopt;
    if (record) all.emplace(*home, *record);
  }
  Reached newest = all;
  for (int step = 0; step < kStepsMax && !newest.empty(); ++step) {
    Reached next;
    reach_back(state, newest, next);
    newest.clear();
    for (const auto& reached : next) {
      if (all.insert(reached).second) newest.insert(reached);
    }
  }
  std::vector<RecordId> out;
  for (const auto& [home, row] : all) {
    if (home == register_index && may_read(rights, state, home, row)) out.push_back(row);
  }
  return out;
}

bool may_know(const access::Rights* rights, const Register& home) {
  return rights == nullptr || rights->reach(home.name, access::Right::read) != access::Rows::none;
}

}  // namespace wutong::record
