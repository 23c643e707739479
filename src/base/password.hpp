// Passwords and one-time codes: Argon2id (RFC 9106), HOTP and TOTP (RFC 4226, RFC 6238), Base32
// (RFC 4648). Pure but for the salt; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/crypto.hpp"

namespace wutong {

// Memory in KiB, passes, lanes. The default is OWASP's least for Argon2id; tests take less.
struct PasswordCost {
  uint32_t memory_kib = 19456;
  uint32_t passes = 2;
  uint32_t lanes = 1;
};

// The encoded form ($argon2id$v=19$m=…) with its own salt and cost.
std::string hash_password(std::string_view password, const PasswordCost& cost, Random& random);
bool verify_password(std::string_view password, const std::string& encoded);
// Does not tell by its time where the first difference is.
bool is_equal_secret(std::string_view a, std::string_view b);

// Letters and digits that are not mistaken for one another, in groups: k7mq-w3td-…
std::string readable_secret(size_t groups, Random& random);

std::string to_base32(ByteView bytes);  // without padding
std::optional<Bytes> from_base32(std::string_view text);

constexpr int64_t kStepSeconds = 30;
// Six digits for one counter (HMAC-SHA-1).
std::string one_time_code(ByteView secret, uint64_t counter);
// The counter that the code belongs to, one step before or after now at most and later than
// `used`, so that a code works once; nullopt: wrong.
std::optional<uint64_t> match_code(ByteView secret, std::string_view code, Instant now,
                                   uint64_t used);

}  // namespace wutong
