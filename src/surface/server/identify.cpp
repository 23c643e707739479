#include "surface/server/identify.hpp"

#include "base/text.hpp"

namespace wutong::server {

std::string name_of(const access::Principal& principal) {
  return (principal.is_local ? "local:" : "") + principal.account;
}

namespace {

Error no_proof() {
  return Error{ErrorKind::denied,
               "access.no_proof",
               {},
               "请先登录，或使用有效的令牌",
               "sign in first, or use a valid token",
               {}};
}

answer::NotePersonal noting(Service& service, const std::string& account) {
  if (service.accounts == nullptr) return {};
  return [&service, account](const answer::PersonalUse& use) -> Result<void> {
    auto noted = service.accounts->note_personal(account, use.kind, use.zone, use.register_name,
                                                 use.key, use.rows);
    if (!noted) return fail(noted.error().error);
    return {};
  };
}

Identity identity_of(Service& service, access::Principal principal) {
  const std::string account = name_of(principal);
  return {answer::Door(service.host, std::move(principal), noting(service, account)), {}, {}};
}

bool is_write(const net::HttpRequest& request) {
  return request.method != "GET" && request.method != "HEAD";
}

Result<Identity> by_session(Service& service, const net::HttpRequest& request,
                            const std::string& secret, Use use) {
  auto session = service.accounts->session(secret, use == Use::acting);
  if (!session) return fail(no_proof());
  if (is_write(request) && !is_equal_secret(header_of(request, "x-csrf-token"), session->csrf)) {
    return fail(ErrorKind::denied, "access.csrf", "请求缺少或带错 x-csrf-token",
                "the header x-csrf-token is missing or wrong");
  }
  // Until the password is changed and the second factor set, nothing but that may be done.
  access::Principal principal = service.accounts->principal(session->account);
  if (session->standing != account::Standing::full) principal.grants.clear();
  Identity out = identity_of(service, std::move(principal));
  out.session = std::move(session);
  out.session_secret = secret;
  return out;
}

}  // namespace

std::string header_of(const net::HttpRequest& request, const std::string& name) {
  auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string() : found->second;
}

std::string cookie_of(const net::HttpRequest& request, std::string_view name) {
  const std::string all = header_of(request, "cookie");
  for (std::string_view pair : split(all, ';')) {
    pair = trim(pair);
    const size_t equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) {
      return std::string(pair.substr(equals + 1));
    }
  }
  return {};
}

Result<Identity> identify(Service& service, const net::HttpRequest& request, Use use) {
  const std::string proof = header_of(request, "authorization");
  constexpr std::string_view kLocal = "Local ";
  constexpr std::string_view kBearer = "Bearer ";
  if (proof.starts_with(kLocal)) {
    const bool is_right = !service.local_key.empty() &&
                          is_equal_secret(proof.substr(kLocal.size()), service.local_key);
    if (!is_right) return fail(no_proof());
    std::string actor = header_of(request, "wutong-actor");
    return identity_of(service, access::Principal::local(actor.empty() ? "local" : actor));
  }
  if (service.accounts == nullptr) return fail(no_proof());
  if (proof.starts_with(kBearer)) {
    auto principal = service.accounts->token(proof.substr(kBearer.size()));
    if (!principal) return fail(no_proof());
    return identity_of(service, std::move(*principal));
  }
  const std::string secret = cookie_of(request, kCookie);
  if (secret.empty() || !proof.empty()) return fail(no_proof());
  return by_session(service, request, secret, use);
}

void note(Service& service, const net::HttpRequest& request, std::string_view what,
          std::string_view account, std::string_view detail) {
  if (service.log == nullptr) return;
  service.log->add(service.host.now(), {what, account, detail, request.peer});
}

}  // namespace wutong::server
