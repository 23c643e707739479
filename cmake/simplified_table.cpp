// Writes the C++ of the pairs {traditional, simplified} of single characters, as OpenCC has them,
// that src/domain/page/impl/simplified.cpp looks up. Runs while building; the program itself needs
// no OpenCC. Characters that simplified texts use too (著, 乾) are left out: those of GB 2312.
#include <iconv.h>
#include <opencc.h>

#include <cstdio>
#include <string>

namespace {

std::string utf8_of(unsigned code_point) {
  return {static_cast<char>(0xE0 | (code_point >> 12)),
          static_cast<char>(0x80 | ((code_point >> 6) & 0x3F)),
          static_cast<char>(0x80 | (code_point & 0x3F))};
}

// Code point of a text that is one character of three bytes; 0 for any other text.
unsigned code_point_of(const std::string& text) {
  if (text.size() != 3 || (static_cast<unsigned char>(text[0]) & 0xF0) != 0xE0) return 0;
  unsigned out = static_cast<unsigned char>(text[0]) & 0x0F;
  for (int i = 1; i < 3; ++i) out = out << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  return out;
}

bool is_in_gb2312(iconv_t converter, std::string text) {
  char out[8];
  char* from = text.data();
  char* to = out;
  size_t left = text.size(), room = sizeof out;
  iconv(converter, nullptr, nullptr, nullptr, nullptr);
  return iconv(converter, &from, &left, &to, &room) == 0;
}

}  // namespace

int main() {
  const opencc::SimpleConverter plain("t2s.json"), taiwan("tw2s.json"), hong_kong("hk2s.json");
  iconv_t converter = iconv_open("GB2312", "UTF-8");
  if (converter == reinterpret_cast<iconv_t>(-1)) return 1;
  std::printf(
      "#include \"domain/page/impl/simplified.hpp\"\n"
      "namespace wutong::page {\n"
      "const CharacterPair kSimplifiedPairs[] = {\n");
  int count = 0;
  for (unsigned c = 0x3400; c <= 0x9FFF; ++c) {
    std::string text = utf8_of(c);
    if (is_in_gb2312(converter, text)) continue;
    for (const opencc::SimpleConverter* each : {&plain, &taiwan, &hong_kong}) {
      unsigned simplified = code_point_of(each->Convert(text));
      if (simplified == 0 || simplified == c) continue;
      std::printf("{0x%X, 0x%X},\n", c, simplified);
      ++count;
      break;
    }
  }
  iconv_close(converter);
  std::printf("};\nconst size_t kSimplifiedPairCount = %d;\n}  // namespace wutong::page\n", count);
  return count > 2000 ? 0 : 1;
}
