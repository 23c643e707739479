// Figures over many zones at one cut, and figures as of earlier positions.
#include "zone/across.hpp"

#include "zone/test_zones.hpp"

namespace wutong::zone {
namespace {

class Across : public Zones {
 protected:
  // Zones named a, b, c … with one amount each.
  void make(const std::vector<std::string>& amounts) {
    for (size_t i = 0; i < amounts.size(); ++i) {
      const std::string zone(1, static_cast<char>('a' + i));
      create(zone);
      ASSERT_TRUE(host_->act(zone, request_of("r", amounts[i])).has_value());
    }
  }
  std::string ask(const std::string& text, const MayRead& may_read = may_read_letters) const {
    const auto question = indicator::parse_identity(text);
    if (!question) return question.error().code;
    const auto across = host_->across(*question, may_read);
    if (!across) return across.error().code;
    const indicator::Figure& figure = across->figure;
    if (figure.status == indicator::Status::value) return figure.value.to_string();
    return std::string(indicator::to_string(figure.status));
  }
  // Without the zone z of the fixture, which has no amounts.
  static bool may_read_letters(std::string_view zone) { return zone != "z"; }
};

TEST_F(Across, RanksWithTiesAndExactParts) {
  make({"10", "30", "20", "30", "0.01"});
  EXPECT_EQ(ask("a/total/2024-09/rank:zones"), "4");
  EXPECT_EQ(ask("b/total/2024-09/rank:zones"), "1");
  EXPECT_EQ(ask("d/total/2024-09/rank:zones"), "1");
  EXPECT_EQ(ask("c/total/2024-09/rank:zones"), "3");
  EXPECT_EQ(ask("e/total/2024-09/rank:zones"), "5");
  EXPECT_EQ(ask("b/total/2024-09/share:zones"), "33.3");  // 30 of 90.01
  EXPECT_EQ(ask("c/total/2024-09/multiple:zone@a"), "2.0");
}

TEST_F(Across, RanksByExactRatesNotByTheirRoundedValues) {
  // Growth of 50.04 % and 50.03 %: both are published as 50.0.
  make({"15004", "15003"});
  for (const char* zone : {"a", "b"}) {
    ASSERT_TRUE(host_->act(zone, request_of("r", "10000", "2023-09")).has_value());
  }
  EXPECT_EQ(ask("a/total/2024-09/rank:zones@yoy"), "1");
  EXPECT_EQ(ask("b/total/2024-09/rank:zones@yoy"), "2");
}

TEST_F(Across, LeavesOutZonesWithoutARateAndSaysSo) {
  make({"15", "12", "7"});
  for (const char* zone : {"a", "b"}) {
    ASSERT_TRUE(host_->act(zone, request_of("r", "10", "2023-09")).has_value());
  }
  ASSERT_TRUE(host_->act("c", request_of("r", "0", "2023-09")).has_value());  // from zero
  const auto question = indicator::parse_identity("b/total/2024-09/rank:zones@yoy");
  const auto across = host_->across(*question, may_read_letters);
  ASSERT_TRUE(across.has_value());
  EXPECT_EQ(across->figure.value.to_string(), "2");
  ASSERT_EQ(across->left_out.size(), 1u);
  EXPECT_EQ(across->left_out[0].zone, "c");
  EXPECT_EQ(ask("c/total/2024-09/rank:zones@yoy"), "base_not_positive");
}

TEST_F(Across, SaysWhichZonesAreMissingInsteadOfRankingTheRest) {
  make({"15", "12"});
  create("c");
  ASSERT_TRUE(host_->act("c", request_of("r", "1", "2024-08")).has_value());
  EXPECT_EQ(ask("a/total/2024-09/rank:zones"), "incomplete");
  EXPECT_EQ(ask("a/total/2024-09/rank:zones", [](auto zone) { return zone < "c"; }), "1");
}

TEST_F(Across, StandsAtOneCutAndNamesIt) {
  make({"10", "30"});
  ASSERT_TRUE(put("r", "60").has_value());
  ASSERT_TRUE(host_->act("b", request_of("s", "1")).has_value());
  const auto across = host_->across(*indicator::parse_identity("a/total/2024-09/share:zones"));
  ASSERT_TRUE(across.has_value());
  ASSERT_EQ(across->cut.size(), 3u);
  EXPECT_EQ(across->cut[0].zone, "a");
  EXPECT_EQ(across->cut[1].position, Seq{3});
  EXPECT_EQ(across->figure.position, Seq{2});
  ASSERT_EQ(across->parts.size(), 3u);
  EXPECT_EQ(across->parts[0].identity, "z/total/2024-09");  // the highest first
  EXPECT_EQ(across->figure.value.to_string(), "9.9");       // 10 of 101
}

TEST_F(Across, AsksOnlyTheZoneThatChangedAgain) {
  std::vector<std::string> amounts;
  for (int i = 0; i < 20; ++i) amounts.push_back(std::to_string(i + 1));
  make(amounts);
  const uint64_t before = host_->across_parts_computed();
  EXPECT_EQ(ask("a/total/2024-09/rank:zones"), "20");
  EXPECT_EQ(host_->across_parts_computed() - before, 20u);
  EXPECT_EQ(ask("b/total/2024-09/rank:zones"), "19");
  EXPECT_EQ(ask("b/total/2024-09/share:zones"), "1.0");
  EXPECT_EQ(host_->across_parts_computed() - before, 20u);
  ASSERT_TRUE(host_->act("a", request_of("r", "2.5")).has_value());
  EXPECT_EQ(ask("a/total/2024-09/rank:zones"), "19");
  EXPECT_EQ(host_->across_parts_computed() - before, 21u);
}

TEST_F(Across, NeverNamesZonesThatMayNotBeRead) {
  make({"10", "30"});
  const auto only_a = [](std::string_view zone) { return zone == "a"; };
  EXPECT_EQ(ask("a/total/2024-09/rank:zones", only_a), "1");
  EXPECT_EQ(ask("b/total/2024-09/rank:zones", only_a), "zone.unknown");
  EXPECT_EQ(ask("a/total/2024-09/multiple:zone@b", only_a), "zone.unknown");
  EXPECT_EQ(ask("a/total/2024-09/multiple:zone@q", only_a), "zone.unknown");
  const auto across =
      host_->across(*indicator::parse_identity("a/total/2024-09/rank:zones"), only_a);
  EXPECT_EQ(across->cut.size(), 1u);
}

TEST_F(Across, AnswersAsOfADay) {
  make({"10", "30"});
  clock_.set(*Instant::parse("2024-11-02T09:00:00+08:00"));
  ASSERT_TRUE(host_->act("a", request_of("r", "99")).has_value());
  create("c");
  ASSERT_TRUE(host_->act("c", request_of("r", "1000")).has_value());
  EXPECT_EQ(ask("a/total/2024-09/rank:zones"), "2");
  EXPECT_EQ(ask("a/total/2024-09/rank:zones?as_of=2024-10-31"), "2");
  EXPECT_EQ(ask("a/total/2024-09/share:zones?as_of=2024-10-31"), "25.0");  // 10 of 40
  EXPECT_EQ(ask("a/total/2024-09/share:zones?as_of=3"), "figure.comparison_unsuitable");
  EXPECT_EQ(ask("a/total/2024-09/share:zones?as_of=2020-01-01"), "zone.unknown");
}

class AsOf : public Zones {
 protected:
  std::string figure(Seq position, DefinitionsOf definitions) const {
    const auto question = indicator::parse_identity("z/total/2024-09");
    const auto answer = host_->figure_at(*question, position, definitions);
    return answer ? answer->value.to_string_short() : answer.error().code;
  }
};

TEST_F(AsOf, EveryPositionAnswersAsItsReplayDoes) {
  for (int i = 1; i <= 6; ++i) ASSERT_TRUE(put(i % 2 ? "a" : "b", std::to_string(i)).has_value());
  const auto question = indicator::parse_identity("z/total/2024-09");
  for (uint64_t seq = 1; seq <= 7; ++seq) {
    std::string replayed;
    ASSERT_TRUE(
        host_
            ->read_at("z", Seq{seq},
                      [&](const View& view) {
                        replayed =
                            view.figures->figure(*view.state, *question)->value.to_string_short();
                      })
            .has_value());
    EXPECT_EQ(figure(Seq{seq}, DefinitionsOf::then), replayed) << seq;
    EXPECT_EQ(figure(Seq{seq}, DefinitionsOf::today), replayed) << seq;
  }
  EXPECT_EQ(figure(Seq{8}, DefinitionsOf::then), "zone.position_unknown");
  EXPECT_EQ(figure(Seq{0}, DefinitionsOf::then), "zone.position_unknown");
}

TEST_F(AsOf, CountsWithTheDefinitionsThenInForceOrTodays) {
  ASSERT_TRUE(put("a", "1").has_value());  // 2
  ASSERT_TRUE(put("a", "3").has_value());  // 3
  pack::Files changed = files();
  std::string wider(kTotal);
  wider.replace(wider.find("sum(value)"), 10, "sum(value + value)");
  changed.add("packs/p/indicators/total.yaml", wider);
  ASSERT_TRUE(host_->adopt("z", changed, "admin", "").has_value());  // 4
  ASSERT_TRUE(put("a", "5").has_value());                            // 5
  EXPECT_EQ(total(), "10");
  EXPECT_EQ(figure(Seq{2}, DefinitionsOf::then), "1");
  EXPECT_EQ(figure(Seq{2}, DefinitionsOf::today), "2");
  EXPECT_EQ(figure(Seq{3}, DefinitionsOf::then), "3");
  EXPECT_EQ(figure(Seq{4}, DefinitionsOf::then), "6");
  EXPECT_EQ(figure(Seq{4}, DefinitionsOf::today), "6");
  ASSERT_TRUE(host_
                  ->read("z",
                         [](const View& view) {
                           ASSERT_EQ(view.adoptions.size(), 2u);
                           EXPECT_EQ(adoption_at(view, Seq{3}), &view.adoptions[0]);
                           EXPECT_EQ(adoption_at(view, Seq{4})->seq, Seq{4});
                           EXPECT_EQ(adoption_at(view, Seq{0}), nullptr);
                         })
                  .has_value());
}

}  // namespace
}  // namespace wutong::zone
