#include "demo/cast.hpp"

#include "base/check_digit.hpp"
#include "base/error.hpp"
#include "base/text.hpp"

namespace wutong::demo {

namespace {

constexpr const char* kFamilies[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐",
                                     "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
                                     "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程"};
constexpr const char* kGivens[] = {"晓", "文", "志", "建", "海", "雨", "思", "嘉", "子", "明",
                                   "宇", "欣", "然", "浩", "婷", "磊", "静", "涛", "颖", "峰",
                                   "慧", "俊", "芳", "凯", "琳", "强", "倩", "鹏", "丹", "勇"};
constexpr const char* kBrands[] = {"恒", "瑞", "启", "安", "华", "信", "鼎", "远", "泽", "云",
                                   "卓", "宏", "佳", "微", "康", "拓", "益", "凯", "博", "晟"};
constexpr const char* kEndings[] = {"达", "科", "芯", "源", "辰", "诺", "通", "润", "嘉", "锐",
                                    "和", "成", "联", "创", "明", "丰", "顺", "力", "维", "邦"};

}  // namespace

std::string credit_code(const std::string& office, size_t serial) {
  std::string organisation = "MA4" + std::to_string(10'000 + serial);
  organisation += *organisation_code_check(organisation);
  std::string code = "91" + office + organisation;
  return code + *uscc_check(code);
}

std::string patent_number(int year, int kind, int serial) {
  std::string digits =
      std::to_string(year) + std::to_string(kind) + std::to_string(1'000'000 + serial);
  return digits + "." + *patent_check(digits);
}

std::string person_name(Script& script) {
  std::string name = kFamilies[script.below(std::size(kFamilies))];
  name += kGivens[script.below(std::size(kGivens))];
  if (script.below(3) != 0) name += kGivens[script.below(std::size(kGivens))];
  return name;
}

std::vector<Company> invent_companies(Script& script, const std::string& city,
                                      const std::string& office, std::span<const Trade> trades,
                                      size_t count, int from, int to) {
  std::vector<Company> all;
  for (size_t i = 0; i < count; ++i) {
    const Trade& trade = trades[i % trades.size()];
    Company company;
    company.uscc = credit_code(office, i * 7);
    company.short_name =
        std::string(kBrands[i % 20]) + kEndings[(i / 20 + i * 3) % 20] + trade.word;
    company.name = city + company.short_name + "有限公司（演示）";
    company.sector = trade.sector;
    company.industry = trade.industry;
    company.chain = trade.chain;
    company.origin = script.below(5) < 2 ? "grown" : "introduced";
    company.tier = i % 9 == 0 ? "backbone" : "supporting";
    company.settled_on = *Date::from_ymd(static_cast<int>(script.between(from, to)),
                                         static_cast<int>(script.between(1, 12)),
                                         static_cast<int>(script.between(1, 28)));
    company.is_designated = script.below(3) == 0;
    all.push_back(std::move(company));
  }
  return all;
}

void record_companies(Script& script, const std::string& at, const std::vector<Company>& all) {
  std::vector<Row> rows;
  for (const Company& one : all) {
    rows.push_back({one.uscc, one.name, one.short_name, one.sector, one.industry,
                    one.is_designated ? "true" : "false", one.settled_on.to_string(), one.chain,
                    one.park, one.origin, one.tier, one.production_began});
  }
  script.create(at, "officer", "enterprise",
                {"uscc", "name", "short_names", "sector", "industry", "designated", "settled_on",
                 "industry_chain", "park", "origin", "tier", "production_began"},
                rows);
}

void record_places(Script& script, const std::string& at, const std::vector<Place>& places) {
  // Each names the one before: one act a place.
  for (const Place& place : places) {
    script.create(at, "officer", "area", {"code", "name", "short_names", "level", "parent"},
                  {{place.code, place.name, place.short_names, place.level, place.parent}});
  }
}

void record_working_days(Script& script) {
  struct Span {
    const char* entered;
    const char* holiday;
    const char* first;
    const char* last;
    const char* worked;  // weekend days on, joined by commas
  };
  constexpr Span kSpans[] = {
      {"2023-11-01", "national_day", "2024-10-01", "2024-10-07", "2024-09-29,2024-10-12"},
      {"2025-11-06", "new_year", "2026-01-01", "2026-01-03", "2026-01-04"},
      {"2025-11-06", "spring_festival", "2026-02-15", "2026-02-23", "2026-02-14,2026-02-28"},
      {"2025-11-06", "qingming", "2026-04-04", "2026-04-06", ""},
      {"2025-11-06", "labour_day", "2026-05-01", "2026-05-05", "2026-05-09"},
      {"2025-11-06", "dragon_boat", "2026-06-19", "2026-06-21", ""},
      {"2025-11-06", "mid_autumn", "2026-09-25", "2026-09-27", ""},
      {"2025-11-06", "national_day", "2026-10-01", "2026-10-07", "2026-09-20,2026-10-10"}};
  for (const Span& span : kSpans) {
    std::vector<Row> rows;
    for (Date off = day(span.first); off <= day(span.last); off = off.plus_days(1)) {
      if (off.weekday() < 6) rows.push_back({off.to_string(), "true", span.holiday});
    }
    for (std::string_view on : split(span.worked, ',')) {
      if (!on.empty()) rows.push_back({std::string(on), "false", span.holiday});
    }
    script.create(at(day(span.entered), "09:00"), "officer", "working_day",
                  {"day", "is_off", "holiday"}, rows);
  }
}

void record_officers(Script& script, const std::string& at, const std::vector<Officer>& officers) {
  std::vector<Row> persons, posts;
  for (const Officer& officer : officers) {
    persons.push_back({officer.code, person_name(script), officer.organisation});
    posts.push_back({officer.code, "1", officer.organisation, officer.post, "2020-03",
                     posts.empty() ? "true" : "false"});
  }
  script.create(at, "officer", "person", {"code", "name", "organisation"}, persons);
  script.create(at, "officer", "post",
                {"person", "number", "organisation", "title", "from_on", "is_spokesperson"}, posts);
}

}  // namespace wutong::demo
