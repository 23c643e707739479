#include "tools/layers.hpp"

#include <algorithm>
#include <sstream>

namespace wutong::tools {

namespace {

std::string name_of(const std::string& module) { return module.substr(module.rfind('/') + 1); }

bool is_library(const std::string& key) { return key.starts_with("<"); }

bool is_header(const std::string& path) { return path.ends_with(".hpp"); }

std::string listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "nothing" : text;
}

class IncludeCheck {
 public:
  IncludeCheck(const Layers& layers, const SourceFile& file, std::vector<std::string>& breaks)
      : layers_(layers), file_(file), module_(module_of(file.path)), breaks_(breaks) {}

  void run() {
    auto uses = layers_.find(module_);
    if (uses == layers_.end()) {
      breaks_.push_back(file_.path + ": module " + module_ + " is not in tools/layers.txt");
      return;
    }
    for (const std::string& line : lines_of(file_.text)) {
      ++line_;
      if (!line.starts_with("#include ") || line.size() < 11) continue;
      std::string target = line.substr(10, line.find_first_of("\">", 10) - 10);
      if (line[9] == '"') {
        check_own(target, uses->second);
      } else {
        check_library(target);
      }
    }
  }

 private:
  void fault(const std::string& what) {
    breaks_.push_back(file_.path + ":" + std::to_string(line_) + ": " + what);
  }

  void check_own(const std::string& target, const std::set<std::string>& uses) {
    std::string used = module_of(target);
    if (used != module_ && !uses.contains(used)) {
      fault(module_ + " may not include " + target + "; tools/layers.txt allows it " +
            listed(uses));
    } else if (used != module_ && target.find("/impl/") != std::string::npos) {
      fault(target + " is private to its folder; use a header of " + used + "/ itself");
    }
  }

  void check_library(const std::string& target) {
    for (const auto& [key, users] : layers_) {
      if (!is_library(key) || !target.starts_with(key.substr(1))) continue;
      if (!users.contains(module_)) {
        fault("<" + target + "> stands only in " + listed(users) + "; ask that module");
      }
      bool is_public = is_header(file_.path) && file_.path.find("/impl/") == std::string::npos &&
                       !module_.starts_with("surface/");
      if (is_public) fault("<" + target + "> belongs into a .cpp or impl/, not a public header");
    }
  }

  const Layers& layers_;
  const SourceFile& file_;
  const std::string module_;
  std::vector<std::string>& breaks_;
  size_t line_ = 0;
};

// All that `name` links, by way of others too.
std::set<std::string> linked(const Layers& modules, const std::string& name) {
  std::set<std::string> reached;
  std::vector<std::string> open{name};
  while (!open.empty()) {
    std::string next = open.back();
    open.pop_back();
    for (const auto& [path, uses] : modules) {
      if (name_of(path) != next) continue;
      for (const std::string& used : uses) {
        if (reached.insert(used).second) open.push_back(used);
      }
    }
  }
  return reached;
}

}  // namespace

Layers parse_layers(const std::string& text) {
  Layers layers;
  for (const std::string& line : lines_of(text)) {
    size_t colon = line.find(':');
    if (line.starts_with("#") || colon == std::string::npos) continue;
    std::istringstream names(line.substr(colon + 1));
    std::set<std::string>& uses = layers[line.substr(0, colon)];
    for (std::string name; names >> name;) uses.insert(name);
  }
  return layers;
}

Layers parse_modules(const std::string& cmake) {
  Layers modules;
  constexpr std::string_view kCall = "wutong_module(";
  for (const std::string& line : lines_of(cmake)) {
    if (!line.starts_with(kCall)) continue;
    std::istringstream words(line.substr(kCall.size(), line.find(')') - kCall.size()));
    std::string path;
    words >> path;
    std::set<std::string>& uses = modules[path];
    bool is_use = false;
    for (std::string word; words >> word;) {
      bool is_key = word == "USES" || word == "LINKS";
      if (is_key) is_use = word == "USES";
      if (!is_key && is_use) uses.insert(word);
    }
  }
  return modules;
}

std::string module_of(const std::string& path) {
  std::string inner = path.starts_with("src/") ? path.substr(4) : path;
  std::string folder = inner.substr(0, inner.rfind('/'));
  for (std::string_view part : {"/impl", "/functions"}) {
    if (folder.ends_with(part)) folder.resize(folder.size() - part.size());
  }
  return folder;
}

std::vector<std::string> check_layers(const Layers& layers, const std::vector<SourceFile>& files) {
  std::vector<std::string> breaks;
  for (const SourceFile& file : files) IncludeCheck(layers, file, breaks).run();
  return breaks;
}

std::vector<std::string> check_modules(const Layers& layers, const Layers& modules) {
  std::vector<std::string> breaks;
  for (const auto& [path, uses] : modules) {
    auto allowed = layers.find(path);
    if (allowed == layers.end()) {
      breaks.push_back("cmake/modules.cmake: " + path + " is not in tools/layers.txt");
      continue;
    }
    for (const std::string& used : uses) {
      bool is_allowed = std::any_of(allowed->second.begin(), allowed->second.end(),
                                    [&](const std::string& one) { return name_of(one) == used; });
      if (is_allowed) continue;
      breaks.push_back("cmake/modules.cmake: " + path + " USES " + used +
                       "; tools/layers.txt does not allow it");
    }
  }
  for (const auto& [path, uses] : layers) {
    if (is_library(path) || path == "app" || path == "demo" || path.starts_with("bench/")) {
      continue;
    }
    if (!modules.contains(path)) {
      breaks.push_back("tools/layers.txt: " + path + " has no wutong_module; nothing builds it");
      continue;
    }
    std::set<std::string> reached = linked(modules, name_of(path));
    for (const std::string& used : uses) {
      if (reached.contains(name_of(used))) continue;
      breaks.push_back("tools/layers.txt: " + path + " may use " + used +
                       "; cmake/modules.cmake does not link it");
    }
  }
  return breaks;
}

}  // namespace wutong::tools
