// Intellectual property, products and adaptations of the firms on the chain.
#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

// Granted or registered by the day of the articles, to the firms of the chain.
constexpr int kInventions = 10, kUtilityModels = 36, kSoftware = 252;

const Names kRightFields{"number", "kind", "holder", "applied_on", "granted_on"};

Row software(const std::string& holder, Date registered, int64_t serial) {
  return {number(registered.year()) + "SR" + number(1'000'000 + serial * 13).substr(0, 7),
          "software_copyright", holder, "", registered.to_string()};
}

Row patent(const std::string& holder, int kind, Date granted, int serial) {
  Date applied = granted.plus_days(kind == 1 ? -720 : -260);
  return {patent_number(applied.year(), kind, serial), kind == 1 ? "invention" : "utility_model",
          holder, applied.to_string(), granted.to_string()};
}

// A day of the years that a firm has been there, not after the last day.
Date granted_day(Script& script, const Company& firm, Date last) {
  int64_t span = std::max<int64_t>(last.days() - firm.settled_on.days() - 20, 1);
  return last.plus_days(-static_cast<int>(script.below(span)));
}

std::vector<Row> chain_rights(Script& script, const std::vector<Company>& firms) {
  const Date last = day("2024-09-30");
  std::vector<Row> rows;
  auto holder = [&](int i, int stride) -> const Company& {
    return firms[static_cast<size_t>(i * stride + i / 7) % firms.size()];
  };
  for (int i = 0; i < kInventions; ++i) {
    rows.push_back(patent(holder(i, 4).uscc, 1, granted_day(script, holder(i, 4), last), 100 + i));
  }
  for (int i = 0; i < kUtilityModels; ++i) {
    rows.push_back(patent(holder(i, 2).uscc, 2, granted_day(script, holder(i, 2), last), 500 + i));
  }
  for (int i = 0; i < kSoftware; ++i) {
    const Company& firm = holder(i, 11);
    rows.push_back(software(firm.uscc, granted_day(script, firm, last), 1000 + i));
  }
  return rows;
}

}  // namespace

void record_rights(Script& script, const std::vector<Company>& firms,
                   const std::vector<Company>& others) {
  std::vector<Row> old;
  for (int i = 0; i < 90; ++i) {
    const Company& firm = others[static_cast<size_t>(i * 5) % others.size()];
    old.push_back(
        patent(firm.uscc, i % 3 == 0 ? 1 : 2, day("2019-06-10").plus_days(i * 19), 2000 + i));
  }
  script.create("2024-01-18T09:00", "ip_officer", "ip_right", kRightFields, old);
  script.create("2024-10-09T09:30", "ip_officer", "ip_right", kRightFields,
                chain_rights(script, firms));
  // Every quarter after the articles a few more.
  int serial = 0;
  for (Month month = Month::of(2024, 12); month.last_day().plus_days(8) <= script.until();
       month = month.plus(3)) {
    std::vector<Row> rows;
    for (int i = 0; i < 7; ++i, ++serial) {
      const Company& firm = firms[static_cast<size_t>(serial * 4) % firms.size()];
      Date granted = month.last_day().plus_days(-static_cast<int>(script.below(55)));
      rows.push_back(i < 5 ? software(firm.uscc, granted, 5000 + serial)
                           : patent(firm.uscc, 1 + i % 2, granted, 6000 + serial));
    }
    script.create(at(month.last_day().plus_days(8), "09:30"), "ip_officer", "ip_right",
                  kRightFields, rows);
  }
}

void record_adaptation(Script& script, const std::vector<Company>& firms) {
  constexpr const char* kProducts[] = {"智慧社区平台", "政务服务系统", "文旅客流平台",
                                       "固件安全套件", "数据交换平台", "终端管控系统"};
  constexpr const char* kCpus[] = {"kunpeng", "phytium", "loongson", "hygon", "zhaoxin"};
  constexpr const char* kSystems[] = {"kylin", "uos", "openeuler"};
  constexpr const char* kDatabases[] = {"dm", "kingbase", "gbase", "opengauss"};
  std::vector<Row> products;
  for (size_t i = 0; i < std::size(kProducts); ++i) {
    const Company& firm = i < 3 ? firms[12] : firms[i * 2 % 12];
    products.push_back({"P" + number(static_cast<int64_t>(i) + 1), firm.uscc, kProducts[i],
                        "application", number(2 + static_cast<int64_t>(i) % 3) + ".0",
                        "2022-0" + number(3 + static_cast<int64_t>(i)) + "-15"});
  }
  script.create("2022-10-10T09:00", "enterprise", "product",
                {"code", "enterprise", "name", "layer", "version", "released_on"}, products);
  int64_t serial = 1;
  for (size_t i = 0; i < 30; ++i, ++serial) {
    Date applied = day("2023-01-09").plus_days(static_cast<int>(i) * 21);
    const Row& product = products[i % products.size()];
    std::string code = "SP-" + two_digits(serial), cases = number(script.between(60, 140));
    Date tested = applied.plus_days(static_cast<int>(script.between(12, 30)));
    script.create(at(applied, "10:00"), "enterprise", "adaptation",
                  {"code", "enterprise", "product", "version", "cpu", "operating_system",
                   "database", "applied_on", "cases", "laboratory"},
                  {{code, product[1], product[0], product[4], kCpus[i % 5], kSystems[i / 5 % 3],
                    kDatabases[i % 4], applied.to_string(), cases, "laboratory"}});
    script.move(at(applied.plus_days(3), "09:00"), "laboratory", "adaptation", "test", {"code"},
                {{code}});
    if (i % 9 == 4) {
      script.amend(at(tested, "15:00"), "laboratory", "adaptation", {"code", "problems"},
                   {{code, "打印驱动异常"}});
      script.move(at(tested, "15:10"), "laboratory", "adaptation", "fix", {"code"}, {{code}});
      continue;
    }
    script.amend(at(tested, "15:00"), "laboratory", "adaptation",
                 {"code", "cases_passed", "tested_on", "certificate", "certified_on", "valid_to"},
                 {{code, cases, tested.to_string(), "RZ-" + number(tested.year()) + "-" + code,
                   tested.plus_days(5).to_string(), tested.plus_days(5 + 1096).to_string()}});
    script.move(at(tested, "16:00"), "laboratory", "adaptation", "pass", {"code"}, {{code}});
    script.move(at(tested.plus_days(5), "10:00"), "laboratory", "adaptation", "certify", {"code"},
                {{code}});
    script.move(at(tested.plus_days(8), "10:00"), "officer", "adaptation", "list", {"code"},
                {{code}});
  }
}

}  // namespace wutong::demo
