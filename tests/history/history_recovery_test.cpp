#include <sqlite3.h>

#include <filesystem>

#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/history/tamper.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;
using test::report_of;
using test::score_at;
using test::TempDir;

/// What a process leaves that is killed after `sql`, in a transaction that has begun to change the
/// file itself: SQLite's journal tells how to undo it.
void kill_within(const TempDir& dir, const std::string& sql) {
  const TempDir killed;
  const std::string path = killed / "history.db";
  if (std::filesystem::exists(dir / "history.db"))
    std::filesystem::copy_file(dir / "history.db", path);
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &raw), SQLITE_OK);
  // Pages that find no room are written before the commit.
  const std::string all = "PRAGMA cache_size = 1; BEGIN IMMEDIATE; " + sql;
  EXPECT_EQ(sqlite3_exec(raw, all.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(raw);
  for (const char* name : {"history.db", "history.db-journal"})
    std::filesystem::copy_file(killed / name, dir / name,
                               std::filesystem::copy_options::overwrite_existing);
  sqlite3_close(raw);
  ASSERT_GT(std::filesystem::file_size(dir / "history.db-journal"), 512U);
}

const std::string kManyPages =
    "CREATE TABLE filler(text); "
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
    "INSERT INTO filler SELECT hex(zeroblob(1000)) FROM n; ";

/// A history of one score whose file is not in WAL mode, as in the moment when it is created.
void write_history(const TempDir& dir, std::string_view run = "school") {
  {
    auto history = History::open(dir.path(), run);
    ASSERT_TRUE(history) << history.error().message;
    ASSERT_TRUE((*history)->begin_attempt(0, at_second(1)));
    ASSERT_TRUE((*history)->append(std::vector{score_at(10, 0.5)}, report_of({"add"})));
  }
  test::tamper(dir, "PRAGMA journal_mode = DELETE");
}

TEST(HistoryRecovery, CreatesTheFileAgainWhereItsCreationWasKilled) {
  const TempDir dir;
  kill_within(dir, "PRAGMA application_id = 1198678372; PRAGMA user_version = 3; " + kManyPages);
  const auto history = History::open(dir.path(), "school");
  ASSERT_TRUE(history) << history.error().message;
  ASSERT_TRUE((*history)->begin_attempt(0, at_second(1)));
  EXPECT_TRUE((*history)->scores()->empty());
}

TEST(HistoryRecovery, GoesOnWithWhatStoodBeforeTheTransactionThatWasKilled) {
  const TempDir dir;
  write_history(dir);
  kill_within(dir, "DELETE FROM scores; " + kManyPages);
  const auto history = History::open(dir.path(), "school");
  ASSERT_TRUE(history) << history.error().message;
  EXPECT_EQ((*history)->scores()->size(), 1U);
}

TEST(HistoryRecovery, ReadsAfterAKillWithoutAnybodyWriting) {
  const TempDir dir;
  write_history(dir);
  kill_within(dir, "DELETE FROM scores; " + kManyPages);
  const auto reader = HistoryReader::open(dir.path());
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ((*reader)->scores()->size(), 1U);
}

TEST(HistoryRecovery, FindsNoHistoryWhereItsCreationWasKilled) {
  const TempDir dir;
  kill_within(dir, "PRAGMA application_id = 1198678372; PRAGMA user_version = 3; " + kManyPages);
  const auto reader = HistoryReader::open(dir.path());
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kNotFound);
}

TEST(HistoryRecovery, LeavesTheJournalOfAnotherProgramAlone) {
  const TempDir dir;
  test::tamper(dir, "CREATE TABLE scores(x); INSERT INTO scores VALUES(1)");
  kill_within(dir, "DELETE FROM scores; " + kManyPages);
  const auto journal = test::read_file(dir / "history.db-journal");
  const auto history = History::open(dir.path(), "school");
  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().code, ErrorCode::kForeign);
  EXPECT_TRUE(test::read_file(dir / "history.db-journal") == journal);
}

// SQLite would take the pages of a log that stayed behind for those of the new file.
TEST(HistoryRecovery, CreatesTheFileAnewBesideTheLogOfOneThatWasRemoved) {
  const TempDir dir, copy;
  {
    auto history = History::open(dir.path(), "school");
    ASSERT_TRUE(history);
    ASSERT_TRUE((*history)->begin_attempt(0, at_second(1)));
    ASSERT_TRUE((*history)->append(std::vector{score_at(10, 0.5)}, report_of({"add"})));
    std::filesystem::copy_file(dir / "history.db-wal", copy / "history.db-wal");
  }
  const auto history = History::open(copy.path(), "school");
  ASSERT_TRUE(history) << history.error().message;
  ASSERT_TRUE((*history)->begin_attempt(0, at_second(1)));
  EXPECT_TRUE((*history)->scores()->empty());
}

}  // namespace
}  // namespace gradus
