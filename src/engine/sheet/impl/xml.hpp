// XML of an archive's part as events, over expat. Names come without their namespace. Private to
// the module.
#pragma once

#include <string_view>

#include "engine/sheet/impl/archive.hpp"

namespace wutong::sheet {

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  // By local name; empty where there is none.
  std::string_view operator[](std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlSink {
 public:
  virtual ~XmlSink() = default;
  // False: no more is wanted.
  virtual bool begin(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual bool end(std::string_view name) = 0;
  virtual bool text(std::string_view text) = 0;
};

// Errors: xlsx.damaged; xlsx.xml with line and column in the part. A document type declaration, and
// a name or attribute of over 1 MiB, are faults as well: no workbook has them.
Result<void> read_xml(Archive& archive, std::string_view file, const std::string& part,
                      XmlSink& sink);

}  // namespace wutong::sheet
