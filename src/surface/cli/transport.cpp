#include "surface/cli/transport.hpp"

#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/text.hpp"
#include "engine/net/http.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

constexpr const char* kAddressFile = "serving";

std::filesystem::path address_file(const std::string& data) {
  return std::filesystem::path(data) / kAddressFile;
}

struct Address {
  std::string host;
  uint16_t port = 0;
  std::string key;
};

std::optional<Address> served_at(const std::string& data) {
  std::ifstream in(address_file(data));
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  std::vector<std::string_view> parts = split(line, ' ');
  Address address;
  if (parts.size() != 3) return std::nullopt;
  address.host = parts[0];
  address.key = parts[2];
  auto [end, code] =
      std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), address.port);
  if (code != std::errc()) return std::nullopt;
  return address;
}

ErrorKind kind_of(int status) {
  if (status == 401) return ErrorKind::denied;
  if (status == 429) return ErrorKind::unavailable;
  for (ErrorKind kind :
       {ErrorKind::invalid, ErrorKind::not_found, ErrorKind::refused, ErrorKind::conflict,
        ErrorKind::too_large, ErrorKind::denied, ErrorKind::unavailable}) {
    if (answer::http_status(kind) == status) return kind;
  }
  return ErrorKind::io;
}

std::string member(const json::object& object, const char* key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

Error error_from(const json::object& object, ErrorKind kind, const char* zh, const char* en) {
  Error error{kind, member(object, "code"), {}, member(object, zh), member(object, en), {}};
  error.place.file = member(object, "file");
  error.place.field = member(object, "field");
  if (const json::value* line = object.if_contains("line")) {
    error.place.line = line->to_number<int>();
  }
  return error;
}

zone::Failure failure_from(const net::HttpResponse& response, const json::value& body) {
  zone::Failure failure;
  ErrorKind kind = kind_of(response.status);
  if (!body.is_object()) {
    failure.error = Error{kind,
                          "http.status",
                          {},
                          "服务返回 " + std::to_string(response.status),
                          "the server answered " + std::to_string(response.status),
                          {}};
    return failure;
  }
  failure.error = error_from(body.get_object(), kind, "detail", "detail_en");
  if (const json::value* faults = body.get_object().if_contains("faults")) {
    for (const json::value& fault : faults->as_array()) {
      failure.faults.push_back(error_from(fault.as_object(), kind, "zh", "en"));
    }
    failure.fault_count = body.get_object().at("fault_count").to_number<size_t>();
  }
  return failure;
}

answer::Answered post(const Address& address, const Posting& posting) {
  std::map<std::string, std::string> headers{
      {"authorization", "Local " + address.key},
      {"wutong-actor", posting.caller.actor.substr(posting.caller.actor.find(':') + 1)},
      {"wutong-roles", join(posting.caller.roles, ",")}};
  if (!posting.caller.idempotency_key.empty()) {
    headers["idempotency-key"] = posting.caller.idempotency_key;
  }
  auto response =
      net::http_request(address.host, address.port, "POST", posting.target, posting.body, headers);
  if (!response) return tl::unexpected(zone::Failure{response.error(), {}, 1});
  json::error_code code;
  json::value body = json::parse(response->body, code);
  if (response->status >= 300) return tl::unexpected(failure_from(*response, body));
  return body;
}

}  // namespace

Result<std::unique_ptr<zone::Host>> open_to_read(const std::string& data,
                                                 const Environment& environment) {
  zone::HostOptions options;
  options.data_directory = data;
  options.read_only = true;
  return zone::Host::open(options, *environment.clock, *environment.random);
}

answer::Answered write(const std::string& data, const Environment& environment,
                       const std::function<answer::Answered(const answer::Door&)>& direct,
                       const Posting& posting) {
  zone::HostOptions options;
  options.data_directory = data;
  auto host = zone::Host::open(options, *environment.clock, *environment.random);
  if (host) return direct(answer::Door::local(**host));
  std::optional<Address> address = served_at(data);
  if (host.error().kind == ErrorKind::unavailable && address && !posting.target.empty()) {
    return post(*address, posting);
  }
  return tl::unexpected(zone::Failure{host.error(), {}, 1});
}

void note_address(const std::string& data, const std::string& address, uint16_t port,
                  const std::string& key) {
  const std::filesystem::path file = address_file(data);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  // Empty and closed to others before the key stands in it.
  std::ofstream(file).flush();
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  std::ofstream(file) << address << " " << port << " " << key << "\n";
}

void forget_address(const std::string& data) {
  std::error_code ignored;
  std::filesystem::remove(address_file(data), ignored);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_' || c == '.' || c == '~';
    if (is_plain) {
      out += c;
    } else {
      auto byte = static_cast<uint8_t>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

Result<std::string> read_text_file(const std::string& path, size_t size_max) {
  std::string content;
  if (path == "-") {
    content.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code)) {
      return fail(ErrorKind::not_found, "file.not_found", "没有文件“" + path + "”",
                  "there is no file " + path, {path, 0, 0, {}});
    }
    if (std::filesystem::file_size(path, code) > size_max) {
      std::string limit = std::to_string(size_max >> 20);
      return fail(ErrorKind::too_large, "file.too_large", "文件超过 " + limit + " MiB，请分开",
                  "the file is over " + limit + " MiB; split it", {path, 0, 0, {}});
    }
    std::ifstream in(path, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
    if (!in) {
      return fail(ErrorKind::io, "file.unreadable", "读不了文件“" + path + "”",
                  "cannot read " + path, {path, 0, 0, {}});
    }
  }
  return content;
}

}  // namespace wutong::cli
