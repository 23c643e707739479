// Rows of an input that say what the records hold already.
#include "core/record/impl/rows.hpp"

namespace wutong::record {

namespace {

// Of fields without a history, read row by row; a text is compared as a text.
void keep_changed(const State& state, std::span<const size_t> fields,
                  std::span<const RecordId> records, std::span<const size_t> known, Rows& rows) {
  std::vector<State::Raws> now(fields.size());
  state.gather_rows(rows.register_index, fields, records, now);
  for (size_t f = 0; f < fields.size(); ++f) {
    const Column& given = *rows.given[fields[f]];
    const State::Raws& raws = now[f];
    for (size_t i = 0; i < known.size(); ++i) {
      bool is_same = raws.present[i] == given.present[known[i]];
      if (is_same && raws.present[i] != 0) {
        is_same = given.is_text() ? state.text(rows.register_index, fields[f], raws.numbers[i]) ==
                                        given.texts[known[i]]
                                  : raws.numbers[i] == given.numbers[known[i]];
      }
      if (!is_same) rows.is_dropped[known[i]] = 0;
    }
  }
}

}  // namespace

void drop_unchanged(const State& state, Date dated_from, Rows& rows) {
  std::vector<size_t> known;
  std::vector<RecordId> records;
  for (size_t i = 0; i < rows.count; ++i) {
    const auto& record = rows.existing[i];
    if (!record || record->value >= state.size(rows.register_index)) continue;
    known.push_back(i);
    records.push_back(*record);
  }
  if (known.empty()) return;
  for (size_t row : known) rows.is_dropped[row] = 1;
  std::vector<size_t> plain;
  for (size_t f = 0; f < rows.given.size(); ++f) {
    if (!rows.given[f]) continue;
    if (!rows.home->fields[f].effective) {
      plain.push_back(f);
      continue;
    }
    const Column now = state.gather({rows.register_index, {f}, false}, records, dated_from);
    for (size_t i = 0; i < known.size(); ++i) {
      if (!now.is_same_cell(i, *rows.given[f], known[i])) rows.is_dropped[known[i]] = 0;
    }
  }
  keep_changed(state, plain, records, known, rows);
}

}  // namespace wutong::record
