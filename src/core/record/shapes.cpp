// What register, check and code files may hold (docs/packs.md).
#include "core/record/schema.hpp"

namespace wutong::record {

using pack::Key;
using pack::Shape;
using pack::ShapeKind;

namespace {

Shape field_shape() {
  Shape one_or_list = pack::either_of(
      {pack::scalar(ShapeKind::identifier), pack::list_of(pack::scalar(ShapeKind::text))});
  return pack::record_of({
      {"type",
       pack::choice({"text", "int", "decimal", "money", "bool", "code", "ref", "date",
                     "partial_date", "month", "period", "text_list"}),
       true, "字段类型", "type of the field"},
      {"to", pack::scalar(ShapeKind::identifier), false, "引用的登记簿", "register of a reference"},
      {"unit", pack::scalar(ShapeKind::text), false, "单位代码", "code of the unit"},
      {"decimals", pack::scalar(ShapeKind::whole), false, "小数位数", "places after the point"},
      {"codes", one_or_list, false, "代码表，或就地列出", "a code list, or codes in place"},
      {"required", pack::scalar(ShapeKind::flag), false, "必填", "needed to create a record"},
      {"effective", pack::scalar(ShapeKind::flag), false, "有生效日期", "has a history of its own"},
      {"personal", pack::scalar(ShapeKind::flag), false, "个人信息，密封保存", "sealed in the log"},
      {"title", pack::scalar(ShapeKind::title), true, "名称", "title"},
      {"help", pack::scalar(ShapeKind::title), false, "填写说明", "help"},
  });
}

Shape move_shape() {
  Shape names = pack::list_of(pack::scalar(ShapeKind::identifier));
  return pack::record_of({
      {"title", pack::scalar(ShapeKind::title), true, "名称", "title"},
      {"from", names, true, "由哪些状态", "from which states"},
      {"to", pack::scalar(ShapeKind::identifier), true, "到哪个状态", "to which state"},
      {"by", names, true, "哪些角色可办", "which roles may"},
      {"requires", names, false, "须已填写的字段", "fields that must have a value"},
      {"when", pack::scalar(ShapeKind::expression), false, "条件", "condition"},
  });
}

}  // namespace

Shape register_shape() {
  Shape name = pack::scalar(ShapeKind::identifier);
  Shape names = pack::list_of(name);
  Shape title = pack::scalar(ShapeKind::title);
  return pack::record_of({
      {"register", name, true, "登记簿名，与文件同名", "name, as the file"},
      {"title", title, true, "名称", "title"},
      {"help", title, false, "说明", "help"},
      {"key", names, true, "主键字段", "fields that identify a record"},
      {"names", names, false, "记录的名称字段", "fields under which texts speak of a record"},
      {"owner", name, false, "属主字段，或 self", "reference to the owner, or self"},
      {"parties", names, false, "其他当事方的引用字段，本行也属于他们",
       "references to others whose row it is as well"},
      {"purpose", pack::choice({"statistics", "administration"}), false, "用途", "purpose"},
      {"form",
       pack::record_of(
           {{"number", pack::scalar(ShapeKind::text), true, "表号", "form number"},
            {"issued_by", title, true, "制定机关", "issuing body"},
            {"document", pack::scalar(ShapeKind::text), true, "文号", "document"},
            {"valid_until", pack::scalar(ShapeKind::date), true, "有效期至", "valid until"}}),
       false, "报表标识（统计法第十七条）", "form (Statistics Law, article 17)"},
      {"person", pack::scalar(ShapeKind::flag), false, "记录是自然人",
       "records are natural persons"},
      {"series",
       pack::record_of({{"area", name, true, "地区字段", "field of the area"},
                        {"indicator", name, true, "指标字段", "field of the indicator"},
                        {"period", name, true, "时期字段", "field of the period"},
                        {"value", name, true, "数值字段", "field of the value"},
                        {"growth", name, false, "增速字段", "field of the growth"},
                        {"status", name, false, "区分目标 target、预测 forecast 的代码字段",
                         "code field that sets target and forecast apart"}}),
       false, "存放外部编制的数", "holds figures compiled outside"},
      {"organisation",
       pack::record_of({{"code", name, false, "统一社会信用代码字段，写法归一，不得重复",
                         "field of the credit code: one spelling, one record"},
                        {"successor", name, true, "并入何单位：有生效日期、引用本登记簿的字段",
                         "dated reference to this register: whom it was merged into"},
                        {"successors", name, false, "分立为何单位：有生效日期的 text_list 字段",
                         "dated text_list: what it was split into"},
                        {"place", names, false, "迁移所改的字段", "fields that moving changes"}}),
       false, "记录是单位，可更名、迁移、合并、分立",
       "records are organisations: renamed, moved, merged, split"},
      {"fields", pack::dictionary_of(field_shape()), true, "字段", "fields"},
      {"lifecycle",
       pack::record_of({{"states", pack::dictionary_of(title), true, "状态，首个为起始",
                         "states, the first begins"},
                        {"moves", pack::dictionary_of(move_shape()), true, "状态变化", "moves"},
                        {"clocks", pack::dictionary_of(clock_shape()), false, "时限", "clocks"}}),
       false, "生命周期", "life cycle"},
  });
}

Shape check_shape() {
  return pack::record_of({
      {"check", pack::scalar(ShapeKind::identifier), true, "审核名，与文件同名",
       "name, as the file"},
      {"title", pack::scalar(ShapeKind::title), false, "名称", "title"},
      {"register", pack::scalar(ShapeKind::identifier), true, "登记簿", "register"},
      {"level", pack::choice({"hard", "soft"}), true, "hard 拒收，soft 须说明",
       "hard is refused, soft needs a reason"},
      {"when", pack::scalar(ShapeKind::expression), false, "何时审核", "when it applies"},
      {"require", pack::scalar(ShapeKind::expression), true, "应成立", "what must hold"},
      {"unknown", pack::choice({"pass", "fail"}), false, "未知时", "what unknown means"},
      {"fields", pack::list_of(pack::scalar(ShapeKind::identifier)), true, "标出的字段",
       "cells that are marked"},
      {"message", pack::scalar(ShapeKind::title), true, "提示", "message"},
  });
}

namespace {

Shape code_shape() {
  return pack::record_of({
      {"zh", pack::scalar(ShapeKind::text), true, "中文", "Chinese"},
      {"en", pack::scalar(ShapeKind::text), true, "英文", "English"},
      {"aliases", pack::list_of(pack::scalar(ShapeKind::text)), false, "文中的其他叫法",
       "what texts call it"},
  });
}

}  // namespace

Shape codes_shape() {
  return pack::record_of({
      {"codes", pack::scalar(ShapeKind::identifier), true, "代码表名，与文件同名",
       "name, as the file"},
      {"title", pack::scalar(ShapeKind::title), true, "名称", "title"},
      {"source", pack::scalar(ShapeKind::text), false, "出处", "source"},
      {"values", pack::dictionary_of(code_shape(), true), true, "代码", "codes"},
  });
}

}  // namespace wutong::record
