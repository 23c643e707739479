#include "tools/layers.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace wutong::tools {

std::vector<SourceFile> read_tree(const std::string& root,
                                  const std::vector<std::string>& folders) {
  namespace fs = std::filesystem;
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    if (!fs::exists(fs::path(root) / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(root) / folder)) {
      std::string ending = entry.path().extension().string();
      if (ending != ".hpp" && ending != ".cpp") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      files.push_back({fs::relative(entry.path(), root).generic_string(),
                       std::string(std::istreambuf_iterator<char>(in), {})});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

Layers parse_layers(const std::string& text) {
  Layers layers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    size_t colon = line.find(':');
    if (line.starts_with("#") || colon == std::string::npos) continue;
    std::istringstream names(line.substr(colon + 1));
    std::set<std::string>& uses = layers[line.substr(0, colon)];
    for (std::string name; names >> name;) uses.insert(name);
  }
  return layers;
}

std::string module_of(const std::string& path) {
  std::string inner = path.starts_with("src/") ? path.substr(4) : path;
  std::string folder = inner.substr(0, inner.rfind('/'));
  for (const char* part : {"/impl", "/functions"}) {
    if (folder.ends_with(part)) folder.resize(folder.size() - std::string(part).size());
  }
  return folder;
}

std::vector<std::string> check_layers(const Layers& layers, const std::vector<SourceFile>& files) {
  std::vector<std::string> breaks;
  for (const SourceFile& file : files) {
    std::string module = module_of(file.path);
    auto uses = layers.find(module);
    if (uses == layers.end()) {
      breaks.push_back(file.path + ": module " + module + " is not in tools/layers.txt");
      continue;
    }
    std::istringstream lines(file.text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      constexpr std::string_view kInclude = "#include \"";
      if (!line.starts_with(kInclude)) continue;
      std::string target = line.substr(kInclude.size());
      target.resize(std::min(target.size(), target.find('"')));
      std::string used = module_of(target);
      if (used == module || uses->second.contains(used)) continue;
      breaks.push_back(file.path + ":" + std::to_string(number) + ": " + module +
                       " may not include " + target);
    }
    bool is_private = file.text.find("/impl/") != std::string::npos;
    if (!is_private) continue;
    std::istringstream again(file.text);
    for (std::string line; std::getline(again, line);) {
      size_t at = line.find("/impl/");
      bool is_include = line.starts_with("#include \"") && at != std::string::npos;
      if (is_include && line.substr(10, at - 10) != module) {
        breaks.push_back(file.path + ": impl/ is private to its folder: " + line);
      }
    }
  }
  return breaks;
}

}  // namespace wutong::tools
