// Internships: each spring the schools nominate, the zone chooses, the enterprises take; in autumn
// they assess, and keep some.
#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

// Of those who took courses in the twelve months before April of the year.
std::vector<Trainee> interns(int year, Date until) {
  std::vector<Trainee> all;
  for (const Trainee& trainee : trainees(kCourse, until)) {
    bool is_in = trainee.month >= Month::of(year - 1, 3) && trainee.month <= Month::of(year, 2);
    if (is_in && trainee.place % 49 <= 6) all.push_back(trainee);
  }
  return all;
}

class Year {
 public:
  Year(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, int year, Date until)
      : acts_(acts), firms_(firms), year_(year), interns_(interns(year, until)) {}

  void add() {
    if (interns_.empty()) return;
    add_quotas();
    Rows rows("internship",
              {"person", "enterprise", "year", "university", "mentor", "position", "nominated_on"});
    for (const Trainee& intern : interns_) {
      rows.add({person_code(intern.person), firm_of(intern).uscc, std::to_string(year_),
                university(intern.person), numbered("GY-M", 1 + intern.person % 40, 3), "运营助理",
                day_of(year_, 4, 10).to_string()});
    }
    act(rows, workday(day_of(year_, 4, 12)), "school");
    move(workday(day_of(year_, 4, 26)), "training_officer", "choose");
    amend(workday(day_of(year_, 6, 3)), {"began_on"}, {day_of(year_, 6, 1).to_string()});
    move(workday(day_of(year_, 6, 3)), "enterprise", "place");
    Date ended = workday(day_of(year_, 9, 9));
    Rows results("internship",
                 {"person", "enterprise", "year", "ended_on", "assessment", "certificate"});
    for (const Trainee& intern : interns_) {
      results.add({person_code(intern.person), firm_of(intern).uscc, std::to_string(year_),
                   day_of(year_, 8, 31).to_string(), intern.person % 3 == 0 ? "excellent" : "good",
                   "SX" + std::to_string(year_) + person_code(intern.person)});
    }
    acts_.push_back(results.act(Act::amend, at_hour(ended, "10:00"), "enterprise"));
    move(ended, "enterprise", "assess");
    move(ended.plus_days(1), "training_officer", "certify");
    add_kept(ended.plus_days(8));
  }

 private:
  const Firm& firm_of(const Trainee& intern) const {
    size_t count = firms_before(firms_, day_of(year_, 1, 1));
    return firms_[intern.person * 5 % count];
  }
  void act(const Rows& rows, Date day, const char* actor) {
    acts_.push_back(rows.act(Act::import, at_hour(day, "10:00"), actor));
  }
  void add_quotas() {
    Rows rows("internship_quota", {"enterprise", "year_end", "places"});
    size_t count = firms_before(firms_, day_of(year_, 1, 1));
    for (size_t i = 0; i < count; ++i) {
      rows.add({firms_[i].uscc, day_of(year_, 12, 31).to_string(),
                std::to_string(interns_.size() / count + 2 + i % 3)});
    }
    act(rows, workday(day_of(year_, 3, 11)), "enterprise");
  }
  void amend(Date day, const std::vector<std::string>& fields,
             const std::vector<std::string>& cells) {
    std::vector<std::string> names{"person", "enterprise", "year"};
    names.insert(names.end(), fields.begin(), fields.end());
    Rows rows("internship", names);
    for (const Trainee& intern : interns_) {
      std::vector<std::string> row{person_code(intern.person), firm_of(intern).uscc,
                                   std::to_string(year_)};
      row.insert(row.end(), cells.begin(), cells.end());
      rows.add(row);
    }
    acts_.push_back(rows.act(Act::amend, at_hour(day, "11:00"), "enterprise"));
  }
  void move(Date day, const char* role, const char* name) {
    Rows rows("internship", {"person", "enterprise", "year"});
    for (const Trainee& intern : interns_) {
      rows.add({person_code(intern.person), firm_of(intern).uscc, std::to_string(year_)});
    }
    acts_.push_back(rows.move(at_hour(day, "15:00"), role, role, name, 3));
  }
  void add_kept(Date day) {
    Rows rows("placement", {"person", "enterprise", "placed_on", "channel", "university",
                            "position", "talent_kind"});
    for (const Trainee& intern : interns_) {
      if (channel_of(kCourse, intern) != "internship") continue;
      rows.add({person_code(intern.person), firm_of(intern).uscc, day.to_string(), "internship",
                university(intern.person), "运营专员", "operation"});
    }
    if (rows.empty()) return;
    act(rows, day, "training_officer");
    acts_.push_back(rows.move(at_hour(day, "11:00"), "enterprise", "enterprise", "employ", 3));
  }

  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  int year_;
  std::vector<Trainee> interns_;
};

}  // namespace

void add_internships(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                     const Terms& terms) {
  for (int year = 2020; day_of(year, 4, 1) <= terms.until; ++year) {
    Year(acts, firms, year, terms.until).add();
  }
}

}  // namespace wutong::demo::guiyang
