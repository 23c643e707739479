#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/store/impl/sqlite.hpp"

namespace wutong::store {
namespace {

class SqliteLog : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "wutong-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    path_ = folder_ + "/ledger.db";
    large_ = path_ + "-large";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<LogStore> opened(OpenMode mode = OpenMode::read_write) const {
    auto log = open_sqlite_log(path_, mode);
    EXPECT_TRUE(log.has_value());
    return log ? std::move(*log) : nullptr;
  }
  std::string folder_, path_, large_;
};

LogRow row_of(uint64_t seq, size_t size) {
  LogRow row{"a", Seq{seq}, Instant{static_cast<int64_t>(seq)}, {}, Bytes(size)};
  SeededRandom random(seq);
  random.fill(row.bytes);
  random.fill(row.leaf);
  return row;
}

// "seq:size" of each row, "!" where it is not as it was written.
std::string rows_of(const LogStore& log) {
  std::string out;
  auto read = log.read("a", Seq{1}, Seq{UINT64_MAX}, [&](LogRow&& row) {
    LogRow expected = row_of(row.seq.value, row.bytes.size());
    bool is_equal = expected.bytes == row.bytes && expected.leaf == row.leaf;
    out += std::to_string(row.seq.value) + ":" + std::to_string(row.bytes.size());
    out += is_equal ? " " : "! ";
    return true;
  });
  return read ? out : out + read.error().code;
}

TEST_F(SqliteLog, KeepsWhatWasWrittenUnflushed) {
  auto log = opened(OpenMode::unflushed);
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  ASSERT_TRUE(log->append(std::vector{row_of(1, 10), row_of(2, 3'000'000)}).has_value());
  log.reset();
  EXPECT_EQ(rows_of(*opened()), "1:10 2:3000000 ");
}

TEST_F(SqliteLog, KeepsLargeRowsBesideTheDatabase) {
  auto log = opened();
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  ASSERT_TRUE(log->append(std::vector{row_of(1, 10), row_of(2, 3'000'000)}).has_value());
  ASSERT_TRUE(log->append(std::vector{row_of(3, 0), row_of(4, 500'000)}).has_value());
  EXPECT_EQ(std::filesystem::file_size(large_), 3'500'000u);
  EXPECT_EQ(rows_of(*log), "1:10 2:3000000 3:0 4:500000 ");
  EXPECT_EQ(rows_of(*opened(OpenMode::read_only)), rows_of(*log));
  log.reset();
  EXPECT_EQ(rows_of(*opened()), "1:10 2:3000000 3:0 4:500000 ");
}

TEST_F(SqliteLog, LeavesNoTraceOfABatchThatIsNotCommitted) {
  auto log = opened();
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  ASSERT_TRUE(log->append(std::vector{row_of(1, 300'000)}).has_value());
  {
    auto dropped = log->begin();
    ASSERT_TRUE(dropped->add(row_of(2, 700'000)).has_value());
    EXPECT_EQ(rows_of(*log), "1:300000 ");
  }
  EXPECT_EQ(std::filesystem::file_size(large_), 300'000u);
  auto taken = log->append(std::vector{row_of(2, 400'000), row_of(1, 5)});
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
  EXPECT_EQ(rows_of(*log), "1:300000 ");
  log.reset();
  // As after a crash between the writing and the commit.
  std::ofstream(large_, std::ios::app) << std::string(1000, 'x');
  log = opened();
  EXPECT_EQ(std::filesystem::file_size(large_), 300'000u);
  ASSERT_TRUE(log->append(std::vector{row_of(2, 400'000)}).has_value());
  EXPECT_EQ(rows_of(*log), "1:300000 2:400000 ");
}

TEST_F(SqliteLog, SaysThatLargeRowsWereCutOff) {
  auto log = opened();
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  ASSERT_TRUE(log->append(std::vector{row_of(1, 5), row_of(2, 300'000)}).has_value());
  log.reset();
  std::filesystem::resize_file(large_, 299'999);
  EXPECT_EQ(rows_of(*opened()), "store.large_file_short");
}

TEST_F(SqliteLog, HoldsManySmallRowsInBoundedMemory) {
  auto log = opened();
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  auto batch = log->begin();
  std::string expected;
  for (uint64_t seq = 1; seq <= 100; ++seq) {
    ASSERT_TRUE(batch->add(row_of(seq, 200'000)).has_value());
    expected += std::to_string(seq) + ":200000 ";
  }
  EXPECT_GT(std::filesystem::file_size(large_), 3'000'000u);
  ASSERT_TRUE(batch->commit().has_value());
  EXPECT_EQ(rows_of(*log), expected);
}

// A directory of format 1: its large rows stand in parts.
TEST_F(SqliteLog, ReadsAndContinuesFormatOne) {
  Bytes bytes = row_of(1, 9).bytes;
  {
    Database old = std::move(*open_database(path_, OpenMode::read_write));
    ASSERT_TRUE(execute(old.get(),
                        "PRAGMA journal_mode=WAL;"
                        "CREATE TABLE zone(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
                        " hash_kind INTEGER NOT NULL);"
                        "CREATE TABLE entry(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
                        " at INTEGER NOT NULL, leaf BLOB NOT NULL, parts INTEGER NOT NULL,"
                        " bytes BLOB NOT NULL, PRIMARY KEY(zone, seq)) WITHOUT ROWID;"
                        "CREATE TABLE entry_part(zone INTEGER NOT NULL, seq INTEGER NOT NULL,"
                        " part INTEGER NOT NULL, bytes BLOB NOT NULL,"
                        " PRIMARY KEY(zone, seq, part)) WITHOUT ROWID;"
                        "PRAGMA user_version=1; INSERT INTO zone VALUES(1, 'a', 1);")
                    .has_value());
    Statement entry = std::move(*prepare(old.get(), "INSERT INTO entry VALUES(1, 1, 1, ?, 2, ?)"));
    store::Run(entry.get()).bind(row_of(1, 9).leaf).bind(ByteView(bytes).first(4)).step();
    Statement part = std::move(*prepare(old.get(), "INSERT INTO entry_part VALUES(1, 1, 1, ?)"));
    store::Run(part.get()).bind(ByteView(bytes).subspan(4)).step();
  }
  EXPECT_EQ(rows_of(*opened(OpenMode::read_only)), "1:9 ");
  auto log = opened();
  ASSERT_TRUE(log->append(std::vector{row_of(2, 300'000)}).has_value());
  EXPECT_EQ(rows_of(*log), "1:9 2:300000 ");
}

// Opening, and every hundred commits, a reader of another connection sees all that is durable.
TEST_F(SqliteLog, IsReadWhileItIsWritten) {
  auto log = opened();
  ASSERT_TRUE(log->create_zone("a", HashKind::sha256).has_value());
  auto early = opened(OpenMode::read_only);
  for (uint64_t seq = 1; seq <= 300; ++seq) {
    ASSERT_TRUE(log->append(std::vector{row_of(seq, seq % 90 == 0 ? 300'000 : 150)}).has_value());
    if (seq % 100 != 0) continue;
    EXPECT_EQ(early->zones()->at(0).seq, Seq{seq});
    EXPECT_EQ(rows_of(*early), rows_of(*log));
    EXPECT_EQ(rows_of(*opened(OpenMode::read_only)), rows_of(*log));
  }
}

}  // namespace
}  // namespace wutong::store
