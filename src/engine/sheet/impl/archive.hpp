// Archive: the parts of a ZIP file in memory, within limits. Private to the module.
//
// Operation. open() refuses what is no ZIP, what is encrypted and what would unpack to too much, by
// the sizes that the archive declares, before anything is unpacked; read() ends where a part is
// longer than declared. Concurrency. None. Limitations. The bytes outlive the archive.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "engine/sheet/xlsx.hpp"

namespace wutong::sheet {

class Archive {
 public:
  static Result<Archive> open(std::string_view file, std::string_view bytes,
                              const XlsxLimits& limits);
  ~Archive();
  Archive(Archive&&) noexcept;

  bool has(const std::string& part) const;
  // Hands out the unpacked bytes piece by piece until `take` says false.
  Result<void> read(const std::string& part, const std::function<bool(std::string_view)>& take);

 private:
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::sheet
