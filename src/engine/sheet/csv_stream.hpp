// CsvStream: a CSV file of any size as typed columns, block by block. What csv.hpp says of the
// format holds here as well; whole numbers are read at memory speed.
//
// Operation. The caller names the columns that it wants, by the names of the header line or, where
// the file has none, by their order. next() fills a block; after it returned false, issues() says
// whether the file ended or has faults (each with line, column and what was expected, up to
// kFaultsMax): then the blocks given before are of no use. Concurrency. None; one thread.
// Limitations. A row, with the line breaks in its quoted cells, has at most kRowBytesMax bytes.
// Memory: two blocks and a few MiB, whatever the file's size.
#pragma once

#include <functional>
#include <memory>

#include "engine/sheet/csv.hpp"

namespace wutong::sheet {

constexpr size_t kBlockRows = 65'536;
constexpr size_t kRowBytesMax = size_t{4} << 20;

// Fills the span as far as it can; 0 is the end. A file closes with the last copy.
using Source = std::function<Result<size_t>(std::span<char>)>;
Result<Source> file_source(const std::string& path);  // not_found, io
Source text_source(std::string_view text);            // which outlives it

// integer, decimal (with scale), text, boolean (true, false, 是, 否, 1, 0), date (YYYY-MM-DD) or
// month (YYYY-MM). An empty cell is absent. No type: the column is passed over.
struct WantedColumn {
  std::string name;
  std::optional<ValueType> type;
  int scale = 0;
};

enum class HeaderLine { first, none };

struct Block {
  std::vector<Column> columns;  // as wanted, those without a type left out
  std::vector<int> lines;       // where each row begins
};

class CsvStream {
 public:
  // With a header line, columns that are not wanted are passed over, and one that is missing is a
  // fault. `file` is the name that faults carry.
  CsvStream(std::string_view file, Source source, std::vector<WantedColumn> wanted,
            HeaderLine header);
  ~CsvStream();
  CsvStream(CsvStream&&) noexcept;

  bool next(Block& block);  // false: no more rows
  const Issues& issues() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::sheet
