#include "base/password.hpp"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/error.hpp"

namespace wutong {

namespace {

constexpr size_t kSaltBytes = 16;
constexpr size_t kHashBytes = 32;
constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view kReadable = "23456789abcdefghjkmnpqrstuvwxyz";

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost, Random& random) {
  std::array<uint8_t, kSaltBytes> salt{};
  random.fill(salt);
  std::string encoded(argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, kSaltBytes,
                                        kHashBytes, Argon2_id),
                      '\0');
  const int code = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(),
                                         password.size(), salt.data(), salt.size(), kHashBytes,
                                         encoded.data(), encoded.size());
  CHECK(code == ARGON2_OK);
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool verify_password(std::string_view password, const std::string& encoded) {
  return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool is_equal_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string readable_secret(size_t groups, Random& random) {
  constexpr size_t kGroup = 4;
  std::string out;
  while (out.size() < groups * (kGroup + 1) - 1) {
    if (out.size() % (kGroup + 1) == kGroup) out += '-';
    uint8_t byte = 255;
    // Bytes above the last whole multiple would favour some letters.
    while (byte >= 256 - 256 % kReadable.size()) random.fill(std::span(&byte, 1));
    out += kReadable[byte % kReadable.size()];
  }
  return out;
}

std::string to_base32(ByteView bytes) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (uint8_t byte : bytes) {
    bits = (bits << 8) | byte;
    for (count += 8; count >= 5; count -= 5) out += kBase32[(bits >> (count - 5)) & 31];
  }
  if (count > 0) out += kBase32[(bits << (5 - count)) & 31];
  return out;
}

std::optional<Bytes> from_base32(std::string_view text) {
  Bytes out;
  uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    const size_t value = kBase32.find(c);
    if (value == kBase32.npos) return std::nullopt;
    bits = (bits << 5) | static_cast<uint32_t>(value);
    count += 5;
    if (count < 8) continue;
    out.push_back(static_cast<uint8_t>(bits >> (count - 8)));
    count -= 8;
  }
  return out;
}

std::string one_time_code(ByteView secret, uint64_t counter) {
  std::array<uint8_t, 8> message{};
  for (size_t i = 0; i < message.size(); ++i) {
    message[i] = static_cast<uint8_t>(counter >> (8 * (message.size() - 1 - i)));
  }
  std::array<uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message.data(),
             message.size(), mac.data(), &size) != nullptr);
  const size_t at = mac[size - 1] & 15;
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = (number << 8) | mac[at + i];
  std::string digits = std::to_string((number & 0x7fffffff) % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

std::optional<uint64_t> match_code(ByteView secret, std::string_view code, Instant now,
                                   uint64_t used) {
  const auto step = static_cast<uint64_t>(now.ms / 1000 / kStepSeconds);
  for (uint64_t counter = step > 0 ? step - 1 : 0; counter <= step + 1; ++counter) {
    if (counter > used && is_equal_secret(one_time_code(secret, counter), code)) return counter;
  }
  return std::nullopt;
}

}  // namespace wutong
