// Names of a catalog found in text: indicators by title and aliases, areas by name. Private; pure.
#pragma once

#include <map>

#include "domain/page/judge.hpp"

namespace wutong::page {

struct FoundIndicator {
  const indicator::Definition* definition = nullptr;
  size_t from = 0;  // bytes of the folded text
  size_t to = 0;
};

// Text in the form in which names of indicators and values are looked for: as fold_name gives it,
// without brackets, so that 帮(代)办 is 帮代办.
std::string fold_words(std::string_view text);

// An area above the zone's own, or one that nothing is known of but its words (no code).
struct Area {
  std::string code;
  std::string name;
};

class Names {
 public:
  explicit Names(const ZoneRecords& records);

  // Names that stand in the text, longest first at each place, in order, not overlapping.
  std::vector<FoundIndicator> indicators_in(std::string_view text) const;
  // Values of code dimensions that stand at a mark `|` of the text or behind a preposition, the
  // longest, by the indicator's dimension. `text` in the form of fold_words.
  std::map<std::string, std::string> values_in(const indicator::Definition& definition,
                                               std::string_view text) const;
  // Has the indicator, or what it is made of, this dimension?
  bool has_dimension(const indicator::Definition& definition, std::string_view name) const;
  // Level of the area that the text names last, if it stands above the zone's own area.
  std::optional<std::string> level_in(std::string_view text) const;
  // The whole area that the last of these words make the subject: 全市共有, 1—9月南昌市完成.
  // `named`: where the last name of something else ends.
  std::optional<Area> subject_area(const std::string& text, size_t named) const;
  const std::string& own_level() const { return own_level_; }

 private:
  struct Name {
    std::string text;  // folded
    const indicator::Definition* definition;
  };
  struct AreaName {
    std::string text;
    std::string level;
    Area area;
  };
  void add_areas(const ZoneRecords& records);
  std::string without_zone(std::string folded) const;
  const ZoneRecords* records_;

  std::vector<Name> names_;
  std::vector<AreaName> areas_;
  std::vector<std::string> zone_names_;
  std::string own_level_;
};

}  // namespace wutong::page
