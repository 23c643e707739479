#include "core/record/impl/cursor.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace wutong::record {

namespace {

constexpr uint8_t kFormat = 1;
constexpr size_t kSumBytes = 8;
constexpr size_t kCursorBytesMax = 4096;

Bytes sum_of(ByteView payload, uint64_t fingerprint) {
  Writer out;
  out.text("wutong cursor");
  out.varint(fingerprint);
  out.blob(payload);
  const Hash hash = digest(HashKind::sha256, out.bytes());
  return {hash.begin(), hash.begin() + kSumBytes};
}

}  // namespace

std::string write_cursor(const RowOrder& order, RecordId row, uint64_t fingerprint) {
  Writer out;
  out.u8(kFormat);
  const auto mark = order.mark_of(row);
  for (size_t s = 0; s < mark.size(); ++s) {
    out.u8(mark[s].empty() ? 0 : 1);
    if (!mark[s].empty()) FieldOrder::write(order.steps()[s].order, mark[s], out);
  }
  const Bytes sum = sum_of(out.bytes(), fingerprint);
  out.raw(sum);
  return to_hex(out.bytes());
}

std::optional<std::vector<std::vector<Operand>>> read_cursor(const RowOrder& order,
                                                             std::string_view text,
                                                             uint64_t fingerprint) {
  if (text.size() > 2 * kCursorBytesMax) return std::nullopt;
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() <= kSumBytes) return std::nullopt;
  const ByteView payload = ByteView(*bytes).first(bytes->size() - kSumBytes);
  const Bytes sum = sum_of(payload, fingerprint);
  if (!std::ranges::equal(sum, ByteView(*bytes).last(kSumBytes))) return std::nullopt;
  Reader in(payload);
  if (in.u8() != kFormat) return std::nullopt;
  std::vector<std::vector<Operand>> mark;
  for (const RowOrder::Step& step : order.steps()) {
    mark.emplace_back();
    const uint8_t is_present = in.u8();
    if (!in.ok() || is_present > 1) return std::nullopt;
    if (is_present == 1 && !step.order.read(in, mark.back())) return std::nullopt;
  }
  if (!in.at_end()) return std::nullopt;
  return mark;
}

}  // namespace wutong::record
