#include "core/ledger/ledger.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/ledger/encode.hpp"
#include "engine/store/data_directory.hpp"
#include "engine/store/simulated.hpp"

namespace wutong::ledger {
namespace {

Column random_column(SeededRandom& random, size_t rows) {
  Column column;
  column.type = static_cast<ValueType>(1 + random.below(10));
  column.scale = column.type == ValueType::decimal ? static_cast<int>(random.below(6)) : 0;
  bool is_full = random.below(2) == 0;
  for (size_t i = 0; i < rows; ++i) {
    if (!is_full && random.below(3) == 0) {
      column.append_absent();
    } else if (column.is_text()) {
      column.append_text(std::string(random.below(4), 'x') + "园");
    } else {
      column.append_number(static_cast<int64_t>(random.next()) >> random.below(63));
    }
  }
  return column;
}

Entry random_entry(SeededRandom& random, Seq seq) {
  Entry entry;
  entry.zone = "nanchang";
  entry.seq = seq;
  entry.at = Instant{static_cast<int64_t>(1'700'000'000'000 + seq.value)};
  entry.actor = "统计员";
  entry.act = "record.import";
  entry.simulated = random.below(2) == 1;
  random.fill(entry.catalog);
  for (uint64_t n = random.below(3); n > 0; --n) {
    Change change;
    change.register_name = "monthly_return";
    change.creates = random.below(2) == 1;
    size_t rows = random.below(20);
    for (size_t i = 0; i < rows; ++i) {
      change.rows.push_back(RecordId{static_cast<uint32_t>(random.next())});
      if (n == 1) change.valid_from.push_back(Date::from_days(static_cast<int32_t>(i * 31)));
      if (n == 2) change.notes.push_back("说明");
    }
    for (uint64_t c = random.below(4); c > 0; --c) {
      change.columns.push_back({"f" + std::to_string(c), false, random_column(random, rows)});
    }
    entry.changes.push_back(std::move(change));
  }
  if (random.below(3) == 0) entry.attachments.push_back({"packs/a.yaml", Bytes(random.below(900))});
  return entry;
}

Sealer no_sealer() {
  return [](const CellName&, std::string_view) { return Result<Bytes>(Bytes{}); };
}
Opener no_opener() {
  return [](const CellName&, ByteView) { return Result<std::optional<std::string>>(std::nullopt); };
}

TEST(Encode, ReadsBackAnyEntry) {
  SeededRandom random(21);
  for (uint64_t i = 0; i < 2000; ++i) {
    Entry entry = random_entry(random, Seq{i});
    Bytes bytes = *encode(entry, no_sealer());
    auto decoded = decode(bytes, no_opener());
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(*decoded, entry);
    EXPECT_EQ(*encode(*decoded, no_sealer()), bytes);
  }
}

TEST(Encode, NeverChangesItsBytes) {
  Entry entry;
  entry.zone = "nanchang";
  entry.seq = Seq{7};
  entry.at = *Instant::parse("2024-10-28T09:30:00+08:00");
  entry.actor = "tongji";
  entry.act = "record.amend";
  Change change;
  change.register_name = "monthly_return";
  change.rows = {RecordId{3}, RecordId{5}};
  Column output;
  output.type = ValueType::decimal;
  output.scale = 2;
  output.append_number(12'345);
  output.append_absent();
  change.columns.push_back({"output", false, output});
  entry.changes.push_back(change);
  Bytes bytes = *encode(entry, no_sealer());
  EXPECT_EQ(to_hex(bytes),
            "01086e616e6368616e67078097f48bda6406746f6e676a690c7265636f72642e616d656e64000000"
            "0000000000000000000000000000000000000000000000000000000000000000"
            "010e6d6f6e74686c795f72657475726e00020604010"
            "66f75747075740302020"
            "1f2c00100");
}

TEST(Encode, RefusesMutatedBytesWithoutCrashing) {
  SeededRandom random(4);
  for (int i = 0; i < 3000; ++i) {
    Bytes bytes = *encode(random_entry(random, Seq{9}), no_sealer());
    for (uint64_t n = 1 + random.below(4); n > 0; --n) {
      bytes[random.below(bytes.size())] = static_cast<uint8_t>(random.next());
    }
    if (random.below(3) == 0) bytes.resize(random.below(bytes.size() + 1));
    auto decoded = decode(bytes, no_opener());
    bool has_attachment = decoded && !decoded->attachments.empty();
    if (decoded && !has_attachment) {
      EXPECT_EQ(*encode(*decoded, no_sealer()), bytes) << i;
    }
  }
}

struct Simulated {
  store::SimulatedLog log;
  store::SimulatedSecrets secrets;
  SeededRandom random{1};
  Ledger ledger{log, secrets, random};
  Simulated() { EXPECT_TRUE(ledger.create_zone("nanchang", HashKind::sm3).has_value()); }

  Result<void> append(uint64_t seq) {
    SeededRandom content(seq);
    Entry entry = random_entry(content, Seq{seq});
    return ledger.append({&entry, 1});
  }
  size_t count() const {
    size_t n = 0;
    EXPECT_TRUE(ledger
                    .read("nanchang", Seq{1}, Seq{999},
                          [&](const Entry&, const EntryInfo&) {
                            ++n;
                            return true;
                          })
                    .has_value());
    return n;
  }
};

TEST(Ledger, TakesEntriesOnlyInOrder) {
  Simulated s;
  EXPECT_TRUE(s.append(1).has_value());
  EXPECT_EQ(s.append(3).error().kind, ErrorKind::conflict);
  EXPECT_EQ(s.append(1).error().kind, ErrorKind::conflict);
  EXPECT_TRUE(s.append(2).has_value());
  EXPECT_EQ(s.count(), 2u);
  EXPECT_EQ(s.ledger.head("nanchang")->seq, Seq{2});
}

TEST(Ledger, TakesATransactionEntryByEntryOrNotAtAll) {
  Simulated s;
  const auto add = [&](uint64_t seq) {
    SeededRandom content(seq);
    return s.ledger.add(random_entry(content, Seq{seq}));
  };
  ASSERT_TRUE(s.ledger.begin() && add(1) && add(2));
  EXPECT_EQ(s.ledger.head("nanchang")->seq, Seq{0});
  s.ledger.abandon();
  EXPECT_EQ(s.count(), 0u);
  ASSERT_TRUE(s.ledger.begin() && add(1));
  EXPECT_EQ(add(3).error().kind, ErrorKind::conflict);  // and the transaction is over
  EXPECT_EQ(s.count(), 0u);
  ASSERT_TRUE(s.ledger.begin() && add(1) && add(2) && s.ledger.commit());
  EXPECT_EQ(s.count(), 2u);
  EXPECT_EQ(s.ledger.head("nanchang")->seq, Seq{2});
}

TEST(Ledger, EndsWritingAfterAFailedSync) {
  for (auto fault : {store::SimulatedLog::Fault::refuse, store::SimulatedLog::Fault::lose_sync}) {
    Simulated s;
    s.log.fail_at(2, fault);
    EXPECT_TRUE(s.append(1).has_value());
    EXPECT_EQ(s.append(2).error().kind, ErrorKind::io);
    EXPECT_EQ(s.append(2).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(s.count(), 1u);
  }
}

TEST(Ledger, NamesTheEntryThatDoesNotHold) {
  Simulated s;
  for (uint64_t seq = 1; seq <= 5; ++seq) ASSERT_TRUE(s.append(seq).has_value());
  s.log.corrupt("nanchang", Seq{4}, 20);
  auto read = s.ledger.read("nanchang", Seq{1}, Seq{9},
                            [](const Entry&, const EntryInfo&) { return true; });
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, ErrorKind::corrupt);
  EXPECT_NE(read.error().en.find("entry 4"), std::string::npos);
}

TEST(Ledger, SealsPersonalCellsAndForgetsThem) {
  Simulated s;
  Entry entry;
  entry.zone = "nanchang";
  entry.seq = Seq{1};
  Column names;
  names.type = ValueType::text;
  names.append_text("演示人甲");
  entry.changes.push_back({"person", true, {RecordId{0}}, {}, {{"name", true, names}}, {}});
  ASSERT_TRUE(s.ledger.append({&entry, 1}).has_value());
  auto name = [&] {
    Value value;
    EXPECT_TRUE(s.ledger
                    .read("nanchang", Seq{1}, Seq{1},
                          [&](const Entry& e, const EntryInfo&) {
                            value = e.changes[0].columns[0].column.value(0);
                            return true;
                          })
                    .has_value());
    return value;
  };
  EXPECT_EQ(to_string(name()), "演示人甲");
  ASSERT_TRUE(s.log
                  .read("nanchang", Seq{1}, Seq{1},
                        [](store::LogRow&& row) {
                          std::string stored(row.bytes.begin(), row.bytes.end());
                          EXPECT_EQ(stored.find("演示人甲"), std::string::npos);
                          return true;
                        })
                  .has_value());
  ASSERT_TRUE(s.ledger.erase_person("nanchang", "person", RecordId{0}).has_value());
  EXPECT_TRUE(is_absent(name()));
}

class Directory : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "wutong-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(path_); }
  std::string path_;
};

TEST_F(Directory, IsWrittenByOneProcessAndReadByAny) {
  auto first = store::DataDirectory::open(path_, store::OpenMode::read_write);
  ASSERT_TRUE(first.has_value());
  auto second = store::DataDirectory::open(path_, store::OpenMode::read_write);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::unavailable);
  EXPECT_NE(second.error().en.find(std::to_string(getpid())), std::string::npos);
  EXPECT_TRUE(store::DataDirectory::open(path_, store::OpenMode::read_only).has_value());
  struct stat status {};
  ASSERT_EQ(stat((path_ + "/secrets.db").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(store::DataDirectory::open(path_ + "/none", store::OpenMode::read_only).error().kind,
            ErrorKind::not_found);
}

TEST_F(Directory, KeepsEntriesOfManyParts) {
  auto directory = store::DataDirectory::open(path_, store::OpenMode::read_write);
  ASSERT_TRUE(directory.has_value());
  SeededRandom random(5);
  Ledger ledger((*directory)->log(), (*directory)->secrets(), random);
  ASSERT_TRUE(ledger.create_zone("a", HashKind::sha256).has_value());
  Entry entry;
  entry.zone = "a";
  entry.seq = Seq{1};
  entry.reason = std::string(kPartBytes * 2 + 17, 'r');
  ASSERT_TRUE(ledger.append({&entry, 1}).has_value());
  size_t size = 0;
  ASSERT_TRUE(ledger
                  .read("a", Seq{1}, Seq{1},
                        [&](const Entry& e, const EntryInfo&) {
                          size = e.reason.size();
                          return true;
                        })
                  .has_value());
  EXPECT_EQ(size, entry.reason.size());
}

TEST_F(Directory, ShowsReadersOnlyWhatIsCommitted) {
  auto directory = store::DataDirectory::open(path_, store::OpenMode::read_write);
  SystemRandom random;
  Ledger ledger((*directory)->log(), (*directory)->secrets(), random);
  ASSERT_TRUE(ledger.create_zone("nanchang", HashKind::sha256).has_value());
  const auto count = [&] {
    size_t n = 0;
    auto read = ledger.read("nanchang", Seq{1}, Seq{9}, [&](const Entry&, const EntryInfo&) {
      ++n;
      return true;
    });
    return read ? n : size_t{99};
  };
  SeededRandom content(1);
  const Entry entry = random_entry(content, Seq{1});
  ASSERT_TRUE(ledger.begin() && ledger.add(entry));
  EXPECT_EQ(count(), 0u);
  EXPECT_EQ(ledger.heads()->front().seq, Seq{0});
  ASSERT_TRUE(ledger.commit().has_value());
  EXPECT_EQ(count(), 1u);
}

// Appends until it is killed; each acknowledged seq goes through the pipe.
[[noreturn]] void append_forever(const std::string& path, int acknowledged) {
  auto directory = store::DataDirectory::open(path, store::OpenMode::read_write);
  SystemRandom random;
  Ledger ledger((*directory)->log(), (*directory)->secrets(), random);
  (void)ledger.create_zone("nanchang", HashKind::sha256);
  uint64_t seq = ledger.head("nanchang")->seq.value;
  while (true) {
    ++seq;
    SeededRandom content(seq);
    Entry entry = random_entry(content, Seq{seq});
    if (!ledger.append({&entry, 1})) _exit(1);
    if (write(acknowledged, &seq, sizeof seq) != sizeof seq) _exit(1);
  }
}

TEST_F(Directory, LosesNothingAcknowledgedWhenKilled) {
  for (int round = 0; round < 8; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    pid_t child = fork();
    if (child == 0) append_forever(path_, pipe_ends[1]);
    close(pipe_ends[1]);
    usleep(static_cast<useconds_t>(30'000 + round * 7'000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    uint64_t last = 0, seq = 0;
    while (read(pipe_ends[0], &seq, sizeof seq) == sizeof seq) last = seq;
    close(pipe_ends[0]);
    auto directory = store::DataDirectory::open(path_, store::OpenMode::read_write);
    ASSERT_TRUE(directory.has_value());
    SystemRandom random;
    Ledger ledger((*directory)->log(), (*directory)->secrets(), random);
    uint64_t found = 0;
    auto read =
        ledger.read("nanchang", Seq{1}, Seq{UINT64_MAX}, [&](const Entry& e, const EntryInfo&) {
          SeededRandom content(++found);
          EXPECT_EQ(e, random_entry(content, Seq{found}));
          return true;
        });
    if (last > 0) {
      EXPECT_TRUE(read.has_value());
    }
    EXPECT_GE(found, last);
  }
}

}  // namespace
}  // namespace wutong::ledger
