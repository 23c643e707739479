// Schema: the registers of a catalog as loaded from packs, with everything resolved and typed.
// Built once, immutable afterwards, shared by all threads.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/column.hpp"
#include "base/error.hpp"
#include "base/unit.hpp"
#include "base/work_calendar.hpp"
#include "core/record/deadline.hpp"
#include "engine/expression/expression.hpp"
#include "engine/pack/shape.hpp"
#include "engine/pack/source.hpp"

namespace wutong::record {

using Title = pack::Titles;

enum class FieldKind {
  text,
  integer,
  decimal,
  boolean,
  code,
  reference,
  date,
  partial_date,
  month,
  period,
  text_list
};

struct Code {
  std::string value;
  Title title;
  std::vector<std::string> aliases;  // what texts call it, beside the title
};

struct Field {
  std::string name;
  FieldKind kind = FieldKind::text;
  Title title;
  Title help;
  Unit unit;         // integer and decimal
  int decimals = 0;  // scale of a decimal column
  bool required = false;
  bool personal = false;
  bool effective = false;
  bool is_code = false;     // of an organisation: stored in one spelling, see organisation.hpp
  std::string target;       // register of a reference
  std::vector<Code> codes;  // of a code
  Place place;
};
ValueType value_type(FieldKind kind);
expression::Type expression_type(const Field& field);

constexpr std::string_view kStateField = "state";

struct Move {
  std::string name;
  Title title;
  std::vector<std::string> from;
  std::string to;
  std::vector<std::string> by;  // roles
  std::vector<size_t> required_fields;
  std::optional<expression::Program> when;
};

struct Check {
  std::string name;
  Title title;
  bool is_hard = true;
  std::optional<expression::Program> when;
  std::optional<expression::Program> require;
  bool unknown_passes = true;
  std::vector<size_t> fields;
  Title message;
};

// The fields of a register that holds figures compiled outside.
struct SeriesFields {
  size_t area, indicator, period, value;
  std::optional<size_t> growth;
  // Code field: rows whose value is `target` or `forecast` are that and never a level.
  std::optional<size_t> status;
};

// A register whose records are organisations: enterprises, offices (organisation.hpp).
struct OrganisationFields {
  std::optional<size_t> code;  // text: one record a code
  size_t successor = 0;        // dated reference to the same register: whom it was merged into
  std::optional<size_t> successors;  // dated text_list: what it was split into
  std::vector<size_t> place;         // what moving changes
};

struct Register {
  std::string name;
  Title title;
  Title help;
  std::string pack;
  std::vector<Field> fields;  // `state` of a life cycle is the last
  std::vector<size_t> key;
  std::vector<size_t> name_fields;
  std::optional<size_t> owner;  // reference field; of `self`: nothing, owner_is_self
  bool owner_is_self = false;
  std::vector<size_t> parties;  // reference fields: others whose row it is as well
  bool is_person = false;
  bool is_statistics = false;
  std::optional<SeriesFields> series;
  std::optional<OrganisationFields> organisation;
  std::vector<Code> states;
  std::optional<size_t> state_field;
  std::vector<Move> moves;
  std::vector<Check> checks;
  std::vector<Deadline> deadlines;
  Place place;

  std::optional<size_t> find(std::string_view field) const;
  const Move* find_move(std::string_view name) const;
};

// What packs/<pack>/registers, checks, codes and calendars may hold.
pack::Shape register_shape();
pack::Shape check_shape();
pack::Shape codes_shape();
pack::Shape calendar_shape();
pack::Shape clock_shape();  // of a life cycle

class Schema {
 public:
  // Reads packs/<pack>/{registers,checks,codes,calendars} of the named packs. Reports every fault;
  // nullopt if any.
  static std::optional<Schema> load(const pack::Files& files, std::span<const std::string> packs,
                                    Issues& issues);
  static Schema from(std::vector<Register> registers,
                     std::shared_ptr<const WorkCalendar> calendar = nullptr);
  const std::vector<Register>& registers() const { return registers_; }
  const Register* find(std::string_view name) const;
  std::optional<size_t> index_of(std::string_view name) const;
  std::vector<std::string> names() const;
  // The working days as far as the packs say; without calendars Monday to Friday.
  const WorkCalendar& calendar() const { return *calendar_; }

 private:
  std::vector<Register> registers_;
  std::shared_ptr<const WorkCalendar> calendar_;
  std::map<std::string, size_t, std::less<>> index_;
};

// What names mean inside an expression over a register: its fields, and fields of what it refers
// to.
class RegisterScope final : public expression::Scope {
 public:
  RegisterScope(const Schema& schema, const Register& home) : schema_(schema), home_(home) {}
  std::optional<expression::Type> identifier(std::string_view name) const override;
  std::vector<std::string> identifiers() const override;
  std::optional<expression::Type> member(std::string_view target,
                                         std::string_view name) const override;
  std::vector<std::string> members(std::string_view target) const override;

 private:
  const Schema& schema_;
  const Register& home_;
};

}  // namespace wutong::record
