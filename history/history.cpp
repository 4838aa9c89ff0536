#include "history/history.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <optional>

#include "base/invariant.h"
#include "history/history_answers.h"
#include "history/history_database.h"
#include "history/history_rows.h"

namespace gradus {
namespace {

/// Marks what an earlier attempt found beyond `step`, and counts the bucket anew that `step` cuts.
void abandon_scores(SQLite::Database& sql, std::int64_t task, Step step, std::uint32_t attempt) {
  SQLite::Statement mark(sql,
                         "UPDATE scores SET abandoned_by = ? "
                         "WHERE task = ? AND step > ? AND abandoned_by IS NULL");
  mark.bind(1, attempt);
  mark.bind(2, task);
  mark.bind(3, sql_step(step));
  if (mark.exec() == 0) return;
  const std::int64_t cut = fine_bucket(step + 1);
  SQLite::Statement forget(sql, "DELETE FROM buckets WHERE task = ? AND bucket >= ?");
  forget.bind(1, task);
  forget.bind(2, cut);
  forget.exec();
  if (first_step_of(cut) > step) return;
  const HistoryBucket rest = summarise_scores(sql, task, first_step_of(cut), step);
  if (rest.count == 0) return;
  SQLite::Statement insert(
      sql, "INSERT INTO buckets SELECT task, ?, ?, ?, ?, step, id FROM scores WHERE id = ?");
  insert.bind(1, cut);
  insert.bind(2, rest.count);
  insert.bind(3, rest.lowest);
  insert.bind(4, rest.highest);
  insert.bind(5, rest.last_id);
  insert.exec();
}

std::vector<std::int64_t> known_tasks(SQLite::Database& sql) {
  SQLite::Statement query(sql, "SELECT id FROM tasks ORDER BY id");
  std::vector<std::int64_t> tasks;
  while (query.executeStep()) tasks.push_back(query.getColumn(0).getInt64());
  return tasks;
}

}  // namespace

HistoryReader::HistoryReader(std::unique_ptr<HistoryDatabase> database)
    : database_(std::move(database)) {}

HistoryReader::~HistoryReader() = default;

Result<std::unique_ptr<HistoryReader>> HistoryReader::open(const std::filesystem::path& directory) {
  auto database = HistoryDatabase::open_reader(directory);
  if (!database) return tl::unexpected(std::move(database.error()));
  return std::unique_ptr<HistoryReader>(new HistoryReader(std::move(*database)));
}

Result<std::vector<Score>> HistoryReader::scores() const {
  return with_history_errors(database_->path(), [this]() -> Result<std::vector<Score>> {
    auto scores = select_scores(database_->sql());
    if (!scores) return tl::unexpected(damaged_row(*database_));
    return std::move(*scores);
  });
}

Result<std::vector<std::pair<std::string, VerdictChange>>> HistoryReader::changes() const {
  using Changes = Result<std::vector<std::pair<std::string, VerdictChange>>>;
  return with_history_errors(database_->path(), [this]() -> Changes {
    auto changes = select_changes(*database_);
    if (!changes) return tl::unexpected(damaged_row(*database_));
    return std::move(*changes);
  });
}

Result<std::vector<VerdictChange>> HistoryReader::changes(std::string_view task, Step from,
                                                          Step to) const {
  return with_history_errors(database_->path(), [&]() -> Result<std::vector<VerdictChange>> {
    auto changes = select_changes(*database_, task, from, to);
    if (!changes) return tl::unexpected(damaged_row(*database_));
    return std::move(*changes);
  });
}

Result<std::vector<Attempt>> HistoryReader::attempts() const {
  return with_history_errors(database_->path(), [this]() -> Result<std::vector<Attempt>> {
    SQLite::Statement query(database_->sql(), "SELECT id, step, time_us FROM attempts ORDER BY id");
    std::vector<Attempt> attempts;
    while (query.executeStep())
      attempts.push_back({query.getColumn(0).getUInt(),
                          static_cast<Step>(query.getColumn(1).getInt64()),
                          Timestamp(std::chrono::microseconds(query.getColumn(2).getInt64()))});
    return attempts;
  });
}

Result<std::unique_ptr<History>> History::open(const std::filesystem::path& directory,
                                               std::string_view run) {
  auto database = HistoryDatabase::open_writer(directory, run);
  if (!database) return tl::unexpected(std::move(database.error()));
  return std::unique_ptr<History>(new History(std::move(*database)));
}

Result<std::uint32_t> History::begin_attempt(Step step, Timestamp time) {
  return with_history_errors(database().path(), [&]() -> Result<std::uint32_t> {
    SQLite::Database& sql = database().sql();
    SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(sql, "INSERT INTO attempts(step, time_us) VALUES(?, ?)");
    insert.bind(1, sql_step(step));
    insert.bind(2, static_cast<std::int64_t>(time.time_since_epoch().count()));
    insert.exec();
    const auto attempt = static_cast<std::uint32_t>(sql.getLastInsertRowid());
    for (const std::int64_t task : known_tasks(sql)) abandon_scores(sql, task, step, attempt);
    for (const char* rows :
         {"changes SET abandoned_by = ? WHERE step", "stream SET abandoned_by = ? WHERE to_step"}) {
      SQLite::Statement mark(sql, std::string("UPDATE ") + rows + " > ? AND abandoned_by IS NULL");
      mark.bind(1, attempt);
      mark.bind(2, sql_step(step));
      mark.exec();
    }
    forget_answers(sql, step);
    transaction.commit();
    attempt_ = attempt;
    return attempt;
  });
}

std::vector<ScoreRow> score_rows(std::span<const Score> scores, const ProgressReport& report) {
  std::vector<ScoreRow> rows;
  rows.reserve(scores.size());
  for (const Score& score : scores) {
    invariant(score.task < report.tasks.size(), "a report holds every task that was scored");
    const TaskProgress& task = report.tasks[score.task];
    const bool changed = task.last_change && task.last_change->step == score.step;
    rows.push_back({score, task.task, task.now, changed ? task.last_change : std::nullopt});
  }
  return rows;
}

Result<void> History::append(std::span<const ScoreRow> rows) {
  invariant(attempt_ > 0, "begin_attempt comes before the first score");
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Database& sql = database().sql();
    SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
    for (const ScoreRow& row : rows) {
      if (auto named = name_task(database(), row.score.task, row.task); !named) return named;
      if (row.change) insert_change(sql, attempt_, row.score.task, *row.change);
    }
    insert_scores(sql, attempt_, rows);
    transaction.commit();
    return {};
  });
}

}  // namespace gradus
