#include "base/codec.hpp"

#include <zstd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace wutong {

void Writer::varint(uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<uint8_t>(value | 0x80));
    value >>= 7;
  }
  bytes_.push_back(static_cast<uint8_t>(value));
}

void Writer::zigzag(int64_t value) {
  varint((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
}

void Writer::zigzag128(int128 value) {
  uint128 bits = (static_cast<uint128>(value) << 1) ^ static_cast<uint128>(value >> 127);
  while (bits >= 0x80) {
    bytes_.push_back(static_cast<uint8_t>(bits | 0x80));
    bits >>= 7;
  }
  bytes_.push_back(static_cast<uint8_t>(bits));
}

void Writer::text(std::string_view value) { blob(as_bytes(value)); }

void Writer::blob(ByteView value) {
  varint(value.size());
  raw(value);
}

void Writer::raw(ByteView value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }

uint8_t Reader::u8() {
  if (!ok_ || position_ >= bytes_.size()) {
    ok_ = false;
    return 0;
  }
  return bytes_[position_++];
}

uint64_t Reader::varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = u8();
    uint64_t bits = byte & 0x7F;
    bool is_last = (byte & 0x80) == 0;
    if (shift == 63 && byte > 1) break;            // over 64 bits
    if (is_last && byte == 0 && shift > 0) break;  // not the shortest form
    value |= bits << shift;
    if (is_last) return ok_ ? value : 0;
  }
  ok_ = false;
  return 0;
}

int64_t Reader::zigzag() {
  uint64_t bits = varint();
  return static_cast<int64_t>(bits >> 1) ^ -static_cast<int64_t>(bits & 1);
}

int128 Reader::zigzag128() {
  uint128 bits = 0;
  for (int shift = 0; shift < 128; shift += 7) {
    uint8_t byte = u8();
    bool is_last = (byte & 0x80) == 0;
    if (shift == 126 && byte > 3) break;
    if (is_last && byte == 0 && shift > 0) break;
    bits |= static_cast<uint128>(byte & 0x7F) << shift;
    if (is_last) {
      if (!ok_) return 0;
      return static_cast<int128>(bits >> 1) ^ -static_cast<int128>(bits & 1);
    }
  }
  ok_ = false;
  return 0;
}

std::string_view Reader::text() {
  ByteView bytes = blob();
  std::string_view view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (ok_ && !is_valid_utf8(view)) ok_ = false;
  return ok_ ? view : std::string_view();
}

ByteView Reader::blob() {
  uint64_t size = varint();
  return size <= remaining() ? raw(static_cast<size_t>(size)) : raw(remaining() + 1);
}

ByteView Reader::raw(size_t size) {
  if (!ok_ || size > remaining()) {
    ok_ = false;
    return {};
  }
  ByteView view = bytes_.subspan(position_, size);
  position_ += size;
  return view;
}

std::string to_hex(ByteView bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (uint8_t byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  auto digit = [](char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
  };
  Bytes out;
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = digit(text[i]);
    int low = digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<uint8_t>(high * 16 + low));
  }
  return out;
}

Bytes compress(ByteView bytes) {
  Bytes out(ZSTD_compressBound(bytes.size()));
  size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3);
  CHECK(ZSTD_isError(size) == 0);
  out.resize(size);
  return out;
}

std::optional<Bytes> decompress(ByteView bytes, size_t size_max) {
  unsigned long long declared = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (declared == ZSTD_CONTENTSIZE_ERROR || declared == ZSTD_CONTENTSIZE_UNKNOWN ||
      declared > size_max) {
    return std::nullopt;
  }
  Bytes out(static_cast<size_t>(declared));
  size_t size = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size != out.size()) return std::nullopt;
  return out;
}

}  // namespace wutong
