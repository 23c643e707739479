// FieldOrder: how the cells of a field are ordered, as raw numbers of a state and against operands.
// Private to the folder. Holds for the state that it was made of.
#pragma once

#include <compare>

#include "base/codec.hpp"
#include "core/record/query.hpp"

namespace wutong::record {

std::optional<int64_t> cell_of(const State& state, size_t register_index, size_t field,
                               RecordId record);

class FieldOrder {
 public:
  FieldOrder(const State& state, size_t register_index, size_t field);

  std::strong_ordering compare(int64_t a, int64_t b) const;
  std::strong_ordering compare(int64_t a, const Operand& b) const;  // not of a reference
  // By the parts of a key; `parts` as parts_of gives them.
  std::strong_ordering compare(int64_t a, std::span<const Operand> parts) const;
  void parts_of(int64_t cell, std::vector<Operand>& out) const;
  size_t parts() const;
  // Parts as bytes of a cursor. False where they are none of this field.
  static void write(const FieldOrder& order, std::span<const Operand> parts, Writer& out);
  bool read(Reader& in, std::vector<Operand>& out) const;

  bool is_text() const { return kind_ == Kind::text || kind_ == Kind::period; }
  bool is_list() const { return is_list_; }
  bool is_reference() const { return kind_ == Kind::reference; }
  const std::string& text(int64_t cell) const { return state_->text(register_, field_, cell); }

 private:
  enum class Kind { number, text, period, reference };
  const State* state_;
  size_t register_;
  size_t field_;
  Kind kind_ = Kind::number;
  bool is_list_ = false;
  size_t target_ = 0;
  std::vector<FieldOrder> key_;  // of the target
};

// The order of rows: sort fields, then key fields.
class RowOrder {
 public:
  RowOrder(const State& state, size_t register_index, std::span<const SortField> sort);
  std::strong_ordering compare(RecordId a, RecordId b) const;
  std::strong_ordering compare(RecordId a, const std::vector<std::vector<Operand>>& mark) const;
  std::vector<std::vector<Operand>> mark_of(RecordId record) const;
  struct Step {
    size_t field;
    bool is_descending;
    FieldOrder order;
  };
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::optional<int64_t> cell(const Step& step, RecordId record) const {
    return cell_of(*state_, register_, step.field, record);
  }
  const State* state_;
  size_t register_;
  std::vector<Step> steps_;
};

// Does a cell pass? The plain meaning of a condition.
bool passes(const FieldOrder& order, const Condition& condition, std::optional<int64_t> cell);

}  // namespace wutong::record
