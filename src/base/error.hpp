// Errors and refusals as values.
//
// Every function that can fail for a reason outside the program returns Result<T>. An Error says
// what happened, where, what was expected and how to go on, in Chinese and in English. Bugs are
// CHECKed and stop the program; no input can reach a CHECK. Exceptions of libraries end at the file
// that calls them.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace wutong {

// A closed list. Choose by what the caller can do about it; `exit_code` and the HTTP status follow
// from it in one table each (surface).
enum class ErrorKind {
  invalid,      // the input is wrong; the same input never succeeds
  not_found,    // a name, id, period or file that is not there
  refused,      // a rule of the zone says no (see Refusal codes of the act)
  conflict,     // somebody else changed it first; read again and retry
  too_large,    // over a stated limit
  denied,       // the actor may not do or see this
  unavailable,  // a passing condition: busy, stopping; retry helps
  corrupt,      // stored bytes do not hold; needs an operator
  io            // disk or network failed
};

// Where in the input. Empty or zero members are not known. Lines, columns and rows start at 1;
// columns count characters (code points), not bytes.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string field;  // name of a field, option or column of a table
  bool operator==(const Place&) const = default;
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;  // stable, dotted: "record.field_required"
  Place place;
  std::string zh;      // one sentence for the user, Chinese
  std::string en;      // the same in English
  std::string detail;  // for the operator's log; never shown to users, never holds secrets
  bool operator==(const Error&) const = default;
};

using Issues = std::vector<Error>;

template <typename T>
using Result = tl::expected<T, Error>;

// Usage: return fail(ErrorKind::not_found, "figure.unknown", "没有指标…", "no indicator …");
inline tl::unexpected<Error> fail(ErrorKind kind, std::string code, std::string zh, std::string en,
                                  Place place = {}) {
  return tl::unexpected<Error>(
      Error{kind, std::move(code), std::move(place), std::move(zh), std::move(en), {}});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

// "file:line:column: " as far as known, then the text. One line, no trailing newline.
std::string to_string(const Place& place);
std::string describe_zh(const Error& error);
std::string describe_en(const Error& error);

[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace wutong

// A broken invariant of the program itself. Prints and aborts, in every build.
#define CHECK(expression) \
  ((expression) ? void() : ::wutong::check_failed(#expression, __FILE__, __LINE__))
