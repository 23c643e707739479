#include "engine/store/impl/sqlite.hpp"

namespace wutong::store {

Error sqlite_error(sqlite3* database, std::string_view doing) {
  std::string why = database == nullptr ? "out of memory" : sqlite3_errmsg(database);
  int code = database == nullptr ? SQLITE_NOMEM : sqlite3_errcode(database);
  ErrorKind kind = code == SQLITE_BUSY                               ? ErrorKind::unavailable
                   : code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? ErrorKind::corrupt
                                                                     : ErrorKind::io;
  return Error{kind,
               "store.sqlite",
               {},
               "数据存储出错：" + why,
               "the store failed: " + why,
               std::string(doing)};
}

Result<Database> open_database(const std::string& path, OpenMode mode) {
  int flags = mode == OpenMode::read_only ? SQLITE_OPEN_READONLY
                                          : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_FULLMUTEX, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) {
    Error error = sqlite_error(raw, "open");
    error.place.file = path;
    return fail(error);
  }
  sqlite3_busy_timeout(raw, 5000);
  sqlite3_extended_result_codes(raw, 0);
  return database;
}

Result<void> execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return fail(sqlite_error(database, sql));
  }
  return {};
}

Result<Statement> prepare(sqlite3* database, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) !=
      SQLITE_OK) {
    return fail(sqlite_error(database, sql));
  }
  return Statement(raw);
}

}  // namespace wutong::store
