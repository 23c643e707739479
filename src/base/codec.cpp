#include "base/codec.hpp"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/error.hpp"
#include "base/text.hpp"

namespace wutong {

namespace {

// Groups of seven bits are moved in one word, eight groups at a time.
static_assert(std::endian::native == std::endian::little);

constexpr size_t kVarintBytesMax = 10;
constexpr size_t kWordBytes = 8;
constexpr uint64_t kContinues = 0x8080808080808080;

uint64_t to_zigzag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

int64_t from_zigzag(uint64_t bits) {
  return static_cast<int64_t>(bits >> 1) ^ -static_cast<int64_t>(bits & 1);
}

// 56 bits to eight bytes of seven bits, and back.
uint64_t spread(uint64_t bits) {
  bits = (bits & 0x000000000FFFFFFF) | ((bits & 0x00FFFFFFF0000000) << 4);
  bits = (bits & 0x00003FFF00003FFF) | ((bits & 0x0FFFC0000FFFC000) << 2);
  return (bits & 0x007F007F007F007F) | ((bits & 0x3F803F803F803F80) << 1);
}

uint64_t gather(uint64_t bytes) {
  bytes = (bytes & 0x007F007F007F007F) | ((bytes & 0x7F007F007F007F00) >> 1);
  bytes = (bytes & 0x00003FFF00003FFF) | ((bytes & 0x3FFF00003FFF0000) >> 2);
  return (bytes & 0x000000000FFFFFFF) | ((bytes & 0x0FFFFFFF00000000) >> 4);
}

// Writes at `out`, where kVarintBytesMax bytes are free; gives the end.
uint8_t* put_varint(uint8_t* out, uint64_t value) {
  if (value < (uint64_t{1} << 56)) {
    // (bits + 6) / 7 without a division.
    auto bits = static_cast<unsigned>(std::bit_width(value | 1));
    unsigned length = (bits * 9 + 64) >> 6;
    uint64_t word = spread(value) | (kContinues & ((uint64_t{1} << (8 * length - 8)) - 1));
    std::memcpy(out, &word, kWordBytes);
    return out + length;
  }
  for (; value >= 0x80; value >>= 7) *out++ = static_cast<uint8_t>(value | 0x80);
  *out++ = static_cast<uint8_t>(value);
  return out;
}

template <typename Number>
void put_zigzags(Bytes& bytes, std::span<const Number> numbers, int64_t* before) {
  constexpr size_t kBlock = 512;
  uint8_t block[kBlock * kVarintBytesMax];
  while (!numbers.empty()) {
    std::span<const Number> some = numbers.first(std::min(kBlock, numbers.size()));
    uint8_t* end = block;
    if (before == nullptr) {
      for (Number number : some) end = put_varint(end, to_zigzag(number));
    } else {
      auto last = static_cast<uint64_t>(*before);
      for (Number number : some) {
        auto wide = static_cast<uint64_t>(int64_t{number});
        end = put_varint(end, to_zigzag(static_cast<int64_t>(wide - last)));
        last = wide;
      }
      *before = static_cast<int64_t>(last);
    }
    bytes.insert(bytes.end(), block, end);
    numbers = numbers.subspan(some.size());
  }
}

}  // namespace

void Writer::varint(uint64_t value) {
  if (value < 0x80) {
    bytes_.push_back(static_cast<uint8_t>(value));
    return;
  }
  uint8_t bytes[kVarintBytesMax];
  bytes_.insert(bytes_.end(), bytes, put_varint(bytes, value));
}

void Writer::zigzag(int64_t value) { varint(to_zigzag(value)); }

void Writer::zigzags(std::span<const int64_t> numbers, int64_t* before) {
  put_zigzags(bytes_, numbers, before);
}

void Writer::zigzags(std::span<const int32_t> numbers, int64_t* before) {
  put_zigzags(bytes_, numbers, before);
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
  if (ok_ && position_ < bytes_.size() && bytes_[position_] < 0x80) return bytes_[position_++];
  return varint_by_byte();
}

uint64_t Reader::varint_by_byte() {
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

int64_t Reader::zigzag() { return from_zigzag(varint()); }

void Reader::zigzags(std::span<int64_t> numbers, int64_t* before) {
  auto last = static_cast<uint64_t>(before == nullptr ? 0 : *before);
  bool is_shortest = true;
  for (int64_t& number : numbers) {
    uint64_t word = 0;
    uint64_t ends = 0;
    if (remaining() >= kWordBytes) {
      std::memcpy(&word, bytes_.data() + position_, kWordBytes);
      ends = ~word & kContinues;
    }
    if (ends == 0) {  // near the end of the input, or over eight bytes
      number = zigzag();
      if (!ok_) return;
    } else {
      auto last_bit = static_cast<unsigned>(std::countr_zero(ends));  // of the last byte: 7, 15, …
      word &= ends ^ (ends - 1);
      is_shortest &= last_bit == 7 || (word >> (last_bit - 7)) != 0;
      number = from_zigzag(gather(word));
      position_ += (last_bit + 1) / 8;
    }
    if (before == nullptr) continue;
    last += static_cast<uint64_t>(number);
    number = static_cast<int64_t>(last);
  }
  if (before != nullptr) *before = static_cast<int64_t>(last);
  if (!is_shortest) ok_ = false;
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
