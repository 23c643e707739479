#include <algorithm>
#include <array>
#include <string_view>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

extern const Function kStartsWith;
extern const Function kEndsWith;
extern const Function kContains;
extern const Function kHas;
extern const Function kSize;
extern const Function kAbs;
extern const Function kMin;
extern const Function kMax;
extern const Function kRound;
extern const Function kQuantity;
extern const Function kYearOf;
extern const Function kMonthOf;
extern const Function kQuarterOf;
extern const Function kDaysBetween;
extern const Function kDate;
extern const Function kMonth;
extern const Function kPeriod;
extern const Function kIsUscc;
extern const Function kIsPatentNumber;
extern const Function kIsCitizenId;

namespace {

constexpr auto kFunctions = std::to_array<const Function*>({
    &kStartsWith, &kEndsWith, &kContains, &kHas,    &kSize,           &kAbs,         &kMin,
    &kMax,        &kRound,    &kQuantity, &kYearOf, &kMonthOf,        &kQuarterOf,   &kDaysBetween,
    &kDate,       &kMonth,    &kPeriod,   &kIsUscc, &kIsPatentNumber, &kIsCitizenId,
});

}  // namespace

std::span<const Function* const> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                            [&](const Function* function) { return name == function->name; });
  return found == kFunctions.end() ? nullptr : *found;
}

}  // namespace wutong::expression
