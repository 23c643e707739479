// BlockBuilder: rows as they are read, turned into the columns of a block. Private to the module.
//
// Operation. A row is written into the stage, cell by cell, and counts once it is taken; flush()
// moves the stage into the columns, while it still lies in the cache. Concurrency. None.
#pragma once

#include <string>
#include <vector>

#include "engine/sheet/csv_stream.hpp"
#include "engine/sheet/impl/typed_cell.hpp"

namespace wutong::sheet {

class BlockBuilder {
 public:
  // One cell each: numbers[i] is the number, or where the text stands (place or keep).
  struct Row {
    int64_t* numbers;
    uint8_t* present;
  };

  void open(const std::vector<Slot>& slots);
  Row row() { return {&numbers_[staged_ * slots_.size()], &present_[staged_ * slots_.size()]}; }
  void take(int line) {
    lines_.push_back(line);
    ++staged_;
  }
  bool is_stage_full() const { return staged_ == kStageRows; }
  size_t rows() const { return lines_.size(); }

  // A text in the buffer, and one that is not there as it reads.
  static int64_t place(size_t offset, size_t size) {
    return static_cast<int64_t>(offset << 32 | size);
  }
  int64_t keep(std::string text);

  void flush(const char* buffer);
  void drop();
  bool move_to(Block& block);  // false if there are no rows

 private:
  static constexpr size_t kStageRows = 256;

  // One column: numbers in four bytes while they fit.
  struct Building {
    size_t slot = 0;
    std::vector<int32_t> narrow;
    std::vector<int64_t> wide;
    std::vector<std::string> texts;
    std::vector<uint8_t> present;
  };
  void flush_numbers(Building& column);
  void flush_texts(Building& column, const char* buffer);

  std::vector<Slot> slots_;
  std::vector<int64_t> numbers_;
  std::vector<uint8_t> present_;
  size_t staged_ = 0;
  std::vector<std::string> kept_;
  std::vector<Building> columns_;
  std::vector<int> lines_;
};

}  // namespace wutong::sheet
