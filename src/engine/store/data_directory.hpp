// DataDirectory: ledger.db with all zones' logs, secrets.db (mode 0600), files/, and the lock that
// lets one process at a time write. Reading needs no lock. Constant after open.
#pragma once

#include <memory>
#include <string>

#include "engine/store/log_store.hpp"

namespace wutong::store {

class DataDirectory {
 public:
  // Creates what is missing when writing. Errors: unavailable (another process holds the lock:
  // names it), not_found (reading a directory that has no log), io.
  static Result<std::unique_ptr<DataDirectory>> open(const std::string& path, OpenMode mode);
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  LogStore& log() { return *log_; }
  SecretStore& secrets() { return *secrets_; }
  CredentialStore& credentials() { return *credentials_; }

 private:
  DataDirectory() = default;
  Result<void> lock(const std::string& path);

  int lock_file_ = -1;
  std::unique_ptr<LogStore> log_;
  std::unique_ptr<SecretStore> secrets_;
  std::unique_ptr<CredentialStore> credentials_;
};

}  // namespace wutong::store
