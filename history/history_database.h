#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/step.h"
#include "ladders/ladder.h"

namespace SQLite {
class Database;
}

namespace gradus {

/// One connection to a history file, checked and with its schema in place.
/// Threads: owned by one.
class HistoryDatabase {
 public:
  /// Errors as History::open.
  static Result<std::unique_ptr<HistoryDatabase>> open_writer(
      const std::filesystem::path& directory, std::string_view run);
  /// Errors as HistoryReader::open.
  static Result<std::unique_ptr<HistoryDatabase>> open_reader(
      const std::filesystem::path& directory);

  ~HistoryDatabase();
  SQLite::Database& sql() { return *sql_; }
  const std::string& path() const { return path_; }
  /// False for the file of an older gradus, which has neither annotations nor answers.
  bool has_answers();
  /// False for the file of an older gradus, whose annotations are all notes.
  bool has_faults();
  /// False for the file of an older gradus, which knows nothing of the stream.
  bool has_stream();
  /// False for the file of an older gradus, which knows how many records were rejected but not why.
  bool has_reasons();

 private:
  HistoryDatabase(std::string path, int flags);

  std::string path_;
  std::unique_ptr<SQLite::Database> sql_;
};

/// Makes sure that the rows of a task stay under its name. Errors: kForeign where it had another.
/// Throws SQLite::Exception.
Result<void> name_task(HistoryDatabase& database, TaskIndex task, const std::string& name);

/// A row does not hold what it should.
Error damaged_row(const HistoryDatabase& database);

/// What SQLite reports, as an Error in one line with the file's path.
Error history_error(const std::string& path, const std::runtime_error& exception);

/// Runs `body`, which gives a Result, and turns an exception of SQLite, a std::runtime_error, into
/// one.
template <typename Body>
auto with_history_errors(const std::string& path, Body&& body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::runtime_error& exception) {
    return tl::unexpected(history_error(path, exception));
  }
}

/// The finest buckets that are kept of a curve: number of the one that `step` falls into.
std::int64_t fine_bucket(Step step);
/// The smallest step of a bucket.
Step first_step_of(std::int64_t bucket);

/// What is kept of the scores of one task in a range of steps.
struct HistoryBucket {
  std::int64_t bucket = 0;
  std::int64_t count = 0;
  double lowest = 0, highest = 0;
  std::int64_t last_id = 0;  ///< row of the newest score

  /// Takes in a bucket of later steps.
  void merge(const HistoryBucket& later);
};

/// The scores that count of a task between two steps, both included, counted row by row; count 0
/// where there are none. Throws SQLite::Exception.
HistoryBucket summarise_scores(SQLite::Database& sql, std::int64_t task, Step from, Step to);

/// A step as SQLite keeps it: 63 bits.
std::int64_t sql_step(Step step);

}  // namespace gradus
