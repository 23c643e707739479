// Scenic spots of the city whose gates a firm of the zone watches: by hour in the National Day
// holidays, by day otherwise.
#include <algorithm>

#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

struct Spot {
  const char* code;
  const char* name;
  const char* grade;
  int64_t daily;  // visits on an ordinary day
  int64_t instant_capacity, daily_capacity;
};
constexpr Spot kSpots[] = {{"yunxia", "太行云峡景区（演示）", "aaaaa", 2600, 12000, 30000},
                           {"guzhen", "上党古镇景区（演示）", "aaaa", 3100, 15000, 38000},
                           {"shidi", "漳泽湖湿地公园（演示）", "aaaa", 4200, 18000, 45000},
                           {"senlin", "老岭森林公园（演示）", "aaa", 1500, 8000, 18000},
                           {"bowu", "上党博物园（演示）", "aaa", 1200, 4000, 9000},
                           {"hongshi", "红石谷景区（演示）", "aaaa", 1700, 9000, 21000}};
constexpr int kGates = 2;

// Per mille of an ordinary day on each day of the holiday, and of a day in each hour from 8 on.
constexpr int64_t kDays[] = {2050, 2520, 2610, 2440, 2130, 1620, 1080, 900};
constexpr int64_t kEntered[] = {90, 160, 190, 150, 100, 90, 80, 70, 45, 25, 0};
constexpr int64_t kLeft[] = {0, 10, 40, 80, 110, 130, 140, 150, 160, 120, 60};
constexpr int kHours = 11;

const Names kFields{"gate", "scenic_spot", "day",     "hour",       "entered",
                    "left", "quality",     "holiday", "holiday_day"};

std::string gate_code(const Spot& spot, int gate) {
  return std::string(spot.code) + "-" + number(gate + 1);
}

// A day of a holiday, hour by hour; who came in has left by the evening.
void count_holiday_day(Script& script, const std::string& holiday, Date day, int64_t place,
                       int64_t per_mille) {
  std::vector<Row> rows;
  for (const Spot& spot : kSpots) {
    int64_t total = spot.daily * kDays[place - 1] / 1000 * per_mille / 1000;
    for (int gate = 0; gate < kGates; ++gate) {
      int64_t here = total * (gate == 0 ? 64 : 36) / 100, inside = 0;
      for (int h = 0; h < kHours; ++h) {
        int64_t in = here * kEntered[h] / 1000 * script.between(940, 1060) / 1000;
        int64_t out = std::min(here * kLeft[h] / 1000, inside + in);
        inside += in;
        if (h == kHours - 1) out = inside;
        inside -= out;
        rows.push_back({gate_code(spot, gate), spot.code, day.to_string(), number(8 + h),
                        number(in), number(out), "measured", holiday, number(place)});
      }
    }
  }
  script.create(at(day, "19:10"), "spot_operator", "gate_count", kFields, rows);
}

void count_ordinary_days(Script& script, Date from, Date to) {
  std::vector<Row> rows;
  for (Date day = from; day <= to; day = day.plus_days(1)) {
    for (const Spot& spot : kSpots) {
      int64_t season = day.month() >= 4 && day.month() <= 10 ? 1100 : 620;
      int64_t weekend = day.weekday() >= 6 ? 1750 : 800;
      for (int gate = 0; gate < kGates; ++gate) {
        int64_t in = spot.daily * (gate == 0 ? 64 : 36) / 100 * season / 1000 * weekend / 1000 *
                     script.between(880, 1120) / 1000;
        rows.push_back({gate_code(spot, gate), spot.code, day.to_string(), "18", number(in),
                        number(in), "measured", "", ""});
      }
    }
  }
  script.create(at(to, "20:00"), "spot_operator", "gate_count", kFields, rows);
}

void record_spots(Script& script) {
  std::vector<Row> spots, gates;
  for (const Spot& spot : kSpots) {
    spots.push_back({spot.code, spot.name, spot.grade, "changzhi_city", "2023-05-01",
                     number(spot.instant_capacity), number(spot.daily_capacity),
                     "文旅核〔2023〕12号"});
    for (int gate = 0; gate < kGates; ++gate) {
      gates.push_back({gate_code(spot, gate), spot.code, gate == 0 ? "主入口" : "次入口", "both",
                       gate == 0 ? "turnstile" : "camera"});
    }
  }
  script.create("2023-05-04T09:00", "spot_operator", "scenic_spot",
                {"code", "name", "grade", "area", "listed_on", "instant_capacity", "daily_capacity",
                 "capacity_document"},
                spots);
  script.create("2023-05-04T09:30", "spot_operator", "gate",
                {"code", "scenic_spot", "name", "direction", "device"}, gates);
  script.create("2023-06-01T09:00", "officer", "holiday",
                {"kind", "year", "first_day", "last_day", "with_kind"},
                {{"national_day", "2023", "2023-09-29", "2023-10-06", "mid_autumn"}});
  script.create(
      "2023-11-20T09:00", "officer", "holiday",
      {"kind", "year", "first_day", "last_day", "compared_first_day", "compared_last_day"},
      {{"national_day", "2024", "2024-10-01", "2024-10-07", "2023-09-29", "2023-10-05"}});
  script.create("2024-11-20T09:00", "officer", "holiday",
                {"kind", "year", "first_day", "last_day", "compared_first_day", "compared_last_day",
                 "with_kind"},
                {{"national_day", "2025", "2025-10-01", "2025-10-08", "2024-10-01", "2024-10-07",
                  "mid_autumn"}});
  script.create(
      "2025-11-10T09:00", "officer", "holiday",
      {"kind", "year", "first_day", "last_day", "compared_first_day", "compared_last_day"},
      {{"national_day", "2026", "2026-10-01", "2026-10-07", "2025-10-01", "2025-10-07"}});
}

// A crowded noon, warned of and lifted again.
void record_warning(Script& script) {
  script.create("2024-10-03T11:20", "spot_operator", "occupancy_warning",
                {"code", "scenic_spot", "level", "basis", "raised_on", "raised_hour", "ratio"},
                {{"YJ1", "bowu", "yellow", "forecast", "2024-10-03", "11", "83.5"}});
  script.amend("2024-10-03T14:10", "spot_operator", "occupancy_warning",
               {"code", "measure", "lifted_on", "lifted_hour"},
               {{"YJ1", "限时预约、分流至森林公园", "2024-10-03", "14"}});
  script.move("2024-10-03T14:15", "spot_operator", "occupancy_warning", "lift", {"code"},
              {{"YJ1"}});
  script.create("2024-10-08T10:00", "officer", "holiday_release",
                {"area", "holiday", "released_on", "visitors", "visitors_growth", "spending",
                 "spending_growth", "source"},
                {{"changzhi_city", "national_day/2024", "2024-10-08", "3126000", "9.4",
                  "1985000000", "11.2", "文旅部门发布（演示）"}});
}

}  // namespace

void record_scenic_spots(Script& script) {
  record_spots(script);
  for (int i = 0; i < 8; ++i)
    count_holiday_day(script, "national_day/2023", day("2023-09-29").plus_days(i), i + 1, 880);
  for (int i = 0; i < 7; ++i)
    count_holiday_day(script, "national_day/2024", day("2024-10-01").plus_days(i), i + 1, 1000);
  record_warning(script);
  Date week = day("2024-10-08");
  for (; week.plus_days(6) <= script.until(); week = week.plus_days(7)) {
    count_ordinary_days(script, week, week.plus_days(6));
  }
  // The days of a week that is not over yet.
  for (Date last = week; last <= script.until(); last = last.plus_days(1)) {
    count_ordinary_days(script, last, last);
  }
}

}  // namespace wutong::demo
