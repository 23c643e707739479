#include "demo/cast.hpp"
#include "demo/making.hpp"
#include "demo/qingyuan_parts.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::qingyuan {

namespace {

using record::Act;

constexpr const char* kArea = "441802";
constexpr size_t kFirmsEarly = 430;  // settled before the first record
constexpr size_t kFirmsUpToJuly = 872;
constexpr size_t kDesignated = 205;  // ever designated, of those

struct Industry {
  const char* code;
  const char* sector;
  bool is_hightech;
  const char* word;
};
constexpr Industry kIndustries[] = {
    {"C27", "industry", true, "医药"},      {"C26", "industry", false, "新材料"},
    {"C38", "industry", false, "电气"},     {"C39", "industry", true, "电子"},
    {"C33", "industry", false, "金属"},     {"C36", "industry", false, "汽车部件"},
    {"C29", "industry", false, "橡塑"},     {"C34", "industry", false, "机械"},
    {"C35", "industry", false, "智能装备"}, {"C14", "industry", false, "食品"},
    {"I65", "software", false, "软件"},     {"M74", "services", false, "检测"},
    {"M73", "services", true, "科技"}};

Date settled_day(size_t index) {
  if (index < kFirmsEarly) {
    return day_of(2003 + static_cast<int>(index * 17 / kFirmsEarly),
                  1 + static_cast<int>(index % 12), 1 + static_cast<int>(index * 11 % 28));
  }
  // 1,670 days from January 2020 to the end of July 2024.
  size_t place = (index - kFirmsEarly) * 1'660 / (kFirmsUpToJuly - kFirmsEarly);
  return day_of(2020, 1, 8).plus_days(static_cast<int>(place));
}

void set_roster(Firm& firm, size_t index) {
  if (firm.left_on || !is_chosen(index, kDesignated, kFirmsUpToJuly)) return;
  size_t rank = index * kDesignated / kFirmsUpToJuly;
  if (index < kFirmsEarly) {
    bool is_later = rank % 3 == 0;
    firm.designated_from =
        is_later ? day_of(2021 + static_cast<int>(rank / 3 % 4), 1, 1) : day_of(2019, 1, 1);
    if (!is_later && rank % 23 == 1) firm.designated_until = day_of(2023, 1, 1);
    return;
  }
  // After a whole year, those newly in production in 2024 from July.
  int year = firm.settled_on.year() + (firm.settled_on.month() >= 11 ? 2 : 1);
  if (firm.settled_on >= day_of(2024, 5, 1)) return;
  firm.designated_from = year > 2024 ? day_of(2024, 7, 1) : day_of(year, 1, 1);
}

Firm make_firm(size_t index, Date settled_on) {
  const Industry& kind = kIndustries[index * 5 % std::size(kIndustries)];
  Firm firm;
  firm.uscc = credit_code(kArea, index * 7);
  firm.short_name = firm_word(index) + kind.word;
  firm.name = "清远" + firm.short_name + "有限公司（演示）";
  firm.sector = kind.sector;
  firm.industry = kind.code;
  firm.is_hightech = kind.is_hightech;
  firm.settled_on = settled_on;
  return firm;
}

void name_as(Firm& firm, const char* name, const char* short_name, const char* sector,
             const char* industry) {
  firm.name = name;
  firm.short_name = short_name;
  firm.sector = sector;
  firm.industry = industry;
}

const std::vector<std::string> kFields{"uscc",       "name",       "short_names",
                                       "sector",     "industry",   "hightech",
                                       "designated", "settled_on", "origin"};

void add_row(Rows& rows, const Firm& firm, size_t index) {
  bool is_first = firm.designated_from && *firm.designated_from < first_day();
  rows.add({firm.uscc, firm.name, firm.short_name, firm.sector, firm.industry,
            firm.is_hightech ? "true" : "false", is_first ? "true" : "false",
            firm.settled_on.to_string(), index % 3 == 0 ? "grown" : "introduced"});
}

// Entering and leaving the roster, on the day of `from` a few days before it takes effect.
void add_roster(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, Date from) {
  Rows rows("enterprise", {"uscc", "designated"});
  for (const Firm& firm : firms) {
    if (firm.designated_from == from) rows.add({firm.uscc, "true"});
    if (firm.designated_until == from) rows.add({firm.uscc, "false"});
  }
  if (rows.empty()) return;
  acts.push_back(rows.act(Act::amend, at_hour(workday(from.plus_days(-6)), "10:00"), "statistician",
                          from.to_string(), "规上企业审核"));
}

}  // namespace

Date first_day() { return day_of(2020, 1, 6); }

std::vector<Firm> make_firms(const Terms& terms) {
  std::vector<Firm> firms;
  for (size_t i = 0; i < kFirmsUpToJuly; ++i) {
    firms.push_back(make_firm(i, settled_day(i)));
    if (i < kFirmsEarly && i % 29 == 5) {
      firms.back().left_on = day_of(2020, 6, 15).plus_days(static_cast<int>(i * 53 % 1400));
    }
    set_roster(firms.back(), i);
  }
  name_as(firms[0], "广东嘉博制药有限公司", "嘉博制药", "industry", "C27");
  name_as(firms[1], "广东德恒龙焱能源科技有限公司", "德恒龙焱", "industry", "C38");
  // Two a month from August on.
  for (Date day = day_of(2024, 8, 14); day <= terms.until; day = day.plus_days(16)) {
    firms.push_back(make_firm(firms.size(), day));
  }
  return firms;
}

void add_firms(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
               const Terms& terms) {
  Rows early("enterprise", kFields);
  size_t next = 0;
  for (; next < kFirmsEarly; ++next) add_row(early, firms[next], next);
  acts.push_back(early.act(Act::import, at_hour(first_day(), "10:00"), "statistician"));
  for (Month month = Month::of(2020, 1); month.first_day() <= terms.until; month = month.plus(1)) {
    Rows rows("enterprise", kFields);
    for (; next < firms.size() && firms[next].settled_on <= month.last_day(); ++next) {
      add_row(rows, firms[next], next);
    }
    // July's are recorded on its last day, the others at the beginning of the next month.
    bool is_july = month == Month::of(2024, 7);
    Date day = is_july ? month.last_day() : workday(month.plus(1).first_day());
    if (!rows.empty()) acts.push_back(rows.act(Act::import, at_hour(day, "11:00"), "statistician"));
  }
  for (const Firm& firm : firms) {
    if (!firm.left_on) continue;
    Rows rows("enterprise", {"uscc", "left_on"});
    rows.add({firm.uscc, firm.left_on->to_string()});
    acts.push_back(rows.act(Act::amend, at_hour(workday(firm.left_on->plus_days(2)), "15:00"),
                            "statistician", "", "迁出或注销"));
  }
  for (int year = 2021; year <= 2024; ++year) add_roster(acts, firms, day_of(year, 1, 1));
  add_roster(acts, firms, day_of(2024, 7, 1));
}

}  // namespace wutong::demo::qingyuan
