// Prepared: questions made ready once and answered often, as screens and rankings do. Names, plans
// and groups are looked up when the questions are prepared; an answer then reads sums and divides.
//
// Operation. Levels, growth, its change, ratios and derived indicators over monthly flows, and
// stocks at the end of a month, are answered by sums alone; every other question goes the way of
// Figures::figure. Both give the same answers (a test holds them together). answer_from_records()
// reads the records instead of the cells: what the cells must be equal to. An object that is asked
// again follows the cells: it takes what moved since and answers those questions anew.
// Concurrency. An object belongs to one thread at a time.
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
  // In the order of the questions, until the next call. `state` is what the figures belong to. Each
  // question is answered or refused by itself.
  const std::vector<Answered>& answer(const Figures& figures, const record::State& state);
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
    size_t slot = 0;        // of the plan's table
    bool has_ends = false;  // each month up to the lane of `end`
    std::optional<uint32_t> group;
    size_t next = 0;  // index + 1 of another atom of the same group
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
  // False where all atoms are to be read.
  bool follow(const ZoneCells& cells, const record::State& state);
  void begin_following(const ZoneCells& cells, const record::State& state);
  void move(size_t plan, const cell::Table::Movement& movement);
  void note_questions();  // into questions_of_
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
  void answer_question(const Figures& figures, const record::State& state, size_t question,
                       Answered& out);

  std::vector<Question> questions_;
  std::vector<Shape> shapes_;
  std::vector<Atom> atoms_;
  std::vector<cell::Amount> amounts_;                // by atom
  std::vector<std::vector<uint32_t>> questions_of_;  // by atom

  // What was answered, from which cells and up to which of their commits.
  std::vector<Answered> answers_;
  std::vector<uint8_t> is_stale_;  // by question
  std::vector<uint8_t> is_asked_;  // by question: went the long way
  uint64_t followed_ = 0;          // ZoneCells::number; 0: none
  Seq position_;
  std::vector<size_t> plans_;                // of the atoms
  std::vector<size_t> commits_;              // by plan
  std::vector<std::vector<size_t>> groups_;  // by plan and group: index of an atom + 1
  std::shared_ptr<const Definitions> definitions_;
  std::string area_;
};

}  // namespace wutong::indicator
