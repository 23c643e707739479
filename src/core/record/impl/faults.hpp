// Faults of an input, with row and field. Private to the folder.
#pragma once

#include <set>

#include "core/record/act.hpp"

namespace wutong::record {

class Faults {
 public:
  explicit Faults(const Request& request) : request_(request) {}

  void add(RefusalCode code, size_t row, std::string_view field, std::string zh, std::string en) {
    ++count_;
    cells_.emplace(row, field);
    if (code < first_ || count_ == 1) first_ = code;
    if (faults_.size() >= kFaultsMax) return;
    Place place{request_.file, line_of(request_, row), 0, std::string(field)};
    faults_.push_back(Error{ErrorKind::invalid,
                            "record." + std::string(to_string(code)),
                            std::move(place),
                            std::move(zh),
                            std::move(en),
                            {}});
  }
  // A record that may not be read is refused as one that is not there (impl/permit.cpp).
  bool may_refer(const State& state, size_t target, RecordId record) const;
  bool empty() const { return count_ == 0; }
  bool has(size_t row, std::string_view field) const {
    return cells_.contains({row, std::string(field)});
  }
  Refusal take(size_t rows) { return {first_, std::move(faults_), count_, rows}; }

 private:
  const Request& request_;
  RefusalCode first_ = RefusalCode::nothing_to_do;
  Issues faults_;
  size_t count_ = 0;
  std::set<std::pair<size_t, std::string>> cells_;
};

// Reads an input column as the field's type; cells that cannot be read are faults and absent.
Column read_cells(const State& state, const Field& field, Column input, Faults& faults);

}  // namespace wutong::record
