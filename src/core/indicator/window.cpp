#include "core/indicator/window.hpp"

#include <algorithm>

#include "core/indicator/definition.hpp"
#include "engine/pack/shape.hpp"

namespace wutong::indicator {

namespace {

constexpr int kMonthsMax = 1200;

const record::Field& last_field(const record::Schema& schema, const record::Path& path) {
  size_t home = path.home;
  for (size_t i = 0; i + 1 < path.steps.size(); ++i) {
    home = *schema.index_of(schema.registers()[home].fields[path.steps[i]].target);
  }
  return schema.registers()[home].fields[path.steps.back()];
}

// A point in time with what is known of it.
struct Moment {
  Month month;
  Date day;
  bool has_day = false;
};

std::optional<Moment> moment_of(const Column& column, size_t i) {
  if (column.present[i] == 0) return std::nullopt;
  if (column.is_text()) {
    const auto period = Period::parse(column.texts[i]);
    if (!period) return std::nullopt;
    return Moment{period->last_month(), period->last_day(), false};
  }
  if (column.type == ValueType::month) {
    const Month month{static_cast<int32_t>(column.numbers[i])};
    return Moment{month, month.first_day(), false};
  }
  if (column.type == ValueType::date) {
    const Date day = Date::from_days(static_cast<int32_t>(column.numbers[i]));
    return Moment{Month::of(day), day, true};
  }
  const PartialDate date = unpack_partial_date(column.numbers[i]);
  const bool has_day =
      date.precision == DatePrecision::day || date.precision == DatePrecision::ten_days;
  return Moment{Month::of(date.last()), date.last(), has_day};
}

bool is_within(const Moment& milestone, const Moment& time, bool by_month, int months) {
  if (by_month) {
    return time.month >= milestone.month && time.month < milestone.month.plus(months);
  }
  const Date opens = milestone.has_day ? milestone.day : milestone.month.first_day();
  return time.day >= opens && time.day < opens.plus_months(months);
}

}  // namespace

std::optional<Window> read_window(const pack::Node& node, const record::Schema& schema,
                                  const record::Path& from, Issues& issues) {
  const pack::Node& path = *node.find("from");
  const pack::Node& months = *node.find("months");
  const record::FieldKind kind = last_field(schema, from).kind;
  const bool is_time = kind == record::FieldKind::date || kind == record::FieldKind::partial_date ||
                       kind == record::FieldKind::month;
  if (!is_time) {
    pack::report(issues, path.place, "indicator.window",
                 "窗口的起点应是日期或月份字段（date、partial_date、month）",
                 "a window begins at a field of type date, partial_date or month");
  }
  Window out{from, 0, path.text + " + " + months.text};
  out.months = pack::whole_at(node, "months", 0);
  const bool is_in_range = out.months >= 1 && out.months <= kMonthsMax;
  if (!is_in_range) {
    pack::report(issues, months.place, "indicator.window", "窗口的月数应为 1 到 1200",
                 "a window has 1 to 1200 months");
  }
  if (!is_time || !is_in_range) return std::nullopt;
  return out;
}

std::vector<InWindow> in_window(const Definition& definition, const record::State& state,
                                std::span<const RecordId> rows, std::optional<Date> day) {
  const Window& window = *definition.window;
  const record::Path time_path{definition.register_index, {*definition.time_field}, false};
  const Column times = state.gather(time_path, rows, std::nullopt);
  const Column milestones = state.gather(window.from, rows, day);
  const bool by_month = times.type == ValueType::month || times.type == ValueType::period;
  std::vector<InWindow> out(rows.size(), InWindow::no);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto milestone = moment_of(milestones, i);
    const auto time = moment_of(times, i);
    if (!milestone) out[i] = InWindow::no_milestone;
    if (!milestone || !time) continue;
    if (is_within(*milestone, *time, by_month, window.months)) out[i] = InWindow::yes;
  }
  return out;
}

void keep_in_window(const Definition& definition, const record::State& state,
                    std::span<const RecordId> rows, std::optional<Date> day,
                    std::vector<uint8_t>& accepted) {
  if (!definition.window) return;
  const auto inside = in_window(definition, state, rows, day);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (inside[i] != InWindow::yes) accepted[i] = 0;
  }
}

}  // namespace wutong::indicator
