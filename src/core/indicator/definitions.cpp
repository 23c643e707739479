// Definitions by name.
#include "core/indicator/definition.hpp"

namespace wutong::indicator {

const Definition* Definitions::find(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &definitions_[found->second];
}

std::optional<size_t> Definitions::index_of(std::string_view name) const {
  const auto found = index_.find(name);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Definitions::names() const {
  std::vector<std::string> out;
  for (const Definition& definition : definitions_) out.push_back(definition.name);
  return out;
}

}  // namespace wutong::indicator
