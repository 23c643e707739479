// Monthly production reports of the park's tenants, scaled to yearly targets.
#include "base/error.hpp"
#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

const Month kFirst = Month::of(2021, 10);
const Month kLast = Month::of(2024, 9);  // of the reports that the articles can know

// Thousandths of an ordinary month: weak at the Spring Festival, strong at the ends of quarters.
constexpr int64_t kSeason[] = {930, 720, 1050, 980, 1000, 1060, 960, 980, 1070, 1010, 1060, 1180};

// What the leading firm, and the other tenants together, produced between two months (yuan).
struct Target {
  Month from, to;
  int64_t leading, others;
};
const Target kTargets[] = {{Month::of(2021, 10), Month::of(2021, 12), 32'000'000, 2'400'000},
                           {Month::of(2022, 1), Month::of(2022, 9), 157'000'000, 21'000'000},
                           {Month::of(2022, 10), Month::of(2022, 12), 50'600'000, 19'400'000},
                           {Month::of(2023, 1), Month::of(2023, 9), 226'300'000, 117'500'000},
                           {Month::of(2023, 10), Month::of(2023, 12), 93'400'000, 64'800'000},
                           {Month::of(2024, 1), Month::of(2024, 9), 359'800'000, 344'600'000}};
// Months after the articles: what all of them made a month in 2024, slowly growing.
constexpr int64_t kLaterLeading = 43'000'000, kLaterOthers = 40'500'000;

class Output {
 public:
  Output(Script& script, const std::vector<Company>& firms) : script_(script), firms_(firms) {
    for (size_t i = 0; i < firms.size(); ++i) weights_.push_back(i == 0 ? 0 : 40 + i * 37 % 60);
  }

  // One firm's yuan in a month of a target: its share by season and size; the last firm that
  // produces in the last month takes what rounding left.
  void fill(const Target& target) {
    int64_t all_leading = 0, all_others = 0;
    for (Month month = target.from; month <= target.to; month = month.plus(1)) {
      all_leading += season(month);
      for (size_t i = 1; i < firms_.size(); ++i) all_others += weight(i, month);
    }
    int64_t left_leading = target.leading, left_others = target.others;
    for (Month month = target.from; month <= target.to; month = month.plus(1)) {
      bool is_last = month == target.to;
      int64_t leading = is_last ? left_leading : target.leading * season(month) / all_leading;
      left_leading -= leading;
      report(0, month, leading);
      size_t biggest = 0;
      std::vector<int64_t> amounts(firms_.size(), 0);
      for (size_t i = 1; i < firms_.size(); ++i) {
        int64_t own = weight(i, month);
        if (own == 0) continue;
        amounts[i] = static_cast<int64_t>(static_cast<int128>(target.others) * own / all_others);
        left_others -= amounts[i];
        if (biggest == 0 || amounts[i] > amounts[biggest]) biggest = i;
      }
      if (is_last && biggest != 0) amounts[biggest] += left_others;
      for (size_t i = 1; i < firms_.size(); ++i) {
        if (amounts[i] != 0) report(i, month, amounts[i]);
      }
      file(month);
    }
  }

 private:
  static int64_t season(Month month) { return kSeason[month.month() - 1]; }
  // A firm counts from the month of its production on and grows into its size over a year.
  int64_t weight(size_t firm, Month month) const {
    if (firms_[firm].park.empty()) return 0;
    int age = month.index - Month::of(day(firms_[firm].production_began)).index;
    if (age < 0) return 0;
    return static_cast<int64_t>(weights_[firm]) * season(month) * std::min(age + 4, 16);
  }
  void report(size_t firm, Month month, int64_t output) {
    int64_t sales = output * script_.between(930, 1010) / 1000;
    int64_t orders = output * script_.between(980, 1240) / 1000;
    int64_t backlog = output * script_.between(2600, 3300) / 1000;
    int64_t use = script_.between(820, 965);
    rows_.push_back({firms_[firm].uscc, month.to_string(), number(output), number(sales),
                     number(orders), number(backlog), number(use / 10) + "." + number(use % 10),
                     number(20 + output / 400'000)});
  }
  // All reports of a month: filed by the 6th, sent in, looked at two days later.
  void file(Month month) {
    Date filed = month.plus(1).first_day().plus_days(5);
    std::vector<Row> keys;
    for (const Row& row : rows_) keys.push_back({row[0], row[1]});
    script_.create(at(filed, "10:00"), "enterprise", "production_report",
                   {"enterprise", "month", "output", "sales", "new_orders", "backlog",
                    "capacity_use", "employees"},
                   rows_);
    script_.move(at(filed, "16:00"), "enterprise", "production_report", "submit",
                 {"enterprise", "month"}, keys);
    script_.move(at(filed.plus_days(2), "11:00"), "officer", "production_report", "accept",
                 {"enterprise", "month"}, keys);
    rows_.clear();
  }

  Script& script_;
  const std::vector<Company>& firms_;
  std::vector<size_t> weights_;
  std::vector<Row> rows_;
};

}  // namespace

void record_output(Script& script, const std::vector<Company>& firms) {
  Output output(script, firms);
  for (const Target& target : kTargets) output.fill(target);
  script.create("2024-07-15T15:00", "officer", "output_forecast",
                {"code", "park", "period", "value", "made_on", "made_by", "basis"},
                {{"2024-07", "xinchuang_park", "2024", "1000000000", "2024-07-15", "科技创新部",
                  "在手订单与上半年产值"}});
  int64_t growth = 1000;
  for (Month month = kLast.plus(1); month.plus(1).last_day() <= script.until();
       month = month.plus(1)) {
    output.fill({month, month, kLaterLeading * growth * kSeason[month.month() - 1] / 1'000'000,
                 kLaterOthers * growth * kSeason[month.month() - 1] / 1'000'000});
    growth += 11;
  }
}

}  // namespace wutong::demo
