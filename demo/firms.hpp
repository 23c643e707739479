// Made-up firms with monthly amounts that add up to the published growths.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace wutong::demo {

// Months with a return: 2022-02 .. 2024-09 without Januaries (January and February are one).
struct Slot {
  int year;
  int month;
};
std::vector<Slot> slots();

enum Measure { kOutput, kValueAdded, kRevenue, kProfit, kMeasures };

struct Firm {
  std::string uscc;
  std::string name;
  std::string short_name;
  std::string sector;
  std::string industry;
  std::string industry_since_2023_07;  // "" where it did not change
  bool is_hightech = false;
  std::string designated_from;   // "": always; "never"
  std::string designated_until;  // "": still
  std::string settled_on;
  int64_t size = 0;                                     // yuan of output in an ordinary month
  std::vector<std::array<int64_t, kMeasures>> amounts;  // by slot, yuan

  bool is_designated_on(const std::string& day) const;
};

std::vector<Firm> make_firms(uint64_t seed);

}  // namespace wutong::demo
