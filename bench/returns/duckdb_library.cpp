#include "bench/returns/duckdb_library.hpp"

#include <dlfcn.h>

namespace wutong::bench {

Result<DuckLibrary> DuckLibrary::load(const std::string& path) {
  void* handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(ErrorKind::not_found, "bench.no_duckdb", "无法载入 DuckDB 程序库",
                "cannot load the library of DuckDB", {path, 0, 0, {}});
  }
  DuckLibrary out;
  std::string missing;
  const auto find = [&](auto& function, const char* name) {
    void* at = ::dlsym(handle, name);
    if (at == nullptr) missing = name;
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(at);
  };
  find(out.open, "duckdb_open");
  find(out.connect, "duckdb_connect");
  find(out.disconnect, "duckdb_disconnect");
  find(out.close, "duckdb_close");
  find(out.query, "duckdb_query");
  find(out.destroy_result, "duckdb_destroy_result");
  find(out.result_error, "duckdb_result_error");
  find(out.row_count, "duckdb_row_count");
  find(out.column_count, "duckdb_column_count");
  find(out.value_int64, "duckdb_value_int64");
  find(out.value_double, "duckdb_value_double");
  find(out.prepare, "duckdb_prepare");
  find(out.destroy_prepare, "duckdb_destroy_prepare");
  find(out.prepare_error, "duckdb_prepare_error");
  find(out.bind_int64, "duckdb_bind_int64");
  find(out.execute_prepared, "duckdb_execute_prepared");
  find(out.appender_create, "duckdb_appender_create");
  find(out.append_int64, "duckdb_append_int64");
  find(out.appender_end_row, "duckdb_appender_end_row");
  find(out.appender_destroy, "duckdb_appender_destroy");
  find(out.library_version, "duckdb_library_version");
  if (missing.empty()) return out;
  return fail(ErrorKind::not_found, "bench.no_duckdb", "DuckDB 程序库没有 " + missing,
              "the library of DuckDB has no " + missing, {path, 0, 0, {}});
}

DuckSession::DuckSession(const DuckLibrary& library, const std::string& path) : library_(library) {
  if (library_.open(path.c_str(), &database_) != 0) {
    stop("cannot open " + path);
  } else if (library_.connect(database_, &connection_) != 0) {
    stop("cannot connect to " + path);
  }
}

DuckSession::~DuckSession() {
  for (DuckPrepared prepared : prepared_) library_.destroy_prepare(&prepared);
  if (connection_ != nullptr) library_.disconnect(&connection_);
  if (database_ != nullptr) library_.close(&database_);
}

void DuckSession::stop(std::string error) {
  if (error_.empty()) error_ = std::move(error);
}

bool DuckSession::run(const std::string& sql, DuckResult& result) {
  if (!error_.empty()) return false;
  if (library_.query(connection_, sql.c_str(), &result) == 0) return true;
  stop(library_.result_error(&result) + (" in " + sql));
  library_.destroy_result(&result);
  return false;
}

bool DuckSession::run(DuckPrepared prepared, const std::vector<int64_t>& values,
                      DuckResult& result) {
  if (!error_.empty()) return false;
  for (size_t i = 0; i < values.size(); ++i) library_.bind_int64(prepared, i + 1, values[i]);
  if (library_.execute_prepared(prepared, &result) == 0) return true;
  stop(library_.result_error(&result));
  library_.destroy_result(&result);
  return false;
}

void DuckSession::see(DuckResult& result) {
  const uint64_t rows = library_.row_count(&result);
  const uint64_t columns = library_.column_count(&result);
  for (uint64_t row = 0; row < rows; ++row) {
    for (uint64_t column = 0; column < columns; ++column) {
      seen_ += library_.value_double(&result, column, row);
    }
  }
  library_.destroy_result(&result);
}

std::vector<std::vector<int64_t>> DuckSession::take_rows(DuckResult& result) {
  std::vector<std::vector<int64_t>> out(library_.row_count(&result));
  const uint64_t columns = library_.column_count(&result);
  for (uint64_t row = 0; row < out.size(); ++row) {
    for (uint64_t column = 0; column < columns; ++column) {
      out[row].push_back(library_.value_int64(&result, column, row));
    }
  }
  library_.destroy_result(&result);
  return out;
}

void DuckSession::execute(const std::string& sql) {
  DuckResult result{};
  if (run(sql, result)) see(result);
}

DuckPrepared DuckSession::prepare(const std::string& sql) {
  DuckPrepared prepared = nullptr;
  if (!error_.empty()) return prepared;
  if (library_.prepare(connection_, sql.c_str(), &prepared) != 0) {
    stop(library_.prepare_error(prepared) + (" in " + sql));
  }
  prepared_.push_back(prepared);
  return prepared;
}

void DuckSession::execute(DuckPrepared prepared, const std::vector<int64_t>& values) {
  DuckResult result{};
  if (run(prepared, values, result)) see(result);
}

std::vector<std::vector<int64_t>> DuckSession::rows(const std::string& sql) {
  DuckResult result{};
  if (!run(sql, result)) return {};
  return take_rows(result);
}

std::vector<std::vector<int64_t>> DuckSession::rows(DuckPrepared prepared,
                                                    const std::vector<int64_t>& values) {
  DuckResult result{};
  if (!run(prepared, values, result)) return {};
  return take_rows(result);
}

void DuckSession::append(const std::string& table, const std::vector<std::vector<int64_t>>& rows) {
  if (!error_.empty()) return;
  DuckAppender appender = nullptr;
  if (library_.appender_create(connection_, nullptr, table.c_str(), &appender) != 0) {
    return stop("cannot append to " + table);
  }
  int state = 0;
  for (const auto& row : rows) {
    for (int64_t value : row) state |= library_.append_int64(appender, value);
    state |= library_.appender_end_row(appender);
  }
  state |= library_.appender_destroy(&appender);
  if (state != 0) stop("appending to " + table + " failed");
}

Result<void> DuckSession::result() const {
  if (error_.empty()) return {};
  return fail(ErrorKind::io, "bench.duckdb", "DuckDB 出错：" + error_, "DuckDB: " + error_);
}

}  // namespace wutong::bench
