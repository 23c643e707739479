// Prepared: questions made ready once and answered often, as screens and rankings do. Names, plans
// and groups are looked up when the questions are prepared; an answer then reads sums and divides.
//
// Operation. Levels, growth, its change, ratios and derived indicators over monthly flows, and
// stocks at the end of a month, are answered by sums alone; every other question goes the way of
// Figures::figure. Both give the same answers (a test holds them together). answer_from_records()
// reads the records instead of the cells: what the cells must be equal to. Concurrency. An object
// belongs to one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/indicator/figures.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

struct Answered {
  Status status = Status::no_records;
  Decimal value;  // as published
  // The unrounded value is part / whole × factor: of a level amount / 1, of growth the increase
  // over the base. Zero where the answer came the long way (ask Figures::figure for its parts).
  int128 part = 0;
  int128 whole = 0;
  bool is_refused = false;  // Figures::figure has the error
};

class Prepared {
 public:
  // Questions of one zone, about the newest position. Never fails: what cannot be prepared is asked
  // the long way, and fails there.
  Prepared(const Figures& figures, std::vector<Question> questions);
  ~Prepared();
  Prepared(Prepared&&) noexcept;
  Prepared& operator=(Prepared&&) noexcept;

  const std::vector<Question>& questions() const { return questions_; }
  // In the order of the questions. `state` is what the figures belong to. Each question is answered
  // or refused by itself.
  void answer(const Figures& figures, const record::State& state, std::vector<Answered>& out);
  // The same computed from the records alone. `unavailable` where a question cannot be prepared.
  Result<void> answer_from_records(const Figures& figures, const record::State& state,
                                   std::vector<Answered>& out);
  // False for questions that are asked the long way.
  bool is_prepared(size_t question) const { return shapes_[question].form != Form::any; }

 private:
  // Months first..last of a measure, attributes read at the end of month `end`.
  struct Atom {
    size_t plan = 0;
    size_t measure = 0;
    Month first, last, end;
    Fixed fixed;
    size_t whole = 0;  // the same over all dimension values: does it say zero or nothing?
    size_t like = 0;   // the first atom that differs in dimension values alone
    bool is_stock = false;
    std::optional<uint32_t> group;
    friend bool operator==(const Atom& a, const Atom& b) {
      return a.plan == b.plan && a.measure == b.measure && a.first == b.first && a.last == b.last &&
             a.end == b.end && a.fixed == b.fixed;
    }
    bool is_like(const Atom& other) const;
  };
  using Total = std::vector<std::pair<size_t, int>>;  // atoms with signs
  enum class Form { any, level, growth, change, ratio };
  // change: two growths, of now/base and of now_before/base_before. ratio: now / base.
  struct Shape {
    Form form = Form::any;
    const Definition* definition = nullptr;
    Total now, base, now_before, base_before;
    int128 up = 1, down = 1;  // what the quotient of the sums is multiplied by before rounding
    int places = 0;
    bool is_known = false;  // dimension values that stand in no group were once found valid
  };
  struct Sum {
    int128 value = 0;
    bool is_recorded = true;
    bool has_gap = false;      // a part has no records of its own
    bool may_be_held = false;  // that is a stock: it may have had some
  };

  Shape shape_of(const Question& question);
  bool shape_level(const Question& question, Shape& shape);
  bool shape_ratio(const Question& question, Shape& shape);
  bool shape_growth(const Question& question, const Period& period, Shape& shape, Total& now,
                    Total& base);
  bool add_total(const Definition& definition, const Fixed& fixed, const Period& period, Date end,
                 int sign, Total& out);
  size_t add_atom(Atom atom);
  std::optional<uint32_t> group_of(const ZoneCells& cells, Atom& atom) const;
  void read_atoms(const ZoneCells& cells, const record::State& state);
  Sum total(const Total& total) const;
  static bool takes_a_look(const Shape& shape, const Sum& sum) {
    return sum.has_gap && (!shape.is_known || sum.may_be_held);
  }
  static Status missing(const Shape& shape);
  // False: the long way.
  bool answer(const Shape& shape, Answered& out) const;
  bool answer_level(const Shape& shape, Answered& out) const;
  bool answer_ratio(const Shape& shape, Answered& out) const;
  bool answer_growth(const Shape& shape, const Total& now, const Total& base, Answered& out) const;
  Result<void> answer_all(const Figures& figures, const record::State& state, bool may_ask,
                          std::vector<Answered>& out);

  std::vector<Question> questions_;
  std::vector<Shape> shapes_;
  std::vector<Atom> atoms_;
  std::vector<cell::Amount> amounts_;  // by atom
  std::shared_ptr<const Definitions> definitions_;
  std::string area_;
};

}  // namespace wutong::indicator
