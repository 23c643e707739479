// Receipts by idempotency key: what an act that is sent again is answered with.
//
// Operation. A key stands in its entry, so a replay gives the same receipts. Kept are the newest
// 50,000 keys of a zone that are not older than three days, counted by the times of entries: what
// is forgotten depends on the log alone, not on when the program was started. Not thread-safe; its
// zone's owner locks.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "core/ledger/ledger.hpp"

namespace wutong::zone {

class Receipts {
 public:
  static constexpr size_t kKeysMax = 50'000;
  static constexpr int64_t kKeptMs = int64_t{3} * 24 * 60 * 60 * 1000;

  struct Kept {
    Seq seq;
    Instant at;
    size_t rows_created = 0;
    size_t rows_changed = 0;
  };

  // `kept.at` never goes back. An older receipt of the same key stays.
  void add(std::string_view key, const Kept& kept) {
    forget_before(Instant{kept.at.ms - kKeptMs});
    const auto [place, is_new] = by_key_.emplace(key, kept);
    if (!is_new) return;
    by_age_.push_back(place);
    if (by_age_.size() > kKeysMax) forget_oldest();
  }
  // As of `now`: what is too old is not there, whether forgotten yet or not.
  const Kept* find(std::string_view key, Instant now) const {
    const auto found = by_key_.find(key);
    const bool is_there = found != by_key_.end() && found->second.at.ms >= now.ms - kKeptMs;
    return is_there ? &found->second : nullptr;
  }
  size_t size() const { return by_key_.size(); }

 private:
  using ByKey = std::map<std::string, Kept, std::less<>>;
  void forget_oldest() {
    by_key_.erase(by_age_.front());
    by_age_.pop_front();
  }
  void forget_before(Instant limit) {
    while (!by_age_.empty() && by_age_.front()->second.at < limit) forget_oldest();
  }

  ByKey by_key_;
  std::deque<ByKey::iterator> by_age_;  // oldest first; iterators of a map stay
};

}  // namespace wutong::zone
