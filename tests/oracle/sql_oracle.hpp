// SqlOracle: answers of a random pack from plain SQL over its projection (docs/projection.md).
//
// Operation. Definitions come from the YAML (pack_reader), filters from the own parser (filter),
// dates, fractions, words and rounding from the oracle's own code; SQLite selects, joins and adds.
// It shares no code with the engine. at() chooses a position by the known-from and known-to
// columns. Rules: docs/packs.md, docs/oracle.md. One thread; SQL that fails stops the oracle.
#pragma once

#include <sqlite3.h>

#include <optional>

#include "tests/oracle/filter.hpp"
#include "tests/oracle/fraction.hpp"
#include "tests/oracle/program.hpp"

namespace wutong::oracle {

class SqlOracle {
 public:
  SqlOracle(sqlite3* database, Program pack) : database_(database), pack_(std::move(pack)) {}

  // nullopt: the current tables; else the versions known at the position.
  void at(std::optional<uint64_t> position);
  // "value 12.50 CNY", "base_not_positive 扭亏为盈", "no_records", … or "refused" where the
  // question names what the pack or the records do not have.
  std::string answer(const Question& question);

 private:
  using Fixed = std::map<std::string, std::string>;
  struct Level {
    std::string status = "no_records";
    Fraction value;
    bool is_series = false;
    std::optional<Fraction> growth;
    bool has_value() const { return status == "value"; }
  };
  struct Sums {
    int64_t accepted = 0, present = 0, sum = 0, least = 0, most = 0, distinct = 0, last = 0;
  };
  class Query;

  Level level(const IndicatorDef& indicator, const Fixed& fixed, const std::string& period,
              std::optional<std::string> attributes);
  Level level_of_records(const IndicatorDef& indicator, const Fixed& fixed,
                         const std::string& period, const std::string& attributes);
  Level level_of_series(const IndicatorDef& indicator, const Fixed& fixed,
                        const std::string& period);
  Level level_of_ratio(const IndicatorDef& indicator, const Fixed& fixed,
                       const std::string& period);
  Level level_of_terms(const IndicatorDef& indicator, const Fixed& fixed, const std::string& period,
                       std::optional<std::string> attributes);
  Sums sums(const IndicatorDef& indicator, const Fixed& fixed, const std::string& period,
            const std::string& attributes);
  bool is_recorded(const IndicatorDef& indicator, const Fixed& fixed, const std::string& period,
                   const std::string& attributes);
  bool was_ever_held(const IndicatorDef& indicator, const Fixed& fixed, const std::string& last);
  std::string growth(const IndicatorDef& indicator, const Question& question);
  std::string difference(const IndicatorDef& indicator, const Question& question,
                         const std::string& base);
  std::string select_of(const IndicatorDef& indicator, const Fixed& fixed, Query& query,
                        const std::string& times);
  bool knows(const IndicatorDef& indicator, const std::string& dimension) const;
  bool is_comparable(const IndicatorDef& indicator) const;
  bool is_reported_jointly(const IndicatorDef& indicator) const;
  bool has_area(const std::string& key);
  std::string own_area(const Fixed& fixed) const;
  const IndicatorDef& named(const std::string& name) const { return *pack_.find_indicator(name); }
  std::vector<std::vector<std::optional<std::string>>> rows(const std::string& sql);

  sqlite3* database_;
  Program pack_;
  std::map<std::string, Sums> known_;  // by SQL, at this position
  bool is_refused_ = false;
};

}  // namespace wutong::oracle
