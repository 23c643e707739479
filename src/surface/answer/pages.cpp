#include "surface/answer/json_out.hpp"

namespace wutong::answer {

Answered read_page(std::string_view) {
  return failed(Error{ErrorKind::unavailable, "page.missing", {}, "阅读尚未接入", "no reader yet", {}});
}
Answered check_page(const zone::Host&, std::string_view text) { return read_page(text); }

}  // namespace wutong::answer
