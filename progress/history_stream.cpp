#include "progress/history_stream.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cmath>

#include "base/invariant.h"
#include "progress/history.h"
#include "progress/history_database.h"

namespace gradus {
namespace {

Timestamp timestamp(const SQLite::Column& column) {
  return Timestamp(std::chrono::microseconds(column.getInt64()));
}

std::uint64_t count(const SQLite::Column& column) {
  return static_cast<std::uint64_t>(column.getInt64());
}

/// The step from which on a stretch up to `from` has as many doublings as one from there to `to`.
Step mirrored(Step from, Step to) {
  const double at = static_cast<double>(from);
  return static_cast<Step>(at * (at / static_cast<double>(to)));
}

}  // namespace

void insert_span(SQLite::Database& sql, std::uint32_t attempt, const StreamSpan& span) {
  SQLite::Statement insert(
      sql,
      "INSERT INTO stream(attempt, from_step, to_step, from_time_us, to_time_us, examples, "
      "log_loss, non_finite, rejected, gaps, duplicates, restarts, silent_seconds) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  int column = 0;
  const auto bind = [&](std::uint64_t value) {
    insert.bind(++column, static_cast<std::int64_t>(value));
  };
  bind(attempt);
  insert.bind(++column, sql_step(span.from));
  insert.bind(++column, sql_step(span.to));
  insert.bind(++column, static_cast<std::int64_t>(span.from_time.time_since_epoch().count()));
  insert.bind(++column, static_cast<std::int64_t>(span.to_time.time_since_epoch().count()));
  bind(span.examples);
  // SQLite keeps what is no number as NULL.
  insert.bind(++column, std::isfinite(span.log_loss) ? span.log_loss : 0);
  bind(span.non_finite);
  bind(span.rejected);
  bind(span.gaps);
  bind(span.duplicates);
  bind(span.restarts);
  insert.bind(++column, span.silent_seconds);
  insert.exec();
}

StreamSpan select_span(SQLite::Database& sql, Step from, Step to) {
  SQLite::Statement row(
      sql,
      "SELECT min(from_step), max(to_step), min(from_time_us), max(to_time_us), sum(examples), "
      "total(log_loss), sum(non_finite), sum(rejected), sum(gaps), sum(duplicates), sum(restarts), "
      "total(silent_seconds) "
      "FROM stream WHERE abandoned_by IS NULL AND to_step > ? AND to_step <= ?");
  row.bind(1, sql_step(from));
  row.bind(2, sql_step(to));
  if (!row.executeStep() || row.getColumn(0).isNull()) return {.from = from, .to = to};
  return {.from = count(row.getColumn(0)),
          .to = count(row.getColumn(1)),
          .from_time = timestamp(row.getColumn(2)),
          .to_time = timestamp(row.getColumn(3)),
          .examples = count(row.getColumn(4)),
          .log_loss = row.getColumn(5).getDouble(),
          .non_finite = count(row.getColumn(6)),
          .rejected = count(row.getColumn(7)),
          .gaps = count(row.getColumn(8)),
          .duplicates = count(row.getColumn(9)),
          .restarts = count(row.getColumn(10)),
          .silent_seconds = row.getColumn(11).getDouble()};
}

StreamWindow select_window(SQLite::Database& sql, Step from, Step to) {
  StreamWindow window{.span = select_span(sql, from, to), .log_loss_before = std::nullopt};
  if (from > 0)
    window.log_loss_before = select_span(sql, mirrored(from, to), from).mean_log_loss();
  return window;
}

Result<StreamWindow> HistoryReader::stream_window(Step from, Step to) const {
  return with_history_errors(database_->path(), [&]() -> Result<StreamWindow> {
    if (!database_->has_stream()) return StreamWindow{};
    return select_window(database_->sql(), from, to);
  });
}

Result<void> History::note_stream(const StreamSpan& span) {
  invariant(attempt_ > 0, "begin_attempt comes before the first span");
  return with_history_errors(database().path(), [&]() -> Result<void> {
    insert_span(database().sql(), attempt_, span);
    return {};
  });
}

}  // namespace gradus
