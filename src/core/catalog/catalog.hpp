// Catalog: one immutable value of what every module loaded from the packs of one zone, with the
// digest that entries name. A catalog with a fault does not exist: load reports all faults and
// gives none.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/access/role.hpp"
#include "core/catalog/screen.hpp"
#include "core/indicator/definition.hpp"
#include "core/record/schema.hpp"

namespace wutong::catalog {

struct ZoneFile {
  std::string zone;
  record::Title name;
  std::vector<std::string> aliases;
  std::string area;  // key of the zone's own record in `area`
  std::vector<std::string> packs;
  bool synthetic = false;
};

struct Catalog {
  ZoneFile zone;
  std::shared_ptr<const record::Schema> schema;
  std::shared_ptr<const indicator::Definitions> indicators;
  std::shared_ptr<const access::Roles> roles;
  std::shared_ptr<const Screens> screens;
  pack::Files files;  // exactly those that define the zone: what adopting records (no cases)
  Hash digest{};      // over names and contents of `files`, in order
};

// What zones/NAME.yaml may hold.
pack::Shape zone_shape();
// The zones that have a file, in order.
std::vector<std::string> zone_names(const pack::Files& files);
// (kind of file, JSON Schema) for every kind.
std::vector<std::pair<std::string, std::string>> json_schemas();

// `files` may hold more packs than the zone runs. Thread-safe; pure.
std::shared_ptr<const Catalog> load(const pack::Files& files, std::string_view zone,
                                    Issues& issues);

}  // namespace wutong::catalog
