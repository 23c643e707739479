// The parts of the demo zone Guiyang. Each adds acts to the end of `acts`; the zone puts them in
// order of time.
#pragma once

#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "demo/acts.hpp"

namespace wutong::demo::guiyang {

struct Firm {
  std::string uscc, name, short_name;
  Date registered_on;
};
// By day of registration.
std::vector<Firm> make_firms(const Terms& terms);
// How many are registered before a day.
size_t firms_before(const std::vector<Firm>& firms, Date day);

constexpr size_t kUniversities = 13;
std::string university(size_t index);  // code; any index
constexpr const char* kPark = "gy-ec";
constexpr const char* kIncubator = "gy-fh";

// Who takes part in what: the first group of a person decides how it goes on with him.
enum Group { kPractice, kStartup, kCourse, kStaff, kStudyClass, kGroups };
struct Trainee {
  size_t person;  // number of the person
  size_t place;   // within the group, in order of time
  Month month;
};
std::string person_code(size_t person);
std::string plan_code(Group group, Month month);  // of practice and of founders, by quarter
// Trainees of a group in order of time: up to September 2024 as many as the ledger is to hold, few
// from November on.
std::vector<Trainee> trainees(Group group, Date until);

// The day on which a month's training is recorded; what follows from it.
Date recorded_on(Month month);
Date followed_on(Month month);

void add_base(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms);
void add_training(std::vector<TimedRequest>& acts, const Terms& terms);
void add_jobs(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms);
void add_startups(std::vector<TimedRequest>& acts, const Terms& terms);
void add_internships(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                     const Terms& terms);
void add_contests(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                  const Terms& terms);
void add_practice_cases(std::vector<TimedRequest>& acts);
void add_goods(std::vector<TimedRequest>& acts);
void add_declarations(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                      const Terms& terms);
void add_trade_months(std::vector<TimedRequest>& acts, const Terms& terms);
void add_orders(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                const Terms& terms);

struct Goods {
  const char* code;
  const char* name;
  const char* hs_code;
  const char* unit;
  int64_t price;  // yuan
};
constexpr size_t kGoodsOfGuizhou = 36;  // the rest is imported
const std::vector<Goods>& goods();

// Does this one find work by the way that the group leads to? "" if not.
std::string channel_of(Group group, const Trainee& trainee);

}  // namespace wutong::demo::guiyang
