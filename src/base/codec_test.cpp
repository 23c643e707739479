#include "base/codec.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace wutong {
namespace {

TEST(Codec, ReadsBackWhatItWrote) {
  SeededRandom random(3);
  for (int i = 0; i < 5000; ++i) {
    auto number = static_cast<int64_t>(random.next()) >> random.below(63);
    int128 wide =
        (static_cast<int128>(static_cast<int64_t>(random.next())) << 64) >> random.below(120);
    Writer writer;
    writer.zigzag(number);
    writer.zigzag128(wide);
    writer.varint(static_cast<uint64_t>(number));
    writer.text("园区");
    Reader reader(writer.bytes());
    EXPECT_EQ(reader.zigzag(), number);
    EXPECT_TRUE(reader.zigzag128() == wide);
    EXPECT_EQ(reader.varint(), static_cast<uint64_t>(number));
    EXPECT_EQ(reader.text(), "园区");
    EXPECT_TRUE(reader.at_end());
  }
}

// Numbers of every length, alone and as differences, next to the plain way.
TEST(Codec, WritesManyNumbersAsOneByOne) {
  SeededRandom random(8);
  for (int round = 0; round < 300; ++round) {
    std::vector<int64_t> numbers;
    std::vector<int32_t> narrow;
    for (uint64_t n = random.below(1500); n > 0; --n) {
      numbers.push_back(static_cast<int64_t>(random.next()) >> random.below(64));
      narrow.push_back(static_cast<int32_t>(numbers.back() >> 32));
    }
    for (bool by_difference : {false, true}) {
      Writer plain, bulk, narrow_plain, narrow_bulk;
      int64_t plain_before = 5, narrow_before = 5, before = 5;
      for (size_t i = 0; i < numbers.size(); ++i) {
        plain.zigzag(static_cast<int64_t>(static_cast<uint64_t>(numbers[i]) -
                                          static_cast<uint64_t>(by_difference ? plain_before : 0)));
        narrow_plain.zigzag(narrow[i] - (by_difference ? narrow_before : 0));
        plain_before = numbers[i];
        narrow_before = narrow[i];
      }
      bulk.zigzags(numbers, by_difference ? &before : nullptr);
      ASSERT_EQ(bulk.bytes(), plain.bytes());
      before = 5;
      narrow_bulk.zigzags(narrow, by_difference ? &before : nullptr);
      ASSERT_EQ(narrow_bulk.bytes(), narrow_plain.bytes());

      std::vector<int64_t> read(numbers.size());
      Reader reader(bulk.bytes());
      before = 5;
      reader.zigzags(read, by_difference ? &before : nullptr);
      EXPECT_TRUE(reader.at_end());
      EXPECT_EQ(read, numbers);
    }
  }
}

TEST(Codec, ReadsManyNumbersAsStrictlyAsOne) {
  SeededRandom random(9);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(random.below(40));
    random.fill(bytes);
    for (uint8_t& byte : bytes) {
      if (random.below(3) == 0) byte = static_cast<uint8_t>(random.below(2) * 0x80);
    }
    Reader one(bytes), many(bytes);
    std::vector<int64_t> numbers(random.below(12)), expected(numbers.size());
    for (int64_t& number : expected) number = one.zigzag();
    many.zigzags(numbers);
    ASSERT_EQ(many.ok(), one.ok()) << to_hex(bytes);
    if (!one.ok()) continue;
    EXPECT_EQ(numbers, expected);
    EXPECT_EQ(many.remaining(), one.remaining());
  }
}

TEST(Codec, RefusesOtherSpellingsAndShortInput) {
  for (const char* hex : {"8000", "ffffffffffffffffff02", "80", "02c328", "05aa"}) {
    Bytes bytes = *from_hex(hex);
    Reader number(bytes);
    Reader text(bytes);
    number.varint();
    text.text();
    EXPECT_FALSE(number.at_end() && text.at_end()) << hex;
  }
  Reader empty({});
  EXPECT_EQ(empty.varint(), 0u);
  EXPECT_FALSE(empty.ok());
}

TEST(Codec, DecompressesOnlyUpToALimit) {
  Bytes zeros(100'000);
  Bytes packed = compress(zeros);
  EXPECT_EQ(decompress(packed, 100'000), zeros);
  EXPECT_FALSE(decompress(packed, 99'999).has_value());
  EXPECT_FALSE(decompress(zeros, 1000).has_value());
}

TEST(Crypto, AgreesWithTheStandards) {
  EXPECT_EQ(to_hex(digest(HashKind::sm3, as_bytes("abc"))),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(to_hex(digest(HashKind::sha256, as_bytes("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(leaf_hash(HashKind::sha256, {})),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");  // RFC 9162 tests
}

TEST(Crypto, OpensOnlyWhatItSealed) {
  SystemRandom random;
  Key key;
  Nonce nonce;
  random.fill(key);
  random.fill(nonce.bytes);
  Bytes sealed = seal(key, nonce, as_bytes("张三"), as_bytes("zone/1"));
  Bytes plain = *unseal(key, sealed, as_bytes("zone/1"));
  EXPECT_EQ(std::string(plain.begin(), plain.end()), "张三");
  EXPECT_FALSE(unseal(key, sealed, as_bytes("zone/2")).has_value());
  sealed[14] ^= 1;
  EXPECT_FALSE(unseal(key, sealed, as_bytes("zone/1")).has_value());
  EXPECT_FALSE(unseal(key, as_bytes("short"), {}).has_value());
}

}  // namespace
}  // namespace wutong
