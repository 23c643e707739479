// Lists over HTTP: conditions, sorting, words, cursors and counts, as far as the caller may read;
// bad input is answered with the field at fault, in both languages.
#include "surface/server/server.hpp"
#include "tests/scenario/access_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

class ListsOverHttp : public testing::Test {
 protected:
  ListsOverHttp() : service_{zone_.host(), nullptr, "the-key", nullptr, false} {}

  net::HttpResponse call(const std::string& path,
                         std::vector<std::pair<std::string, std::string>> parameters) {
    net::HttpRequest request;
    request.method = "GET";
    request.segments = {"v1", "zones", "z", "records"};
    for (size_t at = 0; at <= path.size();) {
      const size_t end = std::min(path.find('/', at), path.size());
      request.segments.push_back(path.substr(at, end - at));
      at = end + 1;
    }
    for (const auto& [name, value] : parameters) request.query[name] = value;
    request.parameters = std::move(parameters);
    request.headers = {{"host", "127.0.0.1:8080"}, {"authorization", "Local the-key"}};
    return server::respond(service_, request);
  }
  static std::string keys(const json::value& answer) {
    std::string out;
    for (const json::value& row : answer.at("rows").as_array()) {
      out += std::string(row.at("key").as_string()) + " ";
    }
    return out;
  }
  // "keys | count", or the status, code and field.
  std::string asked(const std::string& path,
                    std::vector<std::pair<std::string, std::string>> parameters) {
    const auto response = call(path, std::move(parameters));
    const json::value body = json::parse(response.body);
    if (response.status == 200 && !body.as_object().contains("rows")) return "a record";
    if (response.status == 200) {
      return keys(body) + "| " + std::to_string(body.at("count").to_number<int>());
    }
    EXPECT_FALSE(body.at("detail").as_string().empty());
    EXPECT_FALSE(body.at("detail_en").as_string().empty());
    const json::value* field = body.as_object().if_contains("field");
    return std::to_string(response.status) + " " + std::string(body.at("code").as_string()) +
           (field == nullptr ? "" : " " + std::string(field->as_string()));
  }

  AccessZone zone_;
  server::Service service_;
};

TEST_F(ListsOverHttp, FilterSortAndCount) {
  EXPECT_EQ(asked("monthly", {}), "a/2024-08 a/2024-09 b/2024-09 c/2024-09 | 4");
  EXPECT_EQ(asked("monthly", {{"sort", "-output"}}), "c/2024-09 b/2024-09 a/2024-09 a/2024-08 | 4");
  EXPECT_EQ(asked("monthly", {{"where", "output.ge.2"}, {"where", "output.lt.8.00"}}),
            "a/2024-09 b/2024-09 | 2");
  EXPECT_EQ(asked("monthly", {{"where", "enterprise.in.c,a"}, {"sort", "-month,-enterprise"}}),
            "c/2024-09 a/2024-09 a/2024-08 | 3");
  EXPECT_EQ(asked("monthly", {{"limit", "1"}, {"offset", "2"}}), "b/2024-09 | 4");
  EXPECT_EQ(asked("enterprise", {{"q", "B"}}), "b | 1");
  EXPECT_EQ(asked("query", {{"where", "monthly.is_null.true"}}), "q3 q4 | 2");
  const auto bare = json::parse(call("monthly", {{"count", "false"}}).body);
  EXPECT_FALSE(bare.as_object().contains("count"));
}

TEST_F(ListsOverHttp, WalkByCursor) {
  std::string walked, cursor;
  do {
    std::vector<std::pair<std::string, std::string>> parameters{{"sort", "-output"},
                                                                {"limit", "3"}};
    if (!cursor.empty()) parameters.emplace_back("cursor", cursor);
    const json::value page = json::parse(call("monthly", parameters).body);
    walked += keys(page) + "; ";
    cursor = page.at("next").is_null() ? "" : std::string(page.at("next").as_string());
  } while (!cursor.empty());
  EXPECT_EQ(walked, "c/2024-09 b/2024-09 a/2024-09 ; a/2024-08 ; ");
}

TEST_F(ListsOverHttp, BadInputNamesTheField) {
  struct Case {
    const char* path;
    std::vector<std::pair<std::string, std::string>> parameters;
    const char* expected;
  };
  const Case kCases[] = {
      {"monthly", {{"where", "outptu.ge.1"}}, "400 query.unknown_field outptu"},
      {"monthly", {{"where", "output.ge.abc"}}, "400 query.value output"},
      {"monthly", {{"where", "month.eq.2020-13-45"}}, "400 query.value month"},
      {"monthly", {{"where", "output.ge.1 OR 1=1"}}, "400 query.value output"},
      {"monthly", {{"where", "1=1; DROP TABLE monthly"}}, "400 query.malformed where"},
      {"monthly", {{"sort", "output; --"}}, "400 query.unknown_field output; --"},
      {"monthly", {{"cursor", "' OR '1'='1"}}, "400 query.cursor cursor"},
      {"monthly", {{"limit", "abc"}}, "400 query.parameter limit"},
      {"monthly", {{"limit", "0"}}, "400 query.limit limit"},
      {"monthly", {{"limit", "1001"}}, "400 query.limit limit"},
      {"monthly", {{"offset", "-1"}}, "400 query.parameter offset"},
      {"monthly", {{"count", "yes"}}, "400 query.parameter count"},
      {"monthly", {{"filter", "output"}}, "400 query.parameter filter"},
      {"person", {{"where", "name.eq.x"}}, "400 query.personal_field name"},
      {"person", {{"q", "甲某"}}, "| 0"},
      {"monthly/a/2020-13-45", {}, "400 query.key month"},
      {"monthly/a' OR '1'='1", {}, "400 query.key enterprise"},
      {"monthly/a/2030-01", {}, "404 record.not_found"},
      {"monthly/a/2024-09", {}, "a record"},
      {"monhtly", {}, "404 record.unknown_register"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(asked(one.path, one.parameters), one.expected) << one.path;
  }
}

}  // namespace
}  // namespace wutong::scenario
