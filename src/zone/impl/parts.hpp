// What each zone answers to a question that is asked of many, kept by the position it was computed
// at. Private to the folder. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "core/indicator/definition.hpp"
#include "core/indicator/figures.hpp"

namespace wutong::zone {

struct ZonePart {
  std::string zone;
  record::Title name;
  Seq position;
  // Null: the zone does not have the indicator. `definitions` keeps it alive.
  const indicator::Definition* definition = nullptr;
  std::shared_ptr<const indicator::Definitions> definitions;
  indicator::ExactFigure answer;
  std::optional<Error> error;  // the zone cannot answer: a dimension that it does not have …
};

class PartsOfZones {
 public:
  using Kept = std::shared_ptr<const ZonePart>;
  // Null where the zone's part of this question was not computed at this position.
  Kept find(const std::string& question, const std::string& zone, Seq position) const {
    std::lock_guard lock(mutex_);
    auto asked = kept_.find(question);
    if (asked == kept_.end()) return nullptr;
    auto part = asked->second.find(zone);
    if (part == asked->second.end() || part->second->position != position) return nullptr;
    return part->second;
  }
  Kept keep(const std::string& question, ZonePart part) {
    ++computed_;
    auto kept = std::make_shared<const ZonePart>(std::move(part));
    std::lock_guard lock(mutex_);
    if (kept_.size() >= kQuestionsMax && !kept_.contains(question)) kept_.clear();
    kept_[question][kept->zone] = kept;
    return kept;
  }
  uint64_t computed() const { return computed_; }

 private:
  static constexpr size_t kQuestionsMax = 1024;
  mutable std::mutex mutex_;
  std::map<std::string, std::map<std::string, Kept, std::less<>>, std::less<>> kept_;
  std::atomic<uint64_t> computed_ = 0;
};

}  // namespace wutong::zone
