#include "domain/page/impl/document.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/numeral.hpp"
#include "domain/page/impl/simplified.hpp"

namespace wutong::page {

namespace {

// Full-width forms to ASCII, except the marks that end clauses; one form of dash and blank.
char32_t normal_form(char32_t c) {
  constexpr std::u32string_view kKept = U"，；：？！";
  if (c >= 0xFF01 && c <= 0xFF5E && kKept.find(c) == std::u32string_view::npos) return c - 0xFEE0;
  if (c == 0x3000 || c == U'\t' || c == 0xA0) return U' ';
  if (c == U'–' || c == U'―' || c == U'－') return U'—';
  if (c == U'～' || c == U'〜') return U'~';
  if (c == U'−') return U'-';
  return simplified(c);
}

// A full-width comma between full-width digits groups them as an ASCII one does: １，２３６; also
// where a line ends in between.
bool is_wide_group(std::u32string_view text, size_t at) {
  if (text[at] != U'，') return false;
  const auto is_wide_digit = [&](size_t i) { return text[i] >= U'０' && text[i] <= U'９'; };
  const auto is_blank = [&](size_t i) {
    return text[i] == U'\n' || text[i] == U'\r' || text[i] == U' ' || text[i] == U'\t';
  };
  size_t left = at, digits = 0;
  while (left > 0 && is_blank(left - 1)) --left;
  if (left == 0 || !is_wide_digit(left - 1)) return false;
  bool has_blank = left < at, has_break = text.substr(left, at - left).find(U'\n') != text.npos;
  for (size_t right = at + 1; right < text.size() && digits < 4; ++right) {
    if (is_blank(right)) {
      has_blank = true;
      has_break = has_break || text[right] == U'\n';
      continue;
    }
    if (!is_wide_digit(right)) break;
    ++digits;
  }
  return digits == 3 && (!has_blank || has_break);
}

// "一、综合", "（二）工业", "3. 投资": the title of a part, in a line of its own.
bool is_numbered_title(std::u32string_view line) {
  constexpr size_t kLengthMax = 24;
  constexpr std::u32string_view kNumbers = U"一二三四五六七八九十";
  constexpr std::u32string_view kMarks = U"，。；：！？,;:!?";
  if (line.size() > kLengthMax || line.find_first_of(kMarks) != std::u32string_view::npos) {
    return false;
  }
  size_t at = line.starts_with(U"（") || line.starts_with(U"(") ? 1 : 0;
  size_t numbers = 0;
  while (at < line.size() && kNumbers.find(line[at]) != std::u32string_view::npos) ++at, ++numbers;
  constexpr std::u32string_view kClosing = U"、）)";
  return numbers > 0 && at + 1 < line.size() &&
         kClosing.find(line[at]) != std::u32string_view::npos;
}

struct Line {
  size_t from = 0;
  size_t to = 0;
};

std::vector<Line> lines_of(std::u32string_view text) {
  std::vector<Line> lines;
  size_t from = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != U'\n') continue;
    Line line{from, i};
    while (line.from < line.to && (text[line.from] <= U' ' || text[line.from] == 0x3000))
      ++line.from;
    while (line.to > line.from && (text[line.to - 1] <= U' ' || text[line.to - 1] == 0x3000))
      --line.to;
    if (line.to > line.from) lines.push_back(line);
    from = i + 1;
  }
  return lines;
}

int heading_level(std::u32string_view line) {
  size_t level = 0;
  while (level < line.size() && line[level] == U'#') ++level;
  return level <= 6 ? static_cast<int>(level) : 0;
}

// Captions, credits and bylines are not running text.
bool is_aside(std::u32string_view line) {
  constexpr std::u32string_view kCredits[] = {U"摄", U"供图", U"绘", U"制图"};
  constexpr size_t kCreditLength = 12;
  if (line.starts_with(U"◎") || line.starts_with(U"图为")) return true;
  return line.size() <= kCreditLength &&
         std::any_of(std::begin(kCredits), std::end(kCredits),
                     [&](std::u32string_view credit) { return line.ends_with(credit); });
}

// A paragraph that a column or picture broke goes on in the next one.
bool is_finished(std::u32string_view text) {
  constexpr std::u32string_view kEnds = U"。！？…!?.";
  constexpr std::u32string_view kClosing = U"”’」』)）";
  while (!text.empty() && kClosing.find(text.back()) != std::u32string_view::npos) {
    text.remove_suffix(1);
  }
  if (text.empty()) return true;
  bool is_in_number = text.size() > 1 && text.back() == U'.' && is_digit(text[text.size() - 2]);
  return !is_in_number && kEnds.find(text.back()) != std::u32string_view::npos;
}

class Cutter {
 public:
  explicit Cutter(std::u32string_view text) : text_(text), lines_(lines_of(text)) {}

  Document run() {
    for (size_t i = 0; i < lines_.size(); ++i) take(i);
    if (document_.stories.empty()) document_.stories.emplace_back();
    for (Paragraph& paragraph : document_.paragraphs) {
      document_.stories[paragraph.story].text +=
          paragraph.text.slice(0, paragraph.text.chars.size()) + "\n";
      note_years(paragraph.text.chars);
    }
    return std::move(document_);
  }

 private:
  std::u32string_view line(size_t i) const {
    return text_.substr(lines_[i].from, lines_[i].to - lines_[i].from);
  }

  void take(size_t i) {
    std::u32string_view content = line(i);
    int level = heading_level(content);
    if (level > 0) {
      take_heading(i, level);
    } else if (is_numbered_title(content)) {
      if (document_.stories.empty()) begin_story(content);
      add_paragraph(true);
      copy(lines_[i].from, lines_[i].to);
    } else if (!is_aside(content)) {
      bool is_title = document_.paragraphs.empty() && content.size() < 40 && !is_finished(content);
      if (document_.stories.empty()) begin_story(content);
      bool goes_on = !document_.paragraphs.empty() && !document_.paragraphs.back().is_heading &&
                     !is_finished(document_.paragraphs.back().text.chars);
      if (!goes_on) add_paragraph(is_title);
      copy(lines_[i].from, lines_[i].to);
    }
  }

  // A heading right above a deeper one names a section of the page; each deeper one is a story
  // then.
  void take_heading(size_t i, int level) {
    bool is_section = i + 1 < lines_.size() && heading_level(line(i + 1)) > level;
    if (is_section && level > 1) {
      story_level_ = level + 1;
      return;
    }
    if (level < story_level_) story_level_ = level == 1 ? 1 : story_level_;
    auto from = static_cast<size_t>(level);
    while (from < line(i).size() && line(i)[from] == U' ') ++from;
    if (level <= story_level_ || document_.stories.empty()) {
      begin_story(line(i).substr(from));
      story_level_ = std::max(1, level);
    }
    add_paragraph(true);
    copy(lines_[i].from + from, lines_[i].to);
  }

  void begin_story(std::u32string_view heading) {
    constexpr size_t kHeadingMax = 80;
    document_.stories.push_back({to_utf8(heading.substr(0, kHeadingMax)), {}});
  }

  void add_paragraph(bool is_heading) {
    document_.paragraphs.push_back({{}, document_.stories.size() - 1, is_heading});
  }

  void copy(size_t from, size_t to) {
    Text& out = document_.paragraphs.back().text;
    for (size_t i = from; i < to; ++i) {
      char32_t c = is_wide_group(text_, i) ? U',' : normal_form(text_[i]);
      if (c == U'\r' || c == U'\n') continue;
      out.append(c, i);
    }
  }

  // 到2030年, 预计2026年: what is to come is not the year of the text.
  static bool is_goal(std::u32string_view before) {
    for (std::u32string_view word : {U"到", U"至", U"—", U"-", U"~", U"预计", U"预期", U"力争",
                                     U"争取", U"计划", U"规划", U"有望", U"目标是"}) {
      if (before.ends_with(word)) return true;
    }
    return false;
  }

  void note_years(const std::u32string& chars) {
    for (size_t i = 0; i + 4 < chars.size(); ++i) {
      bool is_year = !is_goal(std::u32string_view(chars).substr(0, i)) && chars[i + 4] == U'年' &&
                     (chars[i] == U'1' || chars[i] == U'2') &&
                     std::all_of(chars.begin() + static_cast<std::ptrdiff_t>(i),
                                 chars.begin() + static_cast<std::ptrdiff_t>(i + 4), is_digit);
      if (!is_year) continue;
      int year = 0;
      for (size_t k = 0; k < 4; ++k) year = year * 10 + static_cast<int>(chars[i + k] - U'0');
      if (year >= 1949 && year <= 2100 && (!document_.year || year > *document_.year)) {
        document_.year = year;
      }
    }
  }

  std::u32string_view text_;
  std::vector<Line> lines_;
  Document document_;
  int story_level_ = 1;
};

std::vector<Span> split_at(const std::u32string& text, Span whole, std::u32string_view marks) {
  std::vector<Span> spans;
  size_t from = whole.from;
  for (size_t i = whole.from; i < whole.to; ++i) {
    if (marks.find(text[i]) == std::u32string_view::npos || is_group_comma(text, i)) continue;
    spans.push_back({from, i + 1});
    from = i + 1;
  }
  if (from < whole.to) spans.push_back({from, whole.to});
  return spans;
}

}  // namespace

void Text::append(char32_t c, size_t place) {
  chars += c;
  places.push_back(static_cast<uint32_t>(place));
}

std::string Text::slice(size_t from, size_t to) const {
  return to_utf8(std::u32string_view(chars).substr(from, to - from));
}

Document cut(std::u32string_view text) { return Cutter(text).run(); }

std::vector<Span> sentences_of(const std::u32string& text) {
  constexpr size_t kLengthMax = 2000;  // bounds the work for text without marks
  std::vector<Span> out;
  for (Span span : split_at(text, {0, text.size()}, U"。！？；!?")) {
    for (; span.to - span.from > kLengthMax;) {
      size_t to = span.from + kLengthMax;
      while (to > span.from + kLengthMax / 2 && is_digit(text[to - 1])) --to;  // not in a number
      out.push_back({span.from, to});
      span.from = to;
    }
    out.push_back(span);
  }
  return out;
}

std::vector<Span> clauses_of(const std::u32string& text, Span sentence) {
  return split_at(text, sentence, U"，,：;。！？；…");
}

}  // namespace wutong::page
