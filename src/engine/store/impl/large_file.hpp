// LargeFile: the bytes of large entries, one after another in a plain file beside the database, so
// that they are written to the disk once. Private to the store.
//
// Operation. write() adds at the end and is durable after sync(); the database then names offset
// and size, in a transaction of its own. What stands behind the last named byte was never
// committed: rewind() takes it away. The hash of an entry is kept with its row, so bytes that were
// damaged here are noticed when they are read. Concurrency. One thread writes; meanwhile one at a
// time may read what has been synced. Limitations. Nothing is ever taken out of the middle.
#pragma once

#include <string>

#include "engine/store/log_store.hpp"

namespace wutong::store {

class LargeFile {
 public:
  LargeFile() = default;
  ~LargeFile();
  LargeFile(const LargeFile&) = delete;
  LargeFile& operator=(const LargeFile&) = delete;

  // `committed`: the end of what the database names. A writer makes the file.
  Result<void> open(const std::string& path, OpenMode mode, int64_t committed);
  Result<int64_t> write(ByteView bytes);  // its offset
  Result<void> sync();                    // nothing to do where nothing was written since
  void keep() { committed_ = end_; }      // the database names all of it now
  void rewind();
  Result<Bytes> read(int64_t offset, int64_t size) const;

 private:
  Result<int> file() const;
  void cut();

  std::string path_;  // constant once opened, as is mode_
  OpenMode mode_ = OpenMode::read_only;
  mutable int file_ = -1;  // a reader opens it when there is something to read
  int64_t committed_ = 0;
  int64_t end_ = 0;
};

}  // namespace wutong::store
