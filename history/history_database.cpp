#include "history/history_database.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>

namespace gradus {
namespace {

constexpr std::int64_t kBucketsPerDoubling = 1024;
constexpr std::int64_t kVersion = 5;
constexpr std::uint32_t kApplicationId = 0x47726164;  // "Grad"
constexpr int kBusyTimeoutMs = 5000;
constexpr const char* kFileName = "history.db";

// A row counts while abandoned_by is null; otherwise it names the attempt that went on before it.
// `buckets` repeats what counts in steps of 1/1024 doubling, so that a curve never reads every row.
constexpr const char* kSchema = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tasks(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE attempts(id INTEGER PRIMARY KEY, step INTEGER NOT NULL, time_us INTEGER NOT NULL);
CREATE TABLE scores(
  id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL, abandoned_by INTEGER,
  task INTEGER NOT NULL, step INTEGER NOT NULL, own_step INTEGER NOT NULL, time_us INTEGER NOT NULL,
  score REAL NOT NULL, lower REAL NOT NULL, upper REAL NOT NULL,
  items INTEGER NOT NULL, exact INTEGER NOT NULL, q REAL NOT NULL, q_squared REAL NOT NULL,
  log_loss REAL NOT NULL, exact_bits BLOB NOT NULL, facets BLOB NOT NULL,
  item_digest INTEGER NOT NULL);
CREATE INDEX scores_that_count ON scores(task, step) WHERE abandoned_by IS NULL;
CREATE TABLE buckets(
  task INTEGER NOT NULL, bucket INTEGER NOT NULL, count INTEGER NOT NULL, lowest REAL NOT NULL,
  highest REAL NOT NULL, last_step INTEGER NOT NULL, last_id INTEGER NOT NULL,
  PRIMARY KEY(task, bucket)) WITHOUT ROWID;
CREATE TABLE changes(
  id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL, abandoned_by INTEGER,
  task INTEGER NOT NULL, step INTEGER NOT NULL, own_step INTEGER NOT NULL, time_us INTEGER NOT NULL,
  verdict_before INTEGER NOT NULL, verdict INTEGER NOT NULL, score REAL NOT NULL,
  window_from INTEGER NOT NULL, slope_before REAL, slope_now REAL, log_e REAL, threshold REAL,
  log_e_items REAL, items_lost BLOB NOT NULL, items_gained INTEGER NOT NULL);
)sql";

// What version 2 adds. Of a task's answers only those of the newest and of the best probe are kept.
constexpr const char* kSchemaFrom2 = R"sql(
CREATE TABLE annotations(
  id INTEGER PRIMARY KEY, step INTEGER NOT NULL, time_us INTEGER NOT NULL, text TEXT NOT NULL,
  rearm INTEGER NOT NULL);
CREATE TABLE questions(task INTEGER PRIMARY KEY, items BLOB NOT NULL);
CREATE TABLE answers(
  task INTEGER NOT NULL, kind INTEGER NOT NULL, step INTEGER NOT NULL, given BLOB NOT NULL,
  PRIMARY KEY(task, kind)) WITHOUT ROWID;
)sql";

// What version 3 adds: what the stream brought, and what was answered to the items that were lost.
constexpr const char* kSchemaFrom3 = R"sql(
CREATE TABLE stream(
  id INTEGER PRIMARY KEY, attempt INTEGER NOT NULL, abandoned_by INTEGER,
  from_step INTEGER NOT NULL, to_step INTEGER NOT NULL,
  from_time_us INTEGER NOT NULL, to_time_us INTEGER NOT NULL,
  examples INTEGER NOT NULL, log_loss REAL NOT NULL, non_finite INTEGER NOT NULL,
  rejected INTEGER NOT NULL, gaps INTEGER NOT NULL, duplicates INTEGER NOT NULL,
  restarts INTEGER NOT NULL, silent_seconds REAL NOT NULL);
CREATE INDEX stream_that_counts ON stream(to_step) WHERE abandoned_by IS NULL;
ALTER TABLE changes ADD COLUMN lost_answers BLOB;
)sql";

// What version 4 adds: the faults of a demo among the annotations.
constexpr const char* kSchemaFrom4 = R"sql(
ALTER TABLE annotations ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
)sql";

// What version 5 adds: why records were rejected, skipped ones included, by the names of the
// reasons.
constexpr const char* kSchemaFrom5 = R"sql(
CREATE TABLE stream_rejects(
  span INTEGER NOT NULL, reason TEXT NOT NULL, records INTEGER NOT NULL,
  PRIMARY KEY(span, reason)) WITHOUT ROWID;
)sql";

std::uint32_t big_endian(const char* bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// Reads the header that SQLite's file format fixes (sqlite.org/fileformat.html, 1.3), so that what
/// is not ours is refused before SQLite may touch it. True: a history; false: no file yet.
Result<bool> check_header(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::kIo, path + ": cannot be read; check its permissions");
  std::array<char, 100> header{};
  file.read(header.data(), header.size());
  if (file.gcount() == 0) return false;  // killed while it was being created
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  const auto read = static_cast<std::size_t>(file.gcount());
  // Later pages may be written before the first one.
  if (std::all_of(header.begin(), header.end(), [](char byte) { return byte == 0; }))
    return fail(ErrorCode::kCorrupt, path + ": has no header; move it away to begin a new history");
  if (std::string_view(header.data(), read).substr(0, kMagic.size()) != kMagic) {
    return fail(ErrorCode::kForeign,
                path + ": is no history of gradus; move it away or use another data directory");
  }
  if (read < header.size())
    return fail(ErrorCode::kCorrupt,
                path + ": is cut off after " + std::to_string(read) + " bytes");
  const std::uint32_t version = big_endian(header.data() + 60);
  if (big_endian(header.data() + 68) != kApplicationId) {
    return fail(
        ErrorCode::kForeign,
        path + ": is another program's database; move it away or use another data directory");
  }
  if (version > kVersion) {
    return fail(ErrorCode::kForeign, path + ": was written by a newer gradus (history version " +
                                         std::to_string(version) + ", this one reads " +
                                         std::to_string(kVersion) + ")");
  }
  return true;
}

/// Has SQLite undo the transaction that a killed process left half written in the file itself:
/// until then the file cannot be read without writing it. In WAL mode, which is on but for a moment
/// when the file is created, there is no such thing. Throws SQLite::Exception.
void undo_interrupted_write(const std::string& path) {
  SQLite::Database sql(path, SQLite::OPEN_READWRITE, kBusyTimeoutMs);
  sql.execAndGet("SELECT count(*) FROM sqlite_master");
}

/// Errors and results of check_header, after what a kill left behind was put in order.
Result<bool> check_file(const std::string& path) {
  auto header = check_header(path);
  if (!header && header.error().code == ErrorCode::kForeign) return header;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored) ||
      !std::filesystem::exists(path + "-journal", ignored))
    return header;
  return with_history_errors(path, [&] {
    undo_interrupted_write(path);
    return check_header(path);
  });
}

std::optional<std::string> run_of(SQLite::Database& sql) {
  if (!sql.tableExists("meta")) return std::nullopt;
  SQLite::Statement query(sql, "SELECT value FROM meta WHERE name = 'run'");
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
}

/// Creates the schema in one transaction; the header's marks go with it, before WAL is turned on,
/// so that they always stand in the file itself.
void create_schema(SQLite::Database& sql, std::string_view run) {
  SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
  sql.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
  sql.exec("PRAGMA user_version = " + std::to_string(kVersion));
  sql.exec(kSchema);
  sql.exec(kSchemaFrom2);
  sql.exec(kSchemaFrom3);
  sql.exec(kSchemaFrom4);
  sql.exec(kSchemaFrom5);
  SQLite::Statement insert(sql, "INSERT INTO meta VALUES('run', ?)");
  insert.bind(1, std::string(run));
  insert.exec();
  transaction.commit();
}

std::int64_t version_of(SQLite::Database& sql) {
  return sql.execAndGet("PRAGMA user_version").getInt64();
}

/// Brings the file of an older gradus to this version, in one transaction.
void migrate(SQLite::Database& sql) {
  SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
  if (version_of(sql) < 2) sql.exec(kSchemaFrom2);
  if (version_of(sql) < 3) sql.exec(kSchemaFrom3);
  if (version_of(sql) < 4) sql.exec(kSchemaFrom4);
  if (version_of(sql) < 5) sql.exec(kSchemaFrom5);
  sql.exec("PRAGMA user_version = " + std::to_string(kVersion));
  transaction.commit();
}

}  // namespace

HistoryDatabase::HistoryDatabase(std::string path, int flags)
    : path_(std::move(path)),
      sql_(std::make_unique<SQLite::Database>(path_, flags, kBusyTimeoutMs)) {}

HistoryDatabase::~HistoryDatabase() = default;

Result<std::unique_ptr<HistoryDatabase>> HistoryDatabase::open_reader(
    const std::filesystem::path& directory) {
  const std::string path = (directory / kFileName).string();
  auto exists = check_file(path);
  if (!exists) return tl::unexpected(std::move(exists.error()));
  if (!*exists) return fail(ErrorCode::kNotFound, path + ": there is no history yet");
  using Opened = Result<std::unique_ptr<HistoryDatabase>>;
  return with_history_errors(path, [&]() -> Opened {
    std::unique_ptr<HistoryDatabase> database(new HistoryDatabase(path, SQLite::OPEN_READONLY));
    if (!run_of(database->sql()))
      return fail(ErrorCode::kCorrupt, path + ": does not say whose run it is");
    return database;
  });
}

Result<std::unique_ptr<HistoryDatabase>> HistoryDatabase::open_writer(
    const std::filesystem::path& directory, std::string_view run) {
  const std::string path = (directory / kFileName).string();
  auto exists = check_file(path);
  if (!exists) return tl::unexpected(std::move(exists.error()));
  using Opened = Result<std::unique_ptr<HistoryDatabase>>;
  return with_history_errors(path, [&]() -> Opened {
    if (*exists) {
      // Read-only first: a file of another run must not even be checkpointed.
      HistoryDatabase look(path, SQLite::OPEN_READONLY);
      const std::optional<std::string> owner = run_of(look.sql());
      if (!owner) return fail(ErrorCode::kCorrupt, path + ": does not say whose run it is");
      if (*owner != run) {
        return fail(ErrorCode::kForeign, path + ": belongs to run " + *owner + ", not " +
                                             std::string(run) + "; use another data directory");
      }
    }
    std::unique_ptr<HistoryDatabase> database(
        new HistoryDatabase(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
    if (!*exists) create_schema(database->sql(), run);
    if (version_of(database->sql()) < kVersion) migrate(database->sql());
    database->sql().exec("PRAGMA journal_mode = WAL");
    database->sql().exec("PRAGMA synchronous = NORMAL");
    return database;
  });
}

bool HistoryDatabase::has_answers() { return version_of(*sql_) >= 2; }

bool HistoryDatabase::has_faults() { return version_of(*sql_) >= 4; }

bool HistoryDatabase::has_stream() { return version_of(*sql_) >= 3; }

bool HistoryDatabase::has_reasons() { return version_of(*sql_) >= 5; }

Result<void> name_task(HistoryDatabase& database, TaskIndex task, const std::string& name) {
  SQLite::Statement known(database.sql(), "SELECT name FROM tasks WHERE id = ?");
  known.bind(1, static_cast<std::int64_t>(task));
  if (known.executeStep()) {
    const std::string before = known.getColumn(0).getString();
    if (before == name) return {};
    return fail(ErrorCode::kForeign, database.path() + ": task " + std::to_string(task) + " was " +
                                         before + " and is now " + name +
                                         ": the ladder changed; use another data directory");
  }
  SQLite::Statement insert(database.sql(), "INSERT INTO tasks VALUES(?, ?)");
  insert.bind(1, static_cast<std::int64_t>(task));
  insert.bind(2, name);
  insert.exec();
  return {};
}

Error damaged_row(const HistoryDatabase& database) {
  return {ErrorCode::kCorrupt,
          database.path() + ": a row is damaged; move the file away to begin a new history"};
}

Error history_error(const std::string& path, const std::runtime_error& exception) {
  const std::string why = path + ": " + exception.what();
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&exception);
  switch (sqlite == nullptr ? SQLITE_ERROR : sqlite->getErrorCode()) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return {ErrorCode::kIo, why + "; is the disk full?"};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kIo, why + "; may this user write the directory?"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::kCorrupt, why + "; move it away to begin a new history"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kLocked, why + "; another process writes it"};
    default:
      return {ErrorCode::kInternal, why};
  }
}

std::int64_t fine_bucket(Step step) {
  return static_cast<std::int64_t>(std::floor(doublings(step) * kBucketsPerDoubling));
}

Step first_step_of(std::int64_t bucket) {
  const double exact = std::exp2(static_cast<double>(bucket) / kBucketsPerDoubling);
  Step step = static_cast<Step>(exact);
  // The power and the logarithm round each its own way.
  while (fine_bucket(step) < bucket) ++step;
  while (step > 1 && fine_bucket(step - 1) >= bucket) --step;
  return step <= 1 ? 0 : step;
}

void HistoryBucket::merge(const HistoryBucket& later) {
  count += later.count;
  lowest = std::min(lowest, later.lowest);
  highest = std::max(highest, later.highest);
  last_id = later.last_id;
}

HistoryBucket summarise_scores(SQLite::Database& sql, std::int64_t task, Step from, Step to) {
  SQLite::Statement sums(sql,
                         "SELECT count(*), min(score), max(score) FROM scores "
                         "WHERE task = ?1 AND step BETWEEN ?2 AND ?3 AND abandoned_by IS NULL");
  SQLite::Statement last(sql,
                         "SELECT id FROM scores "
                         "WHERE task = ?1 AND step BETWEEN ?2 AND ?3 AND abandoned_by IS NULL "
                         "ORDER BY step DESC, id DESC LIMIT 1");
  for (SQLite::Statement* query : {&sums, &last}) {
    query->bind(1, task);
    query->bind(2, sql_step(from));
    query->bind(3, sql_step(to));
  }
  HistoryBucket found;
  if (!last.executeStep() || !sums.executeStep()) return found;
  found.bucket = fine_bucket(to);
  found.count = sums.getColumn(0).getInt64();
  found.lowest = sums.getColumn(1).getDouble();
  found.highest = sums.getColumn(2).getDouble();
  found.last_id = last.getColumn(0).getInt64();
  return found;
}

std::int64_t sql_step(Step step) {
  constexpr auto kMost = static_cast<Step>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(step, kMost));
}

}  // namespace gradus
