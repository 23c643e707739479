#include "domain/page/impl/names.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

namespace {

// Does a name stand at a mark, or behind a preposition?
bool stands_out(std::string_view text, std::string_view name) {
  constexpr std::string_view kBefore[] = {"|", "为", "对", "向", "给", "在"};
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    if (text.substr(at + name.size()).starts_with("|")) return true;
    for (std::string_view before : kBefore) {
      if (text.substr(0, at).ends_with(before)) return true;
    }
  }
  return false;
}

}  // namespace

std::string fold_words(std::string_view text) {
  std::string out = fold_name(text);
  std::erase_if(out, [](char c) { return c == '(' || c == ')'; });
  return out;
}

Names::Names(const ZoneRecords& records) : records_(&records) {
  for (const indicator::Definition& definition : records.catalog->indicators->all()) {
    names_.push_back({fold_words(definition.title.zh), &definition});
    for (const std::string& alias : definition.aliases)
      names_.push_back({fold_words(alias), &definition});
  }
  // Longest first; the order of the catalog decides between indicators of one name.
  std::sort(names_.begin(), names_.end(), [](const Name& a, const Name& b) {
    if (a.text.size() != b.text.size()) return a.text.size() > b.text.size();
    return std::pair(std::string_view(a.text), a.definition) <
           std::pair(std::string_view(b.text), b.definition);
  });
  zone_names_.push_back(fold(records.catalog->zone.name.zh));
  for (const std::string& alias : records.catalog->zone.aliases) zone_names_.push_back(fold(alias));
  add_areas(records);
}

// The zone's area and those above it.
void Names::add_areas(const ZoneRecords& records) {
  const record::State& state = *records.state;
  auto index = state.schema().index_of("area");
  if (!index) return;
  const record::Register& home = state.schema().registers()[*index];
  auto level = home.find("level"), parent = home.find("parent");
  auto at = state.find(*index, records.catalog->zone.area);
  if (!level || !parent || !at) return;
  own_level_ = wutong::to_string(state.value(*index, *level, *at));
  constexpr int kDepthMax = 10;
  for (int depth = 0; depth < kDepthMax; ++depth) {
    Value above = state.value(*index, *parent, *at);
    const auto* next = std::get_if<RecordId>(&above);
    if (next == nullptr) return;
    at = *next;
    std::string its_level = wutong::to_string(state.value(*index, *level, *at));
    for (size_t field : home.name_fields) {
      Value name = state.value(*index, field, *at);
      if (const auto* text = std::get_if<std::string>(&name))
        areas_.push_back({fold(*text), its_level});
      if (const auto* list = std::get_if<std::vector<std::string>>(&name)) {
        for (const std::string& each : *list) areas_.push_back({fold(each), its_level});
      }
    }
  }
}

std::vector<FoundIndicator> Names::indicators_in(std::string_view text) const {
  std::string folded = fold_words(text);
  std::vector<FoundIndicator> found;
  for (size_t at = 0; at < folded.size();) {
    const Name* longest = nullptr;
    for (const Name& name : names_) {
      if (name.text.empty() || folded.compare(at, name.text.size(), name.text) != 0) continue;
      longest = &name;
      break;
    }
    if (longest == nullptr) {
      ++at;
      continue;
    }
    found.push_back({longest->definition, at, at + longest->text.size()});
    at += longest->text.size();
  }
  return found;
}

bool Names::has_dimension(const indicator::Definition& definition, std::string_view name) const {
  const auto has = [&](const std::string& part) {
    return has_dimension(*records_->catalog->indicators->find(part), name);
  };
  for (const indicator::Dimension& dimension : definition.dimensions) {
    if (dimension.name == name) return true;
  }
  if (definition.of && (has(definition.of->indicator) || has(definition.to->indicator)))
    return true;
  return std::any_of(definition.terms.begin(), definition.terms.end(),
                     [&](const auto& term) { return has(term.first); });
}

std::map<std::string, std::string> Names::values_in(const indicator::Definition& definition,
                                                    std::string_view text) const {
  std::map<std::string, std::string> out;
  const auto& all = *records_->catalog->indicators;
  for (const auto& [term, sign] : definition.terms) out.merge(values_in(*all.find(term), text));
  if (definition.of) out.merge(values_in(*all.find(definition.of->indicator), text));
  const record::Schema& schema = records_->state->schema();
  for (const indicator::Dimension& dimension : definition.dimensions) {
    size_t home = dimension.path.home;
    for (size_t i = 0; i + 1 < dimension.path.steps.size(); ++i) {
      home = *schema.index_of(schema.registers()[home].fields[dimension.path.steps[i]].target);
    }
    size_t longest = 0;
    for (const record::Code& code :
         schema.registers()[home].fields[dimension.path.steps.back()].codes) {
      std::vector<std::string> names = code.aliases;
      names.push_back(code.title.zh);
      for (const std::string& name : names) {
        const std::string folded = fold_words(name);
        const bool is_here =
            count_code_points(folded) >= 2 && folded.size() > longest && stands_out(text, folded);
        if (!is_here) continue;
        longest = folded.size();
        out[dimension.name] = code.value;
      }
    }
  }
  return out;
}

std::optional<std::string> Names::level_in(std::string_view text) const {
  std::string folded = fold(text);
  for (const std::string& name : zone_names_) {  // 南昌高新区 is not 南昌
    for (size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at)) {
      std::fill_n(folded.begin() + static_cast<std::ptrdiff_t>(at), name.size(), ' ');
    }
  }
  std::optional<std::string> level;
  size_t best = 0;
  for (const AreaName& area : areas_) {
    size_t at = folded.rfind(area.text);
    if (at == std::string::npos || at + area.text.size() < best) continue;
    best = at + area.text.size();
    level = area.level;
  }
  return level;
}

}  // namespace wutong::page
