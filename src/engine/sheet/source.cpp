#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "engine/sheet/csv_stream.hpp"

namespace wutong::sheet {

namespace {

tl::unexpected<Error> io_error(const std::string& path, int code) {
  std::string why = std::strerror(code);
  return fail(code == ENOENT ? ErrorKind::not_found : ErrorKind::io, "csv.file",
              "不能读取文件：" + why, "the file cannot be read: " + why, {path, 0, 0, {}});
}

struct OpenFile {
  explicit OpenFile(int opened) : number(opened) {}
  ~OpenFile() { ::close(number); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int number;
};

}  // namespace

Result<Source> file_source(const std::string& path) {
  int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return io_error(path, errno);
  auto file = std::make_shared<OpenFile>(number);
  return Source([file, path](std::span<char> out) -> Result<size_t> {
    while (true) {
      ssize_t size = ::read(file->number, out.data(), out.size());
      if (size >= 0) return static_cast<size_t>(size);
      if (errno != EINTR) return io_error(path, errno);
    }
  });
}

Source text_source(std::string_view text) {
  return [text](std::span<char> out) mutable -> Result<size_t> {
    size_t size = text.copy(out.data(), out.size());
    text.remove_prefix(size);
    return size;
  };
}

}  // namespace wutong::sheet
