#include "core/ledger/encode.hpp"

#include <algorithm>

namespace wutong::ledger {

namespace {

constexpr uint8_t kVersion = 1;
constexpr uint8_t kCreates = 1, kValidFrom = 2, kNotes = 4;
constexpr uint8_t kPersonal = 1, kSomeAbsent = 2;
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

void write_presence(Writer& out, const Column& column) {
  uint8_t bits = 0;
  for (size_t i = 0; i < column.size(); ++i) {
    bits = static_cast<uint8_t>(bits | (column.present[i] << (i % 8)));
    if (i % 8 == 7 || i + 1 == column.size()) {
      out.u8(bits);
      bits = 0;
    }
  }
}

void write_numbers(Writer& out, const Column& column) {
  bool by_difference = is_by_difference(column.type);
  int64_t before = 0;
  for (size_t i = 0; i < column.size(); ++i) {
    if (column.present[i] == 0) continue;
    int64_t number = column.numbers[i];
    out.zigzag(static_cast<int64_t>(static_cast<uint64_t>(number) -
                                    static_cast<uint64_t>(by_difference ? before : 0)));
    before = number;
  }
}

Result<void> write_column(Writer& out, const Entry& entry, const Change& change,
                          const ChangeColumn& named, const Sealer& seal) {
  const Column& column = named.column;
  bool some_absent =
      std::find(column.present.begin(), column.present.end(), 0) != column.present.end();
  out.text(named.field);
  out.u8(static_cast<uint8_t>(column.type));
  out.u8(static_cast<uint8_t>((named.personal ? kPersonal : 0) | (some_absent ? kSomeAbsent : 0)));
  out.u8(static_cast<uint8_t>(column.scale));
  if (some_absent) write_presence(out, column);
  if (!column.is_text()) {
    write_numbers(out, column);
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
  int64_t before = 0;
  for (RecordId row : change.rows) {
    out.zigzag(int64_t{row.value} - before);
    before = row.value;
  }
  before = 0;
  for (Date day : change.valid_from) {
    out.zigzag(day.days() - before);
    before = day.days();
  }
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
    int64_t before = 0;
    for (uint64_t i = 0; i < rows; ++i) {
      before += in_.zigzag();
      if (before < 0 || before > UINT32_MAX) in_.fail();
      change.rows.push_back(RecordId{static_cast<uint32_t>(before)});
    }
    before = 0;
    for (uint64_t i = 0; i < ((flags & kValidFrom) != 0 ? rows : 0) && in_.ok(); ++i) {
      before += in_.zigzag();
      if (before < INT32_MIN || before > INT32_MAX) in_.fail();
      change.valid_from.push_back(Date::from_days(static_cast<int32_t>(before)));
    }
    for (uint64_t n = in_.varint(); n > 0 && in_.ok(); --n) {
      if (auto read = read_column(change); !read) return read;
    }
    for (uint64_t i = 0; i < ((flags & kNotes) != 0 ? rows : 0) && in_.ok(); ++i) {
      change.notes.emplace_back(in_.text());
    }
    entry_.changes.push_back(std::move(change));
    return {};
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
    bool by_difference = is_by_difference(column.type);
    int64_t before = 0;
    column.numbers.reserve(column.size());
    for (uint8_t present : column.present) {
      if (present == 0) {
        column.numbers.push_back(0);
        continue;
      }
      auto number = static_cast<int64_t>(static_cast<uint64_t>(in_.zigzag()) +
                                         static_cast<uint64_t>(by_difference ? before : 0));
      column.numbers.push_back(number);
      before = number;
    }
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

Result<Bytes> encode(const Entry& entry, const Sealer& seal) {
  Writer out;
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
