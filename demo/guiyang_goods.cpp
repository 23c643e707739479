// Goods of the province and imported ones; countries; practice cases with planted faults.
#include "demo/countries.hpp"
#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

void add_fault_cases(std::vector<TimedRequest>& acts) {
  struct Fault {
    const char* field;
    const char* shown;
    const char* right;
    const char* rule;
    const char* severity;
  };
  constexpr Fault kFaults[] = {
      {"净重", "462", "402", "净重不大于毛重", "statistics"},
      {"成交方式", "CIF", "FOB", "出口 FOB 不填运费和保费", "tax"},
      {"总价", "26,400.00", "24,600.00", "总价等于单价乘数量", "tax"},
      {"最终目的国（地区）", "SG", "TH", "填最终目的国，不填中转地", "statistics"},
      {"商品编号", "09021000", "0902109000", "商品编号为 10 位", "format"}};
  Rows cases("practice_case",
             {"code", "title", "flow", "mode", "difficulty", "minutes_max", "valid_from"});
  Rows papers("practice_paper", {"practice_case", "kind", "content"});
  Rows faults("practice_fault",
              {"practice_case", "number", "field", "shown", "right", "rule", "severity"});
  constexpr const char* kDifficulties[] = {"easy", "medium", "hard"};
  for (size_t i = 0; i < 12; ++i) {
    std::string code = numbered("AL-", i + 1, 2), name = goods()[i].name;
    cases.add({code, name + "出口报关", "export", i % 2 == 0 ? "0110" : "9710",
               kDifficulties[i % 3], "40", "2019-09-01"});
    papers.add({code, "contract", name + " 400 " + goods()[i].unit + "，FOB，买方为泰国某公司"});
    papers.add({code, "invoice", name + " 400 " + goods()[i].unit + "，总价 24,600.00"});
    papers.add({code, "packing_list", name + " 20 件，毛重 420 千克，净重 402 千克"});
    for (size_t k = 0; k < std::size(kFaults); ++k) {
      const Fault& fault = kFaults[k];
      faults.add({code, std::to_string(k + 1), fault.field, fault.shown, fault.right, fault.rule,
                  fault.severity});
    }
  }
  acts.push_back(cases.act(Act::create, "2019-08-29T10:00", "training_officer"));
  acts.push_back(papers.act(Act::create, "2019-08-29T10:30", "training_officer"));
  acts.push_back(faults.act(Act::create, "2019-08-29T11:00", "training_officer"));
}

}  // namespace

const std::vector<Goods>& goods() {
  static const std::vector<Goods> kAll = {{"SP-01", "茅台酒", "2208909021", "升", 1'900},
                                          {"SP-02", "老干妈辣椒酱", "2103909000", "千克", 22},
                                          {"SP-03", "吉他", "9202900010", "只", 380},
                                          {"SP-04", "绿茶", "0902109000", "千克", 160},
                                          {"SP-05", "红茶", "0902309000", "千克", 140},
                                          {"SP-06", "抹茶粉", "0902209000", "千克", 210},
                                          {"SP-07", "白茶", "0902101000", "千克", 260},
                                          {"SP-08", "刺梨汁", "2009891900", "千克", 18},
                                          {"SP-09", "糟辣椒", "2005999900", "千克", 13},
                                          {"SP-10", "火锅底料", "2103901000", "千克", 26},
                                          {"SP-11", "酸汤底料", "2104100000", "千克", 19},
                                          {"SP-12", "米粉", "1902303000", "千克", 9},
                                          {"SP-13", "蜂蜜", "0409000000", "千克", 45},
                                          {"SP-14", "薏仁米", "1104299000", "千克", 12},
                                          {"SP-15", "香菇", "0712391000", "千克", 88},
                                          {"SP-16", "竹荪", "0712399900", "千克", 320},
                                          {"SP-17", "天麻", "1211903600", "千克", 240},
                                          {"SP-18", "杜仲茶", "2106909090", "千克", 120},
                                          {"SP-19", "中成药", "3004905500", "千克", 190},
                                          {"SP-20", "猕猴桃干", "0813409090", "千克", 56},
                                          {"SP-21", "蓝莓汁", "2009899000", "千克", 24},
                                          {"SP-22", "矿泉水", "2201101000", "升", 4},
                                          {"SP-23", "黑糯米酒", "2206009000", "升", 38},
                                          {"SP-24", "银饰", "7113119090", "克", 16},
                                          {"SP-25", "蜡染织物", "5210590090", "米", 48},
                                          {"SP-26", "刺绣制品", "5810990090", "千克", 420},
                                          {"SP-27", "漆器", "4420909090", "件", 180},
                                          {"SP-28", "竹编制品", "4602110000", "件", 32},
                                          {"SP-29", "箱包", "4202121000", "件", 95},
                                          {"SP-30", "轮胎", "4011100000", "条", 310},
                                          {"SP-31", "磷肥", "3103110000", "千克", 3},
                                          {"SP-32", "铝轮毂", "8708709100", "件", 420},
                                          {"SP-33", "磨料", "2818101000", "千克", 7},
                                          {"SP-34", "片式电感器", "8504500000", "千克", 680},
                                          {"SP-35", "手机配件", "8517790000", "千克", 350},
                                          {"SP-36", "滋补膏", "2106909001", "千克", 130},
                                          {"SP-51", "婴幼儿奶粉", "1901101000", "千克", 210},
                                          {"SP-52", "护肤品", "3304990039", "千克", 480},
                                          {"SP-53", "葡萄酒", "2204210000", "升", 85},
                                          {"SP-54", "橄榄油", "1509200000", "千克", 62},
                                          {"SP-55", "咖啡豆", "0901210000", "千克", 110},
                                          {"SP-56", "膳食补充剂", "2106909090", "千克", 390},
                                          {"SP-57", "婴儿纸尿裤", "9619001100", "千克", 58},
                                          {"SP-58", "保温杯", "9617009000", "只", 160}};
  return kAll;
}

void add_practice_cases(std::vector<TimedRequest>& acts) { add_fault_cases(acts); }

void add_goods(std::vector<TimedRequest>& acts) {
  Rows rows("goods", {"code", "name", "hs_code", "statutory_unit", "origin_area", "registered_on"});
  for (size_t i = 0; i < goods().size(); ++i) {
    const Goods& one = goods()[i];
    rows.add({one.code, one.name, one.hs_code, one.unit, i < kGoodsOfGuizhou ? "guizhou" : "",
              "2018-12-20"});
  }
  acts.push_back(rows.act(Act::import, "2019-01-03T10:00", "customs_officer"));
  Rows lands("country", {"code", "name", "world_region"});
  for (const Country& country : countries()) {
    lands.add({country.code, country.name, country.region});
  }
  acts.push_back(lands.act(Act::import, "2019-01-03T10:30", "customs_officer"));
  Rows rule("retail_import_rule",
            {"valid_from", "single_limit", "yearly_limit", "tax_share", "document"});
  rule.add({"2019-01-01", "5000", "26000", "70", "财关税〔2018〕49号"});
  acts.push_back(rule.act(Act::create, "2019-01-03T11:00", "customs_officer"));
}

}  // namespace wutong::demo::guiyang
