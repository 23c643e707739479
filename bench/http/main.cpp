// The HTTP API under load: `http_bench make DIR` writes the register, `wait DIR` waits for the
// server of DIR, `load DIR SECONDS CONNECTIONS` asks it, `live DIR SECONDS STREAMS RATE` reads
// streams of events while it writes. script/bench http and script/bench live run them.
#include <fmt/core.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string_view>
#include <thread>

#include "base/clock.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"
#include "bench/http/client.hpp"
#include "bench/http/live.hpp"
#include "bench/returns/our_zones.hpp"

namespace wutong::bench {

namespace {

constexpr int kFirms = 2000;
constexpr int kMonths = 50;  // 100,000 returns
constexpr Month kFirstMonth = Month::of(2020, 1);
constexpr Month kFirstNewMonth = Month::of(2030, 1);
constexpr const char* kAmounts[] = {"output",     "value_added", "revenue", "profit",
                                    "tax",        "exports",     "imports", "rd_spend",
                                    "investment", "employees"};

// A made-up amount: a pure function of its place.
int64_t amount(uint64_t n, int64_t below) {
  n = mix_hash(n);
  return static_cast<int64_t>(n >> 8) % below;
}

record::InputColumn column(const char* field, ValueType type) {
  record::InputColumn out;
  out.field = field;
  out.column.type = type;
  return out;
}

// Amount i of a return: what is added, earned, paid … is part of the output.
int64_t return_amount(uint64_t place, size_t i, int64_t below) {
  const int64_t output = amount(place * std::size(kAmounts), below);
  if (i == 0) return output;
  return amount(place * std::size(kAmounts) + i, output / 4 + 1);
}

ZoneRequest import_of(const char* register_name) {
  ZoneRequest out{zone_name(0), {}};
  out.request.act = record::Act::import;
  out.request.register_name = register_name;
  return out;
}

ZoneRequest firms() {
  ZoneRequest out = import_of("enterprise");
  auto& columns = out.request.columns;
  columns = {column("code", ValueType::integer), column("registered_on", ValueType::date),
             column("industry", ValueType::text), column("designated", ValueType::boolean)};
  for (int firm = 0; firm < kFirms; ++firm) {
    columns[0].column.append_number(firm);
    columns[1].column.append_number(kFirstMonth.first_day().days());
    columns[2].column.append_text(industry_code(static_cast<size_t>(firm) % 8));
    columns[3].column.append_number(1);
  }
  return out;
}

ZoneRequest returns_of(int month) {
  ZoneRequest out = import_of("monthly_return");
  auto& columns = out.request.columns;
  columns = {column("enterprise", ValueType::integer), column("month", ValueType::month)};
  for (const char* field : kAmounts) columns.push_back(column(field, ValueType::integer));
  for (int firm = 0; firm < kFirms; ++firm) {
    columns[0].column.append_number(firm);
    columns[1].column.append_number(kFirstMonth.plus(month).index);
    for (size_t i = 0; i < std::size(kAmounts); ++i) {
      const auto place = static_cast<uint64_t>(month * kFirms + firm);
      columns[2 + i].column.append_number(return_amount(place, i, 100'000'000));
    }
  }
  return out;
}

Result<void> make(const std::string& folder) {
  Dataset data;
  data.zones = 1;
  data.industries = 8;
  auto zones = OurZones::create(data, folder);
  if (!zones) return fail(zones.error());
  if (auto done = (*zones)->act_all({firms()}); !done) return done;
  for (int month = 0; month < kMonths; ++month) {
    if (auto done = (*zones)->act_all({returns_of(month)}); !done) return done;
  }
  return {};
}

// Where DIR is served and with which key, as the server notes it there.
struct Served {
  uint16_t port = 0;
  std::string key;
};
Result<Served> served(const std::string& folder) {
  std::ifstream in(folder + "/serving");
  std::string host;
  Served out;
  if (in >> host >> out.port >> out.key) return out;
  return fail(ErrorKind::unavailable, "bench.not_served", folder + " 没有在服务",
              folder + " is not served");
}

std::string request_text(const Served& at, const std::string& method, const std::string& target,
                         const std::string& body) {
  return fmt::format(
      "{} {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Local {}\r\nContent-Length: {}\r\n"
      "\r\n{}",
      method, target, at.port, at.key, body.size(), body);
}

// Every request asks for another filter.
std::string list_request(const Served& at, uint64_t n) {
  const std::string month = kFirstMonth.plus(static_cast<int>(mix_hash(n) % kMonths)).to_string();
  const int64_t least = amount(n, 90'000'000);
  return request_text(at, "GET",
                      fmt::format("/v1/zones/z000/records/monthly_return?where=month.eq.{}&"
                                  "where=output.ge.{}&sort=-output,month&limit=50&count=true",
                                  month, least),
                      "");
}

std::string record_request(const Served& at, uint64_t n) {
  const uint64_t place = mix_hash(n);
  const std::string month = kFirstMonth.plus(static_cast<int>((place >> 32) % kMonths)).to_string();
  return request_text(
      at, "GET", fmt::format("/v1/zones/z000/records/monthly_return/{}/{}", place % kFirms, month),
      "");
}

// Each creates one return that was not there.
std::string create_request(const Served& at, uint64_t n) {
  const Month month = kFirstNewMonth.plus(static_cast<int>(n / kFirms));
  std::string row =
      fmt::format("\"enterprise\":\"{}\",\"month\":\"{}\"", n % kFirms, month.to_string());
  for (size_t i = 0; i < std::size(kAmounts); ++i) {
    row += fmt::format(",\"{}\":{}", kAmounts[i], return_amount(n, i, 1'000'000));
  }
  return request_text(
      at, "POST", "/v1/zones/z000/acts",
      "{\"act\":\"record.create\",\"register\":\"monthly_return\",\"rows\":[{" + row + "}]}");
}

struct Operation {
  const char* name;
  std::string (*request)(const Served&, uint64_t);
  int wanted_rate;
  int wanted_p99_ms;  // 0: none
};
constexpr Operation kOperations[] = {
    {"list: filter, sort, count, 50 rows", list_request, 5000, 25},
    {"get one record", record_request, 20'000, 0},
    {"durable create", create_request, 5000, 0},
};

Result<void> load_all(const std::string& folder, const LoadOptions& options) {
  auto at = served(folder);
  if (!at) return fail(at.error());
  LoadOptions to = options;
  to.port = at->port;
  fmt::print("{:<36}{:>11}{:>9}{:>9}   {}\n", "operation", "a second", "p50 ms", "p99 ms",
             "wanted");
  for (const Operation& operation : kOperations) {
    auto done = load(to, [&](uint64_t n) { return operation.request(*at, n); });
    if (!done) return fail(done.error());
    if (done->refused > 0) {
      return fail(ErrorKind::refused, "bench.refused", done->first_refused, done->first_refused);
    }
    std::string wanted = fmt::format(">= {} a second", operation.wanted_rate);
    if (operation.wanted_p99_ms > 0)
      wanted += fmt::format(", p99 < {} ms", operation.wanted_p99_ms);
    const bool is_met =
        done->rate() >= operation.wanted_rate &&
        (operation.wanted_p99_ms == 0 || done->millis_at(0.99) < operation.wanted_p99_ms);
    fmt::print("{:<36}{:>11.0f}{:>9.2f}{:>9.2f}   {}: {}\n", operation.name, done->rate(),
               done->millis_at(0.5), done->millis_at(0.99), wanted, is_met ? "met" : "missed");
    std::fflush(stdout);
  }
  return {};
}

// The secrets of so many tokens, each of an account that may read the zone.
Result<std::vector<std::string>> make_tokens(const Served& at, int count) {
  std::vector<std::string> secrets;
  const std::string until = SystemClock().now().day().plus_days(30).to_string();
  for (int i = 0; i < count; ++i) {
    const std::string account = fmt::format("reader_{}", i);
    const std::string changes[] = {
        fmt::format(R"({{"do":"account.add","account":"{}"}})", account),
        fmt::format(R"({{"do":"grant.add","account":"{}","role":"reader","zone":"z000"}})",
                    account),
        fmt::format(R"({{"do":"token.add","account":"{}","scopes":"records","expires":"{}"}})",
                    account, until)};
    for (const std::string& change : changes) {
      auto done = ask_once(at.port, request_text(at, "POST", "/v1/accounts", change));
      if (!done) return fail(done.error());
      constexpr std::string_view kSecret = "\"secret\":\"";
      const size_t from = done->find(kSecret);
      if (from == done->npos) continue;
      const size_t begin = from + kSecret.size();
      secrets.push_back(done->substr(begin, done->find('"', begin) - begin));
    }
  }
  return secrets;
}

constexpr int kStreamsAToken = 20;

Result<void> live(const std::string& folder, LiveOptions options, int streams) {
  auto at = served(folder);
  if (!at) return fail(at.error());
  auto tokens = make_tokens(*at, (streams + kStreamsAToken - 1) / kStreamsAToken);
  if (!tokens) return fail(tokens.error());
  std::vector<std::string> requests;
  for (int i = 0; i < streams; ++i) {
    requests.push_back(fmt::format(
        "GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\r\n", at->port,
        (*tokens)[static_cast<size_t>(i / kStreamsAToken)]));
  }
  options.port = at->port;
  options.zone = "z000";
  auto done = measure_live(options, requests, [&](uint64_t n) { return create_request(*at, n); });
  if (!done) return fail(done.error());
  fmt::print("{} streams of {} accounts; {} changes, {:.0f} a second; {} events read\n", streams,
             tokens->size(), done->changes, static_cast<double>(done->changes) / done->seconds,
             done->events);
  fmt::print(
      "from sending a change to reading of it, ms: p50 {:.0f}, p99 {:.0f}, max {:.0f}; never "
      "told: {}\n",
      done->millis_at(0.5), done->millis_at(0.99), done->millis_at(1), done->untold);
  const bool is_met = done->millis_at(1) < 1000 && done->untold == 0;
  fmt::print("wanted: each within 1000 ms: {}\n", is_met ? "met" : "missed");
  return {};
}

int number_of(std::string_view word) {
  int number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

// Until the server that serves DIR answers.
Result<void> wait_for(const std::string& folder) {
  constexpr int kTimes = 3000;
  for (int i = 0; i < kTimes; ++i) {
    const auto at = served(folder);
    if (at && ask_once(at->port, request_text(*at, "GET", "/readyz", ""))) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return fail(ErrorKind::unavailable, "bench.no_answer", folder + " 没有应答",
              folder + ": the server does not answer");
}

int report(const Result<void>& done) {
  if (done) return 0;
  fmt::print(stderr, "{}\n{}\n", done.error().zh, done.error().en);
  return 1;
}

}  // namespace

int run(std::span<const std::string_view> words) {
  if (words.size() == 2 && words[0] == "make") return report(make(std::string(words[1])));
  if (words.size() == 2 && words[0] == "wait") return report(wait_for(std::string(words[1])));
  if (words.size() == 4 && words[0] == "load") {
    LoadOptions options;
    options.connections = number_of(words[3]);
    options.counted_ms = number_of(words[2]) * 1000;
    return report(load_all(std::string(words[1]), options));
  }
  if (words.size() == 5 && words[0] == "live") {
    LiveOptions options;
    options.seconds = number_of(words[2]);
    options.changes_a_second = number_of(words[4]);
    return report(live(std::string(words[1]), options, number_of(words[3])));
  }
  fmt::print(stderr,
             "http_bench make DIR | wait DIR | load DIR SECONDS CONNECTIONS |\n"
             "           live DIR SECONDS STREAMS RATE\n");
  return 2;
}

}  // namespace wutong::bench

int main(int argc, char** argv) {
  wutong::prepare_memory();
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  return wutong::bench::run(words);
}
