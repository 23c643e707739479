// Accounts, grants and tokens in JSON: what administrators ask, over HTTP or from the command line.
#pragma once

#include "surface/answer/answer.hpp"
#include "zone/account/accounts.hpp"

namespace wutong::answer {

// Accounts with their grants; for those with the task `accounts` in the zone `system`.
Answered list_accounts(const Door& door, const account::Accounts& accounts);
// {"do": "account.add" | "account.lock" | "account.unlock" | "account.reset" | "grant.add" |
// "grant.end" | "token.add" | "token.revoke", and its words}. Texts only; unknown keys are refused.
// `actor`: of a local caller.
Answered change_accounts(const Door& door, account::Accounts& accounts, std::string_view body,
                         const std::string& actor);
// Roles, zones, and what may be done there.
Answered show_me(const Door& door, std::string_view standing);

}  // namespace wutong::answer
