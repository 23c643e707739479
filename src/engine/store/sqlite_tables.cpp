#include <map>

#include "engine/store/impl/sqlite.hpp"
#include "engine/store/table_store.hpp"

namespace wutong::store {

namespace {

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

template <typename Names>
std::string quoted_list(const Names& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + quoted(name);
  return out;
}

// The integer `column` with `scale` places as text. No abs(): it fails for the smallest integer.
std::string decimal_text(const std::string& column, int scale) {
  std::string unit = "1" + std::string(static_cast<size_t>(scale), '0');
  std::string zeros(static_cast<size_t>(scale), '0');
  return "CASE WHEN " + column + " < 0 THEN '-' ELSE '' END || ltrim(" + column + " / " + unit +
         ", '-') || '.' || substr('" + zeros + "' || ltrim(" + column + " % " + unit + ", '-'), -" +
         std::to_string(scale) + ")";
}

std::string expression_of(const ViewColumn& column) {
  std::string cell = "t." + quoted(column.name);
  if (!column.lookup.empty()) {
    return "(SELECT o." + quoted(column.lookup_value) + " FROM " + quoted(column.lookup) +
           " AS o WHERE o." + quoted(column.lookup_key) + " = " + cell + ")";
  }
  return column.scale == 0 ? cell : decimal_text(cell, column.scale);
}

class SqliteTables final : public TableStore {
 public:
  explicit SqliteTables(Database database) : database_(std::move(database)) {}
  ~SqliteTables() override { rollback(); }
  SqliteTables(const SqliteTables&) = delete;
  SqliteTables& operator=(const SqliteTables&) = delete;

  Result<void> begin() override { return execute(database_.get(), "BEGIN IMMEDIATE"); }
  Result<void> commit() override {
    statements_.clear();
    return execute(database_.get(), "COMMIT");
  }
  void rollback() override {
    statements_.clear();
    if (sqlite3_get_autocommit(database_.get()) == 0) {
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
  }

  Result<std::vector<std::string>> names() const override {
    auto found = rows("sqlite_schema", std::vector<std::string>{"type", "name"});
    if (!found) return fail(found.error());
    std::vector<std::string> out;
    for (const auto& row : *found) {
      const std::string& type = std::get<std::string>(row[0]);
      if (type == "table" || type == "view") out.push_back(std::get<std::string>(row[1]));
    }
    return out;
  }

  Result<void> create(const TableShape& shape) override;
  Result<void> create(const ViewShape& shape) override;
  Result<void> drop(std::string_view name) override;
  Result<void> put(std::string_view table, std::span<const Cell> row) override;
  Result<void> set(std::string_view table, std::string_view column, const Cell& cell,
                   const Match& match) override;
  Result<void> erase(std::string_view table) override {
    return execute(database_.get(), ("DELETE FROM " + quoted(table)).c_str());
  }
  Result<std::vector<std::vector<Cell>>> rows(std::string_view table,
                                              std::span<const std::string> columns) const override;

 private:
  Result<sqlite3_stmt*> prepared(const std::string& sql);
  Result<void> run(const std::string& sql, std::span<const Cell* const> cells);

  Database database_;
  std::map<std::string, Statement, std::less<>> statements_;  // by their text
};

Result<sqlite3_stmt*> SqliteTables::prepared(const std::string& sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    auto statement = prepare(database_.get(), sql.c_str());
    if (!statement) return fail(statement.error());
    found = statements_.emplace(sql, std::move(*statement)).first;
  }
  return found->second.get();
}

Result<void> SqliteTables::run(const std::string& sql, std::span<const Cell* const> cells) {
  auto statement = prepared(sql);
  if (!statement) return fail(statement.error());
  Run run(*statement);
  for (const Cell* cell : cells) {
    if (const auto* number = std::get_if<int64_t>(cell)) {
      run.bind(*number);
    } else if (const auto* text = std::get_if<std::string>(cell)) {
      run.bind(std::string_view(*text));
    } else {
      run.bind_null();
    }
  }
  if (run.step() != SQLITE_DONE) return fail(sqlite_error(database_.get(), sql));
  return {};
}

Result<void> SqliteTables::create(const TableShape& shape) {
  std::string sql = "CREATE TABLE " + quoted(shape.name) + "(";
  for (size_t i = 0; i < shape.columns.size(); ++i) {
    const TableColumn& column = shape.columns[i];
    sql += (i > 0 ? ", " : "") + quoted(column.name);
    sql += column.type == CellType::integer ? " INTEGER" : " TEXT";
    if (column.required) sql += " NOT NULL";
  }
  if (!shape.key.empty()) sql += ", PRIMARY KEY(" + quoted_list(shape.key) + ")";
  auto made = execute(database_.get(), (sql + ") STRICT").c_str());
  if (!made || shape.index.empty()) return made;
  sql = "CREATE INDEX " + quoted(shape.name + "_index") + " ON " + quoted(shape.name) + "(" +
        quoted_list(shape.index) + ")";
  return execute(database_.get(), sql.c_str());
}

Result<void> SqliteTables::create(const ViewShape& shape) {
  std::string columns;
  for (const ViewColumn& column : shape.columns) {
    columns += (columns.empty() ? "" : ", ") + expression_of(column) + " AS " + quoted(column.name);
  }
  std::string sql = "CREATE VIEW " + quoted(shape.name) + " AS SELECT " + columns + " FROM " +
                    quoted(shape.table) + " AS t";
  return execute(database_.get(), sql.c_str());
}

Result<void> SqliteTables::drop(std::string_view name) {
  statements_.clear();
  std::string found;
  {
    auto statement = prepare(database_.get(), "SELECT type FROM sqlite_schema WHERE name = ?");
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    if (run.bind(name).step() != SQLITE_ROW) return {};
    found = run.text(0);
  }
  std::string kind = found == "view" ? "VIEW " : "TABLE ";
  return execute(database_.get(), ("DROP " + kind + quoted(name)).c_str());
}

Result<void> SqliteTables::put(std::string_view table, std::span<const Cell> row) {
  std::string marks;
  std::vector<const Cell*> cells;
  for (const Cell& cell : row) {
    marks += marks.empty() ? "?" : ", ?";
    cells.push_back(&cell);
  }
  return run("INSERT OR REPLACE INTO " + quoted(table) + " VALUES(" + marks + ")", cells);
}

Result<void> SqliteTables::set(std::string_view table, std::string_view column, const Cell& cell,
                               const Match& match) {
  std::string sql = "UPDATE " + quoted(table) + " SET " + quoted(column) + " = ?";
  std::vector<const Cell*> cells{&cell};
  for (const auto& [name, value] : match) {
    sql += (cells.size() == 1 ? " WHERE " : " AND ") + quoted(name) + " IS ?";
    cells.push_back(&value);
  }
  return run(sql, cells);
}

Result<std::vector<std::vector<Cell>>> SqliteTables::rows(
    std::string_view table, std::span<const std::string> columns) const {
  std::string sql = "SELECT " + quoted_list(columns) + " FROM " + quoted(table);
  auto statement = prepare(database_.get(), sql.c_str());
  if (!statement) return fail(statement.error());
  Run run(statement->get());
  std::vector<std::vector<Cell>> out;
  int code = SQLITE_ROW;
  while ((code = run.step()) == SQLITE_ROW) {
    std::vector<Cell> row;
    for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
      int type = sqlite3_column_type(statement->get(), i);
      if (type == SQLITE_NULL) {
        row.emplace_back();
      } else if (type == SQLITE_INTEGER) {
        row.emplace_back(run.integer(i));
      } else {
        row.emplace_back(run.text(i));
      }
    }
    out.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) return fail(sqlite_error(database_.get(), sql));
  return out;
}

}  // namespace

Result<std::unique_ptr<TableStore>> open_sqlite_tables(const std::string& path) {
  auto database = open_database(path, OpenMode::read_write);
  if (!database) return fail(database.error());
  // What is taken out (a person's erased cells) does not stay in the file's free pages.
  auto set = execute(database->get(), "PRAGMA secure_delete=ON; PRAGMA synchronous=FULL");
  if (!set) return fail(set.error());
  return std::unique_ptr<TableStore>(std::make_unique<SqliteTables>(std::move(*database)));
}

}  // namespace wutong::store
