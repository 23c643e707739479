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
