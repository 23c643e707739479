// Which indicator the words of a claim name, with the dimension values beside it. Private; pure.
#pragma once

#include <map>

#include "domain/page/impl/names.hpp"

namespace wutong::page {

struct Candidate {
  const indicator::Definition* definition = nullptr;
  std::map<std::string, std::string> values;  // of code dimensions, from the words
  bool is_local = false;                      // named in the claim's own clause or list
  size_t length = 0;                          // of its name there, in bytes
};

// The words right around a number: up to the numbers and marks beside it. As fold_words gives them.
struct Around {
  std::string before;
  std::string after;
};
Around around(const Claim& claim);

class Candidates {
 public:
  Candidates(const Names& names, const ZoneRecords& records, const Reading& reading)
      : names_(names), records_(records), reading_(reading) {}

  // The likelier first. `suits` says which indicators could have such a number at all.
  template <typename Suits>
  std::vector<Candidate> of(const Claim& claim, const Suits& suits) const {
    std::vector<Candidate> out;
    for (Candidate& each : named(claim)) {
      if (suits(*each.definition)) out.push_back(std::move(each));
    }
    if (!out.empty() && out.front().is_local) return out;
    add_by_value(claim, out, suits);
    return out;
  }
  // Whatever is named, whether it suits or not.
  std::vector<Candidate> named(const Claim& claim) const;

 private:
  static std::string beside(const Around& words, const std::string& own);
  void add_windowed(const Claim& claim, std::vector<Candidate>& out) const;
  void add_ahead(const Claim& claim, std::vector<Candidate>& out) const;
  void add(const Claim& claim, std::string_view text, bool is_local, bool is_last_first,
           std::vector<Candidate>& out) const;
  // “其中发明专利10件”: only the value of a dimension is named here; the indicator stands before
  // it, or it is the only one that has this value.
  template <typename Suits>
  void add_by_value(const Claim& claim, std::vector<Candidate>& out, const Suits& suits) const {
    const Around words = around(claim);
    std::vector<Candidate> with_value, without;
    for (Candidate& each : out) {
      each.values = names_.values_in(*each.definition, beside(words, ""));
      (each.values.empty() ? without : with_value).push_back(each);
    }
    std::vector<Candidate> found;
    for (const indicator::Definition& definition : records_.catalog->indicators->all()) {
      if (!with_value.empty() || !suits(definition)) continue;
      auto values = names_.values_in(definition, beside(words, ""));
      if (!values.empty()) found.push_back({&definition, std::move(values), true, 0});
    }
    out = std::move(with_value);
    if (found.size() == 1) out.push_back(std::move(found.front()));
    out.insert(out.end(), without.begin(), without.end());
  }

  const Names& names_;
  const ZoneRecords& records_;
  const Reading& reading_;
};

}  // namespace wutong::page
