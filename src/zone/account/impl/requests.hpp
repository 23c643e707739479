// Requests of one row, and the words of refusals. Private to the folder.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/record/act.hpp"
#include "zone/host.hpp"

namespace wutong::account {

using Cells = std::vector<std::pair<std::string, std::string>>;  // field, text; "" is absent

record::Request creation(std::string register_name, const Cells& cells);
record::Request moving(std::string register_name, std::string move, const Cells& key);
tl::unexpected<zone::Failure> refusal(Error error);
Error unknown(std::string_view what_en, std::string_view what_zh, const std::string& name,
              const std::vector<std::string>& known);
// What is kept of a secret of 256 bits: SHA-256 in hex.
std::string hashed(std::string_view secret);

// Cells of the zone `system` as texts; "" where absent.
std::string cell(const record::State& state, std::string_view register_name, std::string_view field,
                 RecordId record);
// Records of a register whose `account` is this one.
std::vector<RecordId> of_account(const record::State& state, std::string_view register_name,
                                 std::string_view account);

}  // namespace wutong::account
