// Planted errors must be found: each mutant of a text has one error in a figure that was right.
// Prints by story and by kind of error how many were found, and how often what was not touched is
// blamed. All stories of the newspaper and all articles of the demo take part alike, each held
// against all demo zones. page_mutants takes --count=N (mutants in all) and --seed=N for long runs,
// and --only=NAME for the texts whose name has these letters.
//
// What counts as an error: the words changed and the figure they now state is not what is recorded.
// Where the record lies in the interval that the changed words allow (余 left out of 300余, 2 for 3
// in the last place of 约), the text is still right: no error, and not counted. Another name of
// which nothing is recorded cannot be judged: counted apart. Everything else is an error. A figure
// that was not touched counts as blamed where it is contradicted or stale, or named by a new
// finding that names nothing of the paragraph of the error.
#include <charconv>
#include <iostream>
#include <set>

#include "base/text.hpp"
#include "demo/zones.hpp"
#include "tests/mutants/alike.hpp"
#include "tests/mutants/mutate.hpp"
#include "tests/mutants/narrow.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::mutants {

namespace {

uint64_t count_wanted = 400;
uint64_t seed = 7;
std::string only;

struct Counts {
  size_t errors = 0, found = 0;
  size_t rest = 0, blamed = 0;  // figures that were not touched
  size_t right = 0;             // mutants that are no error
  size_t elsewhere = 0;
  size_t undecided = 0, wrongly_verified = 0;
  Counts& operator+=(const Counts& other) {
    errors += other.errors, found += other.found, rest += other.rest, blamed += other.blamed;
    right += other.right, elsewhere += other.elsewhere, undecided += other.undecided;
    wrongly_verified += other.wrongly_verified;
    return *this;
  }
};

std::ostream& operator<<(std::ostream& out, const Counts& count) {
  return out << count.found << " of " << count.errors << " found, " << count.wrongly_verified
             << " wrongly verified, " << count.blamed << " of " << count.rest << " others blamed ("
             << count.right << " no error, " << count.elsewhere << " not of it, " << count.undecided
             << " of which nothing is recorded)";
}

struct Checked {
  page::Reading reading;
  page::Checked checked;
};

bool is_number(const page::Claim& claim) {
  return claim.measure != page::Measure::period && claim.measure != page::Measure::date;
}

// The recorded number in the unit of the words; spans of time by their mean lengths.
Decimal in_unit_of(const page::Claim& claim, const Decimal& recorded, Unit unit) {
  const auto days_per = [](std::string_view code) {
    return code == "years"    ? Decimal::from_parts(3'652'425, 4)
           : code == "months" ? Decimal::from_parts(30'436'875, 6)
                              : Decimal(1);
  };
  constexpr int kPlaces = 12;
  if (unit.code() == claim.unit) return recorded;
  if (claim.measure == page::Measure::duration) {
    return mul_div(recorded, days_per(unit.code()), days_per(claim.unit), kPlaces,
                   Rounding::half_up)
        .value_or(recorded);
  }
  const auto to = Unit::from_code(claim.unit);
  const bool converts = to && !to->is_plain() && is_convertible(unit, *to);
  if (!converts) return recorded;
  return convert(recorded, unit, *to, kPlaces, Rounding::half_up).value_or(recorded);
}

// Persons are not person-times: a changed unit must be that of the record or convert to it.
bool is_of_unit(const page::Claim& claim, Unit unit) {
  const auto own = Unit::from_code(claim.unit);
  return claim.measure == page::Measure::duration || unit.code() == claim.unit ||
         (own && is_convertible(*own, unit));
}

// What is recorded lies in the interval of the words: the text is still right.
bool is_right(const page::Claim& claim, const page::Judgement& judgement) {
  if (judgement.verdict != page::Verdict::verified) return false;
  const auto is_allowed = [&](const std::optional<Decimal>& recorded, Unit unit) {
    if (!recorded) return true;
    if (unit.dimension() != "date") return claim.allows(in_unit_of(claim, *recorded, unit));
    const PartialDate date = indicator::date_of(*recorded);
    return !claim.first ||
           (date.first >= *claim.first && (!claim.last || date.last() <= *claim.last));
  };
  if (!is_allowed(judgement.recorded, judgement.unit)) return false;
  return std::all_of(judgement.readings.begin(), judgement.readings.end(), [&](const auto& each) {
    return each.verdict != page::Verdict::verified || is_allowed(each.recorded, each.unit);
  });
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

// One story of a text and what was found in it before anything was changed.
struct Original {
  std::string name;
  std::u32string text;  // the whole
  size_t story = 0;
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

class Mutants : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<scenario::DemoZone>(std::vector<std::string>{});
  }
  static void TearDownTestSuite() { zones_.reset(); }

  // Of one story, or of the whole text.
  static Checked check(const std::string& text, std::optional<size_t> story) {
    Checked out;
    auto reading = page::read_text(text);
    EXPECT_TRUE(reading.has_value());
    out.reading = story ? narrowed(std::move(*reading), *story) : std::move(*reading);
    zones_->host().read_all([&](std::span<const zone::View> views) {
      std::vector<page::ZoneRecords> zones;
      for (const zone::View& view : views) {
        zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
      }
      out.checked = page::check(out.reading, zones);
    });
    return out;
  }
  static std::vector<Original> originals(const std::string& name, const std::string& text);
  static void run(const Original& original, uint64_t wanted, SeededRandom& random);

  static inline std::unique_ptr<scenario::DemoZone> zones_;
  static inline std::map<Kind, Counts> by_kind_;
};

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

// Some kind of finding stands there more often than before.
bool accuses_more(const Original& original, const Checked& after) {
  const auto now = accusations(after);
  return std::any_of(now.begin(), now.end(), [&](const std::string& kind) {
    return now.count(kind) > original.accused.count(kind);
  });
}

// Undecided: another name was put in of which nothing is recorded.
// Elsewhere: the changed words say nothing of this figure, whose period they left as it was.
enum class Outcome { no_error, elsewhere, undecided, wrongly_verified, found, missed };

Outcome outcome_of(const Original& original, const Mutant& mutant, const Checked& after) {
  const page::Claim& target = original.checked.reading.claims[mutant.claim];
  const bool is_found = blamed(after) > original.blamed || accuses_more(original, after);
  const auto at = same_claim(after, target, mutant);
  if (!at) return is_found ? Outcome::found : Outcome::missed;
  const page::Judgement& now = after.checked.judgements[*at];
  const page::Judgement& was = original.checked.checked.judgements[mutant.claim];
  const bool is_said = now.verdict == page::Verdict::verified;
  const bool is_wrong_unit =
      mutant.kind == Kind::unit && !is_of_unit(after.reading.claims[*at], now.unit);
  if (is_said && (is_wrong_unit || !is_right(after.reading.claims[*at], now))) {
    return Outcome::wrongly_verified;
  }
  // The changed words bear on another figure, or what they say now is right as well.
  const bool moves = mutant.kind == Kind::period || mutant.kind == Kind::name;
  const bool is_untouched =
      moves && now.figure == was.figure && after.reading.claims[*at].periods == target.periods;
  if (is_said && (!moves || now.figure != was.figure || is_untouched)) {
    return is_found ? Outcome::found : is_untouched ? Outcome::elsewhere : Outcome::no_error;
  }
  const bool is_unknown = mutant.kind == Kind::name && now.figure != was.figure &&
                          now.verdict == page::Verdict::not_recorded;
  if (is_unknown && !is_found) return Outcome::undecided;
  return is_found ? Outcome::found : Outcome::missed;
}

// What findings that were not there before say of claims, none of which has to do with the error.
std::set<size_t> accused_apart(const Original& original, const Mutant& mutant,
                               const Checked& after) {
  const page::Reading& reading = original.checked.reading;
  const page::Claim& target = reading.claims[mutant.claim];
  const auto text_of = [](const page::Finding& finding) { return finding.kind + finding.text.zh; };
  std::multiset<std::string> before;
  for (const page::Finding& each : original.checked.checked.findings) before.insert(text_of(each));
  std::set<size_t> near;
  for (const page::Claim& claim : reading.claims) {
    const auto at = same_claim(after, claim, mutant);
    if (at && is_near(reading, claim, target, mutant.kind)) near.insert(*at);
  }
  const size_t paragraph = reading.sentence_places[target.sentence].paragraph;
  for (size_t i = 0; i < after.reading.claims.size(); ++i) {
    const auto& place = after.reading.sentence_places[after.reading.claims[i].sentence];
    if (place.paragraph == paragraph) near.insert(i);
  }
  std::set<size_t> out;
  for (const page::Finding& each : after.checked.findings) {
    const bool is_about_it = std::any_of(each.claims.begin(), each.claims.end(),
                                         [&](size_t claim) { return near.contains(claim); });
    if (each.weight == page::Weight::note || is_about_it || before.contains(text_of(each))) {
      continue;
    }
    out.insert(each.claims.begin(), each.claims.end());
  }
  return out;
}

void count_rest(const Original& original, const Mutant& mutant, const Checked& after,
                Counts& count) {
  const page::Reading& reading = original.checked.reading;
  const page::Claim& target = reading.claims[mutant.claim];
  const std::set<size_t> accused = accused_apart(original, mutant, after);
  for (size_t k : original.targets) {
    const page::Claim& claim = reading.claims[k];
    if (is_near(reading, claim, target, mutant.kind)) continue;
    ++count.rest;
    const auto still = same_claim(after, claim, mutant);
    if (!still) continue;
    const page::Verdict verdict = after.checked.judgements[*still].verdict;
    const bool is_blamed = verdict == page::Verdict::contradicted ||
                           verdict == page::Verdict::stale || accused.contains(*still);
    if (!is_blamed) continue;
    ++count.blamed;
    std::cout << original.name << " blamed " << claim.quote << " after " << mutant.was << " -> "
              << mutant.is << " at " << target.quote << "\n";
  }
}

void tell_missed(const Original& original, const Mutant& mutant, const Checked& after) {
  const page::Claim& target = original.checked.reading.claims[mutant.claim];
  const auto at = same_claim(after, target, mutant);
  std::cout << original.name << " missed " << to_string(mutant.kind) << " " << mutant.was << " -> "
            << mutant.is << " at " << target.before << "|" << target.quote << ": ";
  if (at) {
    const page::Judgement& now = after.checked.judgements[*at];
    std::cout << page::to_string(now.verdict) << " " << now.figure << " " << now.reason.zh;
  }
  std::cout << "\n";
}

// Each story that has figures found right.
std::vector<Original> Mutants::originals(const std::string& name, const std::string& text) {
  std::vector<Original> out;
  const Checked whole = check(text, std::nullopt);
  for (size_t story = 0; story < whole.reading.stories.size(); ++story) {
    Original original = original_of(check(text, story));
    // What stands alone is judged as it is in the whole.
    size_t at = 0;
    for (size_t i = 0; i < whole.reading.claims.size(); ++i) {
      if (whole.reading.claims[i].story != story) continue;
      const auto& claims = original.checked.reading.claims;
      while (at < claims.size() && claims[at].story != story) ++at;
      EXPECT_EQ(original.checked.checked.judgements[at].verdict,
                whole.checked.judgements[i].verdict)
          << name << " " << whole.reading.claims[i].quote;
      ++at;
    }
    if (original.targets.empty()) continue;
    original.name = name + " " + std::to_string(story + 1);
    original.text = to_code_points(text);
    original.story = story;
    out.push_back(std::move(original));
  }
  return out;
}

void Mutants::run(const Original& original, uint64_t wanted, SeededRandom& random) {
  static Alike alike;
  if (alike.empty()) {
    zones_->host().read_all([&](std::span<const zone::View> views) { alike = names_alike(views); });
  }
  constexpr uint64_t kTriesPerMutant = 20;
  Counts all;
  for (uint64_t i = 0; i < wanted * kTriesPerMutant && all.errors < wanted; ++i) {
    const Kind kind = kKinds[random.below(kKinds.size())];
    const size_t target = original.targets[random.below(original.targets.size())];
    const auto mutant = plant(kind, original.text, original.checked.reading, target, alike, random);
    if (!mutant) continue;
    const Checked after = check(to_utf8(mutant->text), original.story);
    const Outcome outcome = outcome_of(original, *mutant, after);
    Counts count;
    count_rest(original, *mutant, after, count);
    const bool is_error = outcome >= Outcome::wrongly_verified;
    count.errors = is_error ? 1 : 0;
    count.found = outcome == Outcome::found ? 1 : 0;
    count.right = outcome == Outcome::no_error ? 1 : 0;
    count.elsewhere = outcome == Outcome::elsewhere ? 1 : 0;
    count.undecided = outcome == Outcome::undecided ? 1 : 0;
    count.wrongly_verified = outcome == Outcome::wrongly_verified ? 1 : 0;
    if (is_error && outcome != Outcome::found) tell_missed(original, *mutant, after);
    all += count;
    by_kind_[kind] += count;
  }
  std::cout << original.name << ": " << all << "\n" << std::flush;
}

// The texts of the demo, and the newspaper where it is there.
std::vector<std::pair<std::string, std::string>> texts() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const demo::Zone& zone : demo::zones()) {
    if (zone.article == nullptr) continue;
    out.emplace_back(zone.name, scenario::read_text_file(scenario::source(zone.article)));
  }
  std::string page = scenario::read_text_file(scenario::source("../shared/page/page.txt"));
  if (page.empty()) {
    std::cout << "../shared/page/page.txt is not there: the articles of the demo alone\n";
  } else {
    out.emplace_back("page", std::move(page));
  }
  return out;
}

TEST_F(Mutants, AreFoundInAllStories) {
  std::vector<Original> stories;
  for (const auto& [name, text] : texts()) {
    if (name.find(only) == std::string::npos) continue;
    for (Original& each : originals(name, text)) stories.push_back(std::move(each));
  }
  ASSERT_FALSE(stories.empty());
  SeededRandom random(seed);
  for (const Original& story : stories) run(story, (count_wanted - 1) / stories.size() + 1, random);
  Counts all;
  for (const auto& [kind, count] : by_kind_) {
    std::cout << to_string(kind) << ": " << count << "\n";
    all += count;
  }
  std::cout << "all: " << all << "\n";
  EXPECT_GE(all.errors * 10, count_wanted * 9);
  EXPECT_EQ(all.wrongly_verified, 0u);
  EXPECT_GE(all.found * 100, all.errors * 99);
  EXPECT_LE(all.blamed * 100, all.rest);
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
    const std::string_view argument = argv[i];
    if (argument.starts_with("--only=")) wutong::mutants::only = argument.substr(7);
  }
  return RUN_ALL_TESTS();
}
