// TableStore: plain typed tables that any SQLite client can read, for data that is written out.
//
// Operation. Everything between begin and commit happens whole or not at all; a store that is
// dropped before commit leaves its file as it was. Names are quoted, so any name is a column.
// Integers and texts only: what needs a scale stands as an integer beside a view that gives its
// decimal text. Concurrency. One thread. Errors: io, corrupt (no database), unavailable (busy).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace wutong::store {

using Cell = std::variant<std::monostate, int64_t, std::string>;  // monostate: NULL

enum class CellType { integer, text };

struct TableColumn {
  std::string name;
  CellType type = CellType::text;
  bool required = false;  // NOT NULL
};

struct TableShape {
  std::string name;
  std::vector<TableColumn> columns;
  std::vector<std::string> key;    // columns of the primary key; may be empty
  std::vector<std::string> index;  // columns of one more index; may be empty
};

// A column of a view: as it stands, as decimal text with `scale` places, or what `lookup_value` of
// the row of `lookup` is whose `lookup_key` is the cell.
struct ViewColumn {
  std::string name;
  int scale = 0;
  std::string lookup;
  std::string lookup_key;
  std::string lookup_value;
};
struct ViewShape {
  std::string name;
  std::string table;
  std::vector<ViewColumn> columns;
};

// Rows in which every column named equals its cell; NULL equals NULL.
using Match = std::vector<std::pair<std::string, Cell>>;

class TableStore {
 public:
  virtual ~TableStore() = default;

  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;  // nothing where nothing was begun

  virtual Result<std::vector<std::string>> names() const = 0;  // of tables and views
  virtual Result<void> create(const TableShape& shape) = 0;
  virtual Result<void> create(const ViewShape& shape) = 0;
  virtual Result<void> drop(std::string_view name) = 0;  // table or view
  // A row with one cell a column of the table, in order; replaces the row with the same key.
  virtual Result<void> put(std::string_view table, std::span<const Cell> row) = 0;
  virtual Result<void> set(std::string_view table, std::string_view column, const Cell& cell,
                           const Match& match) = 0;
  virtual Result<void> erase(std::string_view table) = 0;  // all rows
  // All rows; for small tables.
  virtual Result<std::vector<std::vector<Cell>>> rows(
      std::string_view table, std::span<const std::string> columns) const = 0;
};

// A file that is created where there is none.
Result<std::unique_ptr<TableStore>> open_sqlite_tables(const std::string& path);

}  // namespace wutong::store
