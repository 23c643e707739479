// Declarations of every month with their items, retail lists by day and country, and the monthly
// totals of foreign trade of the zone and of others in the province.
#include <array>

#include "demo/countries.hpp"
#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

constexpr size_t kDestinations = 148;  // reached up to October 2024
constexpr int64_t k1e6 = 1'000'000;

class Declarations {
 public:
  Declarations(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms)
      : acts_(acts), firms_(firms), random_(terms.seed + 409) {}
  void add_month(Month month);

 private:
  void add_items(const std::string& number, const std::string& country, bool is_export, Date day,
                 Rows& items);
  void add_details(Month month, Date last);
  Date day_in(Month month, Date last) {
    int days = last.days() - month.first_day().days() + 1;
    return month.first_day().plus_days(
        static_cast<int>(random_.below(static_cast<uint64_t>(days))));
  }

  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  SeededRandom random_;
  size_t number_ = 0;
  size_t destination_ = 0;
  size_t exported_ = 0;
};

void Declarations::add_items(const std::string& number, const std::string& country, bool is_export,
                             Date day, Rows& items) {
  size_t count = 1 + random_.below(2);
  for (size_t i = 0; i < count; ++i) {
    size_t which = is_export ? exported_++ % kGoodsOfGuizhou
                             : kGoodsOfGuizhou + random_.below(goods().size() - kGoodsOfGuizhou);
    const Goods& one = goods()[which];
    // Prices in US dollars and cents; 7.12 yuan a dollar.
    auto cents = static_cast<int64_t>(one.price * (90 + static_cast<int64_t>(random_.below(21)))) *
                 100 / 712;
    int64_t pieces = (120'000 + static_cast<int64_t>(random_.below(300'000))) / one.price + 1;
    int64_t total = cents * pieces;
    auto money = [](int64_t hundredths) {
      return std::to_string(hundredths / 100) +
             numbered(".", static_cast<size_t>(hundredths % 100), 2);
    };
    items.add({number, std::to_string(i + 1), one.code, country, is_export ? "guizhou" : "",
               std::to_string(pieces), money(cents), money(total), "USD", money(total * 712 / 100),
               day.to_string()});
  }
}

// Retail lists of four days a month, each of a dozen countries.
void Declarations::add_details(Month month, Date last) {
  Rows rows("trade_detail", {"traded_on", "flow", "mode", "country", "lists", "value"});
  for (int week = 0; week < 4; ++week) {
    Date day = month.first_day().plus_days(2 + week * 7);
    if (day > last) break;
    for (size_t i = 0; i < 12; ++i) {
      size_t place = (static_cast<size_t>(week) * 5 + i * 2) % 30;
      auto lists = static_cast<int64_t>(60 + random_.below(540));
      bool is_import = i == 11;
      rows.add({day.to_string(), is_import ? "import" : "export", is_import ? "1210" : "9610",
                countries()[place].code, std::to_string(lists),
                std::to_string(lists * (90 + static_cast<int64_t>(random_.below(140))))});
    }
  }
  acts_.push_back(rows.act(Act::import, at_hour(last, "19:00"), "customs_officer"));
}

void Declarations::add_month(Month month) {
  Rows heads("declaration", {"declaration_number", "flow", "mode", "exporter", "broker", "country",
                             "terms", "freight_given", "insurance_given", "packages",
                             "gross_weight", "net_weight", "declared_on"});
  Rows items("declaration_item",
             {"declaration", "item", "goods", "country", "domestic_area", "goods_count",
              "unit_price", "total", "currency", "value_cny", "declared_on"});
  Rows released("declaration", {"declaration_number", "released_on"});
  bool is_later = month.first_day() > page_day();
  // October 2024 ends for these records where the articles do.
  Date last = month == Month::of(2024, 10) ? day_of(2024, 10, 26) : month.last_day();
  size_t count =
      is_later ? 14 : 26 + static_cast<size_t>(month.index - Month::of(2019, 1).index) / 2;
  size_t firm_count = firms_before(firms_, month.first_day().plus_days(-40));
  constexpr const char* kModes[] = {"0110", "9710", "9810", "0110"};
  for (size_t i = 0; i < count; ++i) {
    bool is_export = i % 6 != 5;
    Date day = day_in(month, last);
    std::string number = "5201" + std::to_string(month.year()) + numbered("", ++number_, 10);
    size_t place = is_export && i % 3 == 0 ? destination_++ % kDestinations : random_.below(30);
    std::string country = countries()[place].code;
    auto net = static_cast<int64_t>(400 + random_.below(9'000));
    heads.add({number, is_export ? "export" : "import", is_export ? kModes[i % 4] : "0110",
               firms_[random_.below(firm_count)].uscc, firms_[random_.below(firm_count)].uscc,
               country, is_export ? "3" : "1", "false", "false", std::to_string(net / 20),
               std::to_string(net + net / 12), std::to_string(net), day.to_string()});
    add_items(number, country, is_export, day, items);
    released.add({number, day.plus_days(1).to_string()});
  }
  acts_.push_back(heads.act(Act::import, at_hour(last, "16:00"), "enterprise"));
  acts_.push_back(items.act(Act::import, at_hour(last, "16:30"), "enterprise"));
  Date after = last.plus_days(2);
  acts_.push_back(released.act(Act::amend, at_hour(after, "10:00"), "customs_officer"));
  acts_.push_back(
      released.move(at_hour(after, "10:30"), "customs_officer", "customs_officer", "release", 1));
  add_details(month, last);
}

struct Year {
  int year;
  int64_t total;  // million yuan in twelve months
  int64_t others[2];
};
constexpr Year kYears[] = {
    {2018, 2'640, {1'180, 260}},   {2019, 3'820, {1'950, 310}},   {2020, 6'150, {3'140, 420}},
    {2021, 9'260, {4'870, 505}},   {2022, 11'840, {6'420, 610}},  {2023, 13'150, {10'300, 740}},
    {2024, 13'980, {11'200, 905}}, {2025, 14'700, {11'900, 960}}, {2026, 15'300, {12'500, 1'010}}};
constexpr std::array<int64_t, 12> kSeason = {92, 61, 84, 83, 85, 88, 83, 84, 88, 82, 85, 85};

}  // namespace

void add_declarations(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                      const Terms& terms) {
  Declarations declarations(acts, firms, terms);
  for (Month month = Month::of(2019, 2); month.last_day() <= terms.until; month = month.plus(1)) {
    declarations.add_month(month);
  }
}

void add_trade_months(std::vector<TimedRequest>& acts, const Terms& terms) {
  const std::vector<std::string> kFields{"area", "month", "exports", "imports"};
  constexpr const char* kAreas[] = {"guiyang_cbz", "guian", "zunyi"};
  Rows early("trade_month", kFields);
  for (const Year& year : kYears) {
    for (int m = 1; m <= 12; ++m) {
      Month month = Month::of(year.year, m);
      Date published = workday(month.plus(1).first_day().plus_days(18));
      if (published > terms.until) return;
      Rows one("trade_month", kFields);
      Rows& rows = year.year == 2018 ? early : one;
      for (size_t area = 0; area < 3; ++area) {
        int64_t millions = area == 0 ? year.total : year.others[area - 1];
        int64_t total = millions * k1e6 / 1000 * kSeason[static_cast<size_t>(m - 1)];
        int64_t exports = total * (71 + m % 4) / 100;
        rows.add({kAreas[area], month.to_string(), std::to_string(exports),
                  std::to_string(total - exports)});
      }
      if (year.year > 2018) {
        acts.push_back(one.act(Act::import, at_hour(published, "10:00"), "trade"));
      }
    }
    if (year.year == 2018) acts.push_back(early.act(Act::import, "2019-01-21T10:00", "trade"));
    struct Mark {
      int year;
      const char* area;
      const char* month;
    };
    // The month in which the year's total first exceeded ten thousand million yuan.
    constexpr Mark kMarks[] = {{2022, "guiyang_cbz", "2022-11"}, {2023, "guian", "2023-12"}};
    for (const Mark& mark : kMarks) {
      if (mark.year != year.year) continue;
      Rows row("passed_mark", {"area", "indicator", "mark", "basis", "passed_in", "source"});
      row.add({mark.area, "foreign_trade", "10000000000", "year", mark.month, "海关统计（演示）"});
      Date day = workday(Month::parse(mark.month)->plus(1).first_day().plus_days(18));
      acts.push_back(row.act(Act::create, at_hour(day, "11:00"), "statistician"));
    }
  }
}

}  // namespace wutong::demo::guiyang
