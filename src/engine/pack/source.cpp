#include "engine/pack/source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

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

namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_text(const fs::path& path, const Place& place, Issues& issues) {
  std::error_code code;
  if (fs::file_size(path, code) > kFileBytesMax && !code) {
    report(issues, place, "pack.too_large", "文件超过 4 MiB，请拆开",
           "the file is over 4 MiB; split it");
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (in) text.assign(std::istreambuf_iterator<char>(in), {});
  if (!code && in && !in.bad()) return text;
  report(issues, place, "pack.unreadable", "读不了这个文件，请检查权限",
         "this file cannot be read; check its permissions");
  return std::nullopt;
}

void read_folder(const fs::path& directory, const fs::path& root, Files& files, Issues& issues) {
  std::error_code code;
  auto at = fs::recursive_directory_iterator(root, code);
  for (; !code && at != fs::recursive_directory_iterator(); at.increment(code)) {
    std::error_code ignored;
    fs::path ending = at->path().extension();
    bool is_meant = (ending == ".yaml" || ending == ".yml") && at->is_regular_file(ignored);
    if (!is_meant) continue;
    std::string path = at->path().lexically_relative(directory).generic_string();
    Place place{path, 0, 0, {}};
    if (files.all().size() >= kFilesMax) {
      report(issues, place, "pack.too_many", "文件超过 20000 个", "there are over 20000 files");
      return;
    }
    if (ending == ".yml") {
      report(issues, place, "pack.ending", "文件名应以 .yaml 结尾", "a file name ends in .yaml");
    } else if (auto text = read_text(at->path(), place, issues)) {
      files.add(std::move(path), std::move(*text));
    }
  }
  if (!code) return;
  report(issues, {root.string(), 0, 0, {}}, "pack.unreadable", "读不了这个目录：" + code.message(),
         "this directory cannot be read: " + code.message());
}

}  // namespace

Files read_files(const std::string& directory, Issues& issues) {
  Files files;
  for (const char* folder : {"packs", "zones"}) {
    fs::path root = fs::path(directory) / folder;
    std::error_code code;
    if (fs::is_directory(root, code)) {
      read_folder(directory, root, files, issues);
    } else {
      report(issues, {root.string(), 0, 0, {}}, "pack.no_folder",
             "没有这个目录；用 --packs 指明含 packs/ 与 zones/ 的目录",
             "there is no such directory; --packs names the one that holds packs/ and zones/");
    }
  }
  return files;
}

}  // namespace wutong::pack
