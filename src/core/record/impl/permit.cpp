#include "core/record/impl/permit.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"

namespace wutong::record {

namespace {

access::What what_of(Act act) {
  switch (act) {
    case Act::create:
      return access::What::create;
    case Act::amend:
      return access::What::amend;
    case Act::move:
      return access::What::move;
    case Act::import:
      return access::What::import;
    case Act::rename:
    case Act::relocate:
    case Act::merge:
    case Act::split:
      break;
  }
  return access::What::amend;
}

access::Right right_of(Act act) {
  switch (act) {
    case Act::create:
      return access::Right::create;
    case Act::amend:
      return access::Right::amend;
    case Act::move:
      return access::Right::move;
    case Act::import:
      return access::Right::import;
    case Act::rename:
    case Act::relocate:
    case Act::merge:
    case Act::split:
      break;
  }
  return access::Right::amend;
}

// The row's owners as they will be: a field that is given wins over what the record holds.
std::vector<access::Own> owners_after(const State& state, const Request& request, const Rows& rows,
                                      size_t row) {
  std::vector<access::Own> out;
  const Register& home = *rows.home;
  const auto follow = [&](size_t field) {
    const Value value = rows.merged(state, field, row, request.at.day());
    const auto* target = std::get_if<RecordId>(&value);
    if (target == nullptr) return;
    add_owners(state, *state.schema().index_of(home.fields[field].target), *target, out);
  };
  if (home.owner_is_self) {
    std::vector<std::string> parts;
    for (size_t field : home.key) {
      parts.push_back(to_string(rows.merged(state, field, row, request.at.day())));
    }
    out.push_back({home.name, join(parts, "/")});
  }
  if (home.owner) follow(*home.owner);
  for (size_t field : home.parties) follow(field);
  return out;
}

bool gives_personal(const Rows& rows) {
  for (size_t i = 0; i < rows.given.size(); ++i) {
    if (rows.given[i] && rows.home->fields[i].personal) return true;
  }
  return false;
}

void refuse(const Rows& rows, size_t row, Faults& faults) {
  const std::string field = rows.home->fields[rows.home->key.front()].name;
  faults.add(RefusalCode::not_permitted, row, field,
             "您的角色不能这样改动“" + rows.home->title.zh + "”的这一行",
             "your roles do not allow this change to a row of " + rows.home->name);
}

}  // namespace

bool Faults::may_refer(const State& state, size_t target, RecordId record) const {
  return record::may_read(request_.rights.get(), state, target, record);
}

bool may_know(const Request& request, const Register& home) {
  return may_know(request.rights.get(), home);
}

bool may_read(const State& state, const Request& request, size_t register_index, RecordId record) {
  return may_read(request.rights.get(), state, register_index, record);
}

bool may_try(const Request& request, const Register& home, Faults& faults) {
  if (!request.rights) return true;
  if (request.rights->reach(home.name, right_of(request.act)) != access::Rows::none) return true;
  faults.add(RefusalCode::not_permitted, 0, "register",
             "您的角色不能在登记簿“" + home.title.zh + "”办理此事",
             "your roles do not allow this act on register " + home.name);
  return false;
}

bool check_permitted(const State& state, const Request& request, const Rows& rows, Faults& faults) {
  if (!request.rights) return true;
  const access::Rights& rights = *request.rights;
  access::Ask ask;
  ask.what = what_of(request.act);
  ask.register_name = rows.home->name;
  ask.is_personal = gives_personal(rows);
  if (request.act == Act::move) {
    const Move* move = rows.home->find_move(request.move);
    if (move == nullptr) return true;  // a fault of its own
    ask.by = move->by;
  }
  if (rights.may(ask)) return true;  // all rows, in any state
  for (size_t row = 0; row < rows.count; ++row) {
    const auto& existing = rows.existing[row];
    const std::vector<access::Own> after = owners_after(state, request, rows, row);
    ask.owners = after;
    ask.is_new = !existing.has_value();
    std::string then;
    if (existing && rows.home->state_field) {
      then = to_string(state.value(rows.register_index, *rows.home->state_field, *existing));
    }
    ask.state = then;
    bool is_allowed = rights.may(ask);
    if (is_allowed && existing) {
      const std::vector<access::Own> before = owners_of(state, rows.register_index, *existing);
      ask.owners = before;
      is_allowed = rights.may(ask);
    }
    if (!is_allowed && !(ask.is_new && request.act != Act::create && request.act != Act::import)) {
      refuse(rows, row, faults);
    }
  }
  return faults.empty();
}

}  // namespace wutong::record
