// Roles: who may do what, as declared in packs (docs/packs.md, "roles"). Rights only add up;
// whatever no line of a role allows is refused. Pure; knows registers by name only.
//
// A role may stand in several packs: the lines of all add up, so that each pack says what a role
// does with its own registers. Immutable once loaded, shared by all threads.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/pack/shape.hpp"
#include "engine/pack/source.hpp"

namespace wutong::access {

// Whose rows: nobody's, those that belong to the account's own record, all.
enum class Rows { none, own, all };

enum class Right { read, create, amend, import, move };
constexpr size_t kRights = 5;

// What is not about one register.
enum class Task {
  pages,     // check a page
  audit,     // who did what: actors and reasons of entries, definitions with their files
  accounts,  // accounts, grants, tokens
  catalogs,  // zones and changed definitions
  system     // recompute, project, metrics
};
constexpr size_t kTasks = 5;

// What a catalog says of a register: all that roles need.
struct KnownRegister {
  std::string name;
  std::string pack;
  std::vector<std::string> states;
  bool is_guarded = false;  // statistics or persons: no wildcard takes it in, roles must name it
};

// One line of a role.
struct Line {
  std::vector<std::string> registers;  // resolved names
  Rows rows = Rows::all;
  std::array<bool, kRights> may{};
  std::vector<std::string> in;  // states in which a row may be amended; empty: in all
  bool personal = false;        // personal fields too
};

struct Role {
  std::string name;
  pack::Titles title;
  pack::Titles help;
  std::vector<std::string> own;  // registers of which the account's own record may be
  std::vector<Line> lines;
  Rows figures = Rows::none;
  Rows explanations = Rows::none;
  Rows exports = Rows::none;
  std::array<bool, kTasks> tasks{};
  bool second_factor = false;  // signing in takes one
  // Lines by register, for answers without a search.
  std::map<std::string, std::vector<size_t>, std::less<>> by_register;
};

// What packs/<pack>/roles/NAME.yaml may hold.
pack::Shape role_shape();

class Roles {
 public:
  // Reads packs/<pack>/roles of the named packs. Reports every fault with its place: unknown
  // registers, packs and states with the nearest; nullopt if there is any.
  static std::optional<Roles> load(const pack::Files& files, std::span<const std::string> packs,
                                   std::span<const KnownRegister> known, Issues& issues);
  const std::vector<Role>& all() const { return roles_; }
  const Role* find(std::string_view name) const;
  std::vector<std::string> names() const;

 private:
  std::vector<Role> roles_;
};

}  // namespace wutong::access
