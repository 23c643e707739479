// The acts of a zone as they are written down, one after the other: what was recorded when, by
// whom. Texts only; the zone reads them as it reads any form.
#pragma once

#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "demo/acts.hpp"

namespace wutong::demo {

using Row = std::vector<std::string>;
using Names = std::vector<std::string>;

Date day(const std::string& text);  // "2024-10-21"
std::string at(Date day, const std::string& hour);
std::string number(int64_t value);
std::string two_digits(int64_t value);
std::string joined(const std::vector<std::string>& texts);  // as a cell of a text_list

// One thread. Nothing is written for no rows, nor on a day after the terms' last.
class Script {
 public:
  explicit Script(const Terms& terms) : until_(terms.until), seed_(terms.seed), random_(seed_) {}

  // Begins a part with chances of its own, so that parts do not move each other.
  void part(uint64_t salt) { random_ = SeededRandom(seed_ * 1000 + salt); }
  int64_t below(int64_t n) { return static_cast<int64_t>(random_.below(static_cast<uint64_t>(n))); }
  int64_t between(int64_t low, int64_t high) { return low + below(high - low + 1); }
  // Ordinary working hours of that day.
  std::string hour() { return two_digits(between(9, 16)) + ":" + two_digits(below(60)); }
  Date until() const { return until_; }

  // "" is absent. All rows have one cell a field.
  void create(const std::string& at, const std::string& actor, const std::string& register_name,
              const Names& fields, const std::vector<Row>& rows);
  void amend(const std::string& at, const std::string& actor, const std::string& register_name,
             const Names& fields, const std::vector<Row>& rows, const std::string& valid_from = "",
             const std::string& note = "");
  // A move of the records with these keys; `role` is also the actor.
  void move(const std::string& at, const std::string& role, const std::string& register_name,
            const std::string& name, const Names& key_fields, const std::vector<Row>& keys);

  std::vector<TimedRequest> take() { return in_order(std::move(acts_), until_); }

 private:
  Date until_;
  uint64_t seed_;
  SeededRandom random_;
  std::vector<TimedRequest> acts_;
};

}  // namespace wutong::demo
