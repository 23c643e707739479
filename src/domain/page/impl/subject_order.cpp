// Of which subject a claim speaks: by clause, sentence, quotation, paragraph and heading.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

namespace {

constexpr std::string_view kSpeech[] = {"说",   "介绍", "表示", "回忆", "告诉", "指出",
                                        "透露", "认为", "坦言", "称",   "强调"};

// The commonest surnames; a name without one of them is not taken for a person's.
constexpr std::u32string_view kSurnames =
    U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾"
    U"丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    U"尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿"
    U"梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    U"薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴尚褚";

bool ends_as_place(std::u32string_view name) {
  constexpr std::u32string_view kEnds = U"区司局委部院市省县会厅所校园镇村处队组办";
  return kEnds.find(name.back()) != std::u32string_view::npos;
}

// The person's name that ends `left`; empty if none does.
std::string name_before(std::string_view left) {
  const std::u32string text = to_code_points(left);
  for (size_t length : {size_t{3}, size_t{2}}) {
    if (text.size() < length) continue;
    const std::u32string_view name = std::u32string_view(text).substr(text.size() - length);
    const bool is_han = std::all_of(name.begin(), name.end(),
                                    [](char32_t c) { return c >= 0x4E00 && c <= 0x9FFF; });
    if (!is_han || kSurnames.find(name.front()) == std::u32string_view::npos) continue;
    if (!ends_as_place(name)) return to_utf8(name);
  }
  return {};
}

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// 我 alone, and 她 or 他: a person speaks of himself or is spoken of.
bool has_personal_pronoun(std::string_view text) {
  constexpr std::string_view kNot[] = {"我们", "我国", "我省", "我市", "我区", "我县", "我院",
                                       "自我", "她们", "他们", "其他", "他人", "吉他"};
  std::string rest(text);
  for (std::string_view word : kNot) {
    for (size_t at = rest.find(word); at != std::string::npos; at = rest.find(word)) {
      rest.erase(at, word.size());
    }
  }
  return holds(rest, "我") || holds(rest, "她") || holds(rest, "他");
}

void append_once(std::vector<Subject>& out, const Subject& subject) {
  if (std::find(out.begin(), out.end(), subject) == out.end()) out.push_back(subject);
}

}  // namespace

// Persons are known by what they say. Whom they speak for is named before them where they are
// introduced.
void Subjects::find_persons() {
  for (const Sentence& sentence : sentences_) {
    for (std::string_view verb : kSpeech) {
      for (size_t at = sentence.text.find(verb); at != std::string::npos;
           at = sentence.text.find(verb, at + verb.size())) {
        const std::string name = name_before(std::string_view(sentence.text).substr(0, at));
        if (name.empty()) continue;
        auto& whose = persons_[sentence.story].try_emplace(name).first->second;
        for (const Mention& mention : sentence.mentions) {
          if (mention.to + name.size() <= at && !whose) whose = mention.subject;
        }
      }
    }
  }
}

size_t Subjects::place_of(const Claim& claim) const {
  const std::string& text = sentences_[claim.sentence].text;
  const std::string left = fold_name(claim.before), rest = fold_name(claim.quote + claim.after);
  const size_t at = text.find(left + rest);
  if (at != std::string::npos) return at + left.size();
  const size_t quote = text.find(fold_name(claim.quote));
  return quote != std::string::npos ? quote : text.size();
}

bool Subjects::is_about_person(size_t index) const {
  const Claim& claim = reading_.claims[index];
  const std::string& text = sentences_[claim.sentence].text;
  if (has_personal_pronoun(text)) return true;
  for (const auto& [name, whose] : persons_[claim.story]) {
    for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const std::string_view after = std::string_view(text).substr(at + name.size());
      const bool speaks =
          std::any_of(std::begin(kSpeech), std::end(kSpeech),
                      [&](std::string_view verb) { return after.starts_with(verb); });
      if (!speaks) return true;
    }
  }
  return false;
}

// Between quotation marks that its paragraph opened before it.
bool Subjects::is_quoted(const Claim& claim) const {
  int open = 0;
  const auto count = [&](std::string_view text) {
    for (size_t at = text.find("“"); at != std::string_view::npos; at = text.find("“", at + 1))
      ++open;
    for (size_t at = text.find("”"); at != std::string_view::npos; at = text.find("”", at + 1))
      --open;
  };
  for (const std::string& clause : claim.earlier) count(clause);
  count(claim.before);
  return open > 0;
}

void Subjects::add_speaker(const Claim& claim, std::vector<Subject>& out) const {
  const Sentence& own = sentences_[claim.sentence];
  for (size_t i = claim.sentence; i < sentences_.size(); ++i) {
    const Sentence& sentence = sentences_[i];
    if (sentence.story != own.story || sentence.paragraph != own.paragraph) break;
    const size_t from = i == claim.sentence ? place_of(claim) : 0;
    for (const auto& [name, whose] : persons_[own.story]) {
      if (whose && sentence.text.find(name, from) != std::string::npos) append_once(out, *whose);
    }
  }
}

// Nearest first: of this paragraph, or of those before it.
void Subjects::add_earlier(const Claim& claim, bool same_paragraph,
                           std::vector<Subject>& out) const {
  const Sentence& own = sentences_[claim.sentence];
  for (size_t i = claim.sentence; i > 0; --i) {
    const Sentence& sentence = sentences_[i - 1];
    if (sentence.story != own.story) break;
    if ((sentence.paragraph == own.paragraph) != same_paragraph) {
      if (same_paragraph) break;
      continue;
    }
    for (auto mention = sentence.mentions.rbegin(); mention != sentence.mentions.rend();
         ++mention) {
      if (!mention->is_oblique) append_once(out, mention->subject);
    }
  }
}

std::vector<Subject> Subjects::of(size_t index) const {
  const Claim& claim = reading_.claims[index];
  const Sentence& sentence = sentences_[claim.sentence];
  const size_t place = place_of(claim);
  const size_t clause = place - std::min(place, fold_name(claim.before).size());
  std::vector<Subject> out;
  const bool is_quoted_claim = is_quoted(claim);
  for (bool is_oblique : {false, true}) {
    for (auto at = sentence.mentions.rbegin(); at != sentence.mentions.rend(); ++at) {
      const bool is_in_clause = at->from >= clause && at->to <= place;
      if (is_in_clause && at->is_oblique == is_oblique) append_once(out, at->subject);
    }
  }
  for (auto at = sentence.mentions.rbegin(); at != sentence.mentions.rend(); ++at) {
    if (at->to <= clause && !at->is_oblique) append_once(out, at->subject);
  }
  if (is_quoted_claim) add_speaker(claim, out);
  add_earlier(claim, true, out);
  for (bool is_oblique : {false, true}) {
    for (const Mention& mention : sentence.mentions) {
      if (mention.from >= place && mention.is_oblique == is_oblique) {
        append_once(out, mention.subject);
      }
    }
  }
  add_earlier(claim, false, out);
  if (const auto zone = story_zones_[claim.story]) {
    Subject subject;
    subject.kind = Subject::Kind::zone;
    subject.zone = *zone;
    subject.name = zones_[*zone].catalog->zone.name.zh;
    append_once(out, subject);
  }
  return out;
}

Subjects::Before Subjects::before(size_t index) const {
  const Claim& claim = reading_.claims[index];
  const Sentence& sentence = sentences_[claim.sentence];
  Before out{sentence.text.substr(0, place_of(claim)), 0};
  for (const Mention& mention : sentence.mentions) {
    const bool counts = !mention.is_oblique && mention.to <= out.text.size();
    if (counts) out.named = std::max(out.named, mention.to);
  }
  return out;
}

std::vector<Subject> Subjects::in_sentence(size_t index) const {
  std::vector<Subject> out;
  for (const Mention& mention : sentences_[reading_.claims[index].sentence].mentions) {
    append_once(out, mention.subject);
  }
  return out;
}

}  // namespace wutong::page
