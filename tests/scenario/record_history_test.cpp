// What a record's dated field held over time, as shown: what holds since always has no first day.
#include <boost/json.hpp>

#include "demo/zones.hpp"
#include "surface/answer/answer.hpp"
#include "surface/cli/render.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

// A record with a field that held something since always and something else from some day on.
std::optional<std::pair<std::string, std::string>> record_with_history(const record::State& state) {
  for (size_t r = 0; r < state.schema().registers().size(); ++r) {
    const record::Register& home = state.schema().registers()[r];
    for (size_t f = 0; f < home.fields.size(); ++f) {
      if (!home.fields[f].effective || home.fields[f].personal) continue;
      for (uint32_t i = 0; i < state.size(r); ++i) {
        const auto history = state.history(r, f, RecordId{i});
        if (history.size() < 2 || !history.front().is_since_always()) continue;
        return std::pair(home.name, state.key_text(r, RecordId{i}));
      }
    }
  }
  return std::nullopt;
}

TEST(RecordHistory, SinceAlwaysIsNoDay) {
  DemoZone zones({"nanchang"});
  std::optional<std::pair<std::string, std::string>> record;
  zones.host().read_all([&](std::span<const zone::View> views) {
    record = record_with_history(*views.front().state);
  });
  ASSERT_TRUE(record.has_value());
  const auto shown =
      answer::show_record(zones.door(), "nanchang", record->first, record->second, "");
  ASSERT_TRUE(shown.has_value());
  size_t always = 0;
  for (const auto& history : shown->at("histories").as_object()) {
    for (const auto& version : history.value().as_array()) {
      always += version.at("from").is_null() ? 1 : 0;
    }
  }
  EXPECT_GE(always, 1u);
  const std::string text = cli::render_record(*shown, cli::Look{});
  EXPECT_EQ(text.find("-25410"), std::string::npos) << text;
  EXPECT_NE(text.find("一直 →"), std::string::npos) << text;
}

}  // namespace
}  // namespace wutong::scenario
