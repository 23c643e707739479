#include "domain/page/impl/subjects.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace wutong::page {

namespace {

size_t length_at(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(length, text.size() - at);
}

bool ends_with_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.ends_with(word); });
}

constexpr std::string_view kPrepositions[] = {
    "与",   "在",   "位于", "来自", "同",   "向",   "对",   "为", "以", "从", "依托", "联合",
    "携手", "走进", "围绕", "被",   "来到", "入驻", "落户", "给", "较", "比", "占",   "离不开"};

// What may stand right before a word that points back (企业, 公司, 园区), beside nothing and marks.
constexpr std::string_view kOpeners[] = {"为", "让", "使", "由", "了",   "目前", "该", "本", "给",
                                         "对", "是", "在", "从", "帮助", "这家", "“",  "，", "。",
                                         "、", "：", "；", ",",  ":",    ";",    "(",  "\"", " "};

bool is_open(std::string_view left) { return left.empty() || ends_with_any(left, kOpeners); }

// Names of registers whose records speak for themselves: their figures are never the zone's.
bool is_self_owned(const record::Register& home) { return home.owner_is_self && !home.is_person; }

// Registers of which a figure can be asked: some indicator has a dimension of that name.
std::set<std::string> asked_registers(const ZoneRecords& records) {
  std::set<std::string> out;
  for (const indicator::Definition& definition : records.catalog->indicators->all()) {
    for (const indicator::Dimension& dimension : definition.dimensions) out.insert(dimension.name);
  }
  return out;
}

}  // namespace

std::string fold_name(std::string_view text) {
  constexpr std::string_view kMarks[] = {"“", "”", "‘", "’", "「", "」", "《", "》", "\""};
  std::string folded = fold(text), out;
  for (size_t at = 0; at < folded.size();) {
    size_t skipped = 0;
    for (std::string_view mark : kMarks) {
      if (folded.compare(at, mark.size(), mark) == 0) skipped = mark.size();
    }
    const size_t length = skipped > 0 ? skipped : length_at(folded, at);
    if (skipped == 0) out.append(folded, at, length);
    at += length;
  }
  return out;
}

Subjects::Subjects(const Reading& reading, std::span<const ZoneRecords> zones)
    : reading_(reading),
      zones_(zones),
      record_names_(zones.size()),
      introduced_(reading.stories.size()),
      persons_(reading.stories.size()) {
  for (size_t zone = 0; zone < zones.size(); ++zone) add_zone(zone, zones[zone]);
  for (auto& [first, names] : zone_names_) {
    std::stable_sort(names.begin(), names.end(),
                     [](const Name& a, const Name& b) { return a.text.size() > b.text.size(); });
  }
  choose_zones();
  std::set<size_t> used;
  for (const auto& zone : story_zones_) {
    if (zone && used.insert(*zone).second) add_records(*zone, zones[*zone]);
  }
  for (size_t i = 0; i < reading.sentences.size(); ++i) {
    const SentencePlace& place = reading.sentence_places[i];
    sentences_.push_back({place.story, place.paragraph, fold_name(reading.sentences[i]), {}});
  }
  find_introduced();
  find_mentions();
  find_persons();
}

void Subjects::add(Index& index, std::string_view name, const Subject& subject) {
  std::string text = fold_name(name);
  if (count_code_points(text) < 2) return;
  const std::string first = text.substr(0, length_at(text, 0));
  index[first].push_back({std::move(text), subject});
}

void Subjects::add_zone(size_t zone, const ZoneRecords& records) {
  Subject subject;
  subject.kind = Subject::Kind::zone;
  subject.zone = zone;
  subject.name = records.catalog->zone.name.zh;
  add(zone_names_, records.catalog->zone.name.zh, subject);
  for (const std::string& alias : records.catalog->zone.aliases) add(zone_names_, alias, subject);
}

void Subjects::add_names(Index& index, const Value& names, const Subject& subject) {
  if (const auto* text = std::get_if<std::string>(&names)) {
    add(index, *text, subject);
  } else if (const auto* list = std::get_if<std::vector<std::string>>(&names)) {
    for (const std::string& each : *list) add(index, each, subject);
  }
}

void Subjects::add_records(size_t zone, const ZoneRecords& records) {
  const record::State& state = *records.state;
  const std::set<std::string> asked = asked_registers(records);
  Index& index = record_names_[zone];
  for (size_t r = 0; r < state.schema().registers().size(); ++r) {
    const record::Register& home = state.schema().registers()[r];
    if (home.is_person || home.name == "area") continue;
    if (!asked.contains(home.name) && !is_self_owned(home)) continue;
    for (uint32_t i = 0; i < state.size(r); ++i) {
      Subject subject;
      subject.kind = Subject::Kind::record;
      subject.zone = zone;
      subject.register_index = r;
      subject.record = RecordId{i};
      for (size_t field : home.name_fields) {
        const Value value = state.value(r, field, RecordId{i});
        const auto* text = std::get_if<std::string>(&value);
        if (text != nullptr && subject.name.empty()) subject.name = *text;
        add_names(index, value, subject);
        if (!home.fields[field].effective) continue;
        // Old names too: a text of then, or about then, calls it so.
        for (const record::State::Dated& dated : state.history(r, field, RecordId{i})) {
          if (dated.value != value) add_names(index, dated.value, subject);
        }
      }
    }
  }
  for (auto& [first, names] : index) {
    std::stable_sort(names.begin(), names.end(),
                     [](const Name& a, const Name& b) { return a.text.size() > b.text.size(); });
  }
}

const Subjects::Name* Subjects::longest_at(const Index& index, std::string_view text, size_t at) {
  const auto found = index.find(std::string(text.substr(at, length_at(text, at))));
  if (found == index.end()) return nullptr;
  for (const Name& name : found->second) {
    if (text.compare(at, name.text.size(), name.text) == 0) return &name;
  }
  return nullptr;
}

// The zone of a story: the longest name in its heading, else the one that its text names most.
void Subjects::choose_zones() {
  for (const Story& story : reading_.stories) {
    std::optional<size_t> chosen;
    for (const std::string* source : {&story.heading, &story.text}) {
      const std::string text = fold_name(*source);
      std::map<size_t, size_t> weights;
      for (size_t at = 0; at < text.size();) {
        const Name* name = longest_at(zone_names_, text, at);
        if (name != nullptr) weights[name->subject.zone] += name->text.size();
        at += name != nullptr ? name->text.size() : length_at(text, at);
      }
      for (const auto& [zone, weight] : weights) {
        if (!chosen || weight > weights[*chosen]) chosen = zone;
      }
      if (chosen) break;
    }
    story_zones_.push_back(chosen);
  }
}

const Subjects::Name* Subjects::name_at(std::string_view text, size_t at, size_t story) const {
  const Name* best = longest_at(zone_names_, text, at);
  const auto better = [&](const Name* other) {
    if (other != nullptr && (best == nullptr || other->text.size() > best->text.size())) {
      best = other;
    }
  };
  better(longest_at(introduced_[story], text, at));
  if (story_zones_[story]) better(longest_at(record_names_[*story_zones_[story]], text, at));
  return best;
}

bool Subjects::is_company(const Subject& subject) const {
  return subject.kind == Subject::Kind::record &&
         is_self_owned(zones_[subject.zone].state->schema().registers()[subject.register_index]);
}

bool Subjects::is_park(const Subject& subject) const {
  return subject.kind == Subject::Kind::record &&
         zones_[subject.zone].state->schema().registers()[subject.register_index].name == "park";
}

std::optional<Mention> Subjects::pronoun_at(std::string_view text, size_t at, size_t story,
                                            std::span<const Subject> earlier) const {
  constexpr std::string_view kZone[] = {"高新区", "综保区", "开发区", "该区", "全区", "本区"};
  constexpr std::string_view kCompany[] = {"企业", "公司"};
  const std::string_view left = text.substr(0, at);
  const auto is_here = [&](std::string_view word) {
    return text.compare(at, word.size(), word) == 0 && is_open(left);
  };
  const auto latest = [&](auto&& is_it) -> std::optional<Subject> {
    for (size_t i = earlier.size(); i > 0; --i) {
      if (is_it(earlier[i - 1])) return earlier[i - 1];
    }
    return std::nullopt;
  };
  std::optional<Subject> zone;
  if (story_zones_[story]) {
    zone.emplace();
    zone->kind = Subject::Kind::zone;
    zone->zone = *story_zones_[story];
    zone->name = zones_[zone->zone].catalog->zone.name.zh;
  }
  for (std::string_view word : kZone) {
    if (zone && is_here(word)) return Mention{at, at + word.size(), *zone, false};
  }
  if (is_here("园区")) {
    auto park = latest([&](const Subject& subject) { return is_park(subject); });
    if (!park) park = zone;
    if (park) return Mention{at, at + std::string_view("园区").size(), *park, false};
  }
  for (std::string_view word : kCompany) {
    if (!is_here(word)) continue;
    auto company = latest([&](const Subject& subject) {
      return is_company(subject) || subject.kind == Subject::Kind::unknown;
    });
    if (company) return Mention{at, at + word.size(), *company, false};
  }
  return std::nullopt;
}

// A company by its suffix, of a name that nobody recorded: it begins after the last mark or
// preposition.
std::optional<Mention> Subjects::stranger_at(std::string_view text, size_t at) const {
  constexpr std::string_view kSuffixes[] = {"有限公司", "股份公司", "有限责任公司", "公司", "集团"};
  constexpr std::string_view kStops[] = {"，", "。", "、", "：", "；", ",",  "(",    ")",  "的",
                                         "在", "与", "为", "由", "对", "和", "依托", "了", " "};
  constexpr size_t kLengthMin = 2, kLengthMax = 24;
  for (std::string_view suffix : kSuffixes) {
    if (text.compare(at, suffix.size(), suffix) != 0) continue;
    size_t from = 0;
    for (std::string_view stop : kStops) {
      const size_t found = text.substr(0, at).rfind(stop);
      if (found != std::string_view::npos) from = std::max(from, found + stop.size());
    }
    const size_t length = count_code_points(text.substr(from, at - from));
    if (length < kLengthMin || length > kLengthMax) return std::nullopt;
    Mention out{from, at + suffix.size(), {}, false};
    out.subject.name = std::string(text.substr(from, out.to - from));
    return out;
  }
  return std::nullopt;
}

std::vector<Mention> Subjects::mentions_in(std::string_view text, size_t story,
                                           std::span<const Subject> earlier) const {
  constexpr std::string_view kTails[] = {"有限公司", "股份公司", "公司", "集团"};
  std::vector<Mention> out;
  std::vector<Subject> known(earlier.begin(), earlier.end());
  for (size_t at = 0; at < text.size();) {
    std::optional<Mention> found;
    if (const Name* name = name_at(text, at, story)) {
      found = Mention{at, at + name->text.size(), name->subject, false};
      for (std::string_view tail : kTails) {
        const bool has_tail = text.compare(found->to, tail.size(), tail) == 0;
        if (has_tail && is_company(found->subject)) found->to += tail.size();
      }
    } else if (auto pronoun = pronoun_at(text, at, story, known)) {
      found = pronoun;
    } else {
      found = stranger_at(text, at);
      // A word inside the company's name speaks of nothing else: 光电 of 星河光电有限公司.
      const bool is_inside = found && !out.empty() && out.back().from > found->from &&
                             out.back().subject.kind == Subject::Kind::record &&
                             !is_company(out.back().subject);
      if (is_inside) out.pop_back();
      const bool overlaps = found && !out.empty() && found->from < out.back().to;
      if (overlaps) found.reset();
    }
    if (!found) {
      at += length_at(text, at);
      continue;
    }
    found->is_oblique = ends_with_any(text.substr(0, found->from), kPrepositions);
    at = found->to;
    known.push_back(found->subject);
    out.push_back(std::move(*found));
  }
  return out;
}

// “某某有限公司(以下简称“某某”)”: the short name stands for what is named before the bracket.
void Subjects::find_introduced() {
  constexpr std::string_view kWords[] = {"(以下简称", "(下称", "(简称"};
  for (const Sentence& sentence : sentences_) {
    for (std::string_view word : kWords) {
      for (size_t at = sentence.text.find(word); at != std::string::npos;
           at = sentence.text.find(word, at + 1)) {
        const size_t from = at + word.size(), end = sentence.text.find(')', from);
        if (end == std::string::npos) break;
        const std::string left = sentence.text.substr(0, at);
        auto mentions = mentions_in(left, sentence.story, {});
        if (mentions.empty() || mentions.back().to != left.size()) continue;
        add(introduced_[sentence.story], sentence.text.substr(from, end - from),
            mentions.back().subject);
      }
    }
  }
}

void Subjects::find_mentions() {
  std::vector<Subject> known;
  for (size_t i = 0; i < sentences_.size(); ++i) {
    Sentence& sentence = sentences_[i];
    if (i > 0 && sentences_[i - 1].story != sentence.story) known.clear();
    sentence.mentions = mentions_in(sentence.text, sentence.story, known);
    for (const Mention& mention : sentence.mentions) known.push_back(mention.subject);
  }
}

}  // namespace wutong::page
