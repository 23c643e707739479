#include "core/record/impl/words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::record {

namespace {

bool is_letter(char32_t c) {  // of a script that writes words apart
  const bool is_ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_ascii || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}

bool is_character(char32_t c) {  // Chinese, Japanese, Korean
  return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c < 0xD7B0) ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000);
}

// Calls f(run, is_characters) for each run of letters or of characters.
template <typename F>
void each_run(std::string_view text, F&& f) {
  const std::u32string points = to_code_points(fold(text));
  for (size_t i = 0; i < points.size();) {
    const bool is_han = is_character(points[i]);
    size_t end = i + 1;
    if (!is_han && !is_letter(points[i])) {
      ++i;
      continue;
    }
    while (end < points.size() && (is_han ? is_character(points[end]) : is_letter(points[end]))) {
      ++end;
    }
    f(std::u32string_view(points).substr(i, end - i), is_han);
    i = end;
  }
}

}  // namespace

void each_word(std::string_view text, const std::function<void(const std::string&)>& f) {
  each_run(text, [&](std::u32string_view run, bool is_han) {
    if (!is_han) return f(to_utf8(run));
    for (size_t i = 0; i < run.size(); ++i) {
      f(to_utf8(run.substr(i, 1)));
      if (i + 1 < run.size()) f(to_utf8(run.substr(i, 2)));
    }
  });
}

std::vector<Word> words_asked(std::string_view q) {
  std::vector<Word> out;
  each_run(q, [&](std::u32string_view run, bool is_han) {
    if (!is_han || run.size() == 1) out.push_back({to_utf8(run), is_han});
    for (size_t i = 0; is_han && i + 1 < run.size(); ++i) {
      out.push_back({to_utf8(run.substr(i, 2)), true});
    }
  });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool has_word(std::string_view text, const Word& word) {
  bool is_there = false;
  each_word(text, [&](const std::string& found) {
    is_there = is_there || (word.is_whole ? found == word.text : found.starts_with(word.text));
  });
  return is_there;
}

void WordIndex::learn(const State& state, size_t register_index, size_t field, size_t count) {
  for (; count_ < count; ++count_) {
    const auto id = static_cast<uint32_t>(count_);
    each_word(state.text(register_index, field, id), [&](const std::string& word) {
      std::vector<uint32_t>& texts = texts_[word];
      if (texts.empty() || texts.back() != id) texts.push_back(id);
    });
  }
}

void WordIndex::each_text(const Word& word, const std::function<void(uint32_t)>& f) const {
  for (auto at = texts_.lower_bound(word.text); at != texts_.end(); ++at) {
    const bool is_it = word.is_whole ? at->first == word.text : at->first.starts_with(word.text);
    if (!is_it) break;
    for (uint32_t id : at->second) f(id);
  }
}

}  // namespace wutong::record
