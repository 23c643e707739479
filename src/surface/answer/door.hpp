// Door: the zones as one caller may see them. Every answer is asked through one; there is no way to
// the host past it.
//
// Operation. Rights are those of the newest catalog, on today, whatever position is read. A zone
// that the caller has no role in is answered like one that is not there. Copied freely; the host
// outlives it. Thread-safe as far as the host is.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/rights.hpp"
#include "core/indicator/figure.hpp"
#include "zone/host.hpp"

namespace wutong::answer {

// Personal data was read or exported: leaves an entry before it is shown. Errors: it could not.
struct PersonalUse {
  std::string_view kind;  // read, export
  std::string_view zone;
  std::string_view register_name;
  std::string_view key;  // of one record
  size_t rows = 0;
};
using NotePersonal = std::function<Result<void>(const PersonalUse&)>;

class Door {
 public:
  Door(zone::Host& host, access::Principal principal, NotePersonal note = {})
      : host_(&host),
        principal_(std::make_shared<const access::Principal>(std::move(principal))),
        note_personal_(std::move(note)) {}
  // Who can open the data directory: everything.
  static Door local(zone::Host& host, std::string name = "local") {
    return {host, access::Principal::local(std::move(name))};
  }

  zone::Host& host() const { return *host_; }
  const access::Principal& principal() const { return *principal_; }
  // For requests: null of a local caller, whose roles are his own word.
  std::shared_ptr<const access::Principal> asking() const {
    return principal_->is_local ? nullptr : principal_;
  }

  access::Rights rights(const zone::View& newest) const;
  // not_found, in the words for a zone that is not there, naming only those that are seen.
  Result<access::Rights> enter(std::string_view zone) const;
  // Those that are seen, in order.
  std::vector<zone::Summary> zones() const;
  // `what` about something else than rows: denied unless it is allowed in the zone, or anywhere.
  Result<void> need(std::string_view zone, access::Task task) const;
  Result<void> need_anywhere(access::Task task) const;
  // May this figure be asked for, or explained? Denied in the same words whatever is recorded.
  Result<void> may_ask(const indicator::Question& question, access::What what) const;
  Result<void> note_personal(const PersonalUse& use) const {
    return note_personal_ ? note_personal_(use) : Result<void>{};
  }

 private:
  zone::Host* host_;
  std::shared_ptr<const access::Principal> principal_;
  NotePersonal note_personal_;
};

Error not_allowed();

// Indicators that a caller with own rows only may ask for, by the dimension that names the owner.
bool is_own_figure(const zone::View& view, const access::Rights& rights,
                   const indicator::Definition& definition, std::string_view key);
// Does a figure with these dimensions speak of single records (an enterprise)? Then the registers
// that it reads; else nothing.
std::vector<std::string> registers_of_single(const catalog::Catalog& catalog,
                                             const indicator::Question& question);
// The registers that an indicator is made of, through ratios and formulas.
std::vector<std::string> registers_of(const catalog::Catalog& catalog, std::string_view indicator);

}  // namespace wutong::answer
