// Words of texts: Chinese characters one by one and in pairs, everything else in words, folded
// (full width, case). WordIndex finds the texts of a pool that hold a word; a pool only grows, so
// that nothing in it is ever wrong. Private to the folder.
#pragma once

#include <functional>
#include <map>

#include "core/record/query.hpp"

namespace wutong::record {

// What a text is found by.
void each_word(std::string_view text, const std::function<void(const std::string&)>& f);
// What is asked for: of Chinese the pairs, a single character where it stands alone; other words
// by how they begin. Each once.
std::vector<Word> words_asked(std::string_view q);
bool has_word(std::string_view text, const Word& word);

class WordIndex {
 public:
  // Learns the texts from where it stopped up to `count`.
  void learn(const State& state, size_t register_index, size_t field, size_t count);
  void each_text(const Word& word, const std::function<void(uint32_t)>& f) const;

 private:
  std::map<std::string, std::vector<uint32_t>, std::less<>> texts_;  // by word, ascending
  size_t count_ = 0;
};

}  // namespace wutong::record
