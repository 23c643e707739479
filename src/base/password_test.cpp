#include "base/password.hpp"

#include <gtest/gtest.h>

namespace wutong {
namespace {

constexpr PasswordCost kCheap{64, 1, 1};

TEST(Password, IsVerifiedByItsHashAlone) {
  SeededRandom random(1);
  const std::string a = hash_password("梧桐 harbour 7", kCheap, random);
  const std::string b = hash_password("梧桐 harbour 7", kCheap, random);
  EXPECT_TRUE(a.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
  EXPECT_NE(a, b);
  EXPECT_TRUE(verify_password("梧桐 harbour 7", a));
  EXPECT_FALSE(verify_password("梧桐 harbour 8", a));
  EXPECT_FALSE(verify_password("梧桐 harbour 7", "$argon2id$broken"));
  EXPECT_FALSE(verify_password("", a));
}

// RFC 4226, appendix D, and RFC 6238, appendix B (SHA-1, the last six of eight digits).
TEST(OneTimeCode, IsThatOfTheStandards) {
  constexpr std::string_view kSecret = "12345678901234567890";
  constexpr const char* kCounters[] = {"755224", "287082", "359152", "969429", "338314",
                                       "254676", "287922", "162583", "399871", "520489"};
  for (uint64_t i = 0; i < 10; ++i) {
    EXPECT_EQ(one_time_code(as_bytes(kSecret), i), kCounters[i]);
  }
  struct Case {
    int64_t seconds;
    const char* code;
  };
  constexpr Case kCases[] = {{59, "287082"},         {1111111109, "081804"},
                             {1111111111, "050471"}, {1234567890, "005924"},
                             {2000000000, "279037"}, {20000000000, "353130"}};
  for (const Case& c : kCases) {
    const Instant now{c.seconds * 1000};
    const auto counter = match_code(as_bytes(kSecret), c.code, now, 0);
    ASSERT_TRUE(counter.has_value()) << c.seconds;
    EXPECT_EQ(*counter, static_cast<uint64_t>(c.seconds / 30));
    EXPECT_FALSE(match_code(as_bytes(kSecret), c.code, now, *counter)) << "a code works once";
    const Instant late{(c.seconds + 120) * 1000};
    EXPECT_FALSE(match_code(as_bytes(kSecret), c.code, late, 0));
  }
}

// RFC 4648, section 10.
TEST(Base32, IsThatOfTheStandard) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {{"", ""},
                                                                      {"f", "MY"},
                                                                      {"fo", "MZXQ"},
                                                                      {"foo", "MZXW6"},
                                                                      {"foob", "MZXW6YQ"},
                                                                      {"fooba", "MZXW6YTB"},
                                                                      {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : kCases) {
    EXPECT_EQ(to_base32(as_bytes(plain)), text);
    const ByteView bytes = as_bytes(plain);
    EXPECT_EQ(from_base32(text), Bytes(bytes.begin(), bytes.end()));
  }
  EXPECT_FALSE(from_base32("M1").has_value());
}

TEST(ReadableSecret, HasGroupsAndIsNeverTheSame) {
  SystemRandom random;
  const std::string secret = readable_secret(5, random);
  EXPECT_EQ(secret.size(), 24u);
  EXPECT_EQ(secret[4], '-');
  EXPECT_NE(secret, readable_secret(5, random));
}

}  // namespace
}  // namespace wutong
