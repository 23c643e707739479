#include "core/record/impl/list_index.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/record/impl/column_index.hpp"
#include "core/record/row_page.hpp"

namespace wutong::record {

namespace {

constexpr size_t kOrdersMax = 16;
constexpr size_t kPartsMax = 128;

// With more rows changed than this a new base is merged.
size_t changed_max(size_t rows) { return 256 + rows / 512; }

std::vector<RecordId> changed_since(const State& state, size_t register_index,
                                    const ListBase& base) {
  std::vector<RecordId> out;
  const size_t size = state.size(register_index);
  const size_t entry = state.schema().registers()[register_index].fields.size();
  for (size_t p = 0; p * RowPage::kRows < size; ++p) {
    const RowPage* page = state.page(register_index, p);
    if (page->version() <= base.version()) continue;
    const size_t rows = std::min(RowPage::kRows, size - p * RowPage::kRows);
    for (size_t r = 0; r < rows; ++r) {
      const size_t row = p * RowPage::kRows + r;
      const auto changed = static_cast<uint64_t>(page->number(entry, r));
      if (row < base.size() && changed <= base.position().value) continue;
      out.push_back(RecordId{static_cast<uint32_t>(row)});
    }
  }
  return out;
}

std::string name_of(const Condition& condition) {
  Writer out;
  out.u8('c');
  out.varint(condition.field);
  out.u8(static_cast<uint8_t>(condition.op));
  out.u8(condition.is_wanted ? 1 : 0);
  for (const Operand& with : condition.operands) {
    out.u8(with.is_nothing ? 1 : 0);
    out.zigzag(with.number);
    out.text(with.text);
  }
  return {out.bytes().begin(), out.bytes().end()};
}

// Which of 64 groups are in a span.
uint64_t bits_between(const uint32_t* groups, std::pair<uint32_t, uint32_t> span) {
  const uint32_t from = span.first;
  const uint32_t count = span.second - span.first;
  uint8_t is_in[64];
  for (size_t i = 0; i < 64; ++i) is_in[i] = groups[i] - from < count ? 1 : 0;
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) {
    uint64_t bytes = 0;
    for (size_t k = 8; k-- > 0;) bytes = bytes << 8 | is_in[i * 8 + k];
    bits |= (bytes * 0x0102040810204080U >> 56) << (i * 8);  // the lowest bit of each byte
  }
  return bits;
}

}  // namespace

std::vector<size_t> word_fields(const Register& home) {
  std::vector<size_t> out;
  for (size_t i = 0; i < home.fields.size(); ++i) {
    const Field& field = home.fields[i];
    const bool is_text = field.kind == FieldKind::text || field.kind == FieldKind::text_list;
    if (is_text && !field.personal) out.push_back(i);
  }
  return out;
}

bool Part::has(uint32_t row) const {
  if (column == nullptr) return has_bit(made, row);
  const uint32_t group = column->group[row];
  if (!is_in.empty()) return is_in[group] != 0;
  return std::ranges::any_of(
      groups, [&](const auto& span) { return group - span.first < span.second - span.first; });
}

const Bits& Part::bits(size_t rows) const {
  if (column == nullptr) return made;
  std::call_once(once, [&] {
    made.resize((rows + 63) / 64);
    if (size < rows / 8) {
      each([&](uint32_t row) { made[row / 64] |= uint64_t{1} << (row % 64); });
      return;
    }
    const bool is_one_span = groups.size() == 1;
    const size_t whole = is_one_span ? rows / 64 : 0;
    for (size_t w = 0; w < whole; ++w) {
      made[w] = bits_between(column->group.data() + w * 64, groups.front());
    }
    for (auto row = static_cast<uint32_t>(whole * 64); row < rows; ++row) {
      made[row / 64] |= uint64_t{has(row)} << (row % 64);
    }
  });
  return made;
}

ListBase::ListBase(const State& state, size_t register_index, std::span<const size_t> fields,
                   const ListBase* old, std::span<const RecordId> changed)
    : register_(register_index),
      size_(state.size(register_index)),
      version_(state.version()),
      position_(state.position()),
      key_(state.schema().registers()[register_index].key) {
  for (size_t field : fields) {
    const auto before = old == nullptr ? nullptr : old->column(field);
    columns_[field] = make_column(state, register_index, field, before.get(), changed);
  }
}

std::shared_ptr<const ColumnIndex> ListBase::column(size_t field) const {
  const auto found = columns_.find(field);
  return found == columns_.end() ? nullptr : found->second;
}

std::vector<size_t> ListBase::fields() const {
  std::vector<size_t> out;
  for (const auto& [field, column] : columns_) out.push_back(field);
  return out;
}

std::shared_ptr<const RowsInOrder> ListBase::in_order(std::span<const SortField> sort) const {
  const std::vector<SortField> wanted(sort.begin(), sort.end());
  std::lock_guard lock(mutex_);
  if (auto found = orders_.find(wanted); found != orders_.end()) return found->second;
  if (orders_.size() >= kOrdersMax) orders_.clear();
  auto made = std::make_shared<RowsInOrder>();
  made->rows.resize(size_);
  std::iota(made->rows.begin(), made->rows.end(), 0U);
  for (size_t k = key_.size(); k-- > 0;) sort_by_group(*column(key_[k]), false, made->rows);
  for (size_t s = wanted.size(); s-- > 0;) {
    sort_by_group(*column(wanted[s].field), wanted[s].is_descending, made->rows);
  }
  made->place.resize(size_);
  for (uint32_t i = 0; i < size_; ++i) made->place[made->rows[i]] = i;
  orders_[wanted] = made;
  return made;
}

std::shared_ptr<const Part> ListBase::part(const State& state, const Condition& condition) const {
  std::string name = name_of(condition);
  {
    std::lock_guard lock(mutex_);
    if (auto found = parts_.find(name); found != parts_.end()) return found->second;
  }
  const FieldOrder order(state, register_, condition.field);
  auto made = make_part(order, condition, column(condition.field));
  std::lock_guard lock(mutex_);
  if (parts_.size() >= kPartsMax) parts_.clear();
  parts_[std::move(name)] = made;
  return made;
}

std::shared_ptr<const Part> ListBase::part(const Word& word,
                                           const std::map<size_t, WordIndex>& indexes) const {
  const std::string name = (word.is_whole ? "w=" : "w~") + word.text;
  {
    std::lock_guard lock(mutex_);
    if (auto found = parts_.find(name); found != parts_.end()) return found->second;
  }
  auto made = std::make_shared<Part>();
  made->made.resize((size_ + 63) / 64);
  for (const auto& [field, index] : indexes) {
    const auto rows = column(field);
    index.each_text(word, [&](uint32_t text) {
      if (text >= rows->group_of_text.size()) return;
      const uint32_t group = rows->group_of_text[text];
      if (group == UINT32_MAX) return;
      for (uint32_t i = rows->starts[group]; i < rows->starts[group + 1]; ++i) {
        made->made[rows->rows[i] / 64] |= uint64_t{1} << (rows->rows[i] % 64);
      }
    });
  }
  for (uint64_t bits : made->made) made->size += static_cast<size_t>(std::popcount(bits));
  std::lock_guard lock(mutex_);
  if (parts_.size() >= kPartsMax) parts_.clear();
  parts_[name] = made;
  return made;
}

std::shared_ptr<const ListView> ListIndexes::view(const State& state, size_t register_index,
                                                  std::span<const size_t> fields) {
  if (state.version() == kNewestVersion) return nullptr;
  Slot& slot = slots_[register_index];
  std::lock_guard lock(slot.mutex);
  const ListView* newest = slot.newest.get();
  const ListBase* base = newest == nullptr ? nullptr : newest->base.get();
  if (base != nullptr && state.version() < base->version()) return nullptr;
  std::vector<size_t> wanted = base == nullptr ? std::vector<size_t>() : base->fields();
  const size_t had = wanted.size();
  for (size_t field : fields) {
    if (std::ranges::find(wanted, field) == wanted.end()) wanted.push_back(field);
  }
  const bool is_whole = base != nullptr && wanted.size() == had;
  if (is_whole && newest->version == state.version()) return slot.newest;
  auto next = std::make_shared<ListView>();
  if (base != nullptr) next->changed = changed_since(state, register_index, *base);
  next->version = state.version();
  if (is_whole && next->changed.size() <= changed_max(base->size())) {
    next->base = newest->base;
    next->is_changed.resize((base->size() + 63) / 64);
    for (RecordId row : next->changed) {
      if (row.value >= base->size()) break;
      next->is_changed[row.value / 64] |= uint64_t{1} << (row.value % 64);
    }
  } else {
    next->base = std::make_shared<ListBase>(state, register_index, wanted, base, next->changed);
    next->changed.clear();
    next->is_changed.resize((next->base->size() + 63) / 64);
  }
  if (newest == nullptr || !is_whole || newest->version <= state.version()) slot.newest = next;
  return next;
}

std::shared_ptr<const Part> ListIndexes::part(const State& state, const ListView& view,
                                              size_t register_index, const Word& word) {
  Slot& slot = slots_[register_index];
  std::lock_guard lock(slot.words_mutex);
  for (size_t field : word_fields(state.schema().registers()[register_index])) {
    slot.words[field].learn(state, register_index, field, state.text_count(register_index, field));
  }
  return view.base->part(word, slot.words);
}

}  // namespace wutong::record
