#include "engine/store/data_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/text.hpp"

namespace wutong::store {

namespace {

tl::unexpected<Error> io_error(const std::string& path, const std::string& why) {
  return fail(ErrorKind::io, "store.directory", "不能使用数据目录：" + why,
              "the data directory cannot be used: " + why, {path, 0, 0, {}});
}

}  // namespace

DataDirectory::~DataDirectory() {
  log_.reset();
  secrets_.reset();
  if (lock_file_ >= 0) ::close(lock_file_);
}

Result<void> DataDirectory::lock(const std::string& path) {
  std::string file = path + "/lock";
  lock_file_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_file_ < 0) return io_error(path, std::strerror(errno));
  if (::flock(lock_file_, LOCK_EX | LOCK_NB) != 0) {
    char holder[32] = {};
    ssize_t size = ::read(lock_file_, holder, sizeof holder - 1);
    std::string process(trim(std::string_view(holder, size > 0 ? static_cast<size_t>(size) : 0)));
    return fail(
        ErrorKind::unavailable, "store.locked",
        "数据目录正被进程 " + process + " 使用；请经由它写入，或先停止它",
        "process " + process + " holds the data directory; write through it, or stop it first",
        {path, 0, 0, {}});
  }
  std::string self = std::to_string(::getpid()) + "\n";
  bool is_noted =
      ::ftruncate(lock_file_, 0) == 0 &&
      ::pwrite(lock_file_, self.data(), self.size(), 0) == static_cast<ssize_t>(self.size());
  if (!is_noted) return io_error(path, std::strerror(errno));
  return {};
}

Result<std::unique_ptr<DataDirectory>> DataDirectory::open(const std::string& path, OpenMode mode) {
  std::unique_ptr<DataDirectory> directory(new DataDirectory());
  std::error_code code;
  if (mode != OpenMode::read_only) {
    std::filesystem::create_directories(path + "/files", code);
    if (code) return io_error(path, code.message());
    if (auto locked = directory->lock(path); !locked) return fail(locked.error());
  } else if (!std::filesystem::exists(path + "/ledger.db", code)) {
    return fail(
        ErrorKind::not_found, "store.no_data",
        "这里没有数据（缺 ledger.db）；用 --data 指明数据目录，或先 wutong zone create",
        "there is no data here (no ledger.db); name the directory with --data, or run wutong "
        "zone create first",
        {path, 0, 0, {}});
  }
  auto log = open_sqlite_log(path + "/ledger.db", mode);
  if (!log) return fail(log.error());
  directory->log_ = std::move(*log);
  std::string secrets_path = path + "/secrets.db";
  if (mode != OpenMode::read_only) {
    int file = ::open(secrets_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return io_error(secrets_path, std::strerror(errno));
    ::fchmod(file, 0600);
    ::close(file);
  }
  auto secrets = open_sqlite_secrets(secrets_path, mode);
  if (!secrets) return fail(secrets.error());
  directory->secrets_ = std::move(*secrets);
  auto credentials = open_sqlite_credentials(secrets_path, mode);
  if (!credentials) return fail(credentials.error());
  directory->credentials_ = std::move(*credentials);
  return directory;
}

}  // namespace wutong::store
