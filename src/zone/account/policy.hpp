// Rules of passwords, of waiting after failures, and of names. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace wutong::account {

// 10 characters of three kinds (small, capital, digit, other), or 16 of any; at most 256 bytes; not
// the account's name in it, not one character again and again, no usual one. Error: invalid.
Result<void> check_password(std::string_view password, std::string_view account);
// [a-z][a-z0-9_.-]*, 32 at most. Error: invalid.
Result<void> check_account_name(std::string_view name);

// How long after the last failure the next try must wait: nothing for the first four, then 2, 4, 8
// … seconds, at most a quarter of an hour.
int64_t wait_ms(int failures);

// Day as an error that names the option.
Result<Date> day_of(std::string_view text, std::string_view what);

}  // namespace wutong::account
