// The parts of the demo zone Qingyuan. Each adds acts to the end of `acts`; the zone puts them in
// order of time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo::qingyuan {

struct Firm {
  std::string uscc, name, short_name, sector, industry;
  bool is_hightech = false;
  Date settled_on;
  std::optional<Date> left_on;
  std::optional<Date> designated_from;  // none: never; before 2020: since the first record
  std::optional<Date> designated_until;
};

constexpr const char* kCommittee = "committee";  // organisations
constexpr const char* kOffice = "talent_office";
constexpr const char* kUniversities[] = {"sysu", "scnu", "scut", "xjtu", "gdut", "gdpu"};
constexpr const char* kStation = "QY-PD-01";  // the committee's own workstation

Date first_day();  // of records
std::vector<Firm> make_firms(const Terms& terms);

void add_base(std::vector<TimedRequest>& acts);
void add_firms(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms);
void add_stations(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms);
void add_postdocs(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                  const Terms& terms);
void add_outputs(std::vector<TimedRequest>& acts);
void add_fund(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms);
void add_exchange(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms);

// A postdoc's way through the station.
struct Postdoc {
  const char* code;
  int substation;  // 1 .. 10, 0: none
  int university;
  int age;
  const char* entered;
  const char* left;  // "": present
  const char* end;   // completed, withdrawn or ""
  bool stayed;
  const char* topic;
};
std::vector<Postdoc> postdocs();
std::string person_of(const Postdoc& postdoc);

}  // namespace wutong::demo::qingyuan
