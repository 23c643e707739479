// What clocks of a life cycle and calendar files may hold (docs/packs.md).
#include "core/record/schema.hpp"

namespace wutong::record {

using pack::ShapeKind;

pack::Shape clock_shape() {
  const pack::Shape name = pack::scalar(ShapeKind::identifier);
  const pack::Shape whole = pack::scalar(ShapeKind::whole);
  const pack::Shape states = pack::either_of({name, pack::list_of(name)});
  const pack::Shape remind = pack::record_of({
      {"before", pack::list_of(whole), false, "到期前几天（按时限的单位）",
       "days before the last one, counted as the clock counts"},
      {"late", pack::scalar(ShapeKind::flag), false, "超期时提醒一次", "once when it is late"},
      {"to", pack::list_of(name), false, "提醒谁：角色或引用字段，默认为 by",
       "whom: roles or reference fields, by default those of `by`"},
  });
  const pack::Shape roster = pack::record_of({
      {"where", pack::scalar(ShapeKind::text), true,
       "主键中的引用所指的登记簿上的条件，按当月最后一天；满足者应有记录",
       "condition over what the key's reference leads to, on the month's last day: who has to "
       "file"},
      {"months", pack::list_of(whole), false, "有表的月份，默认每月",
       "months that have a form, by default all"},
  });
  return pack::record_of({
      {"title", pack::scalar(ShapeKind::title), true, "名称", "title"},
      {"working_days", whole, false, "工作日数", "working days"},
      {"days", whole, false, "自然日数", "calendar days"},
      {"working_hours", whole, false, "工作小时数", "working hours"},
      {"hours", whole, false, "小时数", "hours"},
      {"limit_field", name, false, "记录自己的时限（int 字段），有则以它为准",
       "an int field: the record's own limit, where it has one"},
      {"working_field", name, false, "bool 字段：为假时按自然日计",
       "a bool field: where it is false, calendar days count"},
      {"due_field", name, false, "最后一天由此日期字段给出",
       "the date field that holds the last day"},
      {"from", states, false, "进入何状态起算", "states whose entering starts it"},
      {"from_field", name, false, "自此日期字段起算（当日不计）",
       "the date field it starts from; its day is not counted"},
      {"pause", states, false, "在何状态暂停", "states in which it stands still"},
      {"until", states, true, "到何状态为止", "states that end it"},
      {"until_field", name, false, "办结日期字段", "the date field that says when it was done"},
      {"extend", pack::dictionary_of(whole), false, "进入某状态即延长，每轮一次",
       "states that add time, once a run"},
      {"holiday", pack::choice({"next_working_day", "stay"}), false,
       "自然日期限末日遇休息日：顺延或不变",
       "calendar days ending on a day off: the next working day, or stay"},
      {"office", pack::list_of(pack::scalar(ShapeKind::text)), false, "办公时段，如 09:00-12:00",
       "office hours like 09:00-12:00"},
      {"by", pack::list_of(name), false, "由谁办理", "roles that must act"},
      {"remind", remind, false, "提醒", "reminders"},
      {"roster", roster, false, "名册：谁应有记录，没有的列为未报",
       "roster: who has to have a record; those without are told"},
  });
}

pack::Shape calendar_shape() {
  const pack::Shape days = pack::dictionary_of(pack::list_of(pack::scalar(ShapeKind::date)), true);
  return pack::record_of({
      {"calendar", pack::scalar(ShapeKind::identifier), true, "日历名，与文件同名",
       "name, as the file"},
      {"title", pack::scalar(ShapeKind::title), true, "名称", "title"},
      {"source", pack::scalar(ShapeKind::text), true, "出处及版本", "source and its version"},
      {"year", pack::scalar(ShapeKind::whole), false, "通知所属年份", "year of the notice"},
      {"off", days, false, "放假：节日 → 日期", "days off, by holiday"},
      {"work", days, false, "调休上班：节日 → 日期", "make-up working days, by holiday"},
      {"statutory", days, false, "法定节假日：年份 → 日期，通知未发布的年份用",
       "statutory days by year, for years whose notice is not out"},
  });
}

}  // namespace wutong::record
