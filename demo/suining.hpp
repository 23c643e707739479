// The demo zone Suining: how it serves its firms. Numbers that articles state are inputs (targets)
// of this generator; figures follow from the records.
#pragma once

#include <vector>

#include "demo/cast.hpp"

namespace wutong::demo {

std::vector<TimedRequest> suining_acts(const Terms& terms);

struct Undertaking {  // a project of a firm
  std::string code;
  std::string uscc;
  Date signed_on;
  bool is_major;
};
// Parts, in files of their own.
void record_food_factory(Script& script, const Company& factory);  // suining_factory.cpp
void record_guidance(Script& script, const std::vector<Undertaking>& projects);
void record_contacts(Script& script, const std::vector<Undertaking>& projects);
void record_errands(Script& script, const std::vector<Undertaking>& projects);
void record_coffee_times(Script& script, const std::vector<Company>& firms);
void record_requests(Script& script, const std::vector<Company>& firms);  // suining_service.cpp

}  // namespace wutong::demo
