#include "core/record/impl/table.hpp"

#include <algorithm>
#include <array>

#include "base/planted.hpp"

namespace wutong::record {

Table::Table(const Register& home, std::shared_ptr<Versions> versions)
    : home_(&home), versions_(std::move(versions)), fields_(home.fields.size() + 1) {
  named_once_.resize(home.fields.size());
  for (const Field& field : home.fields) {
    Column shape;
    shape.type = value_type(field.kind);
    types_.push_back(shape.type);
    scales_.push_back(field.decimals);
    const bool is_reference = shape.type == ValueType::reference;
    texts_.push_back(shape.is_text() ? std::make_unique<TextPool>() : nullptr);
    histories_.push_back(field.effective ? std::make_unique<History>() : nullptr);
    links_.push_back(is_reference ? std::make_unique<Links>() : nullptr);
  }
}

Table::~Table() {
  for (size_t p = 0; p * RowPage::kRows < size_; ++p) {
    RowPage::destroy(pages_.at(p).load(std::memory_order_relaxed));
  }
}

const RowPage* Table::page(size_t index, Version version) const {
  const RowPage* page = newest(index);
  while (page != nullptr && page->version() > version) page = page->older();
  return page;
}

void Table::put_page(size_t index, RowPage* page) {
  std::atomic<RowPage*>& head = pages_.at(index);
  RowPage* before = head.load(std::memory_order_relaxed);
  head.store(page, std::memory_order_release);
  if (before != nullptr) versions_->retire(before, RowPage::destroy);
}

Raw Table::raw(size_t field, RecordId record, Version version) const {
  const RowPage* found = page(record.value / RowPage::kRows, version);
  const size_t row = record.value % RowPage::kRows;
  if (found == nullptr || !found->is_present(field, row)) return std::nullopt;
  return found->number(field, row);
}

// Rows lie anywhere: the heads of pages are called for early, then the cells.
void Table::prefetch_fields(std::span<const RecordId> rows, size_t i,
                            std::span<const size_t> fields) const {
  constexpr size_t kHead = 12, kCell = 6;
  const auto ahead = [&](size_t at) -> const RowPage* {
    if (at >= rows.size() || rows[at] == kNoRecord) return nullptr;
    return newest(rows[at].value / RowPage::kRows);
  };
  if (const RowPage* head = ahead(i + kHead)) head->prefetch_head();
  const RowPage* found = ahead(i + kCell);
  if (found == nullptr) return;
  for (size_t field : fields) found->prefetch(field, rows[i + kCell].value % RowPage::kRows);
}

void Table::gather(std::span<const size_t> fields, std::span<const RecordId> rows, Version version,
                   std::span<State::Raws> out) const {
  for (State::Raws& raws : out) {
    raws.numbers.resize(rows.size());
    raws.present.resize(rows.size());
  }
  for (size_t i = 0; i < rows.size();) {
    const size_t row = rows[i].value % RowPage::kRows;
    size_t count = 1;
    while (i + count < rows.size() && row + count < RowPage::kRows &&
           rows[i + count].value == rows[i].value + count) {
      ++count;
    }
    if (count == 1) prefetch_fields(rows, i, fields);
    const RowPage* found =
        rows[i] == kNoRecord ? nullptr : page(rows[i].value / RowPage::kRows, version);
    for (size_t f = 0; f < fields.size(); ++f) {
      int64_t* numbers = out[f].numbers.data() + i;
      const uint64_t bits = found == nullptr ? 0 : found->presence(fields[f]) >> row;
      if (found != nullptr) found->read(fields[f], row, count, numbers);
      for (size_t k = 0; k < count; ++k) {
        const auto present = static_cast<uint8_t>(bits >> k & 1);
        out[f].present[i + k] = present;
        if (present == 0) numbers[k] = 0;
      }
    }
    i += count;
  }
}

Raw Table::raw_on(size_t field, RecordId record, Date day, Version version) const {
  const History* history = histories_[field].get();
  uint32_t node = history == nullptr ? 0 : history->newest.read(record.value, version);
  if (node == 0) return raw(field, record, version);
  while (node != 0) {
    const HistoryNode& cell = history->nodes[node - 1];
    if (cell.from <= day.plus_days(PLANTED("roster_of_the_next_day") ? 1 : 0)) return cell.raw;
    node = cell.earlier;
  }
  return std::nullopt;
}

std::vector<DatedRaw> Table::history(size_t field, RecordId record, Version version) const {
  std::vector<DatedRaw> out;
  const History* history = histories_[field].get();
  uint32_t node = history == nullptr ? 0 : history->newest.read(record.value, version);
  for (; node != 0; node = history->nodes[node - 1].earlier) {
    out.push_back({history->nodes[node - 1].from, history->nodes[node - 1].raw});
  }
  if (out.empty()) out.push_back({kAlways, raw(field, record, version)});
  std::reverse(out.begin(), out.end());
  return out;
}

Provenance Table::provenance(RecordId record, Version version) const {
  size_t low = 0;
  size_t high = created_count_.load(std::memory_order_acquire);
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    (created_[middle].first <= record.value ? low : high) = middle;
  }
  const Raw changed = raw(fields_ - 1, record, version);
  return {created_[low].seq, Seq{static_cast<uint64_t>(changed.value_or(0))}};
}

std::vector<RecordId> Table::referring(size_t field, RecordId target, Version version) const {
  std::vector<RecordId> out;
  const Links& links = *links_[field];
  for (uint32_t at = links.first.read(target.value, version); at != 0;
       at = links.next.read(at - 1, version)) {
    out.push_back(RecordId{at - 1});
  }
  return out;
}

std::span<const RecordId> Table::named_once(size_t field, RecordId target) const {
  const auto found = named_once_[field].find(target.value);
  if (found == named_once_[field].end()) return {};
  return found->second;
}

uint64_t Table::key_hash(std::span<const int64_t> key) const {
  uint64_t hash = 0;
  for (int64_t part : key) hash = mix_hash(hash ^ static_cast<uint64_t>(part));
  return hash;
}

bool Table::has_key(uint32_t record, std::span<const int64_t> key, Version version) const {
  const RowPage* found = page(record / RowPage::kRows, version);
  if (found == nullptr) return false;
  for (size_t i = 0; i < key.size(); ++i) {
    const size_t row = record % RowPage::kRows;
    const size_t field = home_->key[i];
    if (!found->is_present(field, row) || found->number(field, row) != key[i]) return false;
  }
  return true;
}

std::optional<RecordId> Table::find(std::span<const int64_t> key, Version version) const {
  const auto is_it = [&](uint32_t id) { return has_key(id, key, version); };
  const auto found = keys_.find(key_hash(key), is_it);
  return found ? std::optional(RecordId{*found}) : std::nullopt;
}

// Each step of the way to a record is a miss of the cache: a block of keys goes it together.
void Table::find_all(std::span<const int64_t> keys, Version version,
                     std::span<std::optional<RecordId>> out) const {
  constexpr size_t kBlock = 32;
  const size_t width = home_->key.size();
  std::array<uint64_t, kBlock> hashes;
  std::array<std::optional<uint32_t>, kBlock> likely;
  for (size_t from = 0; from < out.size(); from += kBlock) {
    const size_t count = std::min(kBlock, out.size() - from);
    const auto key = [&](size_t i) { return keys.subspan((from + i) * width, width); };
    for (size_t i = 0; i < count; ++i) {
      hashes[i] = key_hash(key(i));
      keys_.prefetch(hashes[i]);
    }
    for (size_t i = 0; i < count; ++i) {
      likely[i] = keys_.find(hashes[i], [](uint32_t) { return true; });
      if (likely[i]) __builtin_prefetch(pages_.find(*likely[i] / RowPage::kRows));
    }
    for (size_t i = 0; i < count; ++i) {
      if (likely[i]) newest(*likely[i] / RowPage::kRows)->prefetch_head();
    }
    for (size_t i = 0; i < count; ++i) {
      if (!likely[i]) continue;
      const RowPage& page = *newest(*likely[i] / RowPage::kRows);
      for (size_t field : home_->key) page.prefetch(field, *likely[i] % RowPage::kRows);
    }
    for (size_t i = 0; i < count; ++i) {
      out[from + i] = likely[i] ? find(key(i), version) : std::nullopt;
    }
  }
}

Value Table::value(size_t field, Raw raw) const {
  if (!raw) return std::monostate{};
  Column one;
  one.type = types_[field];
  one.scale = scales_[field];
  append(one, field, raw);
  return one.value(0);
}

void Table::append(Column& out, size_t field, Raw raw) const {
  if (!raw) {
    out.append_absent();
  } else if (texts_[field] != nullptr) {
    out.append_text(text(field, *raw));
  } else {
    out.append_number(*raw);
  }
}

Raw Table::find_text(size_t field, std::string_view text) const {
  const auto found = texts_[field]->find(text);
  return found ? Raw(*found) : std::nullopt;
}

bool Table::has_values(size_t field) const {
  for (size_t p = 0; p * RowPage::kRows < size_; ++p) {
    if (page(p, kNewestVersion)->presence(field) != 0) return true;
  }
  return false;
}

}  // namespace wutong::record
