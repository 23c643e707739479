// Judging: the claims of a text against the records of zones.
//
// Each claim becomes questions (indicator, period, comparison), one for every reading that the
// words allow; the answers are compared with the claim's interval. Nothing is guessed silently:
// every verdict carries its reason, what is recorded and the figure that opens it. Pure: no clock,
// no I/O.
#pragma once

#include <span>

#include "core/catalog/catalog.hpp"
#include "core/indicator/figures.hpp"
#include "domain/page/claim.hpp"

namespace wutong::page {

enum class Verdict { verified, contradicted, ambiguous, stale, not_recorded, not_understood };
std::string_view to_string(Verdict verdict);

// The records of one zone at one position.
struct ZoneRecords {
  const catalog::Catalog* catalog;
  const record::State* state;
  const indicator::Figures* figures;
  std::span<const Instant> entry_times;  // of entry i + 1
};

// One way to take a claim, with what is recorded for it.
struct Alternative {
  std::string figure;  // identity
  std::optional<Decimal> recorded;
  Unit unit;  // of `recorded`; of unit `date` it is a day (indicator::date_of)
  Verdict verdict = Verdict::not_recorded;
};

struct Judgement {
  Verdict verdict = Verdict::not_recorded;
  std::string zone;       // whose records
  std::string subject;    // what the words speak of, as named there
  std::string indicator;  // name, where one was found
  std::string figure;     // identity of the likeliest reading
  std::optional<Decimal> recorded;
  Unit unit;                      // of `recorded`
  std::optional<Seq> changed_by;  // stale: the entry after which the words were no longer right
  std::vector<Alternative> readings;
  // Not recorded: the figure of another period, or of another unit, that has the value said.
  std::string elsewhere;
  Unit other_unit;           // of `elsewhere`, where it is the unit that differs
  record::Title other_name;  // the indicator's, where it is the name that differs
  record::Title reason;
};

// A note says what follows from the text; a caution what is unusual or may be misread; a fault
// what cannot be.
enum class Weight { note, caution, fault };
std::string_view to_string(Weight weight);

// What several claims say together (docs/findings.md lists the kinds).
struct Finding {
  std::string kind;
  std::vector<size_t> claims;
  record::Title text;
  Weight weight = Weight::fault;
};

struct Checked {
  std::vector<Judgement> judgements;  // one a claim
  std::vector<Finding> findings;
  bool is_synthetic = false;  // some of the records are made up
};

Checked check(const Reading& reading, std::span<const ZoneRecords> zones);

}  // namespace wutong::page
