#include "core/ledger/encode.hpp"

#include <algorithm>
#include <cstring>

namespace wutong::ledger {

namespace {

constexpr uint8_t kVersion = 1;
constexpr uint8_t kCreates = 1, kValidFrom = 2, kNotes = 4;
constexpr uint8_t kPersonal = 1, kSomeAbsent = 2;
constexpr size_t kBlock = 512;  // numbers that are gathered before they are written, or read
constexpr size_t kAttachmentBytesMax = size_t{64} << 20;

bool is_by_difference(ValueType type) {
  switch (type) {
    case ValueType::reference:
    case ValueType::month:
    case ValueType::date:
    case ValueType::partial_date:
      return true;
    case ValueType::boolean:
    case ValueType::integer:
    case ValueType::decimal:
    case ValueType::text:
    case ValueType::period:
    case ValueType::text_list:
      break;
  }
  return false;
}

bool is_type(uint8_t number) {
  return number >= static_cast<uint8_t>(ValueType::boolean) &&
         number <= static_cast<uint8_t>(ValueType::text_list);
}

// Eight bytes of 0 or 1 become the bits of one byte: the product's top byte gathers them.
uint8_t packed(const uint8_t* present) {
  uint64_t word = 0;
  std::memcpy(&word, present, sizeof word);
  return static_cast<uint8_t>((word * 0x0102040810204080) >> 56);
}

void write_presence(Writer& out, const Column& column) {
  size_t whole = column.size() / 8 * 8;
  for (size_t i = 0; i < whole; i += 8) out.u8(packed(&column.present[i]));
  if (whole == column.size()) return;
  uint8_t rest[8] = {};
  std::copy(column.present.begin() + static_cast<ptrdiff_t>(whole), column.present.end(), rest);
  out.u8(packed(rest));
}

template <typename Number>
void write_present(Writer& out, std::span<const Number> numbers, const Column& column,
                   bool is_full) {
  int64_t last = 0;
  int64_t* before = is_by_difference(column.type) ? &last : nullptr;
  if (is_full) {
    out.zigzags(numbers, before);
    return;
  }
  Number some[kBlock];
  size_t filled = 0;
  for (size_t i = 0; i < numbers.size(); ++i) {
    some[filled] = numbers[i];
    filled += column.present[i];
    if (filled < kBlock) continue;
    out.zigzags(std::span<const Number>(some), before);
    filled = 0;
  }
  out.zigzags(std::span<const Number>(some).first(filled), before);
}

void write_numbers(Writer& out, const Column& column, bool is_full) {
  if (column.numbers.is_narrow()) {
    write_present(out, column.numbers.narrow(), column, is_full);
  } else {
    write_present(out, column.numbers.wide(), column, is_full);
  }
}

// Ids of records, or days, as differences.
template <typename Id, typename NumberOf>
void write_ascending(Writer& out, const std::vector<Id>& ids, NumberOf number_of) {
  int64_t before = 0;
  int64_t some[kBlock];
  for (size_t from = 0; from < ids.size(); from += kBlock) {
    size_t size = std::min(kBlock, ids.size() - from);
    for (size_t i = 0; i < size; ++i) some[i] = number_of(ids[from + i]);
    out.zigzags(std::span<const int64_t>(some).first(size), &before);
  }
}

// At most, but for sealed cells and attachments; so that the bytes are moved as seldom as can be.
size_t size_guess(const Change& change) {
  constexpr size_t kNumberBytes = 5;  // most are shorter, few longer
  size_t rows = change.rows.size();
  size_t size = 64 + change.register_name.size() + rows * kNumberBytes;
  size += change.valid_from.size() * kNumberBytes;
  for (const ChangeColumn& named : change.columns) {
    size += 16 + named.field.size() + rows / 8;
    if (!named.column.is_text()) size += rows * kNumberBytes;
    for (const std::string& text : named.column.texts) size += text.size() + 2;
  }
  for (const std::string& note : change.notes) size += note.size() + 2;
  return size;
}

Result<void> write_column(Writer& out, const Entry& entry, const Change& change,
                          const ChangeColumn& named, const Sealer& seal) {
  const Column& column = named.column;
  bool some_absent = std::memchr(column.present.data(), 0, column.size()) != nullptr;
  out.text(named.field);
  out.u8(static_cast<uint8_t>(column.type));
  out.u8(static_cast<uint8_t>((named.personal ? kPersonal : 0) | (some_absent ? kSomeAbsent : 0)));
  out.u8(static_cast<uint8_t>(column.scale));
  if (some_absent) write_presence(out, column);
  if (!column.is_text()) {
    write_numbers(out, column, !some_absent);
    return {};
  }
  for (size_t i = 0; i < column.size(); ++i) {
    if (column.present[i] == 0) continue;
    if (!named.personal) {
      out.text(column.texts[i]);
      continue;
    }
    CellName cell{entry.zone, entry.seq, change.register_name, change.rows[i], named.field};
    auto sealed = seal(cell, column.texts[i]);
    if (!sealed) return fail(sealed.error());
    out.varint(change.rows[i].value);
    out.blob(*sealed);
  }
  return {};
}

Result<void> write_change(Writer& out, const Entry& entry, const Change& change,
                          const Sealer& seal) {
  out.text(change.register_name);
  out.u8(static_cast<uint8_t>((change.creates ? kCreates : 0) |
                              (change.valid_from.empty() ? 0 : kValidFrom) |
                              (change.notes.empty() ? 0 : kNotes)));
  out.varint(change.rows.size());
  write_ascending(out, change.rows, [](RecordId row) { return int64_t{row.value}; });
  write_ascending(out, change.valid_from, [](Date day) { return int64_t{day.days()}; });
  out.varint(change.columns.size());
  for (const ChangeColumn& column : change.columns) {
    if (auto written = write_column(out, entry, change, column, seal); !written) return written;
  }
  for (const std::string& note : change.notes) out.text(note);
  return {};
}

class Decoder {
 public:
  Decoder(ByteView bytes, const Opener& open) : in_(bytes), open_(open) {}

  Result<Entry> run() {
    if (in_.u8() != kVersion) return corrupt("version");
    entry_.zone = in_.text();
    entry_.seq = Seq{in_.varint()};
    entry_.at = Instant{in_.zigzag()};
    entry_.actor = in_.text();
    entry_.act = in_.text();
    entry_.reason = in_.text();
    entry_.request = in_.text();
    entry_.simulated = flag(in_.u8());
    ByteView catalog = in_.raw(entry_.catalog.size());
    std::copy(catalog.begin(), catalog.end(), entry_.catalog.begin());
    for (uint64_t n = in_.varint(); n > 0 && in_.ok(); --n) {
      if (auto read = read_change(); !read) return fail(read.error());
    }
    for (uint64_t n = in_.varint(); n > 0 && in_.ok(); --n) read_attachment();
    if (!in_.at_end()) return corrupt("form");
    return std::move(entry_);
  }

 private:
  tl::unexpected<Error> corrupt(const char* what) {
    return fail(Error{ErrorKind::corrupt,
                      "ledger.entry_malformed",
                      {},
                      "记录的存储内容不符合格式",
                      "the stored bytes of the entry are not well-formed",
                      what});
  }
  bool flag(uint8_t value) {
    if (value > 1) in_.fail();
    return value == 1;
  }

  Result<void> read_change() {
    Change change;
    change.register_name = in_.text();
    uint8_t flags = in_.u8();
    if (flags > (kCreates | kValidFrom | kNotes)) in_.fail();
    change.creates = (flags & kCreates) != 0;
    uint64_t rows = in_.varint();
    if (rows > in_.remaining()) in_.fail();  // each row is a byte at least
    if (!in_.ok()) return {};
    read_ascending(rows, 0, UINT32_MAX, [&](int64_t row) {
      change.rows.push_back(RecordId{static_cast<uint32_t>(row)});
    });
    read_ascending((flags & kValidFrom) != 0 ? rows : 0, INT32_MIN, INT32_MAX, [&](int64_t day) {
      change.valid_from.push_back(Date::from_days(static_cast<int32_t>(day)));
    });
    for (uint64_t n = in_.varint(); n > 0 && in_.ok(); --n) {
      if (auto read = read_column(change); !read) return read;
    }
    for (uint64_t i = 0; i < ((flags & kNotes) != 0 ? rows : 0) && in_.ok(); ++i) {
      change.notes.emplace_back(in_.text());
    }
    entry_.changes.push_back(std::move(change));
    return {};
  }

  template <typename Take>
  void read_ascending(uint64_t count, int64_t min, int64_t max, Take take) {
    int64_t before = 0;
    int64_t some[kBlock];
    while (count > 0 && in_.ok()) {
      auto numbers = std::span(some).first(static_cast<size_t>(std::min<uint64_t>(kBlock, count)));
      in_.zigzags(numbers, &before);
      if (!in_.ok()) return;
      for (int64_t number : numbers) {
        if (number < min || number > max) in_.fail();
        take(number);
      }
      count -= numbers.size();
    }
  }

  Result<void> read_column(Change& change) {
    ChangeColumn named;
    named.field = in_.text();
    uint8_t type = in_.u8();
    uint8_t flags = in_.u8();
    uint8_t scale = in_.u8();
    if (!is_type(type) || flags > (kPersonal | kSomeAbsent) || scale > Decimal::kScaleMax)
      in_.fail();
    if (!in_.ok()) return {};
    named.personal = (flags & kPersonal) != 0;
    named.column.type = static_cast<ValueType>(type);
    named.column.scale = scale;
    if (named.personal && named.column.type != ValueType::text) in_.fail();
    read_presence(named.column, change.rows.size(), (flags & kSomeAbsent) != 0);
    if (!in_.ok()) return {};
    if (!named.column.is_text()) {
      read_numbers(named.column);
    } else if (auto read = read_texts(named, change); !read) {
      return read;
    }
    change.columns.push_back(std::move(named));
    return {};
  }

  void read_presence(Column& column, size_t rows, bool some_absent) {
    column.present.assign(rows, 1);
    if (!some_absent) return;
    ByteView bits = in_.raw((rows + 7) / 8);
    if (!in_.ok()) return;
    size_t known = 0;
    for (size_t i = 0; i < rows; ++i) {
      column.present[i] = (bits[i / 8] >> (i % 8)) & 1;
      known += column.present[i];
    }
    bool has_padding = rows % 8 != 0 && (bits.back() >> (rows % 8)) != 0;
    if (known == rows || has_padding) in_.fail();
  }

  void read_numbers(Column& column) {
    auto known = std::count(column.present.begin(), column.present.end(), 1);
    if (static_cast<size_t>(known) > in_.remaining()) in_.fail();
    if (!in_.ok()) return;
    int64_t last = 0;
    int64_t* before = is_by_difference(column.type) ? &last : nullptr;
    std::vector<int32_t> narrow(column.size());
    std::vector<int64_t> wide;
    int64_t some[kBlock];
    for (size_t at = 0; at < column.size() && in_.ok(); at += kBlock) {
      auto block = std::span(some).first(std::min(kBlock, column.size() - at));
      read_block(block, &column.present[at], before);
      bool fits = wide.empty();
      for (int64_t number : block) fits &= number == static_cast<int32_t>(number);
      if (fits) {
        for (size_t i = 0; i < block.size(); ++i) narrow[at + i] = static_cast<int32_t>(block[i]);
        continue;
      }
      if (wide.empty()) wide.assign(narrow.begin(), narrow.end());
      std::copy(block.begin(), block.end(), wide.begin() + static_cast<ptrdiff_t>(at));
    }
    if (wide.empty()) {
      column.numbers.assign(std::move(narrow));
    } else {
      column.numbers.assign(std::move(wide));
    }
  }

  // The next numbers, at the rows that are present; zero elsewhere.
  void read_block(std::span<int64_t> block, const uint8_t* present, int64_t* before) {
    size_t known = 0;
    for (size_t i = 0; i < block.size(); ++i) known += present[i];
    in_.zigzags(block.first(known), before);
    if (known == block.size()) return;
    for (size_t i = block.size(); i-- > 0;) block[i] = present[i] == 0 ? 0 : block[--known];
  }

  Result<void> read_texts(ChangeColumn& named, const Change& change) {
    Column& column = named.column;
    for (size_t i = 0; i < column.size() && in_.ok(); ++i) {
      column.texts.emplace_back();
      if (column.present[i] == 0) continue;
      if (!named.personal) {
        column.texts.back() = in_.text();
        continue;
      }
      if (in_.varint() != change.rows[i].value) in_.fail();
      CellName cell{entry_.zone, entry_.seq, change.register_name, change.rows[i], named.field};
      auto opened = open_(cell, in_.blob());
      if (!opened) return fail(opened.error());
      if (*opened) {
        column.texts.back() = std::move(**opened);
      } else {
        column.present[i] = 0;
      }
    }
    return {};
  }

  void read_attachment() {
    Attachment attachment;
    attachment.name = in_.text();
    auto content = decompress(in_.blob(), kAttachmentBytesMax);
    if (!content) {
      in_.fail();
      return;
    }
    attachment.content = std::move(*content);
    entry_.attachments.push_back(std::move(attachment));
  }

  Reader in_;
  const Opener& open_;
  Entry entry_;
};

}  // namespace

Bytes context_of(const CellName& cell) {
  Writer out;
  out.text(cell.zone);
  out.varint(cell.seq.value);
  out.text(cell.register_name);
  out.varint(cell.record.value);
  out.text(cell.field);
  return out.take();
}

Result<Bytes> encode(const Entry& entry, const Sealer& seal, Bytes&& space) {
  Writer out(std::move(space));
  size_t size = 128 + entry.reason.size() + entry.request.size();
  for (const Change& change : entry.changes) size += size_guess(change);
  out.reserve(size);
  out.u8(kVersion);
  out.text(entry.zone);
  out.varint(entry.seq.value);
  out.zigzag(entry.at.ms);
  for (const std::string* text : {&entry.actor, &entry.act, &entry.reason, &entry.request}) {
    out.text(*text);
  }
  out.u8(entry.simulated ? 1 : 0);
  out.raw(entry.catalog);
  out.varint(entry.changes.size());
  for (const Change& change : entry.changes) {
    if (auto written = write_change(out, entry, change, seal); !written) {
      return fail(written.error());
    }
  }
  out.varint(entry.attachments.size());
  for (const Attachment& attachment : entry.attachments) {
    out.text(attachment.name);
    out.blob(compress(attachment.content));
  }
  return out.take();
}

Result<Entry> decode(ByteView bytes, const Opener& open) { return Decoder(bytes, open).run(); }

}  // namespace wutong::ledger
