// Finding what stands for a number in a sentence: quantities, ordinals, words; names left alone.
#include "domain/page/impl/sentence.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/lexicon.hpp"

namespace wutong::page {

namespace {

constexpr size_t kReach = 120;  // how far back a number looks in its clause

bool is_boundary(std::u32string_view text) {
  constexpr std::u32string_view kMarks = U"，,、。；;！？）)”… :：";
  return text.empty() || kMarks.find(text.front()) != std::u32string_view::npos;
}

bool is_plain_ascii(char32_t c) { return c > U' ' && c < 0x7F; }

}  // namespace

SentenceReader::SentenceReader(const Paragraph& paragraph, Span sentence,
                               const TimeContext& context, Reading& reading, Carried& carried)
    : paragraph_(paragraph),
      sentence_(sentence),
      reading_(reading),
      carried_(carried),
      clauses_(clauses_of(paragraph.text.chars, sentence)),
      times_(find_times(paragraph.text.chars, sentence, context)),
      first_claim_(reading.claims.size()),
      last_end_(sentence.from) {}

void SentenceReader::run() {
  moods_ = moods_in(text(sentence_.from, sentence_.to));
  for (FoundMood& mood : moods_) mood.at += sentence_.from;
  for (const TimeWord& time : times_) {
    if (time.is_future) moods_.push_back({Mood::target, time.from});
  }
  std::sort(moods_.begin(), moods_.end(),
            [](const FoundMood& a, const FoundMood& b) { return a.at < b.at; });
  reading_.sentences.push_back(to_utf8(text(sentence_.from, sentence_.to)));
  reading_.sentence_places.push_back(
      {paragraph_.story, paragraph_.text.places.front(), paragraph_.is_heading});
  for (at_ = sentence_.from; at_ < sentence_.to;) {
    size_t at = at_;
    if (const TimeWord* time = time_at(at)) {
      at_ = time->to;
    } else if (!skip_name(at) && !read_ordinal(at) && !read_word_number(at) && !read_half(at) &&
               !read_doubling(at) && !read_quantity(at)) {
      ++at_;
    }
  }
  add_times();
  std::sort(reading_.claims.begin() + static_cast<std::ptrdiff_t>(first_claim_),
            reading_.claims.end(), [](const Claim& a, const Claim& b) {
              return std::pair(a.start, a.end) < std::pair(b.start, b.end);
            });
  add_lists();
  carry();
}

Span SentenceReader::clause_at(size_t at) const {
  auto found = std::upper_bound(clauses_.begin(), clauses_.end(), at,
                                [](size_t place, const Span& clause) { return place < clause.to; });
  return found == clauses_.end() ? sentence_ : *found;
}

std::u32string_view SentenceReader::before(size_t at) const {
  size_t from = clause_at(at).from;
  return text(at > from + kReach ? at - kReach : from, at);
}

std::u32string_view SentenceReader::after(size_t at) const {
  size_t to = at < sentence_.to ? clause_at(at).to : at;
  return text(at, std::min(to, at + kReach));
}

const TimeWord* SentenceReader::time_at(size_t at) const {
  auto found = std::upper_bound(times_.begin(), times_.end(), at,
                                [](size_t place, const TimeWord& time) { return place < time.to; });
  return found == times_.end() || at < found->from ? nullptr : &*found;
}

// Titles, addresses of the web, document numbers, codes with letters, set phrases.
bool SentenceReader::skip_name(size_t at) {
  constexpr size_t kTitleMax = 80;
  char32_t c = char_at(at);
  auto skip_to = [&](char32_t closing, size_t most) {
    size_t close = rest(at).substr(0, most).find(closing);
    if (close == std::u32string_view::npos) return false;
    at_ = at + close + 1;
    return true;
  };
  if (c == U'《') return skip_to(U'》', kTitleMax);
  if (c == U'〔' || c == U'〈') return skip_to(c == U'〔' ? U'〕' : U'〉', 20);
  if (is_letter(c)) {
    at_ = at;
    bool is_address = rest(at).starts_with(U"http") || rest(at).starts_with(U"www.");
    while (at_ < sentence_.to &&
           (is_address ? is_plain_ascii(char_at(at_)) : is_letter(char_at(at_)))) {
      ++at_;
    }
    bool is_code = !is_address && (char_at(at_) == U'-' || is_digit(char_at(at_)));
    if (is_code) {  // C919, PM2.5, ISO-9001
      while (at_ < sentence_.to && (is_letter(char_at(at_)) || is_digit(char_at(at_)) ||
                                    char_at(at_) == U'-' || char_at(at_) == U'.')) {
        ++at_;
      }
    }
    return true;
  }
  constexpr std::u32string_view kApproximate = U"近上超逾约过破数几";
  bool is_counted = kApproximate.find(char_before(at)) != std::u32string_view::npos &&
                    (c == U'百' || c == U'千' || c == U'万' || c == U'十');
  size_t length = is_counted ? 0 : idiom_at(rest(at));
  at_ = length > 0 ? at + length : at_;
  return length > 0;
}

// “20条”, “两山”: a number that is a name.
bool SentenceReader::is_enclosed(size_t from, size_t to) const {
  char32_t open = char_before(from), close = char_at(to);
  return (open == U'“' && close == U'”') || (open == U'「' && close == U'」') ||
         (open == U'‘' && close == U'’');
}

// 首家; 第一家 and 率先 where they pass a mark.
bool SentenceReader::read_first(size_t at) {
  constexpr std::u32string_view kFirst[] = {U"首家", U"首个", U"首座", U"首条", U"首例"};
  constexpr std::u32string_view kAtMarks[] = {U"第一家", U"第一个", U"第一座", U"率先"};
  for (std::u32string_view word : kFirst) {
    if (!rest(at).starts_with(word)) continue;
    add_word(at, at + word.size(), 1, Measure::ordinal, "rank");
    return true;
  }
  for (std::u32string_view word : kAtMarks) {
    if (!rest(at).starts_with(word) || !passes_mark(at + word.size())) continue;
    add_word(at, at + word.size(), 1, Measure::ordinal, "rank");
    return true;
  }
  return false;
}

// 外贸突破100亿元: a number stands right behind a verb of passing, in this clause.
bool SentenceReader::passes_mark(size_t at) const {
  const std::u32string_view clause = text(at, clause_at(at).to);
  return std::any_of(std::begin(kPassing), std::end(kPassing), [&](std::u32string_view verb) {
    const size_t found = clause.find(verb);
    return found != std::u32string_view::npos && numeral_at(at + found + verb.size()).has_value();
  });
}

// 第一, 第四个年头, 首批, 首家.
bool SentenceReader::read_ordinal(size_t at) {
  std::u32string_view from = rest(at);
  if (from.starts_with(U"首批")) {
    add_word(at, at + 2, 1, Measure::ordinal, "batch");
    return true;
  }
  if (read_first(at)) return true;
  if (!from.starts_with(U"第")) return false;
  auto numeral = numeral_at(at + 1);
  bool is_plain = numeral && numeral->spread == Spread::none && numeral->value.is_integer() &&
                  numeral->value < Decimal(100'000);
  if (!is_plain) return false;
  size_t end = at + 1 + numeral->length;
  auto value = static_cast<int64_t>(numeral->value.mantissa());
  at_ = end;
  if (rest(end).starts_with(U"个年头")) {
    add_word(at, end + 3, value, Measure::ordinal, "years");
    return true;
  }
  constexpr std::u32string_view kPlaces[] = {U"位列", U"位居", U"排名", U"居",   U"列",
                                             U"名列", U"排在", U"升至", U"跃升", U"上升到"};
  constexpr std::u32string_view kNoPlaces[] = {U"、第", U"季度", U"届", U"次", U"期", U"批"};
  if (starts_with_any(rest(end), kNoPlaces)) return true;
  if (rest(end).starts_with(U"大") && !rest(end).starts_with(U"大道")) {  // 第一大贸易伙伴
    add_word(at, end + 1, value, Measure::rank, "rank");
    return true;
  }
  constexpr std::u32string_view kAmong[] = {U"全国", U"全省", U"全市", U"全球", U"国内"};
  if (rest(end).starts_with(U"个") && ends_with_any(text(sentence_.from, at), kAmong)) {
    add_word(at, end + 1, value, Measure::rank, "rank");  // 全国第12个
    return true;
  }
  bool is_place =
      char_before(at) != U'比' && (contains_any(before(at), kPlaces) ||
                                   rest(end).starts_with(U"位") || rest(end).starts_with(U"名"));
  bool is_first_word = at <= clause_at(at).from || char_before(at) == U'比';
  if (is_place || (is_boundary(rest(end)) && !is_first_word)) {
    bool has_counter = rest(end).starts_with(U"位") || rest(end).starts_with(U"名");
    add_word(at, end + (has_counter ? 1 : 0), value, Measure::rank, "rank");
  }
  return true;
}

// 唯一, 两位数, 最快纪录.
bool SentenceReader::read_word_number(size_t at) {
  std::u32string_view from = rest(at);
  if (from.starts_with(U"唯一") && !from.starts_with(U"唯一性")) {
    const NounWord* noun = noun_at_or_after(text(at, clause_at(at).to));
    add_word(at, at + 2, 1, Measure::count, noun != nullptr ? std::string(noun->unit) : "items");
    return true;
  }
  constexpr std::pair<std::u32string_view, int64_t> kDigits[] = {
      {U"两位数", 10}, {U"双位数", 10}, {U"三位数", 100}};
  for (const auto& [word, value] : kDigits) {
    if (!from.starts_with(word)) continue;
    size_t end = at + word.size() + (rest(at + word.size()).starts_with(U"以上") ? 2 : 0);
    add_word(at, end, value, Measure::yoy, "percent", Qualifier::at_least);
    return true;
  }
  return read_record(at);
}

bool SentenceReader::read_record(size_t at) {
  std::u32string_view from = rest(at);
  bool is_record = from.starts_with(U"最快") &&
                   (from.substr(2).starts_with(U"纪录") || from.substr(2).starts_with(U"记录"));
  if (is_record) add_word(at, at + 4, 1, Measure::rank, "rank");
  return is_record;
}

}  // namespace wutong::page
