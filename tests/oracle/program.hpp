// Program: a small random pack and a small random history, as plain text values. It is generated,
// shrunk and printed in this form; the engine and the SQL both see only the YAML and the cells.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wutong::oracle {

struct FieldDef {
  std::string name;
  std::string type;
  std::string target;              // of a ref
  std::vector<std::string> codes;  // of a code
  std::string unit;
  int decimals = -1;  // decimal, money: as declared; -1: not declared
  bool is_required = false;
  bool is_effective = false;
};

struct RegisterDef {
  std::string name;
  std::vector<std::string> key;
  std::vector<FieldDef> fields;
  bool has_lifecycle = false;  // draft, submitted, accepted, returned
  bool is_series = false;

  const FieldDef* find(const std::string& field) const;
};

struct RatioDef {
  std::string of, to, per;
  std::map<std::string, std::string> of_where, to_where;
  bool is_whole_year = false;
};

struct IndicatorDef {
  std::string name, unit;
  int decimals = 2, rate_decimals = 1;
  bool is_half_even = false;
  std::string kind = "records";  // records, series, ratio, derived
  // records
  std::string from, measure;
  std::vector<std::string> conditions;  // joined by &&
  std::string time, until;              // until: only of a stock
  bool is_stock = false;
  std::string area;
  std::vector<std::pair<std::string, std::string>> dimensions;  // name, path
  bool is_comparable = false, is_joint = false, is_at_record = false;
  bool has_reported_growth = false;  // series
  RatioDef ratio;
  std::vector<std::pair<std::string, int>> terms;  // derived: name, sign
};

using Cells = std::map<std::string, std::string>;

// Rows of one act name the same fields; "" is absent.
struct Act {
  std::string kind;  // import, amend, move
  std::string register_name;
  std::string day;         // of the clock
  std::string valid_from;  // or empty
  std::string move;
  std::vector<Cells> rows;
};

struct Program {
  std::vector<RegisterDef> registers;
  std::vector<IndicatorDef> indicators;
  std::vector<Act> acts;

  const RegisterDef* find_register(const std::string& name) const;
  const IndicatorDef* find_indicator(const std::string& name) const;
};

constexpr const char* kZone = "z";
constexpr const char* kOwnArea = "own";

// Path and text of every file: packs/p/registers/…, packs/p/indicators/…, zones/z.yaml.
std::vector<std::pair<std::string, std::string>> files_of(const Program& program);
// The pack and the history, to be read and pasted.
std::string print(const Program& program);

// One identity without "z/", asked after the first `after` acts of the program were offered.
struct Question {
  std::string text;
  std::string indicator, period, comparison;  // comparison: "" for level
  std::map<std::string, std::string> dimensions;
  size_t after = 0;
};
Question make_question(std::string indicator, std::string period, std::string comparison,
                       std::map<std::string, std::string> dimensions);

// A sequence of numbers that a seed decides, the same on every machine.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 0x1234567) {}
  uint64_t next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  int below(int bound) { return static_cast<int>(next() % static_cast<uint64_t>(bound)); }
  bool percent(int chance) { return below(100) < chance; }
  template <typename T>
  const T& pick(const std::vector<T>& all) {
    return all[static_cast<size_t>(below(static_cast<int>(all.size())))];
  }

 private:
  uint64_t state_;
};

}  // namespace wutong::oracle
