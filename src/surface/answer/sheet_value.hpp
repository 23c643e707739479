// Cells of a sheet as an act reads them, and values as cells of a sheet. Internal to the surface
// layer. What goes out comes in as the same value; people's ways of writing come in as well.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/record/state.hpp"
#include "engine/sheet/csv.hpp"

namespace wutong::answer {

// A text as an act takes it for the field: 2024年9月 and 2024/9 as 2024-09, a code's title as its
// code, "１，２００" as 1200, 12.5% as 12.5. What is not understood stays as it is, for the act to
// name.
std::string input_text(const record::Field& field, sheet::CellKind kind, std::string_view text);

// A value as a cell: codes by their title where it is theirs alone, lists with "；" between, yes
// and no. References by the key of their target.
std::string cell_text(const record::State& state, const record::Field& field, const Value& value,
                      bool is_english);

// A spreadsheet takes a text that begins with = + - @, a tab or a line break for a formula. In CSV
// such a text gets an apostrophe before it, and so does one that has apostrophes before such a
// beginning; reading takes one away again. Every text comes back as it was.
std::string guarded(std::string_view text);
std::string unguarded(std::string_view text);

// Elements with "；" between; \ before ；, ; and \ in an element, and \n for a line break.
std::string list_text(const std::vector<std::string>& elements);
std::vector<std::string> list_elements(std::string_view text);

}  // namespace wutong::answer
