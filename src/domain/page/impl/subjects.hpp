// What a claim speaks of: a zone, or a record of a register with names. Found in the words by name
// and alias, introduced short names and words like 该区 and 该公司, and carried from sentence to
// sentence and from headings. Private to the folder; pure.
#pragma once

#include <map>
#include <unordered_map>

#include "domain/page/judge.hpp"

namespace wutong::page {

struct Subject {
  enum class Kind { zone, record, unknown };
  Kind kind = Kind::unknown;
  size_t zone = 0;  // index of the zones given
  size_t register_index = 0;
  RecordId record;
  std::string name;  // as recorded; of an unknown organisation as written
  bool operator==(const Subject& other) const {
    return kind == other.kind && zone == other.zone && register_index == other.register_index &&
           record == other.record && (kind != Kind::unknown || name == other.name);
  }
};

// A name in a text. Oblique: it stands behind a preposition and is likely no subject.
struct Mention {
  size_t from = 0;  // bytes of the text that was looked at
  size_t to = 0;
  Subject subject;
  bool is_oblique = false;
};

// Text in the form in which names are compared: folded, without quotation marks.
std::string fold_name(std::string_view text);

class Subjects {
 public:
  Subjects(const Reading& reading, std::span<const ZoneRecords> zones);

  // The zone whose records a story is held against; nullopt where none is named.
  std::optional<size_t> zone_of_story(size_t story) const { return story_zones_[story]; }
  // Whom or what a claim may speak of, the likelier first; the zone of its story is the last.
  std::vector<Subject> of(size_t claim) const;
  // Named in the claim's own sentence, wherever they stand.
  std::vector<Subject> in_sentence(size_t claim) const;
  // The claim's sentence up to it, folded, and where the last subject named there ends.
  struct Before {
    std::string text;
    size_t named = 0;
  };
  Before before(size_t claim) const;
  // A zone, a park or a firm: what goes on for years, not an event or a paper.
  bool is_place_or_firm(const Subject& subject) const {
    return subject.kind != Subject::Kind::record || is_company(subject) || is_park(subject);
  }
  // Persons are no subjects: what is said of one is not held against records.
  bool is_about_person(size_t claim) const;

 private:
  struct Name {
    std::string text;
    Subject subject;
  };
  // Names by their first character, longest first.
  using Index = std::unordered_map<std::string, std::vector<Name>>;
  struct Sentence {
    size_t story = 0;
    size_t paragraph = 0;
    std::string text;  // as fold_name gives it
    std::vector<Mention> mentions;
  };

  void add_zone(size_t zone, const ZoneRecords& records);
  void add_records(size_t zone, const ZoneRecords& records);
  static void add(Index& index, std::string_view name, const Subject& subject);
  static void add_names(Index& index, const Value& names, const Subject& subject);
  static const Name* longest_at(const Index& index, std::string_view text, size_t at);
  void choose_zones();
  void find_introduced();
  void find_mentions();
  void find_persons();
  std::vector<Mention> mentions_in(std::string_view text, size_t story,
                                   std::span<const Subject> earlier) const;
  const Name* name_at(std::string_view text, size_t at, size_t story) const;
  std::optional<Mention> pronoun_at(std::string_view text, size_t at, size_t story,
                                    std::span<const Subject> earlier) const;
  std::optional<Mention> stranger_at(std::string_view text, size_t at) const;
  bool is_company(const Subject& subject) const;
  bool is_park(const Subject& subject) const;
  // Where the claim stands in its sentence: bytes of its text.
  size_t place_of(const Claim& claim) const;
  bool is_quoted(const Claim& claim) const;
  void add_speaker(const Claim& claim, std::vector<Subject>& out) const;
  void add_earlier(const Claim& claim, bool same_paragraph, std::vector<Subject>& out) const;

  const Reading& reading_;
  std::span<const ZoneRecords> zones_;
  Index zone_names_;
  std::vector<Index> record_names_;  // by zone
  std::vector<Index> introduced_;    // by story
  std::vector<std::optional<size_t>> story_zones_;
  std::vector<Sentence> sentences_;
  std::vector<std::map<std::string, std::optional<Subject>>> persons_;  // by story: whose they are
};

}  // namespace wutong::page
