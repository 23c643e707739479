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

Result<Reading> read_text(std::string_view text, const ReadOptions& options) {
  if (text.size() > kTextBytesMax) {
    return fail(
        ErrorKind::too_large, "page.too_large",
        "文章超过 " + std::to_string(kTextBytesMax >> 20) + " MiB，请分篇核对",
        "the text is over " + std::to_string(kTextBytesMax >> 20) + " MiB; check it in parts");
  }
  Document document = cut(to_code_points(text));
  std::optional<int> year = document.year;
  if (!year && options.published) year = options.published->year();
  Reading reading;
  reading.stories = std::move(document.stories);
  for (const Paragraph& paragraph : document.paragraphs) {
    Carried carried;
    for (const Span& sentence : sentences_of(paragraph.text.chars)) {
      SentenceReader(paragraph, sentence, year, reading, carried).run();
      if (reading.claims.size() <= kClaimsMax) continue;
      std::string limit = std::to_string(kClaimsMax);
      return fail(ErrorKind::too_large, "page.too_many_claims",
                  "文章里的数超过 " + limit + " 处，请分篇核对",
                  "the text has over " + limit + " figures; check it in parts");
    }
  }
  return reading;
}

}  // namespace wutong::page
