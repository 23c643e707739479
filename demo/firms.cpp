#include "demo/firms.hpp"

#include "base/check_digit.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"

namespace wutong::demo {

namespace {

constexpr size_t kFirms = 420;
constexpr size_t kIndustrial = 300;

struct Industry {
  const char* code;
  bool is_hightech;
  const char* word;
};
constexpr Industry kIndustrialKinds[] = {
    {"C39", true, "光电"},      {"C39", true, "电子"},    {"C27", true, "制药"},
    {"C37", true, "航空"},      {"C40", true, "仪器"},    {"C32", false, "铜业"},
    {"C36", false, "汽车部件"}, {"C38", false, "电气"},   {"C34", false, "机械"},
    {"C35", false, "装备"},     {"C29", false, "新材料"}, {"C14", false, "食品"},
    {"C26", false, "化工"},     {"C33", false, "精工"}};
constexpr Industry kServiceKinds[] = {
    {"I65", false, "软件"}, {"I64", false, "网络"}, {"M73", false, "科技"}, {"M74", false, "检测"}};
constexpr const char* kFirst[] = {"昌", "赣", "瑶", "艾", "滕", "豫", "青", "洪", "梅", "象",
                                  "云", "瑞", "恒", "启", "安", "华", "信", "鼎", "远", "泽"};
constexpr const char* kSecond[] = {"和", "达", "晟", "科", "芯", "源", "辰", "诺", "通", "润",
                                   "嘉", "锐", "宏", "佳", "微", "康", "拓", "益", "凯", "博"};
// Thousandths of an ordinary month; February stands for January and February.
constexpr int64_t kSeason[] = {0, 0, 1640, 1060, 970, 1000, 1100, 980, 990, 1040, 1000, 1050, 1170};

std::string make_uscc(size_t index) {
  std::string serial = std::to_string(10'000 + index * 7);
  std::string organisation = "MA3" + serial;
  organisation += *organisation_code_check(organisation);
  std::string code = "91360106" + organisation;
  return code + *uscc_check(code);
}

// a × numerator / denominator without overflow.
int64_t scaled(int64_t a, int64_t numerator, int64_t denominator) {
  return static_cast<int64_t>(static_cast<int128>(a) * numerator / denominator);
}

int64_t around(SeededRandom& random, int64_t middle, int64_t spread) {
  return middle - spread +
         static_cast<int64_t>(random.below(static_cast<uint64_t>(2 * spread + 1)));
}

Firm make_firm(SeededRandom& random, size_t index) {
  Firm firm;
  bool is_industrial = index < kIndustrial;
  const Industry& kind = is_industrial ? kIndustrialKinds[random.below(std::size(kIndustrialKinds))]
                                       : kServiceKinds[random.below(std::size(kServiceKinds))];
  firm.uscc = make_uscc(index);
  firm.short_name = std::string(kFirst[index % 20]) + kSecond[index / 20 % 20] + kind.word;
  firm.name = "南昌" + firm.short_name + "有限公司（演示）";
  bool is_software = std::string_view(kind.code).starts_with("I");
  firm.sector = is_industrial ? "industry" : (is_software ? "software" : "services");
  firm.industry = kind.code;
  firm.is_hightech = kind.is_hightech;
  firm.settled_on =
      std::to_string(2004 + random.below(17)) + "-0" + std::to_string(1 + random.below(9)) + "-15";
  // A few large firms, many small ones.
  int64_t magnitude = static_cast<int64_t>(1 + random.below(40));
  firm.size = 2'000'000 + magnitude * magnitude * magnitude * 3'000;
  if (index < 6) firm.size *= 4;
  if (!is_industrial || index >= 290) {
    firm.designated_from = "never";
  } else if (index >= 272) {
    firm.designated_from =
        index >= 286 ? "2024-07-01" : (index >= 283 ? "2024-04-01" : "2024-01-01");
  } else if (index >= 255) {
    firm.designated_from = "2023-01-01";
  } else if (index >= 247) {
    firm.designated_until = "2024-01-01";
  }
  if (firm.industry == "C38" && index % 5 == 0) firm.industry_since_2023_07 = "C39";
  return firm;
}

// Sums over firms on the roster of a day, in the slots of a year up to a month.
class Calibration {
 public:
  explicit Calibration(std::vector<Firm>& firms) : firms_(firms), slots_(slots()) {}

  enum Group { all, hightech, others };

  // Scales a measure of a year's months so that the roster's sum is `target`, to the yuan.
  void scale_to(Measure measure, int year, int from, int to, const std::string& roster_day,
                Group group, int64_t target) {
    int64_t sum = total(measure, year, from, to, roster_day, group);
    int64_t* largest = nullptr;
    for (Firm& firm : firms_) {
      if (!is_in(firm, group)) continue;
      for (size_t s = 0; s < slots_.size(); ++s) {
        if (!is_within(s, year, from, to)) continue;
        int64_t& amount = firm.amounts[s][measure];
        amount = scaled(amount, target, sum);
        bool is_counted = firm.sector == "industry" && firm.is_designated_on(roster_day);
        if (is_counted && (largest == nullptr || amount > *largest)) largest = &amount;
      }
    }
    CHECK(largest != nullptr);
    *largest += target - total(measure, year, from, to, roster_day, group);
  }

  int64_t total(Measure measure, int year, int from, int to, const std::string& roster_day,
                Group group) const {
    int64_t sum = 0;
    for (const Firm& firm : firms_) {
      bool is_counted = firm.sector == "industry" && firm.is_designated_on(roster_day);
      if (!is_counted || !is_in(firm, group)) continue;
      for (size_t s = 0; s < slots_.size(); ++s) {
        if (is_within(s, year, from, to)) sum += firm.amounts[s][measure];
      }
    }
    return sum;
  }

  // Growth in thousandths over the year before, on the comparable base.
  void grow(Measure measure, int from, int to, const std::string& roster_day, int64_t thousandths) {
    int64_t base = total(measure, 2023, from, to, roster_day, all);
    scale_to(measure, 2024, from, to, roster_day, all, scaled(base, 1000 + thousandths, 1000));
  }

 private:
  static bool is_in(const Firm& firm, Group group) {
    return group == all || firm.is_hightech == (group == hightech);
  }
  bool is_within(size_t s, int year, int from, int to) const {
    return slots_[s].year == year && slots_[s].month >= from && slots_[s].month <= to;
  }

  std::vector<Firm>& firms_;
  std::vector<Slot> slots_;
};

void fill_amounts(SeededRandom& random, Firm& firm) {
  std::vector<Slot> all = slots();
  int64_t value_added_share = around(random, 260, 60);
  int64_t profit_share = around(random, 62, 28);
  for (size_t s = 0; s < all.size(); ++s) {
    std::array<int64_t, kMeasures> amounts{};
    int64_t trend = 1000 + (all[s].year - 2022) * 70;
    int64_t output = scaled(firm.size, kSeason[all[s].month] * trend, 1'000'000);
    if (all[s].year == 2024)
      output = scaled(firm.amounts[s - 11][kOutput], around(random, 1100, 130), 1000);
    amounts[kOutput] = scaled(output, around(random, 1000, 60), 1000);
    amounts[kValueAdded] =
        scaled(amounts[kOutput], value_added_share + around(random, 0, 15), 1000);
    amounts[kRevenue] = scaled(amounts[kOutput], around(random, 1000, 70), 1000);
    amounts[kProfit] = scaled(amounts[kRevenue], profit_share + around(random, 0, 12), 1000);
    firm.amounts.push_back(amounts);
  }
}

}  // namespace

std::vector<Slot> slots() {
  std::vector<Slot> out;
  for (int year = 2022; year <= 2024; ++year) {
    for (int month = 2; month <= (year == 2024 ? 9 : 12); ++month) out.push_back({year, month});
  }
  return out;
}

bool Firm::is_designated_on(const std::string& day) const {
  if (designated_from == "never" || designated_from > day) return false;
  return designated_until.empty() || day < designated_until;
}

std::vector<Firm> make_firms(uint64_t seed) {
  SeededRandom random(seed);
  std::vector<Firm> firms;
  for (size_t i = 0; i < kFirms; ++i) {
    firms.push_back(make_firm(random, i));
    fill_amounts(random, firms.back());
  }
  const std::string march = "2024-03-31", june = "2024-06-30", september = "2024-09-30";
  Calibration calibration(firms);
  calibration.grow(kOutput, 1, 9, september, 198);
  for (int year : {2022, 2023}) {
    int64_t whole = calibration.total(kValueAdded, year, 1, 9, september, Calibration::all);
    calibration.scale_to(
        kValueAdded, year, 1, 12, september, Calibration::hightech,
        scaled(calibration.total(kValueAdded, year, 1, 12, september, Calibration::all), 47, 100));
    calibration.scale_to(kValueAdded, year, 1, 12, september, Calibration::others,
                         scaled(whole, 53 * 4, 300));
  }
  int64_t base = calibration.total(kValueAdded, 2023, 1, 9, september, Calibration::all);
  calibration.scale_to(kValueAdded, 2024, 1, 9, september, Calibration::hightech,
                       scaled(base, 1149, 2000));
  calibration.scale_to(kValueAdded, 2024, 1, 9, september, Calibration::others,
                       scaled(base, 1149, 2000));
  calibration.grow(kRevenue, 1, 3, march, 203);
  calibration.grow(kRevenue, 4, 6, june, 211);
  calibration.grow(kRevenue, 7, 9, september, 207);
  calibration.grow(kProfit, 1, 3, march, 224);
  calibration.grow(kProfit, 4, 6, june, 263);
  calibration.grow(kProfit, 7, 9, september, 715);
  return firms;
}

}  // namespace wutong::demo
