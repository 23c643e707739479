// Planted errors must be found: each mutant of an article has one error in a figure that was right.
// Prints by kind of error how many were found, and how often what was not touched is blamed. The
// page_mutants program takes --count=N and --seed=N for long runs, and --all-zones=1 for all demo
// zones instead of Nanchang alone.
#include <charconv>
#include <iostream>
#include <set>

#include "base/text.hpp"
#include "demo/zones.hpp"
#include "tests/mutants/mutate.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::mutants {

namespace {

uint64_t count_wanted = 400;
uint64_t seed = 7;
uint64_t has_all_zones = 0;

std::vector<std::string> zone_names() {
  return has_all_zones != 0 ? std::vector<std::string>{} : std::vector<std::string>{"nanchang"};
}
bool is_used(const demo::Zone& zone) {
  return zone.article != nullptr &&
         (has_all_zones != 0 || std::string_view(zone.name) == "nanchang");
}

struct Counts {
  size_t errors = 0, found = 0;
  size_t rest = 0, blamed = 0;  // figures that were not touched
};

struct Checked {
  page::Reading reading;
  page::Checked checked;
};

void add_names(const zone::View& view, Alike& out) {
  constexpr size_t kNamesMax = 400;  // of one register
  const record::Schema& schema = view.state->schema();
  std::map<std::string, std::vector<std::u32string>> by_unit;
  for (const auto& definition : view.catalog->indicators->all()) {
    auto& alike = by_unit[view.catalog->zone.zone + " " + std::string(definition.unit.code()) +
                          (definition.kind == indicator::Kind::ratio ? " ratio" : "")];
    alike.push_back(to_code_points(definition.title.zh));
    for (const auto& dimension : definition.dimensions) {
      const auto target = schema.index_of(dimension.name);
      const bool is_named = target && !schema.registers()[*target].name_fields.empty();
      std::vector<std::u32string> names;
      for (uint32_t i = 0; is_named && i < std::min(view.state->size(*target), kNamesMax); ++i) {
        names.push_back(to_code_points(wutong::to_string(
            view.state->value(*target, schema.registers()[*target].name_fields[0], RecordId{i}))));
      }
      out.push_back(std::move(names));
    }
  }
  for (auto& [unit, names] : by_unit) out.push_back(std::move(names));
}

class Mutants : public testing::Test {
 protected:
  static void SetUpTestSuite() { zones_ = std::make_unique<scenario::DemoZone>(zone_names()); }
  static void TearDownTestSuite() { zones_.reset(); }

  static Checked check(const std::string& text) {
    Checked out;
    auto reading = page::read_text(text);
    EXPECT_TRUE(reading.has_value());
    out.reading = std::move(*reading);
    zones_->host().read_all([&](std::span<const zone::View> views) {
      std::vector<page::ZoneRecords> zones;
      for (const zone::View& view : views) {
        zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
      }
      out.checked = page::check(out.reading, zones);
    });
    return out;
  }
  static Alike names_alike();
  static void run(const std::string& name, const std::string& text, uint64_t wanted);

  static inline std::unique_ptr<scenario::DemoZone> zones_;
};

// Names that can be taken for one another: records of one register, values of one code list,
// indicators of one unit.
Alike Mutants::names_alike() {
  Alike out;
  zones_->host().read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) add_names(view, out);
  });
  return out;
}

bool is_number(const page::Claim& claim) {
  return claim.measure != page::Measure::period && claim.measure != page::Measure::date;
}

// What is recorded lies in the interval of the words: the text is still right.
bool is_right(const page::Claim& claim, const page::Judgement& judgement) {
  return judgement.verdict == page::Verdict::verified &&
         (!is_number(claim) || !judgement.recorded || judgement.readings.size() > 1 ||
          !(judgement.unit.code() == claim.unit) || claim.interval.contains(*judgement.recorded));
}

// Findings that say that something is wrong, by kind and claims.
std::multiset<std::string> accusations(const Checked& checked) {
  std::multiset<std::string> out;
  for (const page::Finding& finding : checked.checked.findings) {
    if (finding.weight != page::Weight::note) out.insert(finding.kind);
  }
  return out;
}

size_t blamed(const Checked& checked) {
  size_t out = 0;
  for (const page::Judgement& judgement : checked.checked.judgements) {
    out += judgement.verdict == page::Verdict::contradicted ||
                   judgement.verdict == page::Verdict::stale
               ? 1
               : 0;
  }
  return out;
}

// The claim of the mutant that was at a place of the original.
std::optional<size_t> same_claim(const Checked& after, const page::Claim& claim,
                                 const Mutant& mutant) {
  const bool is_behind = claim.start > mutant.from;
  const size_t start = is_behind ? claim.start + static_cast<size_t>(mutant.longer) : claim.start;
  for (size_t i = 0; i < after.reading.claims.size(); ++i) {
    const page::Claim& other = after.reading.claims[i];
    const bool is_it =
        other.start <= start && start < other.end && is_number(other) == is_number(claim);
    if (is_it) return i;
  }
  return std::nullopt;
}

// Figures that the error can bear on: those of its paragraph; of a heading those of the story.
bool is_near(const page::Reading& reading, const page::Claim& claim, const page::Claim& target,
             Kind kind) {
  const auto& here = reading.sentence_places[claim.sentence];
  const auto& there = reading.sentence_places[target.sentence];
  const bool is_same = kind == Kind::digit || kind == Kind::unit || kind == Kind::qualifier
                           ? claim.sentence == target.sentence
                           : here.paragraph == there.paragraph;
  return is_same || (there.is_heading && here.story == there.story) ||
         (target.measure == page::Measure::date && here.story == there.story);
}

// One text and what was found in it before anything was changed.
struct Original {
  Checked checked;
  std::multiset<std::string> accused;
  size_t blamed = 0;
  std::vector<size_t> targets;  // figures that were right
};

Original original_of(Checked checked) {
  Original out;
  for (size_t i = 0; i < checked.reading.claims.size(); ++i) {
    const page::Claim& claim = checked.reading.claims[i];
    const bool is_right_now = checked.checked.judgements[i].verdict == page::Verdict::verified;
    const bool is_time = claim.measure == page::Measure::period;  // it is changed with its figures
    if (is_right_now && !is_time && !checked.reading.sentence_places[claim.sentence].is_heading) {
      out.targets.push_back(i);
    }
  }
  out.accused = accusations(checked);
  out.blamed = blamed(checked);
  out.checked = std::move(checked);
  return out;
}

// Undecided: another name was put in of which nothing is recorded.
enum class Outcome { no_error, undecided, wrongly_verified, found, missed };

Outcome outcome_of(const Original& original, const Mutant& mutant, const Checked& after) {
  const page::Claim& target = original.checked.reading.claims[mutant.claim];
  const bool is_found = blamed(after) > original.blamed || accusations(after) != original.accused;
  const auto at = same_claim(after, target, mutant);
  if (!at) return is_found ? Outcome::found : Outcome::missed;
  const page::Judgement& now = after.checked.judgements[*at];
  const page::Judgement& was = original.checked.checked.judgements[mutant.claim];
  const bool is_said = now.verdict == page::Verdict::verified;
  if (is_said && !is_right(after.reading.claims[*at], now)) return Outcome::wrongly_verified;
  // The changed words bear on another figure, or what they say now is right as well.
  const bool moves = mutant.kind == Kind::period || mutant.kind == Kind::name;
  const bool is_untouched =
      moves && now.figure == was.figure && after.reading.claims[*at].periods == target.periods;
  if (is_said && (!moves || now.figure != was.figure || is_untouched)) {
    return is_found ? Outcome::found : Outcome::no_error;
  }
  const bool is_unknown = mutant.kind == Kind::name && now.figure != was.figure &&
                          now.verdict == page::Verdict::not_recorded;
  if (is_unknown && !is_found) return Outcome::undecided;
  return is_found ? Outcome::found : Outcome::missed;
}

void count_rest(const Original& original, const Mutant& mutant, const Checked& after,
                Counts& count) {
  const page::Reading& reading = original.checked.reading;
  const page::Claim& target = reading.claims[mutant.claim];
  for (size_t k : original.targets) {
    const page::Claim& claim = reading.claims[k];
    if (is_near(reading, claim, target, mutant.kind)) continue;
    ++count.rest;
    const auto still = same_claim(after, claim, mutant);
    if (!still || after.checked.judgements[*still].verdict != page::Verdict::contradicted) continue;
    ++count.blamed;
    std::cout << "blamed " << claim.quote << " after " << mutant.was << " -> " << mutant.is
              << " at " << target.quote << "\n";
  }
}

void tell_missed(const Original& original, const Mutant& mutant, const Checked& after) {
  const page::Claim& target = original.checked.reading.claims[mutant.claim];
  const auto at = same_claim(after, target, mutant);
  std::cout << "missed " << to_string(mutant.kind) << " " << mutant.was << " -> " << mutant.is
            << " at " << target.before << "|" << target.quote << ": ";
  if (at) {
    const page::Judgement& now = after.checked.judgements[*at];
    std::cout << page::to_string(now.verdict) << " " << now.figure << " " << now.reason.zh;
  }
  std::cout << "\n";
}

void Mutants::run(const std::string& name, const std::string& text, uint64_t wanted) {
  const Original original = original_of(check(text));
  const std::u32string page = to_code_points(text);
  const Alike alike = names_alike();
  ASSERT_FALSE(original.targets.empty()) << name;
  std::map<Kind, Counts> counts;
  SeededRandom random(seed);
  size_t tried = 0, wrongly_verified = 0, undecided = 0;
  for (uint64_t i = 0; i < wanted * 20 && tried < wanted; ++i) {
    const Kind kind = kKinds[random.below(kKinds.size())];
    const size_t target = original.targets[random.below(original.targets.size())];
    const auto mutant = plant(kind, page, original.checked.reading, target, alike, random);
    if (!mutant) continue;
    const Checked after = check(to_utf8(mutant->text));
    const Outcome outcome = outcome_of(original, *mutant, after);
    Counts& count = counts[kind];
    count_rest(original, *mutant, after, count);
    wrongly_verified += outcome == Outcome::wrongly_verified ? 1 : 0;
    undecided += outcome == Outcome::undecided ? 1 : 0;
    if (outcome == Outcome::no_error || outcome == Outcome::undecided) continue;
    ++tried;
    ++count.errors;
    count.found += outcome == Outcome::found ? 1 : 0;
    if (outcome != Outcome::found) tell_missed(original, *mutant, after);
  }
  Counts all;
  for (const auto& [kind, count] : counts) {
    std::cout << name << " " << to_string(kind) << ": " << count.found << " of " << count.errors
              << " found, " << count.blamed << " of " << count.rest << " others blamed\n";
    all.errors += count.errors;
    all.found += count.found;
    all.rest += count.rest;
    all.blamed += count.blamed;
  }
  std::cout << name << ": " << all.found << " of " << all.errors << " found, " << all.blamed
            << " of " << all.rest << " others blamed; " << undecided
            << " names put in of which nothing is recorded\n";
  EXPECT_EQ(wrongly_verified, 0u) << name;
  EXPECT_GE(all.found * 100, all.errors * 99) << name;
  EXPECT_LE(all.blamed * 100, all.rest) << name;
}

TEST_F(Mutants, OfTheDemoArticlesAreFound) {
  size_t articles = 0;
  for (const demo::Zone& zone : demo::zones()) articles += is_used(zone) ? 1 : 0;
  for (const demo::Zone& zone : demo::zones()) {
    if (!is_used(zone)) continue;
    run(zone.article, scenario::read_text_file(scenario::source(zone.article)),
        count_wanted / articles);
  }
}

TEST_F(Mutants, OfTheNewspaperAreFound) {
  const std::string text = scenario::read_text_file(scenario::source("../shared/page/page.txt"));
  if (text.empty()) GTEST_SKIP() << "../shared/page/page.txt is not there";
  run("page", text, count_wanted);
}

bool read_option(std::string_view argument, std::string_view name, uint64_t& out) {
  if (!argument.starts_with(name)) return false;
  argument.remove_prefix(name.size());
  std::from_chars(argument.data(), argument.data() + argument.size(), out);
  return true;
}

}  // namespace

}  // namespace wutong::mutants

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    wutong::mutants::read_option(argv[i], "--count=", wutong::mutants::count_wanted);
    wutong::mutants::read_option(argv[i], "--seed=", wutong::mutants::seed);
    wutong::mutants::read_option(argv[i], "--all-zones=", wutong::mutants::has_all_zones);
  }
  return RUN_ALL_TESTS();
}
