// Wutong as the bench uses it: one host with all zones, through its own doors only. Acts are
// decided, validated, written to the ledger and acknowledged as those of any user; figures are
// asked as by any user. One thread.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "bench/returns/dataset.hpp"
#include "engine/store/simulated.hpp"
#include "zone/host.hpp"

namespace wutong::bench {

struct ZoneRequest {
  std::string zone;
  record::Request request;
};

std::string zone_name(size_t zone);          // "z007"
std::string industry_code(size_t industry);  // "i42"

class OurZones {
 public:
  // Zones with the pack of the bench, without records. `folder` empty: over a store in memory.
  static Result<std::unique_ptr<OurZones>> create(const Dataset& data, const std::string& folder);

  // Acts of different zones that belong together: rows of many zones in one file or batch. The one
  // place that decides how they are handed over.
  Result<void> act_all(std::vector<ZoneRequest> requests);
  const zone::Host& host() const { return *host_; }

 private:
  OurZones() = default;

  SystemClock clock_;
  SystemRandom random_;
  store::SimulatedLog log_;  // in memory
  store::SimulatedSecrets secrets_;
  std::unique_ptr<zone::Host> host_;
};

// Rows of ent.csv and ret.csv as requests, one a zone and batch of rows that arrived together.
// `act` is called with each batch. Errors: of `act`; io; invalid (what is no CSV of numbers).
using ActAll = std::function<Result<void>(std::vector<ZoneRequest>)>;
Result<void> load_firms(const Dataset& data, const ActAll& act);
Result<void> load_returns(const Dataset& data, const ActAll& act);
// One request a zone.
std::vector<ZoneRequest> correction_requests(const Dataset& data, std::span<const Correction> list);

}  // namespace wutong::bench
