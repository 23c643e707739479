// The keys of an indicator's file; checks, reading and the JSON Schema come from here.
#include "core/indicator/definition.hpp"

namespace wutong::indicator {

namespace {

using pack::ShapeKind;

pack::Shape ratio_shape() {
  return pack::record_of({
      {"of", pack::scalar(ShapeKind::identifier), true, "分子指标", "indicator above the line"},
      {"to", pack::scalar(ShapeKind::identifier), true, "分母指标", "indicator below the line"},
      {"per", pack::scalar(ShapeKind::decimal), false, "乘数，如 100", "factor, like 100"},
      {"of_where", pack::dictionary_of(pack::scalar(ShapeKind::text)), false, "分子的维度取值",
       "dimension values of the part above"},
      {"to_where", pack::dictionary_of(pack::scalar(ShapeKind::text)), false, "分母的维度取值",
       "dimension values of the part below"},
      {"to_period", pack::choice({"same", "year"}), false, "分母的报告期",
       "period of the part below"},
  });
}

pack::Shape time_shape() {
  return pack::either_of(
      {pack::scalar(ShapeKind::identifier),
       pack::record_of(
           {{"from", pack::scalar(ShapeKind::identifier), true, "自何日起", "held from"},
            {"until", pack::scalar(ShapeKind::identifier), false, "至何日前", "held before"}})});
}

pack::Shape window_shape() {
  return pack::record_of(
      {{"from", pack::scalar(ShapeKind::text), true, "起点：日期或月份的路径",
        "the milestone: path to a date or month"},
       {"months", pack::scalar(ShapeKind::whole), true, "几个月", "how many months"}});
}

}  // namespace

pack::Shape indicator_shape() {
  using pack::choice;
  using pack::scalar;
  return pack::record_of({
      {"indicator", scalar(ShapeKind::identifier), true, "指标名", "name"},
      {"title", scalar(ShapeKind::title), true, "名称", "title"},
      {"aliases", pack::list_of(scalar(ShapeKind::text)), false, "文中的其他叫法",
       "what texts call it"},
      {"unit", scalar(ShapeKind::text), true, "单位代码", "code of the unit"},
      {"decimals", scalar(ShapeKind::whole), false, "水平的小数位", "places of a level"},
      {"rate_decimals", scalar(ShapeKind::whole), false, "增速等的小数位", "places of rates"},
      {"rounding", choice({"half_up", "half_even"}), false, "修约规则", "rounding rule"},
      {"from", scalar(ShapeKind::identifier), false, "登记册", "register"},
      {"measure", scalar(ShapeKind::expression), false, "度量，如 sum(output)",
       "measure, like sum(output)"},
      {"where", scalar(ShapeKind::expression), false, "计入的条件", "which records count"},
      {"time", time_shape(), false, "归属时间", "when a record counts"},
      {"window", window_shape(), false, "只计里程碑之后若干月内的记录",
       "only records within months from a milestone"},
      {"area", scalar(ShapeKind::text), false, "所属地区的路径", "path to the area"},
      {"by", pack::dictionary_of(scalar(ShapeKind::text)), false, "维度", "dimensions"},
      {"base", choice({"comparable", "naive"}), false, "同比的基期口径", "base of growth"},
      {"january_february", choice({"joint", "separate"}), false, "1—2月是否合并报告",
       "January and February together or not"},
      {"at", choice({"period", "record"}), false, "属性按哪一天取值", "day of attributes"},
      {"series", scalar(ShapeKind::flag), false, "外部编制的数列", "compiled outside"},
      {"growth", choice({"reported", "computed"}), false, "增速来源", "where growth comes from"},
      {"ratio", ratio_shape(), false, "两个指标之比", "ratio of two indicators"},
      {"formula", scalar(ShapeKind::expression), false, "指标相加减", "sum and difference"},
  });
}

}  // namespace wutong::indicator
