#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

std::string_view to_string(Measure measure) {
  switch (measure) {
    case Measure::money:
      return "money";
    case Measure::area:
      return "area";
    case Measure::count:
      return "count";
    case Measure::level:
      return "level";
    case Measure::rate:
      return "rate";
    case Measure::share:
      return "share";
    case Measure::yoy:
      return "yoy";
    case Measure::pp_change:
      return "pp_change";
    case Measure::pp_gap:
      return "pp_gap";
    case Measure::multiple:
      return "multiple";
    case Measure::rank:
      return "rank";
    case Measure::ordinal:
      return "ordinal";
    case Measure::duration:
      return "duration";
    case Measure::date:
      return "date";
    case Measure::period:
      return "period";
  }
  return "";
}

std::string_view to_string(Basis basis) {
  switch (basis) {
    case Basis::none:
      return "";
    case Basis::year_before:
      return "year_before";
    case Basis::period_before:
      return "period_before";
    case Basis::annual_average:
      return "annual_average";
    case Basis::two_year_average:
      return "two_year_average";
  }
  return "";
}

std::string_view to_string(Qualifier qualifier) {
  switch (qualifier) {
    case Qualifier::exact:
      return "exact";
    case Qualifier::odd:
      return "odd";
    case Qualifier::more_than:
      return "more_than";
    case Qualifier::over:
      return "over";
    case Qualifier::at_least:
      return "at_least";
    case Qualifier::at_most:
      return "at_most";
    case Qualifier::less_than:
      return "less_than";
    case Qualifier::nearly:
      return "nearly";
    case Qualifier::about:
      return "about";
    case Qualifier::as_much_as:
      return "as_much_as";
    case Qualifier::expected:
      return "expected";
    case Qualifier::target:
      return "target";
    case Qualifier::range:
      return "range";
  }
  return "";
}

namespace {

// The words as printed, without the line breaks and blanks between lines.
std::string quote_of(std::u32string_view text, const Claim& claim) {
  std::u32string out;
  bool is_at_break = false;
  for (char32_t c : text.substr(claim.start, claim.end - claim.start)) {
    bool is_break = c == U'\n' || c == U'\r';
    bool is_blank = c == U' ' || c == U'\t' || c == 0x3000;
    is_at_break = is_break || (is_at_break && is_blank);
    if (!is_at_break) out += c;
  }
  return to_utf8(out);
}

// What opens a part that tells plans: “二、2025年预算草案”, “主要目标：”. It goes on to the next
// title, behind a colon over the paragraphs of its list.
class Plans {
 public:
  Mood next(const Paragraph& paragraph) {
    constexpr size_t kLengthMax = 60;
    constexpr std::u32string_view kPlans[] = {U"目标", U"预算草案", U"计划草案", U"主要预期"};
    constexpr std::u32string_view kDone[] = {U"完成", U"实现", U"执行", U"达标"};
    const std::u32string_view text = paragraph.text.chars;
    const bool ends_in_colon = text.ends_with(U"：") || text.ends_with(U":");
    const bool is_item = text.starts_with(U"—") || text.starts_with(U"(") || text.starts_with(U"·");
    if (paragraph.is_heading || ends_in_colon) {
      is_on_ =
          text.size() <= kLengthMax && contains_any(text, kPlans) && !contains_any(text, kDone);
      is_list_ = !paragraph.is_heading;
      return Mood::fact;
    }
    // A list that begins in the line of its title.
    const size_t colon = text.substr(0, kLengthMax).find_first_of(U"：:");
    const std::u32string_view title = text.substr(0, colon == text.npos ? 0 : colon + 1);
    const bool opens = text.substr(title.size()).starts_with(U"—") && contains_any(title, kPlans) &&
                       !contains_any(title, kDone);
    if (opens) is_on_ = is_list_ = true;
    is_on_ = is_on_ && (!is_list_ || is_item || opens);
    return is_on_ ? Mood::target : Mood::fact;
  }

 private:
  bool is_on_ = false, is_list_ = false;
};

}  // namespace

Result<Reading> read_text(std::string_view text, const ReadOptions& options) {
  if (text.size() > kTextBytesMax) {
    return fail(
        ErrorKind::too_large, "page.too_large",
        "文章超过 " + std::to_string(kTextBytesMax >> 20) + " MiB，请分篇核对",
        "the text is over " + std::to_string(kTextBytesMax >> 20) + " MiB; check it in parts");
  }
  const std::u32string chars = to_code_points(text);
  Document document = cut(chars);
  TimeContext context{document.year, {}, options.published};
  if (!context.year && options.published) context.year = options.published->year();
  Reading reading;
  reading.stories = std::move(document.stories);
  std::optional<Period> of_heading;  // what the story's heading speaks of
  size_t story = 0;
  Plans plans;
  for (const Paragraph& paragraph : document.paragraphs) {
    Carried carried;
    carried.section = carried.mood = plans.next(paragraph);
    if (paragraph.story != story) of_heading.reset();
    story = paragraph.story;
    if (!paragraph.is_heading && of_heading) {
      carried.period = of_heading;
      carried.year = of_heading->year();
    }
    for (const Span& sentence : sentences_of(paragraph.text.chars)) {
      context.named = carried.year;
      SentenceReader(paragraph, sentence, context, reading, carried).run();
      if (reading.claims.size() <= kClaimsMax) continue;
      std::string limit = std::to_string(kClaimsMax);
      return fail(ErrorKind::too_large, "page.too_many_claims",
                  "文章里的数超过 " + limit + " 处，请分篇核对",
                  "the text has over " + limit + " figures; check it in parts");
    }
    if (paragraph.is_heading && carried.period) of_heading = carried.period;
  }
  for (Claim& claim : reading.claims) claim.quote = quote_of(chars, claim);
  return reading;
}

}  // namespace wutong::page
