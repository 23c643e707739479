#include "bench/returns/our_zones.hpp"

#include <fmt/core.h>

#include "engine/pack/source.hpp"

namespace wutong::bench {

namespace {

constexpr const char* kActor = "bench";

// All zones are made in the likeness of the first.
constexpr std::string_view kPattern = "z000";

std::string zone_file(const pack::Files& pack, const std::string& name) {
  const pack::File* pattern = pack.find("zones/z000.yaml");
  std::string out = pattern == nullptr ? "" : pattern->text;
  for (size_t at = out.find(kPattern); at != out.npos; at = out.find(kPattern, at + name.size())) {
    out.replace(at, kPattern.size(), name);
  }
  return out;
}

std::string industry_codes(size_t industries) {
  std::string out = "codes: industry\ntitle: {zh: 行业大类, en: Industry division}\nvalues:\n";
  for (size_t i = 0; i < industries; ++i) {
    out += fmt::format("  {0}: {{zh: 行业{1}, en: Industry {1}}}\n", industry_code(i), i);
  }
  return out;
}

Error error_of(const zone::Failure& failure) {
  return failure.faults.empty() ? failure.error : failure.faults.front();
}

}  // namespace

std::string zone_name(size_t zone) { return fmt::format("z{:03}", zone); }
std::string industry_code(size_t industry) { return fmt::format("i{:02}", industry); }

Result<std::unique_ptr<OurZones>> OurZones::create(const Dataset& data, const std::string& folder) {
  std::unique_ptr<OurZones> out(new OurZones);
  zone::HostOptions options;
  options.data_directory = folder;
  auto host = folder.empty() ? zone::Host::open_on(out->log_, out->secrets_, options, out->clock_,
                                                   out->random_)
                             : zone::Host::open(options, out->clock_, out->random_);
  if (!host) return fail(host.error());
  out->host_ = std::move(*host);
  Issues issues;
  const pack::Files pack = pack::read_files(std::string(WUTONG_SOURCE_DIR) + "/bench", issues);
  if (!issues.empty()) return fail(issues.front());
  for (size_t zone = 0; zone < data.zones; ++zone) {
    pack::Files files = pack;
    files.add("packs/returns/codes/industry.yaml", industry_codes(data.industries));
    files.add("zones/" + zone_name(zone) + ".yaml", zone_file(pack, zone_name(zone)));
    auto created = out->host_->create_zone(zone_name(zone), HashKind::sha256, files, kActor);
    if (!created) return fail(error_of(created.error()));
  }
  return out;
}

Result<void> OurZones::act_all(std::vector<ZoneRequest> requests) {
  std::vector<zone::ZoneAct> acts;
  for (ZoneRequest& one : requests) {
    one.request.actor = kActor;
    acts.push_back({std::move(one.zone), std::move(one.request), {}});
  }
  for (const auto& outcome : host_->act_many(acts)) {
    if (!outcome) return fail(error_of(outcome.error()));
  }
  return {};
}

}  // namespace wutong::bench
