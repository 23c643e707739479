#include "base/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <memory>

#include "base/error.hpp"

namespace wutong {

namespace {

constexpr size_t kTagBytes = 16;

struct Free {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free>;

// Fetching an algorithm is slow in OpenSSL 3; once each.
const EVP_MD* algorithm(HashKind kind) {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  static const EVP_MD* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  const EVP_MD* chosen = kind == HashKind::sm3 ? sm3 : sha256;
  CHECK(chosen != nullptr);
  return chosen;
}

// One context a thread and kind: a context that is made anew costs more than a small hash.
EVP_MD_CTX* started(HashKind kind) {
  thread_local DigestContext contexts[2];
  DigestContext& context = contexts[kind == HashKind::sm3 ? 1 : 0];
  if (context == nullptr) {
    context.reset(EVP_MD_CTX_new());
    CHECK(context != nullptr && EVP_DigestInit_ex2(context.get(), algorithm(kind), nullptr) == 1);
  } else {
    CHECK(EVP_DigestInit_ex2(context.get(), nullptr, nullptr) == 1);
  }
  return context.get();
}

Hash digest_of(HashKind kind, std::initializer_list<ByteView> pieces) {
  EVP_MD_CTX* context = started(kind);
  for (ByteView piece : pieces) {
    CHECK(EVP_DigestUpdate(context, piece.data(), piece.size()) == 1);
  }
  Hash hash;
  unsigned size = 0;
  CHECK(EVP_DigestFinal_ex(context, hash.data(), &size) == 1 && size == hash.size());
  return hash;
}

}  // namespace

std::string_view to_string(HashKind kind) { return kind == HashKind::sha256 ? "sha256" : "sm3"; }

std::optional<HashKind> hash_kind_from(std::string_view name) {
  if (name == "sha256") return HashKind::sha256;
  if (name == "sm3") return HashKind::sm3;
  return std::nullopt;
}

Hash digest(HashKind kind, ByteView bytes) { return digest_of(kind, {bytes}); }

Hash leaf_hash(HashKind kind, ByteView entry) {
  constexpr uint8_t kPrefix[] = {0};
  return digest_of(kind, {ByteView(kPrefix), entry});
}

Hash node_hash(HashKind kind, const Hash& left, const Hash& right) {
  constexpr uint8_t kPrefix[] = {1};
  return digest_of(kind, {ByteView(kPrefix), left, right});
}

Bytes seal(const Key& key, const Nonce& nonce, ByteView plain, ByteView context) {
  CipherContext cipher(EVP_CIPHER_CTX_new());
  CHECK(cipher != nullptr);
  CHECK(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                           nonce.bytes.data()) == 1);
  int size = 0;
  CHECK(EVP_EncryptUpdate(cipher.get(), nullptr, &size, context.data(),
                          static_cast<int>(context.size())) == 1);
  Bytes out(nonce.bytes.begin(), nonce.bytes.end());
  out.resize(nonce.bytes.size() + plain.size() + kTagBytes);
  uint8_t* text = out.data() + nonce.bytes.size();
  CHECK(EVP_EncryptUpdate(cipher.get(), text, &size, plain.data(),
                          static_cast<int>(plain.size())) == 1);
  CHECK(EVP_EncryptFinal_ex(cipher.get(), text + size, &size) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes, text + plain.size()) ==
        1);
  return out;
}

std::optional<Bytes> unseal(const Key& key, ByteView sealed, ByteView context) {
  constexpr size_t kNonceBytes = sizeof(Nonce::bytes);
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  CipherContext cipher(EVP_CIPHER_CTX_new());
  CHECK(cipher != nullptr);
  CHECK(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) ==
        1);
  int size = 0;
  CHECK(EVP_DecryptUpdate(cipher.get(), nullptr, &size, context.data(),
                          static_cast<int>(context.size())) == 1);
  Bytes out(sealed.size() - kNonceBytes - kTagBytes);
  Bytes tag(sealed.end() - kTagBytes, sealed.end());
  CHECK(EVP_DecryptUpdate(cipher.get(), out.data(), &size, sealed.data() + kNonceBytes,
                          static_cast<int>(out.size())) == 1);
  CHECK(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, tag.data()) == 1);
  uint8_t rest[kTagBytes];
  if (EVP_DecryptFinal_ex(cipher.get(), rest, &size) != 1) return std::nullopt;
  return out;
}

void SystemRandom::fill(std::span<uint8_t> out) {
  CHECK(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1);
}

// SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
uint64_t SeededRandom::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

uint64_t SeededRandom::below(uint64_t bound) {
  CHECK(bound > 0);
  return static_cast<uint64_t>((static_cast<uint128>(next()) * bound) >> 64);
}

void SeededRandom::fill(std::span<uint8_t> out) {
  for (uint8_t& byte : out) byte = static_cast<uint8_t>(next());
}

}  // namespace wutong
