// Hashes, sealing and randomness over OpenSSL 3. Functions are thread-safe.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/codec.hpp"

namespace wutong {

using Hash = std::array<uint8_t, 32>;
using Key = std::array<uint8_t, 32>;

// Chosen when a zone is created, kept for its life (design section 4).
enum class HashKind : uint8_t { sha256 = 1, sm3 = 2 };
std::string_view to_string(HashKind kind);
std::optional<HashKind> hash_kind_from(std::string_view name);

Hash digest(HashKind kind, ByteView bytes);
// RFC 9162 section 2.1.1: leaf = H(0x00 ‖ entry), node = H(0x01 ‖ left ‖ right).
Hash leaf_hash(HashKind kind, ByteView entry);
Hash node_hash(HashKind kind, const Hash& left, const Hash& right);

// AES-256-GCM: sealed = nonce (12) ‖ ciphertext ‖ tag (16); `context` is authenticated, not stored.
struct Nonce {
  std::array<uint8_t, 12> bytes{};
};
Bytes seal(const Key& key, const Nonce& nonce, ByteView plain, ByteView context);
std::optional<Bytes> unseal(const Key& key, ByteView sealed, ByteView context);  // nullopt: forged

// Randomness is passed in, so that simulations repeat.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<uint8_t> out) = 0;
};
class SystemRandom final : public Random {  // OpenSSL's CSPRNG; any thread
 public:
  void fill(std::span<uint8_t> out) override;
};
class SeededRandom final : public Random {  // for tests and simulations only; one thread
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  void fill(std::span<uint8_t> out) override;
  uint64_t next();
  uint64_t below(uint64_t bound);  // uniform in [0, bound)

 private:
  uint64_t state_;
};

}  // namespace wutong
