// Rows of text for an act, written one after the other.
#pragma once

#include <string>
#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

class Rows {
 public:
  Rows(std::string register_name, std::vector<std::string> fields);
  Rows& add(const std::vector<std::string>& cells);  // "" is absent
  bool empty() const { return count_ == 0; }
  // The act at that time; `valid_from` "" for none.
  TimedRequest act(record::Act act, const std::string& at, const std::string& actor,
                   const std::string& valid_from = "", const std::string& note = "") const;
  // A move of the records whose key stands in the first `key_fields` fields.
  TimedRequest move(const std::string& at, const std::string& actor, const std::string& role,
                    const std::string& name, size_t key_fields = 2) const;

 private:
  std::string register_name_;
  std::vector<record::InputColumn> columns_;
  size_t count_ = 0;
};

std::string two(int number);                  // 01 … 99
std::string month_text(int year, int month);  // 2024-09
// A day of the month after, with its hour: 2024-10-11T10:00.
std::string after_month(int year, int month, int day, const char* hour);

}  // namespace wutong::demo
