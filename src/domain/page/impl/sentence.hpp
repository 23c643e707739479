// Claims of one sentence. Private to the folder; pure.
#pragma once

#include "domain/page/impl/interval.hpp"
#include "domain/page/impl/lexicon.hpp"
#include "domain/page/impl/time.hpp"

namespace wutong::page {

// What goes on from sentence to sentence of a paragraph.
struct Carried {
  std::optional<Period> period;
  std::vector<std::string> clauses;  // nearest first
};

class SentenceReader {
 public:
  SentenceReader(const Paragraph& paragraph, Span sentence, std::optional<int> year,
                 Reading& reading, Carried& carried);
  void run();

 private:
  // A number with all that belongs to it.
  struct Quantity {
    size_t from = 0;
    size_t to = 0;
    Numeral numeral;
    std::optional<Numeral> upper;  // of a range
    bool is_odd = false;
    std::string unit;
    Measure measure = Measure::count;
  };

  bool read_quantity(size_t at);
  bool read_number(size_t at, Quantity& quantity);
  bool read_unit(Quantity& quantity);
  bool read_word_number(size_t at);
  bool read_percent_words(size_t at);
  bool read_ordinal(size_t at);
  void add(Quantity quantity);
  void add_word(size_t from, size_t to, int64_t value, Measure measure, std::string unit,
                Qualifier qualifier = Qualifier::exact);

  void set_measure(Claim& claim, const Quantity& quantity) const;
  void set_rate(Claim& claim) const;
  Qualifier qualifier_of(const Quantity& quantity) const;
  void set_sign(Claim& claim) const;
  void set_against(Claim& claim) const;
  void set_periods(Claim& claim, size_t from) const;
  std::string counted_unit(const Quantity& quantity, std::u32string_view counter) const;
  void finish(Claim claim, size_t from, size_t to);

  void add_times();
  bool is_milestone(const TimeWord& word) const;
  void add_lists();
  void carry();

  std::u32string_view text(size_t from, size_t to) const {
    return std::u32string_view(paragraph_.text.chars).substr(from, to - from);
  }
  std::u32string_view rest(size_t from) const { return text(from, sentence_.to); }
  Span clause_at(size_t at) const;
  std::u32string_view before(size_t at) const { return text(clause_at(at).from, at); }
  const TimeWord* time_at(size_t at) const;

  const Paragraph& paragraph_;
  Span sentence_;
  std::optional<int> year_;
  Reading& reading_;
  Carried& carried_;
  std::vector<Span> clauses_;
  std::vector<TimeWord> times_;
  size_t first_claim_ = 0;  // of this sentence in the reading
  size_t at_ = 0;
};

}  // namespace wutong::page
