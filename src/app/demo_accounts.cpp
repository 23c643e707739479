#include "app/demo_accounts.hpp"

#include <iostream>
#include <map>

#include "zone/account/accounts.hpp"

namespace wutong::app {

namespace {

struct DemoRole {
  std::string title_zh;
  std::string title_en;
  std::map<std::string, std::string> own;  // zone → REGISTER/KEY, of roles with own rows
};

// The first record that such an account may be, in a zone: a made-up one, as all of the demo.
std::string first_own(const zone::View& view, const access::Role& role) {
  for (const std::string& name : role.own) {
    const auto home = view.state->schema().index_of(name);
    if (home && view.state->size(*home) > 0) {
      return name + "/" + view.state->key_text(*home, RecordId{0});
    }
  }
  return {};
}

std::map<std::string, DemoRole> roles_of(const zone::Host& host) {
  std::map<std::string, DemoRole> out;
  host.read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const std::string& zone = view.catalog->zone.zone;
      if (zone == account::kSystemZone) continue;
      for (const access::Role& role : view.catalog->roles->all()) {
        DemoRole& demo = out[role.name];
        demo.title_zh = role.title.zh;
        demo.title_en = role.title.en;
        demo.own[zone] = first_own(view, role);
      }
    }
  });
  return out;
}

}  // namespace

Result<void> make_demo_accounts(zone::Host& host, const cli::DemoOptions& options,
                                const cli::Environment& environment) {
  account::Accounts accounts(host, *host.credentials(), *environment.clock, *environment.random);
  if (auto prepared = accounts.prepare(); !prepared) return prepared;
  if (accounts.has_accounts()) return {};
  // With --once stdout holds the checked page alone.
  std::ostream& out = options.is_once ? std::cerr : std::cout;
  const bool is_zh = options.language == cli::Language::zh;
  const account::By by{"demo", nullptr};
  out << (is_zh ? "演示账户（一次性口令，只显示这一次）：\n"
                : "demo accounts (one-time passwords, shown once):\n");
  for (const auto& [role, demo] : roles_of(host)) {
    auto password = accounts.add(by, role, demo.title_zh);
    if (!password) return fail(password.error().error);
    for (const auto& [zone, own] : demo.own) {
      auto granted = accounts.add_grant(by, {role, role, zone, own, "", "", ""});
      if (!granted) return fail(granted.error().error);
    }
    out << "  " << role << "  " << *password << "  " << (is_zh ? demo.title_zh : demo.title_en)
        << "\n";
  }
  // The zone of the accounts has roles of its own.
  for (const char* role : {"administrator", "auditor"}) {
    auto granted =
        accounts.add_grant(by, {role, role, std::string(account::kSystemZone), "", "", "", ""});
    if (!granted) return fail(granted.error().error);
  }
  out << std::flush;
  return {};
}

}  // namespace wutong::app
