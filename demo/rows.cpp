#include "demo/rows.hpp"

namespace wutong::demo {

Rows::Rows(std::string register_name, std::vector<std::string> fields)
    : register_name_(std::move(register_name)) {
  for (std::string& field : fields) {
    columns_.push_back({std::move(field), {}});
    columns_.back().column.type = ValueType::text;
  }
}

Rows& Rows::add(const std::vector<std::string>& cells) {
  CHECK(cells.size() == columns_.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) {
      columns_[i].column.append_absent();
    } else {
      columns_[i].column.append_text(cells[i]);
    }
  }
  ++count_;
  return *this;
}

TimedRequest Rows::act(record::Act act, const std::string& at, const std::string& actor,
                       const std::string& valid_from, const std::string& note) const {
  TimedRequest out;
  auto instant = Instant::parse(at + ":00+08:00");
  CHECK(instant.has_value());
  out.at = *instant;
  out.request.act = act;
  out.request.actor = actor;
  out.request.register_name = register_name_;
  out.request.columns = columns_;
  out.request.note = note;
  if (!valid_from.empty()) out.request.valid_from = Date::parse(valid_from);
  return out;
}

TimedRequest Rows::move(const std::string& at, const std::string& actor, const std::string& role,
                        const std::string& name, size_t key_fields) const {
  TimedRequest out = act(record::Act::move, at, actor);
  out.request.roles = {role};
  out.request.move = name;
  out.request.columns.resize(key_fields);
  return out;
}

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
std::string month_text(int year, int month) { return std::to_string(year) + "-" + two(month); }
std::string after_month(int year, int month, int day, const char* hour) {
  int next_year = month == 12 ? year + 1 : year;
  return month_text(next_year, month == 12 ? 1 : month + 1) + "-" + two(day) + "T" + hour;
}

}  // namespace wutong::demo
