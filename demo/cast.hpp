// Who takes part in a demo zone: invented persons and firms. No person is real; firms say that they
// are made up.
#pragma once

#include <string>
#include <vector>

#include "demo/script.hpp"

namespace wutong::demo {

// A unified social credit code with the right checks, of a registering office (six digits).
std::string credit_code(const std::string& office, size_t serial);
// An invention (1) or utility model (2) number with the right check.
std::string patent_number(int year, int kind, int serial);
std::string person_name(Script& script);

struct Company {
  std::string uscc;
  std::string name;
  std::string short_name;
  std::string sector;
  std::string industry;
  std::string chain;  // industry chain; "" none
  std::string park;   // "" none
  std::string origin;
  std::string tier;
  Date settled_on;
  std::string production_began;  // "" not known
  bool is_designated = false;
};

struct Trade {
  const char* sector;
  const char* industry;
  const char* word;  // of the firm's name
  const char* chain;
};

// `count` firms of a city in one of the trades each, settled in the years from .. to.
std::vector<Company> invent_companies(Script& script, const std::string& city,
                                      const std::string& office, std::span<const Trade> trades,
                                      size_t count, int from, int to);
void record_companies(Script& script, const std::string& at, const std::vector<Company>& all);

struct Place {
  const char* code;
  const char* name;
  const char* short_names;  // joined by \x1F
  const char* level;
  const char* parent;
};
void record_places(Script& script, const std::string& at, const std::vector<Place>& places);

// Days that break the week, from the yearly notices: the National Day of 2024, all of 2026.
void record_working_days(Script& script);

struct Officer {
  std::string code;
  std::string organisation;
  std::string post;
};
// Persons with their posts; the first speaks to the press.
void record_officers(Script& script, const std::string& at, const std::vector<Officer>& officers);

}  // namespace wutong::demo
