// Tables of words looked up by what a text begins with: the longest word wins. Built once for each
// table, constant afterwards, safe on any thread. Private to the folder.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace wutong::page {

// `Word` has a member `word`; the table must outlive the index.
template <class Word>
class WordIndex {
 public:
  explicit WordIndex(std::span<const Word> table) {
    for (const Word& each : table) sorted_.push_back(&each);
    std::sort(sorted_.begin(), sorted_.end(), [](const Word* a, const Word* b) {
      if (a->word.front() != b->word.front()) return a->word.front() < b->word.front();
      return a->word.size() > b->word.size();
    });
  }

  // The longest word that `text` begins with; nullptr if none.
  const Word* at(std::u32string_view text) const {
    if (text.empty()) return nullptr;
    auto from = std::lower_bound(
        sorted_.begin(), sorted_.end(), text.front(),
        [](const Word* word, char32_t first) { return word->word.front() < first; });
    for (; from != sorted_.end() && (*from)->word.front() == text.front(); ++from) {
      if (text.starts_with((*from)->word)) return *from;
    }
    return nullptr;
  }

 private:
  std::vector<const Word*> sorted_;
};

}  // namespace wutong::page
