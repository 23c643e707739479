// Loads the registers, checks and code lists of packs. Private to the folder.
#pragma once

#include "core/record/schema.hpp"

namespace wutong::record {

class Loader {
 public:
  Loader(const pack::Files& files, std::span<const std::string> packs, Issues& issues);
  // Everything read and resolved; faults are in the issues.
  std::vector<Register> run();

 private:
  struct Source {
    std::string pack;
    pack::Node node;
  };
  void read_folder(std::string_view folder, std::string_view key, const pack::Shape& shape,
                   std::vector<Source>& out);
  void load_codes();
  void load_register(const Source& source);
  void load_field(Register& home, const std::string& name, const pack::Node& node);
  void load_unit(Field& field, const pack::Node& node);
  void load_field_codes(Field& field, const pack::Node& node);
  void load_names(Register& home, const pack::Node& node);
  void load_organisation(Register& home, const pack::Node& node);
  void load_series(Register& home, const pack::Node& node);
  void load_states(Register& home, const pack::Node& node);
  void resolve_references();
  void load_moves(const Schema& schema, Register& home, const pack::Node& node);
  void load_deadlines(const Schema& schema, Register& home, const pack::Node& lifecycle);
  void load_roster(const Schema& schema, const Register& home, const pack::Node& clock,
                   Deadline& deadline);
  void load_check(const Schema& schema, const Source& source);
  std::optional<size_t> field_of(const Register& home, const pack::Node& name);
  std::optional<expression::Program> program(const Schema& schema, const Register& home,
                                             const pack::Node& node, std::string_view key,
                                             expression::Kind kind);

  const pack::Files& files_;
  std::span<const std::string> packs_;
  Issues& issues_;
  std::vector<Source> register_sources_;
  std::vector<Source> check_sources_;
  std::map<std::string, std::vector<Code>, std::less<>> codes_;
  std::vector<Register> registers_;
};

// The days of all calendars of the packs; a fault is in the issues.
std::shared_ptr<const WorkCalendar> load_calendar(const pack::Files& files,
                                                  std::span<const std::string> packs,
                                                  Issues& issues);

// Where the text of an expression begins: after the quote, if there is one.
Place expression_place(const pack::Node& node);

}  // namespace wutong::record
