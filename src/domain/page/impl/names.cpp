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

bool ends_with_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.ends_with(word); });
}

// Where a clause begins: at a mark, or behind words of time.
bool opens_clause(std::string_view left) {
  constexpr std::string_view kOpeners[] = {
      "，", "。", "、",   "；", "：", ",",    ";",    ":",    " ",      "“",    "年",
      "月", "日", "季度", "底", "末", "以来", "目前", "期间", "上半年", "截至", "此时"};
  return left.empty() || ends_with_any(left, kOpeners);
}

// 全市第一, 全省首家, 全国高新区: the area is what something is compared in, or part of a name.
bool is_comparison(std::string_view right) {
  constexpr std::string_view kNext[] = {
      "第", "首",   "唯一", "前",     "率先", "最",     "领先",           "同类",
      "各", "范围", "高新", "开发区", "综保", "国家级", "经济技术开发区", "科技城"};
  return std::any_of(std::begin(kNext), std::end(kNext),
                     [&](std::string_view word) { return right.starts_with(word); });
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
  if (!level || !parent || !at || home.name_fields.empty()) return;
  own_level_ = wutong::to_string(state.value(*index, *level, *at));
  constexpr int kDepthMax = 10;
  for (int depth = 0; depth < kDepthMax; ++depth) {
    Value above = state.value(*index, *parent, *at);
    const auto* next = std::get_if<RecordId>(&above);
    if (next == nullptr) return;
    at = *next;
    std::string its_level = wutong::to_string(state.value(*index, *level, *at));
    const Area area{state.key_text(*index, *at),
                    wutong::to_string(state.value(*index, home.name_fields.front(), *at))};
    for (size_t field : home.name_fields) {
      Value name = state.value(*index, field, *at);
      std::vector<std::string> texts;
      if (const auto* text = std::get_if<std::string>(&name)) texts = {*text};
      if (const auto* list = std::get_if<std::vector<std::string>>(&name)) texts = *list;
      for (const std::string& each : texts) {
        areas_.push_back({fold(each), its_level, area});
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

// 南昌高新区 is not 南昌.
std::string Names::without_zone(std::string folded) const {
  for (const std::string& name : zone_names_) {
    for (size_t at = folded.find(name); at != std::string::npos; at = folded.find(name, at)) {
      std::fill_n(folded.begin() + static_cast<std::ptrdiff_t>(at), name.size(), ' ');
    }
  }
  return folded;
}

std::optional<std::string> Names::level_in(std::string_view text) const {
  const std::string folded = without_zone(fold(text));
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

std::optional<Area> Names::subject_area(const std::string& text, size_t named) const {
  constexpr std::string_view kWhole[] = {"全市",     "全省", "全国", "全县", "全州",
                                         "全自治区", "我市", "我省", "我国", "我县"};
  const std::string folded = without_zone(text);
  std::optional<Area> found;
  size_t best = named;
  const auto look = [&](const std::string& word, const Area& area) {
    for (size_t at = folded.find(word); at != std::string::npos; at = folded.find(word, at + 1)) {
      const std::string_view left = std::string_view(folded).substr(0, at);
      const std::string_view right = std::string_view(folded).substr(at + word.size());
      const bool is_later = at > best || (at == best && (!found || found->code.empty()));
      if (!is_later || !opens_clause(left) || is_comparison(right)) continue;
      best = at;
      found = area;
    }
  };
  for (std::string_view word : kWhole) look(std::string(word), {"", std::string(word)});
  for (const AreaName& each : areas_) {
    // 南昌 alone may be part of any name.
    constexpr std::string_view kEnds[] = {"市", "省", "县", "州", "国", "自治区"};
    const bool is_whole =
        each.text.starts_with("全") ||
        std::any_of(std::begin(kEnds), std::end(kEnds),
                    [&](std::string_view end) { return each.text.ends_with(end); });
    if (is_whole) look(each.text, each.area);
  }
  return found;
}

}  // namespace wutong::page
