// Finding the numbers of a sentence.
#include "domain/page/impl/sentence.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::page {

namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_boundary(std::u32string_view text) {
  constexpr std::u32string_view kMarks = U"，,、。；;！？）)”… ";
  return text.empty() || kMarks.find(text.front()) != std::u32string_view::npos;
}

}  // namespace

SentenceReader::SentenceReader(const Paragraph& paragraph, Span sentence, std::optional<int> year,
                               Reading& reading, Carried& carried)
    : paragraph_(paragraph),
      sentence_(sentence),
      year_(year),
      reading_(reading),
      carried_(carried),
      clauses_(clauses_of(paragraph.text.chars, sentence)),
      times_(find_times(paragraph.text.chars, sentence, year)),
      first_claim_(reading.claims.size()) {}

void SentenceReader::run() {
  reading_.sentences.push_back(to_utf8(text(sentence_.from, sentence_.to)));
  for (at_ = sentence_.from; at_ < sentence_.to;) {
    if (const TimeWord* time = time_at(at_)) {
      at_ = time->to;
    } else if (!read_quantity(at_)) {
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
  for (const Span& clause : clauses_) {
    if (at >= clause.from && at < clause.to) return clause;
  }
  return sentence_;
}

const TimeWord* SentenceReader::time_at(size_t at) const {
  for (const TimeWord& time : times_) {
    if (at >= time.from && at < time.to) return &time;
  }
  return nullptr;
}

// Reads what begins at `at`; true when at_ was moved past something.
bool SentenceReader::read_quantity(size_t at) {
  if (size_t length = idiom_at(rest(at)); length > 0) {
    at_ = at + length;
    return true;
  }
  bool is_in_number = at > sentence_.from && is_digit(paragraph_.text.chars[at - 1]);
  if (is_in_number && is_digit(paragraph_.text.chars[at])) return false;
  if (read_percent_words(at) || read_ordinal(at) || read_word_number(at)) return true;
  Quantity quantity;
  quantity.from = at;
  if (!read_number(at, quantity)) return false;
  size_t after_number = quantity.to;
  if (read_unit(quantity)) {
    add(std::move(quantity));
  } else {
    at_ = after_number;
  }
  return true;
}

bool SentenceReader::read_number(size_t at, Quantity& quantity) {
  bool is_inside = at > sentence_.from && (is_digit(paragraph_.text.chars[at - 1]) ||
                                           is_letter(paragraph_.text.chars[at - 1]));
  auto numeral = is_inside ? std::nullopt : read_numeral(rest(at), 0);
  if (!numeral) return false;
  quantity.numeral = *numeral;
  quantity.to = at + numeral->length;
  bool is_article = numeral->is_chinese && numeral->length == 1 && numeral->value == Decimal(1);
  bool is_vague = at > sentence_.from && (paragraph_.text.chars[at - 1] == U'数' ||
                                          paragraph_.text.chars[at - 1] == U'几' ||
                                          paragraph_.text.chars[at - 1] == U'上');
  if (is_article || (is_vague && numeral->is_chinese)) {
    quantity.to = at + numeral->length;
    at_ = quantity.to;
    return false;
  }
  std::u32string_view next = rest(quantity.to);
  if (next.starts_with(U"余") || next.starts_with(U"多") || next.starts_with(U"来")) {
    quantity.is_odd = true;
    ++quantity.to;
    next = rest(quantity.to);
    int64_t factor = next.starts_with(U"万") ? 10'000 : (next.starts_with(U"亿") ? 100'000'000 : 1);
    if (factor > 1) {
      for (Decimal* part : {&quantity.numeral.value, &quantity.numeral.step,
                            &quantity.numeral.round_step, &quantity.numeral.leading_step}) {
        if (auto product = mul(*part, Decimal(factor))) *part = *product;
      }
      ++quantity.to;
    }
  }
  // 5%—8%, 三至五
  size_t from = quantity.to + (rest(quantity.to).starts_with(U"%") ? 1 : 0);
  constexpr std::u32string_view kDashes = U"—-~至到";
  bool is_range =
      from < sentence_.to && kDashes.find(paragraph_.text.chars[from]) != std::u32string_view::npos;
  if (is_range) {
    auto upper = read_numeral(rest(from + 1), 0);
    if (upper && upper->value > quantity.numeral.value) {
      quantity.upper = upper;
      quantity.to = from + 1 + upper->length;
    }
  }
  return true;
}

bool SentenceReader::read_unit(Quantity& quantity) {
  const UnitWord* word = unit_at(rest(quantity.to));
  if (word == nullptr) return false;
  quantity.measure = word->measure;
  std::u32string_view counter = word->word;
  quantity.to += counter.size();
  quantity.unit = word->unit.empty() ? counted_unit(quantity, counter) : std::string(word->unit);
  if (counter == U"万平方米") {
    for (Decimal* part : {&quantity.numeral.value, &quantity.numeral.step,
                          &quantity.numeral.round_step, &quantity.numeral.leading_step}) {
      if (auto product = mul(*part, Decimal(10'000))) *part = *product;
    }
  }
  return !quantity.unit.empty();
}

// What a counter counts: the noun after it, else the one before, else what the counter suggests.
std::string SentenceReader::counted_unit(const Quantity& quantity,
                                         std::u32string_view counter) const {
  constexpr size_t kReach = 12;
  if (counter == U"名" || counter == U"位") return "persons";
  std::u32string_view after = rest(quantity.to).substr(0, kReach);
  size_t end = after.find_first_of(U"，,、。；;：:（(）)0123456789");
  if (const NounWord* noun = noun_at_or_after(after.substr(0, end))) return std::string(noun->unit);
  size_t from = clause_at(quantity.from).from;
  std::u32string_view clause = text(from, quantity.from);
  size_t mark = clause.find_last_of(U"、0123456789");
  if (mark != std::u32string_view::npos) clause.remove_prefix(mark + 1);
  const NounWord* noun = noun_in(clause);
  if (noun != nullptr && counter != U"条") return std::string(noun->unit);
  if (counter == U"家" || counter == U"户") return "enterprises";
  if (counter == U"所") return "universities";
  return "items";
}

// 百分之七十, 三成, 三分之一, 翻两番.
bool SentenceReader::read_percent_words(size_t at) {
  std::u32string_view from = rest(at);
  Quantity quantity;
  quantity.from = at;
  quantity.unit = "percent";
  quantity.measure = Measure::rate;
  if (from.starts_with(U"百分之")) {
    auto numeral = read_numeral(from, 3);
    if (!numeral) return false;
    quantity.numeral = *numeral;
    quantity.to = at + 3 + numeral->length;
    add(std::move(quantity));
    return true;
  }
  auto numeral = read_numeral(from, 0);
  if (numeral && from.substr(numeral->length).starts_with(U"成") && numeral->value < Decimal(10) &&
      is_boundary(from.substr(numeral->length + 1).substr(0, 1))) {
    quantity.numeral = *numeral;
    for (Decimal* part : {&quantity.numeral.value, &quantity.numeral.step,
                          &quantity.numeral.round_step, &quantity.numeral.leading_step}) {
      *part = *mul(*part, Decimal(10));
    }
    quantity.to = at + numeral->length + 1;
    add(std::move(quantity));
    return true;
  }
  return false;
}

// 第一, 第四个年头, 首批, 首家.
bool SentenceReader::read_ordinal(size_t at) {
  std::u32string_view from = rest(at);
  if (from.starts_with(U"首批")) {
    add_word(at, at + 2, 1, Measure::ordinal, "batch");
    return true;
  }
  if (from.starts_with(U"首家") || from.starts_with(U"首个") || from.starts_with(U"首座")) {
    add_word(at, at + 2, 1, Measure::ordinal, "rank");
    return true;
  }
  if (!from.starts_with(U"第")) return false;
  auto numeral = read_numeral(from, 1);
  if (!numeral || !numeral->value.is_integer()) return false;
  size_t end = at + 1 + numeral->length;
  auto value = static_cast<int64_t>(numeral->value.mantissa());
  at_ = end;
  if (rest(end).starts_with(U"个年头")) {
    add_word(at, end + 3, value, Measure::ordinal, "years");
    return true;
  }
  constexpr std::u32string_view kPlaces[] = {U"位列", U"位居", U"排名", U"居", U"列", U"名列"};
  bool is_place = contains_any(before(at), kPlaces) || rest(end).starts_with(U"位") ||
                  rest(end).starts_with(U"名");
  if (is_place || (is_boundary(rest(end)) && at > clause_at(at).from)) {
    add_word(at, end, value, Measure::rank, "rank");
  }
  return true;
}

// 唯一, 两位数, 最快纪录.
bool SentenceReader::read_word_number(size_t at) {
  std::u32string_view from = rest(at);
  if (from.starts_with(U"唯一")) {
    const NounWord* noun = noun_at_or_after(text(at, clause_at(at).to));
    add_word(at, at + 2, 1, Measure::count, noun != nullptr ? std::string(noun->unit) : "items");
    return true;
  }
  constexpr std::pair<std::u32string_view, int64_t> kDigits[] = {{U"两位数", 10}, {U"三位数", 100}};
  for (const auto& [word, value] : kDigits) {
    if (!from.starts_with(word)) continue;
    size_t end = at + word.size() + (rest(at + word.size()).starts_with(U"以上") ? 2 : 0);
    add_word(at, end, value, Measure::yoy, "percent", Qualifier::at_least);
    return true;
  }
  bool is_record = from.starts_with(U"最快") &&
                   (from.substr(2).starts_with(U"纪录") || from.substr(2).starts_with(U"记录"));
  if (is_record) add_word(at, at + 4, 1, Measure::rank, "rank");
  return is_record;
}

}  // namespace wutong::page
