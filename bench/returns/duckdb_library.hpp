// The few entry points of DuckDB's C API that are used here, found in libduckdb.so while running:
// the library is fetched by script/bench and is no part of the build. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace wutong::bench {

using DuckDatabase = void*;
using DuckConnection = void*;
using DuckPrepared = void*;
using DuckAppender = void*;
struct DuckResult {  // duckdb_result of duckdb.h 1.x
  uint64_t deprecated_column_count, deprecated_row_count, deprecated_rows_changed;
  void* deprecated_columns;
  char* deprecated_error_message;
  void* internal_data;
};

// Every call gives 0 where it succeeded, as duckdb_state.
struct DuckLibrary {
  // Errors: not_found (no such library, or an entry point that it does not have).
  static Result<DuckLibrary> load(const std::string& path);

  int (*open)(const char* path, DuckDatabase* out) = nullptr;
  int (*connect)(DuckDatabase database, DuckConnection* out) = nullptr;
  void (*disconnect)(DuckConnection* connection) = nullptr;
  void (*close)(DuckDatabase* database) = nullptr;
  int (*query)(DuckConnection connection, const char* sql, DuckResult* out) = nullptr;
  void (*destroy_result)(DuckResult* result) = nullptr;
  const char* (*result_error)(DuckResult* result) = nullptr;
  uint64_t (*row_count)(DuckResult* result) = nullptr;
  uint64_t (*column_count)(DuckResult* result) = nullptr;
  int64_t (*value_int64)(DuckResult* result, uint64_t column, uint64_t row) = nullptr;
  double (*value_double)(DuckResult* result, uint64_t column, uint64_t row) = nullptr;
  int (*prepare)(DuckConnection connection, const char* sql, DuckPrepared* out) = nullptr;
  void (*destroy_prepare)(DuckPrepared* prepared) = nullptr;
  const char* (*prepare_error)(DuckPrepared prepared) = nullptr;
  int (*bind_int64)(DuckPrepared prepared, uint64_t at, int64_t value) = nullptr;
  int (*execute_prepared)(DuckPrepared prepared, DuckResult* out) = nullptr;
  int (*appender_create)(DuckConnection connection, const char* schema, const char* table,
                         DuckAppender* out) = nullptr;
  int (*append_int64)(DuckAppender appender, int64_t value) = nullptr;
  int (*appender_end_row)(DuckAppender appender) = nullptr;
  int (*appender_destroy)(DuckAppender* appender) = nullptr;
  const char* (*library_version)() = nullptr;
};

// A connection to one database file that stops at its first error and keeps the text of it.
class DuckSession {
 public:
  DuckSession(const DuckLibrary& library, const std::string& path);
  ~DuckSession();
  DuckSession(const DuckSession&) = delete;
  DuckSession& operator=(const DuckSession&) = delete;

  // Runs, and reads all cells of all rows as numbers, as a program would.
  void execute(const std::string& sql);
  DuckPrepared prepare(const std::string& sql);  // lives as long as the session
  void execute(DuckPrepared prepared, const std::vector<int64_t>& values);
  // Rows of whole numbers.
  std::vector<std::vector<int64_t>> rows(const std::string& sql);
  std::vector<std::vector<int64_t>> rows(DuckPrepared prepared, const std::vector<int64_t>& values);
  // Appends rows to a table.
  void append(const std::string& table, const std::vector<std::vector<int64_t>>& rows);

  Result<void> result() const;
  void stop(std::string error);  // as if a call had failed

 private:
  bool run(const std::string& sql, DuckResult& result);
  bool run(DuckPrepared prepared, const std::vector<int64_t>& values, DuckResult& result);
  void see(DuckResult& result);
  std::vector<std::vector<int64_t>> take_rows(DuckResult& result);

  const DuckLibrary& library_;
  DuckDatabase database_ = nullptr;
  DuckConnection connection_ = nullptr;
  std::vector<DuckPrepared> prepared_;
  std::string error_;
  double seen_ = 0;
};

}  // namespace wutong::bench
