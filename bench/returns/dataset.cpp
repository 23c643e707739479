#include "bench/returns/dataset.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <functional>
#include <memory>
#include <unordered_set>

#include "bench/returns/generator.hpp"

namespace wutong::bench {

namespace {

constexpr size_t kBlock = 1 << 18;

// Calls `line` with every line, without its end; false stops. Holds one block.
Result<void> each_line(const std::string& path,
                       const std::function<Result<void>(std::string_view)>& line) {
  std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) {
    return fail(ErrorKind::io, "bench.no_file", "无法打开文件", "cannot open the file",
                {path, 0, 0, {}});
  }
  std::string block(kBlock, '\0');
  size_t kept = 0;
  for (int number = 1;;) {
    const size_t read = std::fread(block.data() + kept, 1, block.size() - kept, file.get());
    std::string_view rest(block.data(), kept + read);
    if (read == 0 && rest.empty()) return {};
    for (size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
      if (auto done = line(rest.substr(0, end)); !done) {
        done.error().place = {path, number, 0, {}};
        return done;
      }
      rest.remove_prefix(end + 1);
      ++number;
    }
    if (read == 0 || rest.size() == block.size()) {
      return fail(ErrorKind::invalid, "bench.line_open", "行未结束", "a line does not end",
                  {path, number, 0, {}});
    }
    kept = rest.size();
    std::copy(rest.begin(), rest.end(), block.begin());
  }
}

// The first numbers of a line; false where there are fewer or something else stands there.
template <size_t kCount>
bool read_numbers(std::string_view line, std::array<int64_t, kCount>& numbers) {
  const char* at = line.data();
  const char* end = at + line.size();
  for (size_t i = 0; i < kCount; ++i) {
    const auto read = std::from_chars(at, end, numbers[i]);
    if (read.ec != std::errc()) return false;
    at = read.ptr;
    if (i + 1 < kCount && (at == end || *at++ != ',')) return false;
  }
  return true;
}

tl::unexpected<Error> wrong(std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "bench.line_wrong", std::move(zh), std::move(en));
}

Result<void> add_firm(Dataset& data, std::string_view line) {
  std::array<int64_t, 5> cells{};
  if (!read_numbers(line, cells)) return wrong("应为五个整数", "five integers are expected");
  const auto [id, zone, industry, is_hightech, from] = cells;
  if (id != static_cast<int64_t>(data.firms.size())) {
    return wrong("企业须从 0 起连续编号", "firms are numbered from 0 without a gap");
  }
  constexpr int64_t kMax = 9999;
  if (zone < 0 || zone > kMax || industry < 0 || industry > kMax || from < 0 || from > 255) {
    return wrong("园区、行业或入库月份超出范围", "zone, industry or month is out of range");
  }
  data.firms.push_back({static_cast<uint16_t>(zone), static_cast<uint16_t>(industry),
                        is_hightech != 0, static_cast<uint8_t>(from)});
  data.zones = std::max(data.zones, static_cast<size_t>(zone) + 1);
  data.industries = std::max(data.industries, static_cast<size_t>(industry) + 1);
  return {};
}

Result<void> add_return(Dataset& data, std::string_view line) {
  std::array<int64_t, 2 + kFields> cells{};
  if (!read_numbers(line, cells)) return wrong("应为十二个整数", "twelve integers are expected");
  const auto firm = static_cast<size_t>(cells[0]);
  if (cells[0] < 0 || firm >= data.firms.size() || cells[1] < 0 || cells[1] >= kMonths) {
    return wrong("没有这家企业或这个月份", "there is no such firm or month");
  }
  const uint32_t bit = uint32_t{1} << cells[1];
  if ((data.reported[firm] & bit) != 0) return wrong("报表重复", "the return stands twice");
  data.reported[firm] |= bit;
  ++data.returns;
  return {};
}

}  // namespace

Result<Dataset> read_dataset(const std::string& directory) {
  Dataset data;
  data.directory = directory;
  auto done =
      each_line(data.firms_file(), [&](std::string_view line) { return add_firm(data, line); });
  if (!done) return fail(done.error());
  data.reported.resize(data.firms.size());
  done =
      each_line(data.returns_file(), [&](std::string_view line) { return add_return(data, line); });
  if (!done) return fail(done.error());
  if (data.returns == 0) return wrong("没有报表", "there are no returns");
  return data;
}

std::vector<Correction> corrections(const Dataset& data, uint32_t first, size_t count) {
  constexpr uint32_t kUpToAsked = (uint32_t{1} << (kMonthAsked + 1)) - 1;
  size_t eligible = 0;
  for (uint32_t months : data.reported) {
    eligible += static_cast<size_t>(__builtin_popcount(months & kUpToAsked));
  }
  count = std::min(count, eligible / 3);
  const Generator generator{GeneratorOptions{}};
  std::vector<Correction> out;
  out.reserve(count);
  std::unordered_set<uint64_t> taken;
  for (uint64_t draw = 0; out.size() < count; ++draw) {
    const uint64_t bits = mix(0xBEEF0000 + (uint64_t{first} << 32) + draw);
    const auto firm = static_cast<uint32_t>(bits % data.firms.size());
    const uint64_t more = mix(bits);
    const int month =
        (more & 1) != 0 ? kMonthAsked : static_cast<int>((more >> 8) % (kMonthAsked + 1));
    if (!data.has_return(firm, month)) continue;
    if (!taken.insert(uint64_t{firm} * 32 + static_cast<uint64_t>(month)).second) continue;
    const uint32_t salt = first + static_cast<uint32_t>(out.size()) + 1;
    out.push_back(
        {firm, month, generator.amounts(firm, data.firms[firm].is_hightech, month, salt)});
  }
  return out;
}

}  // namespace wutong::bench
