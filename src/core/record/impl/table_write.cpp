// The writer's half of Table.
#include <algorithm>
#include <array>

#include "core/record/impl/table.hpp"

namespace wutong::record {

std::vector<Table::RawColumn> Table::raw_columns(const ledger::Change& change,
                                                 std::span<const size_t> fields) {
  std::vector<RawColumn> out(change.columns.size());
  for (size_t c = 0; c < out.size(); ++c) {
    const Column& column = change.columns[c].column;
    out[c].field = fields[c];
    out[c].column = &column;
    if (!column.is_text()) continue;
    TextPool& pool = *texts_[fields[c]];
    out[c].text_numbers.resize(column.size());
    for (size_t i = 0; i < column.size(); ++i) {
      if (column.present[i] == 0) continue;
      out[c].text_numbers[i] = pool.intern(column.texts[i], *versions_);
    }
  }
  return out;
}

void Table::apply(const ledger::Change& change, std::span<const size_t> fields, Seq seq) {
  const std::vector<RawColumn> columns = raw_columns(change, fields);
  if (change.creates) {
    create(change, columns, seq);
  } else {
    amend(change, columns, seq);
  }
}

// Rows first..first+count of the change become rows `row`… of the page being drafted.
void Table::fill(PageDraft& draft, std::span<const RawColumn> columns, size_t row, size_t first,
                 size_t count) {
  for (const RawColumn& raw : columns) {
    int64_t* to = draft.numbers(raw.field) + row;
    const Numbers& numbers = raw.column->numbers;
    if (!raw.text_numbers.empty()) {
      std::copy_n(raw.text_numbers.begin() + static_cast<ptrdiff_t>(first), count, to);
    } else if (numbers.is_narrow()) {
      std::copy_n(numbers.narrow().begin() + static_cast<ptrdiff_t>(first), count, to);
    } else {
      std::copy_n(numbers.wide().begin() + static_cast<ptrdiff_t>(first), count, to);
    }
    uint64_t bits = 0;
    for (size_t i = 0; i < count; ++i) {
      bits |= static_cast<uint64_t>(raw.column->present[first + i]) << (row + i);
    }
    draft.presence(raw.field) |= bits;
  }
}

void Table::create(const ledger::Change& change, std::span<const RawColumn> columns, Seq seq) {
  const size_t start = size_;
  const size_t rows = change.rows.size();
  const uint32_t runs = created_count_.load(std::memory_order_relaxed);
  created_.at(runs) = {static_cast<uint32_t>(start), seq};
  created_count_.store(runs + 1, std::memory_order_release);
  PageDraft draft(fields_);
  for (size_t done = 0; done < rows;) {
    const size_t index = (start + done) / RowPage::kRows;
    const size_t row = (start + done) % RowPage::kRows;
    const size_t count = std::min(RowPage::kRows - row, rows - done);
    draft.clear();
    RowPage* before = row == 0 ? nullptr : pages_.at(index).load(std::memory_order_relaxed);
    if (before != nullptr) draft.load(*before);
    fill(draft, columns, row, done, count);
    for (size_t i = row; i < row + count; ++i) {
      draft.set(fields_ - 1, i, true, static_cast<int64_t>(seq.value));
    }
    put_page(index, draft.encode(row + count, versions_->writing(), before));
    done += count;
  }
  size_ = start + rows;
  for (const RawColumn& raw : columns) {
    const bool is_dated = !change.valid_from.empty() && histories_[raw.field] != nullptr;
    for (size_t i = 0; i < rows; ++i) {
      const RecordId record{static_cast<uint32_t>(start + i)};
      const bool is_present = raw.column->present[i] != 0;
      if (is_dated) {
        const Raw cell = is_present ? Raw(raw.number(i)) : std::nullopt;
        set_dated(raw.field, record, change.valid_from[i], cell, true);
      }
      if (is_present && links_[raw.field] != nullptr) link(raw.field, record, raw.number(i));
    }
  }
  index_keys(start);
}

// Amending copies whole pages: the next ones are called for.
void Table::prefetch_page(std::span<const RecordId> rows, size_t i) const {
  constexpr size_t kHead = 6, kPage = 2, kLine = 64;
  const auto ahead = [&](size_t at) {
    return at < rows.size() ? newest(rows[at].value / RowPage::kRows) : nullptr;
  };
  if (const RowPage* head = ahead(i + kHead)) __builtin_prefetch(head);
  const RowPage* page = ahead(i + kPage);
  const auto* bytes = reinterpret_cast<const std::byte*>(page);
  for (size_t at = kLine; page != nullptr && at < page->bytes(); at += kLine) {
    __builtin_prefetch(bytes + at);
  }
}

void Table::amend(const ledger::Change& change, std::span<const RawColumn> columns, Seq seq) {
  for (size_t i = 0; i < change.rows.size(); ++i) {
    prefetch_page(change.rows, i);
    std::optional<Date> day;
    if (!change.valid_from.empty()) day = change.valid_from[i];
    amend_row(change.rows[i], columns, i, day, seq);
  }
}

void Table::note_widths(const RowPage& page) {
  widths_.resize(fields_);
  for (size_t f = 0; f < fields_; ++f) widths_[f] = static_cast<uint8_t>(page.width(f));
}

// The page of a record as this version may write it, wide enough for the numbers of one row and
// for the number of the entry that changes it.
RowPage* Table::writable(RecordId record, std::span<const RawColumn> columns, size_t row,
                         int64_t entry) {
  const size_t index = record.value / RowPage::kRows;
  RowPage* page = pages_.at(index).load(std::memory_order_relaxed);
  const bool is_ours = page->version() == versions_->writing();
  note_widths(*page);
  bool fits = true;
  const auto take = [&](size_t field, int64_t number) {
    const unsigned width = page->width_with(field, number);
    fits = fits && width == widths_[field];
    widths_[field] = static_cast<uint8_t>(width);
  };
  for (const RawColumn& raw : columns) {
    take(raw.field, raw.column->present[row] != 0 ? raw.number(row) : 0);
  }
  take(fields_ - 1, entry);
  if (is_ours && fits) return page;
  const Version version = versions_->writing();
  RowPage* fresh =
      fits ? page->copy(version) : page->widened(widths_, version, is_ours ? page->older() : page);
  put_page(index, fresh);
  return fresh;
}

void Table::amend_row(RecordId record, std::span<const RawColumn> columns, size_t row,
                      std::optional<Date> day, Seq seq) {
  RowPage* page = writable(record, columns, row, static_cast<int64_t>(seq.value));
  for (const RawColumn& raw : columns) {
    const Raw cell = raw.column->present[row] != 0 ? Raw(raw.number(row)) : std::nullopt;
    const bool is_plain = histories_[raw.field] == nullptr && links_[raw.field] == nullptr;
    if (is_plain &&
        page->set(raw.field, record.value % RowPage::kRows, cell.has_value(), cell.value_or(0))) {
      continue;
    }
    const Raw before = this->raw(raw.field, record, kNewestVersion);
    if (histories_[raw.field] == nullptr) {
      set(record, raw.field, cell);
    } else if (day) {
      set_dated(raw.field, record, *day, cell, false);
    } else {
      set_history(raw.field, record, {{kAlways, cell}});
    }
    page = pages_.at(record.value / RowPage::kRows).load(std::memory_order_relaxed);
    if (links_[raw.field] == nullptr) continue;
    // What was given may hold for a while in the past only.
    const Raw now = this->raw(raw.field, record, kNewestVersion);
    if (before != now && before) unlink(raw.field, record, *before);
    if (before != now && now) link(raw.field, record, *now);
  }
  set(record, fields_ - 1, static_cast<int64_t>(seq.value));
}

void Table::set(RecordId record, size_t field, Raw raw) {
  const size_t index = record.value / RowPage::kRows;
  const size_t row = record.value % RowPage::kRows;
  RowPage* page = pages_.at(index).load(std::memory_order_relaxed);
  if (page->version() != versions_->writing()) {
    page = page->copy(versions_->writing());
    put_page(index, page);
  }
  if (page->set(field, row, raw.has_value(), raw.value_or(0))) return;
  note_widths(*page);
  widths_[field] = static_cast<uint8_t>(page->width_with(field, raw.value_or(0)));
  page = page->widened(widths_, versions_->writing(), page->older());
  put_page(index, page);
  page->set(field, row, raw.has_value(), raw.value_or(0));
}

void Table::set_history(size_t field, RecordId record, const std::vector<DatedRaw>& cells) {
  History& history = *histories_[field];
  for (const DatedRaw& cell : cells) {
    if (links_[field] == nullptr || !cell.raw || cells.size() == 1) continue;
    std::vector<RecordId>& list = named_once_[field][*cell.raw];
    const auto at = std::lower_bound(list.begin(), list.end(), record);
    if (at == list.end() || *at != record) list.insert(at, record);
  }
  uint32_t node = 0;
  for (const DatedRaw& cell : cells) {
    if (cells.size() == 1) break;  // since always: the current value says it all
    history.nodes.at(history.count) = {cell.from, node, cell.raw};
    node = ++history.count;
  }
  if (history.newest.read(record.value, kNewestVersion) != node) {
    history.newest.write(record.value, *versions_) = node;
  }
  if (raw(field, record, kNewestVersion) != cells.back().raw) {
    set(record, field, cells.back().raw);
  }
}

void Table::set_dated(size_t field, RecordId record, Date day, Raw raw, bool is_fresh) {
  std::vector<DatedRaw> cells{{kAlways, std::nullopt}};
  if (!is_fresh) cells = history(field, record, kNewestVersion);
  const auto at = std::lower_bound(cells.begin(), cells.end(), day,
                                   [](const DatedRaw& cell, Date d) { return cell.from < d; });
  if (at != cells.end() && at->from == day) {
    at->raw = raw;
  } else {
    cells.insert(at, {day, raw});
  }
  set_history(field, record, cells);
}

void Table::link(size_t field, RecordId record, int64_t target) {
  Links& links = *links_[field];
  const auto t = static_cast<size_t>(target);
  const uint32_t self = record.value + 1;
  uint32_t before = links.last.read(t, kNewestVersion);
  if (before >= self) {  // not the newest: find its place
    before = 0;
    uint32_t at = links.first.read(t, kNewestVersion);
    while (at != 0 && at < self) {
      before = at;
      at = links.next.read(at - 1, kNewestVersion);
    }
    links.next.write(record.value, *versions_) = at;
  } else {
    if (links.next.read(record.value, kNewestVersion) != 0) {
      links.next.write(record.value, *versions_) = 0;
    }
    links.last.write(t, *versions_) = self;
  }
  (before == 0 ? links.first.write(t, *versions_) : links.next.write(before - 1, *versions_)) =
      self;
}

void Table::unlink(size_t field, RecordId record, int64_t target) {
  Links& links = *links_[field];
  const auto t = static_cast<size_t>(target);
  const uint32_t self = record.value + 1;
  uint32_t before = 0;
  uint32_t at = links.first.read(t, kNewestVersion);
  while (at != self) {
    before = at;
    at = links.next.read(at - 1, kNewestVersion);
  }
  const uint32_t after = links.next.read(record.value, kNewestVersion);
  (before == 0 ? links.first.write(t, *versions_) : links.next.write(before - 1, *versions_)) =
      after;
  if (after == 0) links.last.write(t, *versions_) = before;
}

void Table::index_keys(size_t first) {
  keys_.reserve(size_, *versions_);
  constexpr size_t kAhead = 16;  // slots on their way from memory
  std::vector<int64_t> key(home_->key.size());
  std::array<std::pair<uint64_t, bool>, kAhead> waiting{};
  for (size_t r = first; r < size_ + kAhead; ++r) {
    auto& [hash, is_waiting] = waiting[r % kAhead];
    if (is_waiting) keys_.insert(hash, static_cast<uint32_t>(r - kAhead), *versions_);
    is_waiting = r < size_;
    if (!is_waiting) continue;
    const RowPage* found = page(r / RowPage::kRows, kNewestVersion);
    for (size_t i = 0; i < key.size(); ++i) {
      is_waiting = is_waiting && found->is_present(home_->key[i], r % RowPage::kRows);
      key[i] = found->number(home_->key[i], r % RowPage::kRows);
    }
    hash = key_hash(key);
    if (is_waiting) keys_.prefetch(hash);
  }
}

std::unique_ptr<Table> Table::under(const Register& from, const Register& to,
                                    std::shared_ptr<Versions> versions) const {
  auto next = std::make_unique<Table>(to, std::move(versions));
  const uint32_t runs = created_count_.load(std::memory_order_relaxed);
  for (uint32_t i = 0; i < runs; ++i) next->created_.at(i) = created_[i];
  next->created_count_.store(runs, std::memory_order_release);
  std::vector<std::optional<size_t>> old;
  for (const Field& field : to.fields) old.push_back(from.find(field.name));
  old.emplace_back(fields_ - 1);
  PageDraft source(fields_), draft(next->fields_);
  next->size_ = size_;
  for (size_t p = 0; p * RowPage::kRows < size_; ++p) {
    source.load(*page(p, kNewestVersion));
    draft.clear();
    for (size_t f = 0; f < old.size(); ++f) {
      if (!old[f]) continue;
      std::copy_n(source.numbers(*old[f]), RowPage::kRows, draft.numbers(f));
      draft.presence(f) = source.presence(*old[f]);
    }
    const size_t rows = std::min(RowPage::kRows, size_ - p * RowPage::kRows);
    next->put_page(p, draft.encode(rows, next->versions_->writing(), nullptr));
  }
  for (size_t f = 0; f + 1 < old.size(); ++f) {
    for (size_t id = 0; old[f] && texts_[*old[f]] && id < texts_[*old[f]]->size(); ++id) {
      next->texts_[f]->intern((*texts_[*old[f]])[id], *next->versions_);
    }
    for (uint32_t r = 0; old[f] && r < size_; ++r) {
      const RecordId record{r};
      const Raw cell = raw(*old[f], record, kNewestVersion);
      if (cell && next->links_[f]) next->link(f, record, *cell);
      if (next->histories_[f] && histories_[*old[f]]) {
        next->set_history(f, record, history(*old[f], record, kNewestVersion));
      }
    }
  }
  next->index_keys(0);
  return next;
}

}  // namespace wutong::record
