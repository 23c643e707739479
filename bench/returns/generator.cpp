#include "bench/returns/generator.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>

namespace wutong::bench {

namespace {

double unit_interval(uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

// Near a standard normal: the sum of eight uniforms of 16 bits. Sums are exact in a double.
double gauss(uint64_t bits) {
  const uint64_t more = mix(bits ^ 0xABCDEF);
  double sum = 0;
  for (int i = 0; i < 4; ++i) {
    sum += static_cast<double>(((bits >> (16 * i)) & 0xFFFF) + ((more >> (16 * i)) & 0xFFFF));
  }
  return (sum / 65536.0 - 4.0) * 1.224744871;
}

constexpr std::array<double, 12> kSeason{0.86, 0.78, 1.06, 0.97, 1.00, 1.10,
                                         0.98, 0.99, 1.04, 1.00, 1.05, 1.17};

int64_t whole(double value) { return static_cast<int64_t>(value); }

using FileHandle = std::unique_ptr<FILE, int (*)(FILE*)>;

char* put(char* at, int64_t number, char end) {
  at = std::to_chars(at, at + 24, number).ptr;
  *at++ = end;
  return at;
}

bool write_firms(const Generator& generator, uint32_t firms, const std::string& path) {
  FileHandle file(std::fopen(path.c_str(), "wb"), &std::fclose);
  if (!file) return false;
  std::array<char, 200> line;
  for (uint32_t id = 0; id < firms; ++id) {
    const Firm firm = generator.firm(id);
    char* at = put(line.data(), id, ',');
    at = put(at, firm.zone, ',');
    at = put(at, firm.industry, ',');
    at = put(at, firm.is_hightech ? 1 : 0, ',');
    at = put(at, firm.designated_from, '\n');
    const auto length = static_cast<size_t>(at - line.data());
    if (std::fwrite(line.data(), 1, length, file.get()) != length) return false;
  }
  return std::fflush(file.get()) == 0;
}

}  // namespace

uint64_t mix(uint64_t value) {
  value += 0x9E3779B97F4A7C15;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
  return value ^ (value >> 31);
}

Generator::Generator(const GeneratorOptions& options)
    : options_(options), shift_(options.seed == 0 ? 0 : mix(options.seed)) {
  double total = 0;
  for (size_t zone = 0; zone < options.zones; ++zone) {
    total += 1.0 / std::pow(static_cast<double>(zone + 1), options.skew);
    zone_share_.push_back(total);
  }
  for (double& share : zone_share_) share /= total;
}

// The order of the draws is part of the data: each takes the next value of one sequence.
void Generator::describe(uint32_t id, Firm& firm, Profile& profile) const {
  uint64_t bits = mix(0x5EED * uint64_t{1000003} + id + shift_);
  const auto place = std::lower_bound(zone_share_.begin(), zone_share_.end(), unit_interval(bits));
  const auto zone = static_cast<size_t>(place - zone_share_.begin());
  firm.zone = static_cast<uint16_t>(std::min(zone, options_.zones - 1));
  bits = mix(bits);
  firm.industry = static_cast<uint16_t>(std::pow(unit_interval(bits), 1.5) *
                                        static_cast<double>(options_.industries));
  bits = mix(bits);
  firm.is_hightech = unit_interval(bits) < 0.30;
  bits = mix(bits);
  const double entered = unit_interval(bits);
  bits = mix(bits);
  firm.designated_from = kNeverDesignated;
  if (entered < 0.60) {
    firm.designated_from = 0;
  } else if (entered < 0.68) {
    firm.designated_from = static_cast<uint8_t>(1 + bits % 8);
  } else if (entered < 0.73) {
    firm.designated_from = static_cast<uint8_t>(9 + bits % 12);
  }
  bits = mix(bits);
  profile.size = std::exp(8.5 + 1.4 * gauss(bits));
  bits = mix(bits);
  profile.is_exporter = (bits & 0xFF) < 51;
  profile.is_importer = ((bits >> 8) & 0xFF) < 40;
}

Firm Generator::firm(uint32_t id) const {
  Firm firm;
  Profile ignored;
  describe(id, firm, ignored);
  return firm;
}

bool Generator::is_missing(uint32_t id, int month) const {
  return mix(uint64_t{id} * 31 + static_cast<uint64_t>(month) + 0x77000000000 + shift_) % 50 == 0;
}

Amounts Generator::amounts(uint32_t id, bool is_hightech, int month, uint32_t salt) const {
  Firm firm;
  Profile of;
  describe(id, firm, of);
  const auto calendar_month = static_cast<size_t>(month % 12);
  uint64_t bits = mix(uint64_t{id} * 0x1000193 + static_cast<uint64_t>(month) * 0x9E37 +
                      (uint64_t{salt} << 40) + 12345 + shift_);
  const double output =
      of.size * kSeason[calendar_month] * (1 + 0.005 * month) * std::exp(0.15 * gauss(bits));
  const auto next = [&bits] {
    bits = mix(bits);
    return unit_interval(bits);
  };
  Amounts out;
  const double revenue = output * (0.9 + 0.2 * next());
  out[kOutput] = whole(output) + 1;
  out[kValueAdded] = whole(output * (0.2 + 0.12 * next()));
  out[kRevenue] = whole(revenue) + 1;
  out[kProfit] = whole(revenue * (-0.04 + 0.2 * next()));
  out[kTax] = whole(revenue * 0.04 * next());
  out[kExports] = of.is_exporter ? whole(revenue * 0.5 * next()) : 0;
  out[kImports] = of.is_importer ? whole(revenue * 0.4 * next()) : 0;
  out[kRdSpend] = whole(revenue * (is_hightech ? 0.08 : 0.03) * next());
  out[kInvestment] = whole(output * 0.1 * next());
  out[kEmployees] = whole(5 + output / 120 * (0.9 + 0.2 * next()));
  return out;
}

int64_t write_files(const Generator& generator, uint32_t firms, const std::string& directory) {
  if (!write_firms(generator, firms, directory + "/ent.csv")) return -1;
  FileHandle file(std::fopen((directory + "/ret.csv").c_str(), "wb"), &std::fclose);
  if (!file) return -1;
  std::vector<bool> is_hightech(firms);
  for (uint32_t id = 0; id < firms; ++id) is_hightech[id] = generator.firm(id).is_hightech;
  std::array<char, 400> line;
  int64_t returns = 0;
  for (int month = 0; month < kMonths; ++month) {
    for (uint32_t id = 0; id < firms; ++id) {
      if (generator.is_missing(id, month)) continue;
      char* at = put(put(line.data(), id, ','), month, ',');
      const Amounts amounts = generator.amounts(id, is_hightech[id], month);
      for (int64_t amount : amounts) at = put(at, amount, ',');
      at[-1] = '\n';
      const auto length = static_cast<size_t>(at - line.data());
      if (std::fwrite(line.data(), 1, length, file.get()) != length) return -1;
      ++returns;
    }
  }
  return std::fflush(file.get()) == 0 ? returns : -1;
}

}  // namespace wutong::bench
