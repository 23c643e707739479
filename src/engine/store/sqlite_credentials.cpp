#include <mutex>

#include "engine/store/impl/sqlite.hpp"
#include "engine/store/log_store.hpp"

namespace wutong::store {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    "CREATE TABLE IF NOT EXISTS credential(kind TEXT NOT NULL, id TEXT NOT NULL,"
    " value TEXT NOT NULL, expires INTEGER, PRIMARY KEY(kind, id)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS credential_expires ON credential(expires);";

class SqliteCredentials final : public CredentialStore {
 public:
  explicit SqliteCredentials(Database database) : database_(std::move(database)) {}

  Result<void> put(std::string_view kind, std::string_view id, std::string_view value,
                   std::optional<Instant> expires) override {
    return change("INSERT OR REPLACE INTO credential VALUES(?, ?, ?, ?)", [&](Run& run) {
      run.bind(kind).bind(id).bind(value);
      expires ? run.bind(expires->ms) : run.bind_null();
    });
  }

  Result<std::optional<std::string>> find(std::string_view kind, std::string_view id,
                                          Instant now) const override {
    std::lock_guard lock(mutex_);
    auto statement = prepare(database_.get(),
                             "SELECT value FROM credential WHERE kind = ? AND id = ?"
                             " AND (expires IS NULL OR expires > ?)");
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    const int code = run.bind(kind).bind(id).bind(now.ms).step();
    if (code == SQLITE_DONE) return std::optional<std::string>{};
    if (code != SQLITE_ROW) return fail(sqlite_error(database_.get(), "find credential"));
    return std::optional(run.text(0));
  }

  Result<void> erase(std::string_view kind, std::string_view id) override {
    return change("DELETE FROM credential WHERE kind = ? AND id = ?",
                  [&](Run& run) { run.bind(kind).bind(id); });
  }

  Result<void> erase_starting(std::string_view kind, std::string_view value_prefix) override {
    return change("DELETE FROM credential WHERE kind = ? AND substr(value, 1, ?) = ?",
                  [&](Run& run) {
                    const auto length = static_cast<int64_t>(value_prefix.size());
                    run.bind(kind).bind(length).bind(value_prefix);
                  });
  }

  Result<void> erase_expired(Instant now) override {
    return change("DELETE FROM credential WHERE expires <= ?", [&](Run& run) { run.bind(now.ms); });
  }

 private:
  template <typename Bind>
  Result<void> change(const char* sql, const Bind& bind) {
    std::lock_guard lock(mutex_);
    auto statement = prepare(database_.get(), sql);
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    bind(run);
    if (run.step() != SQLITE_DONE) return fail(sqlite_error(database_.get(), "credential"));
    return {};
  }

  mutable std::mutex mutex_;  // the connection
  Database database_;
};

}  // namespace

Result<std::unique_ptr<CredentialStore>> open_sqlite_credentials(const std::string& path,
                                                                 OpenMode mode) {
  auto database = open_database(path, mode);
  if (!database) return fail(database.error());
  if (mode != OpenMode::read_only) {
    if (auto made = execute(database->get(), kSchema); !made) return fail(made.error());
  }
  return std::unique_ptr<CredentialStore>(new SqliteCredentials(std::move(*database)));
}

}  // namespace wutong::store
