// What the makers of demo zones share: days, invented names, codes with right check characters.
#pragma once

#include <cstdint>
#include <string>

#include "base/calendar.hpp"

namespace wutong::demo {

Date day_of(int year, int month, int day);
std::string at_hour(Date day, const char* hour);  // 2024-10-28T10:00
Date workday(Date day);                           // that day, after a weekend the Monday
std::string numbered(const std::string& prefix, size_t number, size_t digits);  // KT-0012

// Exactly `chosen` of the numbers 0 .. total - 1, evenly spread.
bool is_chosen(size_t index, size_t chosen, size_t total);

std::string made_up_person(size_t index);
std::string firm_word(size_t index);  // two characters; 400 of them

}  // namespace wutong::demo
