#include "core/access/rights.hpp"

#include <algorithm>

namespace wutong::access {

namespace {

Scope scope_of(const Ask& ask) {
  switch (ask.what) {
    case What::reg:
    case What::row:
    case What::field:
    case What::export_rows:
      return Scope::records;
    case What::create:
    case What::amend:
    case What::import:
    case What::move:
      return Scope::write;
    case What::figure:
    case What::explanation:
      return Scope::figures;
    case What::task:
      return ask.task == Task::pages ? Scope::pages : Scope::system;
  }
  return Scope::system;
}

Right right_of(What what) {
  switch (what) {
    case What::create:
      return Right::create;
    case What::amend:
      return Right::amend;
    case What::import:
      return Right::import;
    case What::move:
      return Right::move;
    case What::reg:
    case What::row:
    case What::field:
    case What::figure:
    case What::explanation:
    case What::export_rows:
    case What::task:
      break;
  }
  return Right::read;
}

bool holds(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

Rights::Rights(std::shared_ptr<const Roles> roles, const Principal& principal,
               std::string_view zone, Date day)
    : roles_(std::move(roles)), scopes_(principal.scopes), is_local_(principal.is_local) {
  for (const Grant& grant : principal.grants) {
    const bool is_here = grant.zone == "*" || grant.zone == zone;
    const bool is_now = grant.from <= day && (!grant.until || day <= *grant.until);
    const Role* role = roles_ == nullptr ? nullptr : roles_->find(grant.role);
    if (!is_here || !is_now || role == nullptr) continue;
    Active active{role, std::nullopt};
    if (grant.own && holds(role->own, grant.own->register_name)) {
      active.own = grant.own;
      own_.push_back(*grant.own);
    }
    active_.push_back(std::move(active));
  }
}

std::vector<std::string> Rights::roles() const {
  std::vector<std::string> out;
  for (const Active& active : active_) {
    if (!holds(out, active.role->name)) out.push_back(active.role->name);
  }
  return out;
}

bool Rights::allows(const Active& active, const Line& line, std::span<const Own> owners) const {
  switch (line.rows) {
    case Rows::all:
      return true;
    case Rows::own:
      return active.own && std::find(owners.begin(), owners.end(), *active.own) != owners.end();
    case Rows::none:
      return false;
  }
  return false;
}

bool Rights::may_on_row(Right right, const Ask& ask) const {
  for (const Active& active : active_) {
    const auto lines = active.role->by_register.find(ask.register_name);
    if (lines == active.role->by_register.end()) continue;
    if (right == Right::move &&
        std::find(ask.by.begin(), ask.by.end(), active.role->name) == ask.by.end()) {
      continue;
    }
    for (size_t index : lines->second) {
      const Line& line = active.role->lines[index];
      const bool is_change = right == Right::amend || (right == Right::import && !ask.is_new);
      const bool has_state = !is_change || line.in.empty() || holds(line.in, ask.state);
      const bool has_field = !ask.is_personal || line.personal;
      if (line.may[static_cast<size_t>(right)] && has_state && has_field &&
          allows(active, line, ask.owners)) {
        return true;
      }
    }
  }
  return false;
}

bool Rights::may_rows(Rows Role::*kind, Rows rows) const {
  return std::any_of(active_.begin(), active_.end(), [&](const Active& active) {
    const Rows reach = active.role->*kind;
    return reach == Rows::all || (reach == Rows::own && rows == Rows::own && active.own);
  });
}

Rows Rights::reach(std::string_view register_name, Right right) const {
  const Scope scope = right == Right::read ? Scope::records : Scope::write;
  return is_local_ || has_scope(scope) ? extent(register_name, right) : Rows::none;
}

Rows Rights::extent(std::string_view register_name, Right right) const {
  if (is_local_) return Rows::all;
  Rows out = Rows::none;
  for (const Active& active : active_) {
    const auto lines = active.role->by_register.find(register_name);
    if (lines == active.role->by_register.end()) continue;
    for (size_t index : lines->second) {
      const Line& line = active.role->lines[index];
      if (!line.may[static_cast<size_t>(right)]) continue;
      if (line.rows == Rows::own && !active.own) continue;
      out = std::max(out, line.rows);
    }
  }
  return out;
}

bool Rights::may_read_personal(std::string_view register_name, std::span<const Own> owners) const {
  Ask ask;
  ask.what = What::field;
  ask.register_name = register_name;
  ask.owners = owners;
  ask.is_personal = true;
  return may(ask);
}

bool Rights::may(const Ask& ask) const {
  if (is_local_) return true;
  if (!has_scope(scope_of(ask))) return false;
  switch (ask.what) {
    case What::reg:
      return reach(ask.register_name, Right::read) != Rows::none;
    case What::row:
    case What::field:
    case What::create:
    case What::amend:
    case What::import:
    case What::move:
      return may_on_row(right_of(ask.what), ask);
    case What::figure:
      return may_rows(&Role::figures, ask.rows);
    case What::explanation:
      return may_rows(&Role::explanations, ask.rows);
    case What::export_rows:
      return may_rows(&Role::exports, ask.rows);
    case What::task:
      return std::any_of(active_.begin(), active_.end(), [&](const Active& active) {
        return active.role->tasks[static_cast<size_t>(ask.task)];
      });
  }
  return false;
}

}  // namespace wutong::access
