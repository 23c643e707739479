// Identifiers with check characters (domain.md 1.4, 1.5, 9.2). Each function takes user input as
// typed and says what is wrong with it; none repairs silently. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace wutong {

// 统一社会信用代码 GB 32100-2015. Returns the 18 upper-case characters. Errors (code id.uscc_*):
// length, illegal letter (I O S V Z named, as OCR slips), digits in 3–8, check character. The inner
// check of positions 9–17 (GB 11714) can fail in very old codes: see uscc_inner_holds.
Result<std::string> parse_uscc(std::string_view text);
std::optional<char> uscc_check(std::string_view first17);
std::optional<char> organisation_code_check(std::string_view first8);  // GB 11714
bool uscc_inner_holds(std::string_view uscc);

// 公民身份号码 GB 11643-1999: 17 digits and a check (x becomes X); the birth date must exist. A
// valid check does not prove identity. Never a key, never logged.
Result<std::string> parse_citizen_id(std::string_view text);
std::optional<char> citizen_id_check(std::string_view first17);

// Chinese patent application number ZC 0006-2003, new (12 digits) and old (8 digits): strips ZL,
// CN, spaces and full-width forms; a missing check character is computed. Returns "200310102344.5".
Result<std::string> parse_patent_number(std::string_view text);
std::optional<char> patent_check(std::string_view digits);

}  // namespace wutong
