// Canonical bytes: one value has one encoding, and decoding refuses every other. Used for what is
// hashed and kept for ever, so nothing here may change once written. Integers are LEB128 (shortest
// form), signed ones zigzag; strings and blobs are length-prefixed; fixed-width values
// little-endian.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"

namespace wutong {

using Bytes = std::vector<uint8_t>;
using ByteView = std::span<const uint8_t>;

class Writer {
 public:
  Writer() = default;
  explicit Writer(Bytes&& space) : bytes_(std::move(space)) { bytes_.clear(); }  // its memory
  void reserve(size_t size) { bytes_.reserve(size); }
  void u8(uint8_t value) { bytes_.push_back(value); }
  void varint(uint64_t value);
  void zigzag(int64_t value);
  void zigzag128(int128 value);
  // The bytes of one zigzag() a number, at the speed of memory. With `before`, each number is
  // written as its difference to the one before it (modulo 2^64), the first to *before, which
  // becomes the last number.
  void zigzags(std::span<const int64_t> numbers, int64_t* before = nullptr);
  void zigzags(std::span<const int32_t> numbers, int64_t* before = nullptr);
  void text(std::string_view value);
  void blob(ByteView value);  // length and bytes
  void raw(ByteView value);   // bytes only
  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

// Reads never run past the end and never throw: after a fault every read returns zero or empty, and
// ok() is false. at_end() must hold after a whole value. Views point into the input.
class Reader {
 public:
  explicit Reader(ByteView bytes) : bytes_(bytes) {}
  uint8_t u8();
  uint64_t varint();
  int64_t zigzag();
  int128 zigzag128();
  // As many zigzag() as `numbers` holds; with `before` as Writer::zigzags. After a fault `numbers`
  // holds anything.
  void zigzags(std::span<int64_t> numbers, int64_t* before = nullptr);
  std::string_view text();  // must be valid UTF-8
  ByteView blob();
  ByteView raw(size_t size);
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && position_ == bytes_.size(); }
  size_t remaining() const { return bytes_.size() - position_; }
  void fail() { ok_ = false; }

 private:
  uint64_t varint_by_byte();

  ByteView bytes_;
  size_t position_ = 0;
  bool ok_ = true;
};

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// zstd; decompress refuses results over `size_max` before allocating them.
Bytes compress(ByteView bytes);
std::optional<Bytes> decompress(ByteView bytes, size_t size_max);

}  // namespace wutong
