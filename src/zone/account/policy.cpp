#include "zone/account/policy.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::account {

namespace {

constexpr size_t kBytesMax = 256;
constexpr size_t kShortest = 10;
constexpr size_t kLongEnough = 16;
constexpr int kKindsMin = 3;
constexpr int kFreeTries = 4;
constexpr int64_t kWaitMsMax = 15 * 60 * 1000;
// Parts that make a password easy to guess, whatever stands around them.
constexpr std::string_view kUsual[] = {"password", "passw0rd", "qwerty", "123456",
                                       "admin",    "wutong",   "abcdef", "111111"};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return out;
}

int kinds(std::string_view text) {
  bool has[4] = {};
  for (char c : text) {
    const bool is_small = c >= 'a' && c <= 'z';
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_digit = c >= '0' && c <= '9';
    has[is_small ? 0 : is_capital ? 1 : is_digit ? 2 : 3] = true;
  }
  return static_cast<int>(std::count(std::begin(has), std::end(has), true));
}

tl::unexpected<Error> weak(std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "access.password_weak", std::move(zh), std::move(en),
              {{}, 0, 0, "password"});
}

}  // namespace

Result<void> check_password(std::string_view password, std::string_view account) {
  const size_t length = is_valid_utf8(password) ? to_code_points(password).size() : 0;
  if (password.size() > kBytesMax || (length == 0 && !password.empty())) {
    return weak("口令应是至多 256 字节的文字", "a password is text of 256 bytes at most");
  }
  if (length < kShortest || (length < kLongEnough && kinds(password) < kKindsMin)) {
    return weak(
        "口令至少 10 个字符且含大写、小写、数字、其他中的三种，或至少 16 个字符",
        "a password has 10 characters of three kinds (capital, small, digit, other), or 16");
  }
  const std::string plain = lower(password);
  const bool is_usual = std::any_of(std::begin(kUsual), std::end(kUsual),
                                    [&](auto usual) { return plain.find(usual) != plain.npos; });
  const bool is_one = plain.find_first_not_of(plain.front()) == plain.npos;
  if (is_usual || is_one || plain.find(account) != plain.npos) {
    return weak("口令太好猜：不要含账户名、常见词或连续重复的字符",
                "too easy to guess: not the account's name, no usual word, no single character");
  }
  return {};
}

Result<void> check_account_name(std::string_view name) {
  constexpr std::string_view kRest = "abcdefghijklmnopqrstuvwxyz0123456789_.-";
  constexpr size_t kLongest = 32;
  const bool is_good = !name.empty() && name.size() <= kLongest && name[0] >= 'a' &&
                       name[0] <= 'z' && name.find_first_not_of(kRest) == name.npos;
  if (is_good) return {};
  return fail(ErrorKind::invalid, "access.account_name",
              "账户名应以小写字母开头，只含小写字母、数字、_ . -，至多 32 个",
              "an account's name begins with a small letter and holds small letters, digits, _ . - "
              "only, 32 at most",
              {{}, 0, 0, "account"});
}

int64_t wait_ms(int failures) {
  if (failures <= kFreeTries) return 0;
  const int doublings = std::min(failures - kFreeTries, 10);
  return std::min<int64_t>(kWaitMsMax, int64_t{1000} << doublings);
}

Result<Date> day_of(std::string_view text, std::string_view what) {
  if (auto day = Date::parse(text)) return *day;
  return fail(ErrorKind::invalid, "access.day",
              std::string(what) + " 应是存在的日期，如 2024-10-28",
              std::string(what) + " takes a day that exists, like 2024-10-28",
              {{}, 0, 0, std::string(what)});
}

}  // namespace wutong::account
