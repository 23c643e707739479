// The text cut into stories, paragraphs, sentences and clauses, each character with its place in
// the file. Private to the folder.
#pragma once

#include <string>
#include <vector>

#include "domain/page/claim.hpp"

namespace wutong::page {

// Characters in the form that the grammar reads (half-width, one form of dash), with their places.
struct Text {
  std::u32string chars;
  std::vector<uint32_t> places;
  void append(char32_t c, size_t place);
  std::string slice(size_t from, size_t to) const;  // UTF-8
};

struct Paragraph {
  Text text;
  size_t story = 0;
  bool is_heading = false;
};

struct Document {
  std::vector<Story> stories;
  std::vector<Paragraph> paragraphs;
  std::optional<int> year;  // the newest year that the text names
};

Document cut(std::u32string_view text);

// Ends of sentences and clauses inside a paragraph: half-open spans.
struct Span {
  size_t from = 0;
  size_t to = 0;
};
std::vector<Span> sentences_of(const std::u32string& text);
std::vector<Span> clauses_of(const std::u32string& text, Span sentence);

}  // namespace wutong::page
