// Rights: what one caller may do in one zone on one day. The one place that decides.
//
// Every surface asks may(): read a register, a row, a field; act, move; figures, explanations,
// exports; tasks. Deny by default: without a grant, without a role, without a line that allows it,
// the answer is no. The answer says nothing about what exists: callers turn a no about a row, a
// register or a zone into the answer for one that is not there. Pure, immutable, thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "core/access/role.hpp"

namespace wutong::access {

// A record that somebody is: an enterprise, a school, a person.
struct Own {
  std::string register_name;
  std::string key;
  auto operator<=>(const Own&) const = default;
};

// `zone` "*": every zone. Days are both inside; `until` absent: without an end.
struct Grant {
  std::string role;
  std::string zone;
  std::optional<Own> own;
  Date from = Date::from_days(0);
  std::optional<Date> until;
};

// What a token is good for; a session has all.
enum class Scope { records, figures, pages, write, system };
constexpr std::pair<std::string_view, Scope> kScopes[] = {{"records", Scope::records},
                                                          {"figures", Scope::figures},
                                                          {"pages", Scope::pages},
                                                          {"write", Scope::write},
                                                          {"system", Scope::system}};

// Who asks. `is_local`: who can open the data directory itself; may do everything.
struct Principal {
  std::string account;
  std::vector<Grant> grants;
  std::optional<std::set<Scope>> scopes;
  bool is_local = false;

  static Principal local(std::string name) { return {std::move(name), {}, std::nullopt, true}; }
};

enum class What {
  reg,
  row,
  field,
  create,
  amend,
  import,
  move,
  figure,
  explanation,
  export_rows,
  task
};

struct Ask {
  What what = What::reg;
  std::string_view register_name;   // reg … move, export_rows
  std::span<const Own> owners;      // of the row: every record that it belongs to
  std::string_view state;           // amend: of the row, before
  std::span<const std::string> by;  // move: the roles that it names
  bool is_new = false;              // import: the row is not there yet
  bool is_personal = false;         // a personal field is read or written
  Rows rows = Rows::own;            // figure, explanation, export_rows: which rows it is made of
  Task task = Task::audit;
};

class Rights {
 public:
  // `roles` null: there are none, so nobody but a local caller may do anything.
  Rights(std::shared_ptr<const Roles> roles, const Principal& principal, std::string_view zone,
         Date day);

  bool may(const Ask& ask) const;
  // The widest reach of a right over a register: who has `all` need not be asked row by row.
  Rows reach(std::string_view register_name, Right right) const;
  // The same whatever the scopes of a token: for questions that are asked with another scope (a
  // figure of one firm takes the right to read its rows, not the scope `records`).
  Rows extent(std::string_view register_name, Right right) const;
  bool may_read_personal(std::string_view register_name, std::span<const Own> owners) const;
  // May anything here be seen at all? Else the zone looks like one that is not there.
  bool may_enter() const { return is_local_ || !active_.empty(); }
  bool is_local() const { return is_local_; }
  // Names of the roles held here and now.
  std::vector<std::string> roles() const;
  // The caller's own records here.
  const std::vector<Own>& own() const { return own_; }

 private:
  struct Active {
    const Role* role;
    std::optional<Own> own;
  };
  bool has_scope(Scope scope) const { return !scopes_ || scopes_->contains(scope); }
  bool allows(const Active& active, const Line& line, std::span<const Own> owners) const;
  bool may_on_row(Right right, const Ask& ask) const;
  bool may_rows(Rows Role::*kind, Rows rows) const;

  std::shared_ptr<const Roles> roles_;
  std::vector<Active> active_;
  std::vector<Own> own_;
  std::optional<std::set<Scope>> scopes_;
  bool is_local_ = false;
};

}  // namespace wutong::access
