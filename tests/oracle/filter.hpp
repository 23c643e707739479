// Filter: the oracle's own parser of the small part of the expression language that random packs
// use, giving SQL. Grammar: || && ! == != < <= > >= in + - ( ) has(path) quantity(number, 'unit')
// numbers, 'texts', true, false, paths. SQL's three-valued logic is the one that
// docs/expressions.md states (Kleene), so the translation is word by word.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wutong::oracle {

struct SqlTerm {
  std::string text;
  bool is_number = false;
  int scale = 0;  // of a number: it stands as an integer × 10^-scale
};

// The column of a path, as a term.
using Columns = std::function<SqlTerm(const std::vector<std::string>&)>;

// Stops the oracle on text that it does not know: then generator and parser have drifted apart.
SqlTerm sql_of(const std::string& expression, const Columns& columns);

std::vector<std::string> steps_of(const std::string& path);

}  // namespace wutong::oracle
