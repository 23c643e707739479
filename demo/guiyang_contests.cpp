// The youth contest of every year: contestants with mentors, scores of judges, live-stream tasks,
// ranks, awards, and the offers of enterprises in the order of ranks.
#include <algorithm>

#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

constexpr size_t kOnlyInContests = 99;  // new persons an edition
constexpr size_t kFirstPerson = 20'850;
constexpr size_t kFinalists = 40;
constexpr size_t kHired = 30;

struct Contestant {
  size_t person;
  bool is_new;
  int64_t ability;  // hundredths
  int64_t preliminary = 0, final = 0, total = 0;
};

std::string points(int64_t hundredths) {
  return std::to_string(hundredths / 100) + numbered(".", static_cast<size_t>(hundredths % 100), 2);
}

class Edition {
 public:
  Edition(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, int year,
          const Terms& terms)
      : acts_(acts),
        firms_(firms),
        year_(year),
        random_(terms.seed * 100 + 7 + static_cast<uint64_t>(year)) {
    code_ = "DS-" + std::to_string(year);
    gather(terms.until);
  }
  void add();

 private:
  Date day(int month, int day) const { return workday(day_of(year_, month, day)); }
  void import(const Rows& rows, Date on, const char* hour, const char* actor) {
    acts_.push_back(rows.act(Act::import, at_hour(on, hour), actor));
  }
  void gather(Date until);
  void add_contest();
  void add_entries();
  void add_preliminary();
  void add_final();
  void add_results();
  void add_offers();

  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  int year_;
  SeededRandom random_;
  std::string code_;
  std::vector<Contestant> all_;
};

// New persons, and some of those who practised or took courses in the year before May.
void Edition::gather(Date until) {
  bool is_later = day_of(year_, 6, 1) > page_day();
  size_t count = is_later ? 20 : kOnlyInContests;
  size_t first = is_later ? 180'000 + static_cast<size_t>(year_) * 100
                          : kFirstPerson + static_cast<size_t>(year_ - 2020) * kOnlyInContests;
  for (size_t i = 0; i < count; ++i) all_.push_back({first + i, true, 0});
  size_t step = is_later ? 40 : 7;
  for (Group group : {kPractice, kCourse}) {
    for (const Trainee& trainee : trainees(group, until)) {
      bool is_in = trainee.month >= Month::of(year_ - 1, 4) && trainee.month <= Month::of(year_, 3);
      if (is_in && trainee.place % step == 3) all_.push_back({trainee.person, false, 0});
    }
  }
  for (Contestant& one : all_) {
    // Those who came for the contest alone are keener.
    one.ability = 6'000 + static_cast<int64_t>(random_.below(2'600)) + (one.is_new ? 700 : 0);
  }
}

void Edition::add_contest() {
  Rows contest("contest", {"code", "name", "edition", "organiser", "park", "theme", "tracks",
                           "opened_on", "began_on"});
  contest.add({code_, std::to_string(year_) + "年跨境电商青年创新创业大赛",
               std::to_string(year_ - 2019), "committee", kPark, "擂台比武 以赛育才",
               "店铺运营\x1F直播营销\x1F选品策划", day(4, 8).to_string(), day(5, 18).to_string()});
  acts_.push_back(contest.act(Act::create, at_hour(day(4, 6), "10:00"), "contest_office"));
  Rows rounds("contest_round",
              {"contest", "round", "held_on", "weight", "advance_quota", "drops_extremes"});
  rounds.add(
      {code_, "preliminary", day(5, 18).to_string(), "40", std::to_string(kFinalists), "false"});
  rounds.add({code_, "final", day(6, 8).to_string(), "60", "", "true"});
  acts_.push_back(rounds.act(Act::create, at_hour(day(4, 6), "10:30"), "contest_office"));
  acts_.push_back(
      contest.move(at_hour(day(5, 18), "08:30"), "contest_office", "contest_office", "start", 1));
}

void Edition::add_entries() {
  constexpr const char* kTracks[] = {"店铺运营", "直播营销", "选品策划"};
  Rows people("person", {"code", "name", "degree"});
  Rows rows("contestant", {"contest", "person", "university", "track", "entered_on"});
  Rows ledger("talent_ledger",
              {"person", "programme", "talent_kind", "university", "trained_on", "outcome"});
  Rows pairs("mentor_pair", {"contest", "person", "mentor", "paired_on"});
  for (const Contestant& one : all_) {
    std::string person = person_code(one.person);
    if (one.is_new) people.add({person, made_up_person(one.person), "bachelor"});
    rows.add(
        {code_, person, university(one.person), kTracks[one.person % 3], day(4, 22).to_string()});
    ledger.add({person, "ds", "live_stream", university(one.person), day(5, 18).to_string(),
                "in_training"});
    pairs.add({code_, person, numbered("GY-M", 1 + one.person % 40, 3), day(5, 6).to_string()});
  }
  import(people, day(4, 24), "09:00", "contest_office");
  import(rows, day(4, 24), "10:00", "school");
  import(pairs, day(5, 6), "10:00", "contest_office");
  acts_.push_back(
      rows.move(at_hour(day(5, 18), "09:00"), "contest_office", "contest_office", "compete", 2));
  import(ledger, day(5, 18), "19:00", "training_officer");
}

void Edition::add_preliminary() {
  Rows rows("contest_score", {"contest_round", "person", "judge", "score", "scored_on"});
  constexpr size_t kJudges = 3;
  for (Contestant& one : all_) {
    int64_t sum = 0;
    for (size_t judge = 0; judge < kJudges; ++judge) {
      int64_t score = one.ability / 50 * 50 + static_cast<int64_t>(random_.below(11)) * 50 - 250;
      sum += score;
      rows.add({code_ + "/preliminary", person_code(one.person),
                numbered("GY-J", 41 + (one.person + judge * 4) % 12, 3), points(score),
                day(5, 18).to_string()});
    }
    one.preliminary =
        (2 * sum + static_cast<int64_t>(kJudges)) / (2 * static_cast<int64_t>(kJudges));
  }
  import(rows, day(5, 18), "18:00", "judge");
  std::stable_sort(all_.begin(), all_.end(), [](const Contestant& a, const Contestant& b) {
    return a.preliminary > b.preliminary;
  });
}

// Five judges; the highest and the lowest score are dropped, the mean is rounded half up.
void Edition::add_final() {
  Rows rows("contest_score", {"contest_round", "person", "judge", "score", "scored_on"});
  Rows live("live_task",
            {"contest_round", "person", "started_on", "minutes", "viewers", "orders", "sales"});
  for (size_t i = 0; i < kFinalists; ++i) {
    Contestant& one = all_[i];
    std::vector<int64_t> scores;
    for (size_t judge = 0; judge < 5; ++judge) {
      scores.push_back(one.ability / 50 * 50 + static_cast<int64_t>(random_.below(13)) * 50 - 200);
      rows.add({code_ + "/final", person_code(one.person), numbered("GY-J", 41 + judge * 2, 3),
                points(scores.back()), day(6, 8).to_string()});
    }
    std::sort(scores.begin(), scores.end());
    one.final = (2 * (scores[1] + scores[2] + scores[3]) + 3) / 6;
    one.total = (one.preliminary * 40 + one.final * 60 + 50) / 100;
    int64_t orders = 12 + static_cast<int64_t>(random_.below(90));
    live.add({code_ + "/final", person_code(one.person), day(6, 8).to_string(), "60",
              std::to_string(400 + orders * 23), std::to_string(orders),
              std::to_string(orders * (58 + static_cast<int64_t>(one.person % 40)))});
  }
  import(rows, day(6, 8), "17:00", "judge");
  import(live, day(6, 8), "17:30", "contest_office");
  std::stable_sort(all_.begin(), all_.begin() + kFinalists,
                   [](const Contestant& a, const Contestant& b) { return a.total > b.total; });
}

void Edition::add_results() {
  Rows rows("contestant", {"contest", "person", "total", "rank", "award", "opinion"});
  size_t rank = 0;
  for (size_t i = 0; i < kFinalists; ++i) {
    if (i == 0 || all_[i].total != all_[i - 1].total) rank = i + 1;  // ties 1, 1, 3
    const char* award = rank <= 3 ? "outstanding" : (rank <= 10 ? "excellent" : "winner");
    rows.add({code_, person_code(all_[i].person), points(all_[i].total), std::to_string(rank),
              rank <= 30 ? award : "", i % 5 == 0 ? "实战中看到了差距，收获很大" : ""});
  }
  acts_.push_back(rows.act(Act::amend, at_hour(day(6, 8), "18:30"), "contest_office"));
  Rows ended("contest", {"code", "ended_on"});
  ended.add({code_, day(6, 8).to_string()});
  acts_.push_back(ended.act(Act::amend, at_hour(day(6, 8), "19:00"), "contest_office"));
  acts_.push_back(
      ended.move(at_hour(day(6, 8), "19:10"), "contest_office", "contest_office", "publish", 1));
}

// The better ranks are offered first. Those with work already decline.
void Edition::add_offers() {
  Rows accepted("hire_offer",
                {"contest", "enterprise", "person", "choice", "position", "offered_on"});
  Rows declined = accepted;
  Rows jobs("placement", {"person", "enterprise", "placed_on", "channel", "university", "position",
                          "talent_kind"});
  size_t count = firms_before(firms_, day_of(year_, 1, 1));
  for (size_t i = 0; i < kHired; ++i) {
    const Firm& firm = firms_[(i * 11 + static_cast<size_t>(year_)) % count];
    std::string person = person_code(all_[i].person);
    Rows& offers = all_[i].is_new ? accepted : declined;
    offers.add(
        {code_, firm.uscc, person, std::to_string(i / 10 + 1), "带货主播", day(6, 11).to_string()});
    if (!all_[i].is_new) continue;
    jobs.add({person, firm.uscc, day(7, 1).to_string(), "contest", university(all_[i].person),
              "带货主播", "live_stream"});
  }
  auto settle = [&](const Rows& offers, const char* name) {
    if (offers.empty()) return;
    import(offers, day(6, 11), "10:00", "enterprise");
    acts_.push_back(offers.move(at_hour(day(6, 13), "10:00"), "person", "person", name, 3));
  };
  settle(accepted, "accept");
  settle(declined, "decline");
  if (jobs.empty()) return;
  import(jobs, day(7, 3), "10:00", "training_officer");
  acts_.push_back(jobs.move(at_hour(day(7, 3), "11:00"), "enterprise", "enterprise", "employ", 3));
}

void Edition::add() {
  add_contest();
  add_entries();
  add_preliminary();
  add_final();
  add_results();
  add_offers();
}

}  // namespace

void add_contests(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                  const Terms& terms) {
  for (int year = 2020; day_of(year, 6, 1) <= terms.until; ++year) {
    Edition(acts, firms, year, terms).add();
  }
}

}  // namespace wutong::demo::guiyang
