// Files: the text files of packs and zones, by path, in one order everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/error.hpp"

namespace wutong::pack {

struct File {
  std::string path;  // "packs/core/registers/area.yaml"
  std::string text;
};

// Sorted by path; a path stands once. A plain value.
class Files {
 public:
  void add(std::string path, std::string text);  // replaces an older text
  const std::vector<File>& all() const { return files_; }
  const File* find(std::string_view path) const;
  // Those directly in a folder with the ending ".yaml", in order.
  std::vector<const File*> in(std::string_view folder) const;
  // Over names and contents, in order.
  Hash digest() const;

 private:
  std::vector<File> files_;
};

constexpr size_t kFilesMax = 20'000;

// packs/**.yaml and zones/*.yaml below a directory. Reports what cannot be read, what is over
// kFileBytesMax (node.hpp), more than kFilesMax files and names that end in .yml. A file that
// cannot be read is left out.
Files read_files(const std::string& directory, Issues& issues);

}  // namespace wutong::pack
