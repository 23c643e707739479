#include "engine/store/impl/large_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace wutong::store {

namespace {

tl::unexpected<Error> io_error(const std::string& path, int code) {
  std::string why = std::strerror(code);
  return fail(ErrorKind::io, "store.large_file", "数据文件读写出错：" + why,
              "the data file cannot be read or written: " + why, {path, 0, 0, {}});
}

// A new name in a directory is durable once the directory is.
Result<void> sync_directory(const std::string& path) {
  std::string directory = std::filesystem::path(path).parent_path().string();
  int folder = ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return io_error(path, errno);
  int done = ::fsync(folder);
  int code = errno;
  ::close(folder);
  if (done != 0) return io_error(path, code);
  return {};
}

}  // namespace

LargeFile::~LargeFile() {
  if (file_ >= 0) ::close(file_);
}

Result<int> LargeFile::file() const {
  if (file_ >= 0) return file_;
  bool is_written = mode_ != OpenMode::read_only;
  bool is_new = ::access(path_.c_str(), F_OK) != 0;
  file_ = ::open(path_.c_str(), (is_written ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0644);
  if (file_ < 0) return io_error(path_, errno);
  if (is_written && is_new) {
    if (auto synced = sync_directory(path_); !synced) return fail(synced.error());
  }
  return file_;
}

Result<void> LargeFile::open(const std::string& path, OpenMode mode, int64_t committed) {
  path_ = path;
  mode_ = mode;
  committed_ = end_ = committed;
  if (mode == OpenMode::read_only) return {};
  auto opened = file();
  if (!opened) return fail(opened.error());
  cut();
  return {};
}

void LargeFile::rewind() {
  if (end_ == committed_) return;
  end_ = committed_;
  cut();
}

// Left standing, a rest does no harm: it is written over.
void LargeFile::cut() {
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0 || status.st_size <= end_) return;
  [[maybe_unused]] int done = ::ftruncate(file_, end_);
}

Result<int64_t> LargeFile::write(ByteView bytes) {
  auto opened = file();
  if (!opened) return fail(opened.error());
  int64_t offset = end_;
  while (!bytes.empty()) {
    ssize_t done = ::pwrite(*opened, bytes.data(), bytes.size(), end_);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return io_error(path_, errno);
    end_ += done;
    bytes = bytes.subspan(static_cast<size_t>(done));
  }
#ifdef __linux__
  // The disk begins now, while the next entry is made; sync() waits for it.
  ::sync_file_range(*opened, offset, end_ - offset, SYNC_FILE_RANGE_WRITE);
#endif
  return offset;
}

Result<void> LargeFile::sync() {
  if (end_ == committed_) return {};
  if (::fdatasync(file_) != 0) return io_error(path_, errno);
  return {};
}

Result<Bytes> LargeFile::read(int64_t offset, int64_t size) const {
  auto opened = file();
  if (!opened) return fail(opened.error());
  struct stat status {};
  bool is_there = ::fstat(*opened, &status) == 0 && offset >= 0 && size >= 0 &&
                  offset <= status.st_size && size <= status.st_size - offset;
  if (!is_there) {
    return fail(
        ErrorKind::corrupt, "store.large_file_short", "数据文件短于登记的长度，请从备份恢复",
        "the data file is shorter than what was stored in it; restore a backup", {path_, 0, 0, {}});
  }
  Bytes bytes(static_cast<size_t>(size));
  size_t filled = 0;
  while (filled < bytes.size()) {
    ssize_t done = ::pread(*opened, bytes.data() + filled, bytes.size() - filled,
                           offset + static_cast<int64_t>(filled));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return io_error(path_, done < 0 ? errno : EIO);
    filled += static_cast<size_t>(done);
  }
  return bytes;
}

}  // namespace wutong::store
