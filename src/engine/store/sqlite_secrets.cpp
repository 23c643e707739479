#include <algorithm>
#include <mutex>

#include "engine/store/impl/sqlite.hpp"
#include "engine/store/log_store.hpp"

namespace wutong::store {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    "CREATE TABLE IF NOT EXISTS person_key(zone TEXT NOT NULL, register TEXT NOT NULL,"
    " record INTEGER NOT NULL, key BLOB NOT NULL, PRIMARY KEY(zone, register, record))"
    " WITHOUT ROWID; PRAGMA user_version=1;";

class SqliteSecrets final : public SecretStore {
 public:
  static Result<std::unique_ptr<SecretStore>> open(const std::string& path, OpenMode mode) {
    auto store = std::make_unique<SqliteSecrets>();
    auto database = open_database(path, mode);
    if (!database) return fail(database.error());
    store->database_ = std::move(*database);
    if (mode != OpenMode::read_only) {
      if (auto made = execute(store->database_.get(), kSchema); !made) return fail(made.error());
    }
    if (mode == OpenMode::unflushed) {
      auto set = execute(store->database_.get(), "PRAGMA synchronous=OFF");
      if (!set) return fail(set.error());
    }
    return std::unique_ptr<SecretStore>(std::move(store));
  }

  Result<Key> person_key(std::string_view zone, std::string_view register_name, RecordId record,
                         const Key& fresh) override {
    auto found = find_person_key(zone, register_name, record);
    if (!found) return fail(found.error());
    if (*found) return **found;
    auto done =
        run("INSERT INTO person_key VALUES(?, ?, ?, ?)", zone, register_name, record, fresh);
    if (!done) return fail(done.error());
    return fresh;
  }

  Result<std::optional<Key>> find_person_key(std::string_view zone, std::string_view register_name,
                                             RecordId record) const override {
    std::lock_guard lock(mutex_);
    auto statement =
        prepare(database_.get(),
                "SELECT key FROM person_key WHERE zone = ? AND register = ? AND record = ?");
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    int code = run.bind(zone).bind(register_name).bind(int64_t{record.value}).step();
    if (code == SQLITE_DONE) return std::optional<Key>{};
    if (code != SQLITE_ROW) return fail(sqlite_error(database_.get(), "find key"));
    Key key{};
    ByteView bytes = run.blob(0);
    std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
    return std::optional<Key>{key};
  }

  Result<void> erase_person_key(std::string_view zone, std::string_view register_name,
                                RecordId record) override {
    return run("DELETE FROM person_key WHERE zone = ? AND register = ? AND record = ?", zone,
               register_name, record, {});
  }

 private:
  Result<void> run(const char* sql, std::string_view zone, std::string_view register_name,
                   RecordId record, ByteView key) {
    std::lock_guard lock(mutex_);
    auto statement = prepare(database_.get(), sql);
    if (!statement) return fail(statement.error());
    Run run(statement->get());
    run.bind(zone).bind(register_name).bind(int64_t{record.value});
    if (!key.empty()) run.bind(key);
    if (run.step() != SQLITE_DONE) return fail(sqlite_error(database_.get(), "key"));
    return {};
  }

  mutable std::mutex mutex_;  // the connection
  Database database_;
};

}  // namespace

Result<std::unique_ptr<SecretStore>> open_sqlite_secrets(const std::string& path, OpenMode mode) {
  return SqliteSecrets::open(path, mode);
}

}  // namespace wutong::store
