// Claims of one sentence. Private to the folder; pure.
#pragma once

#include "domain/page/impl/cues.hpp"
#include "domain/page/impl/interval.hpp"
#include "domain/page/impl/lexicon.hpp"
#include "domain/page/impl/time.hpp"

namespace wutong::page {

// What goes on from sentence to sentence of a paragraph.
struct Carried {
  std::optional<Period> period;
  std::optional<int> year;           // named last
  Mood mood = Mood::fact;            // of a sentence that a semicolon ended
  Mood section = Mood::fact;         // of a part that tells plans
  std::vector<std::string> clauses;  // nearest first
};

class SentenceReader {
 public:
  SentenceReader(const Paragraph& paragraph, Span sentence, const TimeContext& context,
                 Reading& reading, Carried& carried);
  void run();

 private:
  // A number with all that belongs to it.
  struct Quantity {
    size_t from = 0;
    size_t to = 0;
    Numeral numeral;
    std::optional<Numeral> upper;  // of a range
    bool is_within = false;        // 一年内: any time up to it
    std::string unit;
    Measure measure = Measure::count;
  };

  // sentence.cpp: what begins at a place; true when at_ was moved past it.
  bool skip_name(size_t at);
  bool read_ordinal(size_t at);
  bool read_first(size_t at);
  bool passes_mark(size_t at) const;
  bool read_word_number(size_t at);
  bool read_record(size_t at);
  bool is_enclosed(size_t from, size_t to) const;

  // quantity.cpp
  bool read_quantity(size_t at);
  bool read_fraction(Quantity& quantity);
  bool read_tenths(Quantity& quantity);
  bool read_half(size_t at);
  bool read_doubling(size_t at);
  void read_range(Quantity& quantity);
  bool read_unit(Quantity& quantity);
  bool read_best(Quantity& quantity);
  const UnitWord* shared_unit(Quantity& quantity) const;
  const UnitWord* unit_of_noun(const Quantity& quantity) const;
  bool read_open_span(Quantity& quantity);
  void read_unit_tail(Quantity& quantity, const UnitWord& word);
  bool is_article(const Quantity& quantity) const;
  bool is_negative(size_t at) const;
  bool is_part_of_name(const Quantity& quantity, char32_t previous) const;
  bool read_structure(const Quantity& first);
  bool read_ratio(Quantity& quantity);
  bool read_spoken(Quantity& quantity);
  std::u32string_view around(size_t at) const;
  bool is_money(size_t at) const;
  bool read_clock_span(Quantity& quantity);
  bool read_index(Quantity& quantity) const;
  std::string counted_unit(const Quantity& quantity, std::u32string_view counter) const;

  // measure.cpp
  void set_measure(Claim& claim, const Quantity& quantity) const;
  void set_percent(Claim& claim, const Quantity& quantity) const;
  void set_points(Claim& claim, const Quantity& quantity) const;
  void set_sign(Claim& claim, const Quantity& quantity) const;
  void set_against(Claim& claim, const Quantity& quantity) const;
  void set_basis(Claim& claim, std::u32string_view clause) const;
  std::optional<Cue> governing_cue(size_t from) const;
  std::u32string_view segment(size_t from) const;
  bool follows_percent(Claim& claim) const;
  bool follows_fall() const;
  bool is_gap(size_t from) const;
  bool is_amount_of_change(const Claim& claim, const Quantity& quantity) const;
  bool is_tenths(const Quantity& quantity) const;
  Qualifier qualifier_of(const Quantity& quantity) const;
  Mood mood_at(size_t at) const;

  // attach.cpp
  void add_quantity(Quantity quantity);
  void add_word(size_t from, size_t to, int64_t value, Measure measure, std::string unit,
                Qualifier qualifier = Qualifier::exact);
  void finish(Claim claim, size_t from, size_t to);
  void set_periods(Claim& claim, size_t from) const;
  void add_times();
  bool is_milestone(const TimeWord& word) const;

  // lists.cpp
  void add_lists();
  bool add_list(size_t at);
  std::vector<std::string> names_before(size_t at) const;
  void carry();

  std::u32string_view text(size_t from, size_t to) const {
    return std::u32string_view(paragraph_.text.chars).substr(from, to - from);
  }
  std::u32string_view rest(size_t from) const { return text(from, sentence_.to); }
  char32_t char_at(size_t at) const {
    return at < sentence_.to ? paragraph_.text.chars[at] : U'\0';
  }
  char32_t char_before(size_t at) const {
    return at > sentence_.from ? paragraph_.text.chars[at - 1] : U'\0';
  }
  std::optional<Numeral> numeral_at(size_t at) const {
    return read_numeral(text(0, sentence_.to), at);
  }
  Span clause_at(size_t at) const;
  // The clause up to a place, at most its last kReach characters.
  std::u32string_view before(size_t at) const;
  // The clause from a place on.
  std::u32string_view after(size_t at) const;
  const TimeWord* time_at(size_t at) const;
  size_t place(size_t at) const { return paragraph_.text.places[at]; }

  const Paragraph& paragraph_;
  Span sentence_;
  Reading& reading_;
  Carried& carried_;
  std::vector<Span> clauses_;
  std::vector<TimeWord> times_;
  std::vector<FoundMood> moods_;  // at places of the paragraph
  size_t first_claim_ = 0;        // of this sentence in the reading
  size_t last_end_ = 0;           // end of the claim before, in the paragraph
  size_t at_ = 0;
};

}  // namespace wutong::page
