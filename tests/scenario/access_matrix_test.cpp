// Who may read and do what, walked: every register, row, field, act, move, figure and explanation
// under random roles and grants, against a plain second statement of the rules; and every refusal
// in the words for what is not there. A failure names its round: the seed repeats it.
#include <algorithm>
#include <set>

#include "surface/answer/live.hpp"
#include "tests/scenario/access_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

constexpr int kRounds = 1000;

struct RowFacts {
  const char* home;
  const char* key;
  std::vector<std::string> owners;  // REGISTER/KEY
};
// By hand, from the registers in access_zone.hpp.
const std::vector<RowFacts> kRows = {{"area", "x", {}},  // not there
                                     {"enterprise", "a", {"enterprise/a"}},
                                     {"enterprise", "b", {"enterprise/b"}},
                                     {"enterprise", "c", {"enterprise/c"}},
                                     {"person", "p", {"person/p"}},
                                     {"person", "q", {"person/q"}},
                                     {"monthly", "a/2024-08", {"enterprise/a"}},
                                     {"monthly", "a/2024-09", {"enterprise/a"}},
                                     {"monthly", "b/2024-09", {"enterprise/b"}},
                                     {"monthly", "c/2024-09", {"enterprise/c"}},
                                     {"query", "q1", {"enterprise/a", "person/p"}},
                                     {"query", "q2", {"enterprise/b"}},
                                     {"query", "q3", {"person/q"}},
                                     {"query", "q4", {}}};
const std::vector<std::string> kHomes = {"area", "enterprise", "person", "monthly", "query"};
const std::vector<std::string> kRoles = {"one", "two", "three"};
const std::vector<std::string> kRights = {"read", "create", "amend", "import", "move"};

struct PlainLine {
  std::set<std::string> homes;
  bool is_own = false;
  std::set<std::string> may;
  bool is_draft_only = false;
  bool personal = false;
};
struct PlainRole {
  std::vector<PlainLine> lines;
  std::string figures, explanations, exports;
  bool pages = false;
};
struct PlainGrant {
  std::string role;
  std::string own;
  bool is_current = true;
};

// The rules once more, as plainly as they can be said.
struct Plain {
  std::map<std::string, PlainRole> roles;
  std::vector<PlainGrant> grants;

  bool may(const std::string& right, const std::string& home,
           const std::vector<std::string>& owners, const std::string& state = "",
           const std::set<std::string>& by = {}, bool is_personal = false) const {
    for (const PlainGrant& grant : grants) {
      if (!grant.is_current || (right == "move" && !by.contains(grant.role))) continue;
      for (const PlainLine& line : roles.at(grant.role).lines) {
        if (!line.homes.contains(home) || !line.may.contains(right)) continue;
        if (is_personal && !line.personal) continue;
        // An import of a row that is there changes it, like an amendment.
        const bool is_change = right == "amend" || right == "import";
        if (line.is_draft_only && is_change && state != "draft") continue;
        if (!line.is_own) return true;
        if (std::find(owners.begin(), owners.end(), grant.own) != owners.end()) return true;
      }
    }
    return false;
  }
  bool knows(const std::string& home) const {
    for (const PlainGrant& grant : grants) {
      if (!grant.is_current) continue;
      for (const PlainLine& line : roles.at(grant.role).lines) {
        const bool is_meant = line.homes.contains(home) && line.may.contains("read");
        if (is_meant && (!line.is_own || !grant.own.empty())) return true;
      }
    }
    return false;
  }
  bool figure(std::string PlainRole::*kind, const std::string& firm) const {
    bool sees_all_rows = may("read", "monthly", {});
    for (const PlainGrant& grant : grants) {
      if (!grant.is_current) continue;
      const std::string& reach = roles.at(grant.role).*kind;
      if (reach == "all" && (firm.empty() || sees_all_rows)) return true;
      if (firm.empty() || reach == "none") continue;
      if (reach == "own" && grant.own.empty()) continue;
      const bool is_mine = std::any_of(grants.begin(), grants.end(), [&](const PlainGrant& each) {
        return each.is_current && each.own == "enterprise/" + firm;
      });
      if (is_mine && knows("monthly")) return true;
    }
    return false;
  }
  bool enters() const {
    return std::any_of(grants.begin(), grants.end(),
                       [](const PlainGrant& grant) { return grant.is_current; });
  }
};

std::string list_text(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return "[" + out + "]";
}

class Matrix : public testing::Test {
 protected:
  void draw(uint64_t round) {
    SeededRandom random(round * 7919 + 5);
    plain_ = {};
    std::vector<std::pair<std::string, std::string>> files;
    for (const std::string& name : kRoles) {
      PlainRole& role = plain_.roles[name];
      std::string text =
          "role: " + name + "\ntitle: {zh: 角色, en: Role}\nown: [enterprise, person]\n";
      const size_t lines = random.below(4);
      if (lines > 0) text += "registers:\n";
      for (size_t i = 0; i < lines; ++i) text += draw_line(random, role);
      const char* kReach[] = {"none", "own", "all"};
      role.figures = kReach[random.below(3)];
      role.explanations = kReach[random.below(3)];
      role.exports = kReach[random.below(3)];
      role.pages = random.below(2) == 0;
      text += "figures: " + role.figures + "\nexplanations: " + role.explanations +
              "\nexports: " + role.exports + "\n";
      if (role.pages) text += "may: [pages]\n";
      files.emplace_back("packs/p/roles/" + name + ".yaml", text);
    }
    zone_.set_roles(files);
    grants_.clear();
    const char* kOwn[] = {"", "enterprise/a", "enterprise/b", "person/p", "person/q"};
    for (size_t i = random.below(3); i > 0; --i) {
      PlainGrant plain{kRoles[random.below(3)], kOwn[random.below(5)], random.below(6) != 0};
      access::Grant grant;
      grant.role = plain.role;
      grant.zone = random.below(2) == 0 ? "z" : "*";
      if (!plain.own.empty()) {
        const size_t slash = plain.own.find('/');
        grant.own = access::Own{plain.own.substr(0, slash), plain.own.substr(slash + 1)};
      }
      if (!plain.is_current) grant.until = *Date::parse("2024-10-27");
      grants_.push_back(grant);
      plain_.grants.push_back(plain);
    }
  }

  static std::string draw_line(SeededRandom& random, PlainRole& role) {
    PlainLine line;
    std::set<std::string> of;
    if (random.below(4) == 0) {
      of = {"\"*\""};
      line.homes = {"area", "enterprise", "query"};  // neither statistics nor persons
    } else {
      for (const std::string& home : kHomes) {
        if (random.below(2) == 0) of.insert(home);
      }
      if (of.empty()) of = {"query"};
      line.homes = of;
    }
    for (const std::string& right : kRights) {
      if (random.below(2) == 0) line.may.insert(right);
    }
    if (line.may.empty()) line.may = {"read"};
    line.is_own = random.below(2) == 0;
    line.personal = random.below(2) == 0;
    line.is_draft_only = line.homes.contains("monthly") && random.below(3) == 0;
    std::string text = "  - {of: " + list_text(of) + ", may: " + list_text(line.may);
    if (line.is_own) text += ", rows: own";
    if (line.personal) text += ", personal: true";
    if (line.is_draft_only) text += ", in: [draft]";
    role.lines.push_back(line);
    return text + "}\n";
  }

  answer::Door door() { return zone_.door(grants_); }

  static std::string code(const answer::Answered& answered) {
    return answered ? "ok" : answered.error().error.code;
  }
  // What a refusal says, with the key or name that was asked for taken out.
  static std::string words(const answer::Answered& answered, const std::string& asked) {
    if (answered) return "ok";
    std::string text = answer::to_text(answer::problem(answered.error()), false);
    const auto is_letter = [&](size_t at) {
      return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0);
    };
    for (size_t at = text.find(asked); at != text.npos; at = text.find(asked, at + 1)) {
      const bool is_whole = !is_letter(at - 1) && !is_letter(at + asked.size());
      if (is_whole) text.replace(at, asked.size(), "?");
    }
    return text;
  }

  void check_rows() {
    for (const RowFacts& row : kRows) {
      const bool is_there = row.key != std::string("x");
      const bool expected = is_there && plain_.may("read", row.home, row.owners);
      auto shown = answer::show_record(door(), "z", row.home, row.key, "");
      EXPECT_EQ(shown.has_value(), expected) << row.home << " " << row.key;
      const std::string nowhere = std::string(row.home) == "monthly" ? "a/1999-01" : "zzz";
      if (!shown) {
        EXPECT_EQ(words(shown, row.key),
                  words(answer::show_record(door(), "z", row.home, nowhere, ""), nowhere));
        continue;
      }
      const bool has_name = shown->at("fields").as_object().contains("name");
      EXPECT_EQ(has_name, std::string(row.home) == "person" &&
                              plain_.may("read", row.home, row.owners, "", {}, true));
      EXPECT_FALSE(shown->at("created").as_object().contains("actor"));
    }
    for (const std::string& home : kHomes) {
      auto listed = answer::list_records(door(), "z", home, {0, 100});
      std::set<std::string> keys, expected;
      if (listed) {
        for (const json::value& row : listed->at("rows").as_array()) {
          keys.emplace(row.at("key").as_string());
        }
        EXPECT_EQ(listed->at("count").to_number<size_t>(), keys.size());
      }
      for (const RowFacts& row : kRows) {
        const bool is_seen = row.key != std::string("x") && row.home == home &&
                             plain_.may("read", row.home, row.owners);
        if (is_seen) expected.insert(row.key);
      }
      EXPECT_EQ(keys, expected) << home;
      EXPECT_EQ(listed.has_value(), plain_.knows(home)) << home;
      if (!listed) {
        EXPECT_EQ(words(listed, home),
                  words(answer::list_records(door(), "z", "zzzzzz", {0, 100}), "zzzzzz"));
      }
    }
  }

  // Trying, writing nothing: whether rights let it through, whatever else may be wrong.
  bool is_let_through(const std::string& body) {
    auto done = answer::perform_act(door(), "z", body, {"x", {}, "", true});
    if (done) return true;
    const std::string& code = done.error().error.code;
    return code != "record.not_permitted" && code != "record.row_not_found" &&
           code != "record.unknown_register" && code != "zone.unknown";
  }

  void check_acts() {
    const std::map<std::string, std::set<std::string>> kMoves = {{"submit", {"one", "two"}},
                                                                 {"return", {"three"}}};
    for (const RowFacts& row : kRows) {
      const std::string home = row.home, key = row.key;
      if (key == "x") continue;
      const bool is_seen = plain_.may("read", home, row.owners);
      const size_t slash = key.find('/');
      const std::string cells = slash == key.npos
                                    ? R"("code":")" + key + "\""
                                    : R"("enterprise":")" + key.substr(0, slash) +
                                          R"(","month":")" + key.substr(slash + 1) + "\"";
      const std::string change = home == "monthly"      ? R"(,"output":"9")"
                                 : home == "enterprise" ? R"(,"label":"x")"
                                 : home == "person"     ? R"(,"name":"x")"
                                                        : "";
      // The parts of a key are references: who cannot read them is told that they are not there.
      const bool is_key_read = home != "monthly" || plain_.may("read", "enterprise", row.owners);
      const std::string amend = R"({"act":"record.amend","register":")" + home + R"(","rows":[{)" +
                                cells + change + "}]}";
      if (is_key_read && !change.empty()) {
        EXPECT_EQ(is_let_through(amend),
                  is_seen && plain_.may("amend", home, row.owners, home == "monthly" ? "draft" : "",
                                        {}, home == "person"))
            << amend;
      }
      for (const auto& [move, by] : kMoves) {
        if (home != "monthly" || !is_key_read) continue;
        const std::string body = R"({"act":"record.move","register":"monthly","move":")" + move +
                                 R"(","rows":[{)" + cells + "}]}";
        EXPECT_EQ(is_let_through(body), is_seen && plain_.may("move", home, row.owners, "", by))
            << body;
      }
    }
    for (const char* firm : {"a", "b", "c"}) {
      const std::string owner = std::string("enterprise/") + firm;
      if (!plain_.may("read", "enterprise", {owner})) continue;
      const std::string body =
          R"({"act":"record.create","register":"monthly","rows":[{"enterprise":")" +
          std::string(firm) + R"(","month":"2024-10"}]})";
      EXPECT_EQ(is_let_through(body),
                plain_.knows("monthly") && plain_.may("create", "monthly", {owner}))
          << body;
    }
  }

  void check_figures() {
    for (const char* firm : {"", "a", "b", "c", "zzz"}) {
      const std::string asked = *firm == '\0' ? "" : std::string("?enterprise=") + firm;
      const std::string identity = "z/output/2024-09" + asked;
      const bool is_there = firm != std::string("zzz");
      auto figure = answer::show_figure(door(), identity, "");
      if (is_there) {
        EXPECT_EQ(figure.has_value(), plain_.figure(&PlainRole::figures, firm)) << identity;
      }
      auto explained = answer::explain_figure(door(), identity, "", {0, 100});
      if (is_there) {
        EXPECT_EQ(explained.has_value(), plain_.figure(&PlainRole::explanations, firm)) << identity;
      }
      if (!figure && plain_.enters()) {
        // Who may ask of every firm is told that this one is not there; all others are not.
        const bool may_know = !is_there && plain_.figure(&PlainRole::figures, firm);
        EXPECT_EQ(code(figure), may_know ? "figure.unknown_value" : "access.denied") << identity;
      }
      if (explained) {
        for (const json::value& record : explained->at("records").as_array()) {
          const std::string key(record.at("key").as_string());
          EXPECT_TRUE(plain_.may("read", "monthly", {"enterprise/" + key.substr(0, 1)})) << key;
        }
        const bool sees_all = plain_.may("read", "monthly", {});
        EXPECT_TRUE(sees_all || explained->at("left_out").as_array().empty());
      }
      // A rank among firms tells of the others.
      if (*firm != '\0') {
        auto rank = answer::show_figure(door(), "z/output/2024-09/rank:by" + asked, "");
        const bool may_rank =
            plain_.may("read", "monthly", {}) &&
            std::any_of(plain_.grants.begin(), plain_.grants.end(), [&](const PlainGrant& grant) {
              return grant.is_current && plain_.roles.at(grant.role).figures == "all";
            });
        EXPECT_TRUE(may_rank || !rank.has_value()) << identity;
      }
    }
    const bool may_check =
        std::any_of(plain_.grants.begin(), plain_.grants.end(), [&](const PlainGrant& grant) {
          return grant.is_current && plain_.roles.at(grant.role).pages;
        });
    EXPECT_EQ(answer::check_page(door(), "甲区2024年9月产值14元。").has_value(), may_check);
  }

  // A file holds the rows that may be read, personal fields where they may be read of each.
  void check_exports() {
    for (const std::string& home : kHomes) {
      const bool sees_all = plain_.may("read", home, {});
      const bool may =
          plain_.knows(home) &&
          std::any_of(plain_.grants.begin(), plain_.grants.end(), [&](const PlainGrant& grant) {
            const std::string& reach = plain_.roles.at(grant.role).exports;
            return grant.is_current &&
                   (reach == "all" || (reach == "own" && !sees_all && !grant.own.empty()));
          });
      const auto file = answer::export_rows(door(), "z", {home, "csv"});
      EXPECT_EQ(file.has_value(), may) << home;
      if (!file) continue;
      size_t rows = 0;
      bool is_named = home == "person";
      for (const RowFacts& row : kRows) {
        if (row.home != home || row.key == std::string("x")) continue;
        if (!plain_.may("read", home, row.owners)) continue;
        ++rows;
        is_named = is_named && plain_.may("read", home, row.owners, "", {}, true);
      }
      EXPECT_EQ(file->rows, rows) << home;
      EXPECT_EQ(file->bytes.find("甲某") != std::string::npos ||
                    file->bytes.find("乙某") != std::string::npos,
                is_named && rows > 0)
          << home;
    }
  }

  // What waits for somebody: of rows that may be read alone.
  void check_today() {
    answer::TodayInput input;
    input.zone = "z";
    const auto today = answer::today(door(), input);
    EXPECT_TRUE(plain_.enters() || !today.has_value());
    if (!today) return;
    std::set<std::string> keys, expected;
    for (const json::value& item : today->at("items").as_array()) {
      EXPECT_EQ(item.at("register").as_string(), "monthly");
      keys.emplace(item.at("key").as_string());
    }
    size_t counted = 0;
    for (const auto& count : today->at("counts").as_object()) {
      counted += count.value().to_number<size_t>();
    }
    EXPECT_EQ(counted, keys.size());
    bool has_own = false, must_report = false;
    for (const PlainGrant& grant : plain_.grants) {
      has_own = has_own || (grant.is_current && !grant.own.empty());
      must_report = must_report || (grant.is_current && grant.role == "one");
    }
    for (const RowFacts& row : kRows) {
      if (row.home != std::string("monthly")) continue;
      const bool is_read = plain_.may("read", row.home, row.owners);
      EXPECT_TRUE(is_read || !keys.contains(row.key)) << row.key;
      if (is_read) expected.insert(row.key);
    }
    if (must_report && !has_own) {
      EXPECT_EQ(keys, expected);
    }
  }

  // A stream tells of zones that may be entered, of nothing once they may not.
  void check_live() {
    answer::Told told;
    const auto first = answer::live_event(door(), {}, told);
    EXPECT_EQ(first.has_value(), plain_.enters());
    EXPECT_EQ(told.contains("z"), plain_.enters());
    EXPECT_EQ(told.size(), plain_.enters() ? 1u : 0u);
    EXPECT_FALSE(answer::live_event(door(), {}, told).has_value());
    EXPECT_EQ(answer::check_live_zones(door(), {"z"}).has_value(), plain_.enters());
    told["z"] = 1;
    EXPECT_FALSE(answer::live_event(zone_.door({}), {}, told).has_value());
    EXPECT_TRUE(told.empty());
    const auto nowhere = answer::check_live_zones(zone_.door({}), {"y"});
    const auto shut = answer::check_live_zones(zone_.door({}), {"z"});
    EXPECT_EQ(nowhere.error().code, shut.error().code);
    EXPECT_EQ(nowhere.error().en.size(), shut.error().en.size());
  }

  void check_the_rest() {
    EXPECT_EQ(answer::list_zones(door())->at("zones").as_array().size(), plain_.enters() ? 1u : 0u);
    if (!plain_.enters()) {
      EXPECT_EQ(words(answer::show_zone(door(), "z"), "z/"),
                words(answer::show_zone(door(), "z"), "z/"));
      EXPECT_EQ(code(answer::show_zone(door(), "z")), code(answer::show_zone(door(), "y")));
    }
    for (const auto& answered :
         {answer::compare_recomputed(door(), "z"), answer::compare_all(door()),
          answer::project_zone(door(), "z", "", "nowhere.db")}) {
      EXPECT_FALSE(answered.has_value());
    }
    auto csv =
        answer::import_rows(door(), "z", {"enterprise", "f.csv", "code,label\na,y\n", "", {}},
                            {"x", {"system"}, "", true});
    EXPECT_EQ(csv.has_value(), plain_.may("read", "enterprise", {"enterprise/a"}) &&
                                   plain_.may("import", "enterprise", {"enterprise/a"}))
        << words(csv, "f.csv");
  }

  AccessZone zone_;
  Plain plain_;
  std::vector<access::Grant> grants_;
};

TEST_F(Matrix, HoldsUnderRandomRolesAndGrants) {
  for (uint64_t round = 0; round < kRounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    draw(round);
    check_rows();
    check_acts();
    check_figures();
    check_exports();
    check_today();
    check_live();
    check_the_rest();
  }
}

TEST_F(Matrix, GivesNothingWithoutARole) {
  const answer::Door nobody = zone_.door({});
  for (const std::string& home : kHomes) {
    EXPECT_EQ(code(answer::list_records(nobody, "z", home, {0, 10})), "zone.unknown");
  }
  EXPECT_EQ(code(answer::show_figure(nobody, "z/output/2024-09", "")), "zone.unknown");
  EXPECT_EQ(code(answer::list_definitions(nobody, "z", "")), "zone.unknown");
  EXPECT_EQ(code(answer::perform_act(
                nobody, "z", R"({"act":"record.create","register":"area","rows":[{"code":"n"}]})",
                {"x", {"system"}, "", false})),
            "zone.unknown");
}

}  // namespace
}  // namespace wutong::scenario
