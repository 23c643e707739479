#include "demo/script.hpp"

#include "base/error.hpp"
#include "demo/rows.hpp"

namespace wutong::demo {

Date day(const std::string& text) {
  auto date = Date::parse(text);
  CHECK(date.has_value());
  return *date;
}
std::string at(Date day, const std::string& hour) { return day.to_string() + "T" + hour; }
std::string number(int64_t value) { return std::to_string(value); }
std::string two_digits(int64_t value) { return (value < 10 ? "0" : "") + number(value); }

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "\x1F") + text;
  return out;
}

void Script::create(const std::string& at, const std::string& actor,
                    const std::string& register_name, const Names& fields,
                    const std::vector<Row>& rows) {
  if (rows.empty()) return;
  Rows all(register_name, fields);
  for (const Row& row : rows) all.add(row);
  acts_.push_back(all.act(record::Act::create, at, actor));
}

void Script::amend(const std::string& at, const std::string& actor,
                   const std::string& register_name, const Names& fields,
                   const std::vector<Row>& rows, const std::string& valid_from,
                   const std::string& note) {
  if (rows.empty()) return;
  Rows all(register_name, fields);
  for (const Row& row : rows) all.add(row);
  acts_.push_back(all.act(record::Act::amend, at, actor, valid_from, note));
}

void Script::move(const std::string& at, const std::string& role, const std::string& register_name,
                  const std::string& name, const Names& key_fields, const std::vector<Row>& keys) {
  if (keys.empty()) return;
  Rows all(register_name, key_fields);
  for (const Row& key : keys) all.add(key);
  acts_.push_back(all.move(at, role, role, name, key_fields.size()));
}

}  // namespace wutong::demo
