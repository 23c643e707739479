#include "base/check_digit.hpp"

#include <array>

#include "base/calendar.hpp"
#include "base/text.hpp"

namespace wutong {

namespace {

// GB 32100-2015: no I, O, S, V, Z.
constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array<int, 17> kUsccWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                              29, 25, 13, 8,  24, 10, 30, 28};
constexpr std::array<int, 8> kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::array<int, 17> kCitizenWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                 3, 7, 9,  10, 5, 8, 4, 2};
constexpr std::string_view kCitizenChecks = "10X98765432";
constexpr std::array<int, 12> kPatentWeights = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string upper(std::string_view text) {
  std::string out(trim(text));
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

tl::unexpected<Error> bad(std::string code, std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "id." + code, std::move(zh), std::move(en));
}

tl::unexpected<Error> bad_check(std::string code, std::string_view name_zh,
                                std::string_view name_en, char expected, char found) {
  std::string want(1, expected), have(1, found);
  return bad(code,
             std::string(name_zh) + "的校验位应是 " + want + "，而不是 " + have + "，请核对原件",
             "the check character of the " + std::string(name_en) + " is " + want + ", not " +
                 have + "; compare with the original");
}

// What an illegal letter is usually a slip for.
std::string_view slip_for(char c) {
  switch (c) {
    case 'I':
      return "1";
    case 'O':
      return "0";
    case 'S':
      return "5";
    case 'V':
      return "U";
    case 'Z':
      return "2";
    default:
      return "";
  }
}

}  // namespace

std::optional<char> uscc_check(std::string_view first17) {
  if (first17.size() != kUsccWeights.size()) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < first17.size(); ++i) {
    size_t value = kUsccAlphabet.find(first17[i]);
    if (value == std::string_view::npos) return std::nullopt;
    sum += static_cast<int>(value) * kUsccWeights[i];
  }
  return kUsccAlphabet[static_cast<size_t>((31 - sum % 31) % 31)];
}

std::optional<char> organisation_code_check(std::string_view first8) {
  if (first8.size() != kOrganisationWeights.size()) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < first8.size(); ++i) {
    char c = first8[i];
    bool is_letter = c >= 'A' && c <= 'Z';
    if (!is_digit(c) && !is_letter) return std::nullopt;
    sum += (is_letter ? c - 'A' + 10 : c - '0') * kOrganisationWeights[i];
  }
  int check = 11 - sum % 11;
  if (check == 10) return 'X';
  return static_cast<char>('0' + check % 11);
}

bool uscc_inner_holds(std::string_view uscc) {
  return uscc.size() == 18 && organisation_code_check(uscc.substr(8, 8)) == uscc[16];
}

Result<std::string> parse_uscc(std::string_view text) {
  std::string code = upper(text);
  if (code.size() != 18) {
    return bad(
        "uscc_length",
        "统一社会信用代码应是 18 位，这里有 " + std::to_string(count_code_points(code)) + " 位",
        "a unified social credit code has 18 characters, this has " +
            std::to_string(count_code_points(code)));
  }
  for (size_t i = 0; i < code.size(); ++i) {
    std::string position = std::to_string(i + 1);
    if (kUsccAlphabet.find(code[i]) == std::string_view::npos) {
      std::string slip(slip_for(code[i]));
      std::string letter = slip.empty() ? "" : " " + std::string(1, code[i]);
      return bad("uscc_letter",
                 "第 " + position + " 位" + letter + " 不是统一社会信用代码可用的字符" +
                     (slip.empty() ? "" : "，可能是 " + slip),
                 "character " + position + letter + " may not stand in a credit code" +
                     (slip.empty() ? "" : "; perhaps " + slip));
    }
    if (i >= 2 && i < 8 && !is_digit(code[i])) {
      return bad(
          "uscc_area", "第 3 至 8 位（登记机关行政区划）应是数字，第 " + position + " 位不是",
          "characters 3 to 8 (area of registration) are digits; number " + position + " is not");
    }
  }
  char expected = *uscc_check(std::string_view(code).substr(0, 17));
  if (expected != code[17]) {
    return bad_check("uscc_check", "统一社会信用代码", "credit code", expected, code[17]);
  }
  return code;
}

std::optional<char> citizen_id_check(std::string_view first17) {
  if (first17.size() != kCitizenWeights.size()) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < first17.size(); ++i) {
    if (!is_digit(first17[i])) return std::nullopt;
    sum += (first17[i] - '0') * kCitizenWeights[i];
  }
  return kCitizenChecks[static_cast<size_t>(sum % 11)];
}

Result<std::string> parse_citizen_id(std::string_view text) {
  std::string id = upper(text);
  auto check =
      id.size() == 18 ? citizen_id_check(std::string_view(id).substr(0, 17)) : std::nullopt;
  if (!check) {
    return bad("citizen_form", "公民身份号码应是 17 位数字和 1 位校验码",
               "a citizen identity number is 17 digits and a check character");
  }
  std::string birth = id.substr(6, 4) + "-" + id.substr(10, 2) + "-" + id.substr(12, 2);
  if (!Date::parse(birth)) {
    return bad("citizen_birth", "公民身份号码第 7 至 14 位不是存在的日期",
               "digits 7 to 14 of the identity number are no day that exists");
  }
  if (*check != id[17]) {
    return bad("citizen_check", "公民身份号码的校验码不对，请核对证件",
               "the check character of the identity number is wrong; compare with the card");
  }
  return id;
}

std::optional<char> patent_check(std::string_view digits) {
  if (digits.size() != 12 && digits.size() != 8) return std::nullopt;
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (!is_digit(digits[i])) return std::nullopt;
    sum += (digits[i] - '0') * kPatentWeights[i];
  }
  return sum % 11 == 10 ? 'X' : static_cast<char>('0' + sum % 11);
}

Result<std::string> parse_patent_number(std::string_view text) {
  std::string number;
  for (char c : upper(upper(fold(text)))) {
    if (c != ' ') number += c;
  }
  for (std::string_view prefix : {"CN", "ZL", "CN"}) {
    if (number.starts_with(prefix)) number.erase(0, prefix.size());
  }
  size_t point = number.find('.');
  std::string digits = number.substr(0, point);
  auto expected = patent_check(digits);
  if (!expected) {
    return bad("patent_form",
               "专利申请号应是 12 位（2003 年 10 月以前 8 位）数字，可带校验位，如 200310102344.5",
               "a patent application number has 12 digits (8 before October 2003) and may have a "
               "check, like 200310102344.5");
  }
  if (point == std::string::npos) return digits + "." + *expected;
  std::string check = number.substr(point + 1);
  if (check.size() != 1 || check[0] != *expected) {
    return bad_check("patent_check", "专利申请号", "patent application number", *expected,
                     check.empty() ? ' ' : check[0]);
  }
  return number;
}

}  // namespace wutong
