#include "engine/pack/source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/pack/node.hpp"

namespace wutong::pack {

namespace {

auto position_of(std::vector<File>& files, std::string_view path) {
  return std::lower_bound(files.begin(), files.end(), path,
                          [](const File& file, std::string_view p) { return file.path < p; });
}

}  // namespace

void Files::add(std::string path, std::string text) {
  auto at = position_of(files_, path);
  if (at != files_.end() && at->path == path) {
    at->text = std::move(text);
  } else {
    files_.insert(at, File{std::move(path), std::move(text)});
  }
}

const File* Files::find(std::string_view path) const {
  auto at = std::lower_bound(files_.begin(), files_.end(), path,
                             [](const File& file, std::string_view p) { return file.path < p; });
  return at != files_.end() && at->path == path ? &*at : nullptr;
}

std::vector<const File*> Files::in(std::string_view folder) const {
  std::vector<const File*> found;
  std::string prefix = std::string(folder) + "/";
  for (const File& file : files_) {
    bool is_below = file.path.starts_with(prefix) && file.path.ends_with(".yaml");
    if (is_below && file.path.find('/', prefix.size()) == std::string::npos) found.push_back(&file);
  }
  return found;
}

Hash Files::digest() const {
  Writer writer;
  for (const File& file : files_) {
    writer.text(file.path);
    writer.text(file.text);
  }
  return wutong::digest(HashKind::sha256, writer.bytes());
}

Files read_files(const std::string& directory, Issues& issues) {
  namespace fs = std::filesystem;
  Files files;
  std::error_code code;
  for (const char* folder : {"packs", "zones"}) {
    fs::path root = fs::path(directory) / folder;
    if (!fs::is_directory(root, code)) {
      report(issues, {root.string(), 0, 0, {}}, "pack.no_folder",
             "没有这个目录；用 --packs 指明含 packs/ 与 zones/ 的目录",
             "there is no such directory; --packs names the one that holds packs/ and zones/");
      continue;
    }
    for (auto at = fs::recursive_directory_iterator(root, code);
         !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
      if (!at->is_regular_file(code) || at->path().extension() != ".yaml") continue;
      std::string path = fs::relative(at->path(), directory, code).generic_string();
      std::ifstream in(at->path(), std::ios::binary);
      std::string text(std::istreambuf_iterator<char>(in), {});
      if (!in.good() && !in.eof()) {
        report(issues, {path, 0, 0, {}}, "pack.unreadable", "读不了这个文件", "cannot be read");
      }
      files.add(std::move(path), std::move(text));
    }
  }
  return files;
}

}  // namespace wutong::pack
