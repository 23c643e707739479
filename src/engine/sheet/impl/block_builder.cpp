#include "engine/sheet/impl/block_builder.hpp"

#include <algorithm>

namespace wutong::sheet {

void BlockBuilder::open(const std::vector<Slot>& slots) {
  slots_ = slots;
  numbers_.resize(kStageRows * slots.size() + 1);
  present_.resize(kStageRows * slots.size() + 1);
  size_t columns = 0;
  for (const Slot& slot : slots) {
    if (slot.type) columns = std::max(columns, slot.target + 1);
  }
  columns_.resize(columns);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].type) columns_[slots[i].target].slot = i;
  }
}

int64_t BlockBuilder::keep(std::string text) {
  kept_.push_back(std::move(text));
  return -static_cast<int64_t>(kept_.size());
}

void BlockBuilder::flush_numbers(Building& column) {
  size_t step = slots_.size();
  const int64_t* numbers = &numbers_[column.slot];
  if (column.wide.empty()) {
    size_t begin = column.narrow.size();
    if (begin == kStageRows) column.narrow.reserve(kBlockRows);  // the file is not small
    column.narrow.resize(begin + staged_);
    int32_t* out = column.narrow.data() + begin;
    int64_t lost = 0;
    for (size_t i = 0; i < staged_; ++i) {
      out[i] = static_cast<int32_t>(numbers[i * step]);
      lost |= numbers[i * step] ^ out[i];
    }
    if (lost == 0) return;
    column.narrow.resize(begin);
  }
  if (column.wide.empty()) column.wide.assign(column.narrow.begin(), column.narrow.end());
  for (size_t i = 0; i < staged_; ++i) column.wide.push_back(numbers[i * step]);
}

void BlockBuilder::flush_texts(Building& column, const char* buffer) {
  for (size_t i = 0; i < staged_; ++i) {
    int64_t where = numbers_[i * slots_.size() + column.slot];
    if (where < 0) {
      column.texts.push_back(std::move(kept_[static_cast<size_t>(-where - 1)]));
    } else {
      column.texts.emplace_back(buffer + (where >> 32), static_cast<uint32_t>(where));
    }
  }
}

void BlockBuilder::flush(const char* buffer) {
  if (staged_ == 0) return;
  for (Building& column : columns_) {
    if (slots_[column.slot].type == ValueType::text) {
      flush_texts(column, buffer);
    } else {
      flush_numbers(column);
    }
    size_t begin = column.present.size();
    if (begin == kStageRows) column.present.reserve(kBlockRows);
    column.present.resize(begin + staged_);
    const uint8_t* present = &present_[column.slot];
    for (size_t i = 0; i < staged_; ++i) column.present[begin + i] = present[i * slots_.size()];
  }
  staged_ = 0;
  kept_.clear();
}

void BlockBuilder::drop() {
  staged_ = 0;
  kept_.clear();
  lines_.clear();
  for (Building& column : columns_) column = {column.slot, {}, {}, {}, {}};
}

bool BlockBuilder::move_to(Block& block) {
  if (lines_.empty()) return false;
  block.columns.clear();
  for (Building& column : columns_) {
    const Slot& slot = slots_[column.slot];
    Column& out = block.columns.emplace_back();
    out.type = *slot.type;
    out.scale = slot.scale;
    out.texts = std::move(column.texts);
    out.present = std::move(column.present);
    if (!column.wide.empty()) {
      out.numbers.assign(std::move(column.wide));
    } else if (!out.is_text()) {
      out.numbers.assign(std::move(column.narrow));
    }
  }
  block.lines = std::move(lines_);
  drop();
  return true;
}

}  // namespace wutong::sheet
