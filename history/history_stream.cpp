#include "history/history_stream.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/invariant.h"
#include "history/history.h"
#include "history/history_database.h"

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

/// The span in the columns of a row from `first` on.
StreamSpan span_at(SQLite::Statement& row, int first) {
  const auto column = [&](int index) { return row.getColumn(first + index); };
  StreamSpan span{.from = count(column(0)),
                  .to = count(column(1)),
                  .from_time = timestamp(column(2)),
                  .to_time = timestamp(column(3)),
                  .examples = count(column(4)),
                  .log_loss = column(5).getDouble(),
                  .non_finite = count(column(6)),
                  .events = {},
                  .restarts = count(column(10)),
                  .silent_seconds = column(11).getDouble()};
  span.events.of(Reject::kNone) = count(column(7));
  span.events.gaps = count(column(8));
  span.events.duplicates = count(column(9));
  return span;
}

void insert_reasons(SQLite::Database& sql, std::int64_t span, const StreamEvents& events) {
  SQLite::Statement insert(sql, "INSERT INTO stream_rejects VALUES(?, ?, ?)");
  for (int i = 1; i < kRejectCount; ++i) {
    const auto reason = static_cast<Reject>(i);
    if (events.of(reason) == 0) continue;
    insert.reset();
    insert.bind(1, span);
    insert.bind(2, std::string(reject_name(reason)));
    insert.bind(3, static_cast<std::int64_t>(events.of(reason)));
    insert.exec();
  }
}

/// Moves what was rejected in a span from kNone to the reasons that were kept.
void split_by_reason(SQLite::Database& sql, std::int64_t span, StreamEvents& events) {
  SQLite::Statement row(sql, "SELECT reason, records FROM stream_rejects WHERE span = ?");
  row.bind(1, span);
  while (row.executeStep()) {
    const auto reason = find_reject(row.getColumn(0).getString());
    if (!reason) continue;
    events.of(*reason) = count(row.getColumn(1));
    std::uint64_t& unknown = events.of(Reject::kNone);
    if (*reason != Reject::kTombstone) unknown -= std::min(unknown, events.of(*reason));
  }
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
  bind(span.events.undecodable());
  bind(span.events.gaps);
  bind(span.events.duplicates);
  bind(span.restarts);
  insert.bind(++column, span.silent_seconds);
  insert.exec();
  insert_reasons(sql, sql.getLastInsertRowid(), span.events);
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
  return span_at(row, 0);
}

std::vector<StreamSpan> select_spans(SQLite::Database& sql, bool reasons) {
  SQLite::Statement row(
      sql,
      "SELECT id, from_step, to_step, from_time_us, to_time_us, examples, log_loss, non_finite, "
      "rejected, gaps, duplicates, restarts, silent_seconds "
      "FROM stream WHERE abandoned_by IS NULL ORDER BY to_step, id");
  std::vector<StreamSpan> spans;
  while (row.executeStep()) {
    StreamSpan& span = spans.emplace_back(span_at(row, 1));
    if (reasons) split_by_reason(sql, row.getColumn(0).getInt64(), span.events);
  }
  return spans;
}

StreamWindow select_window(SQLite::Database& sql, Step from, Step to) {
  StreamWindow window{.span = select_span(sql, from, to), .log_loss_before = std::nullopt};
  if (from > 0) window.log_loss_before = select_span(sql, mirrored(from, to), from).mean_log_loss();
  return window;
}

Result<StreamWindow> HistoryReader::stream_window(Step from, Step to) const {
  return with_history_errors(database_->path(), [&]() -> Result<StreamWindow> {
    if (!database_->has_stream()) return StreamWindow{};
    return select_window(database_->sql(), from, to);
  });
}

Result<std::vector<StreamSpan>> HistoryReader::stream_spans() const {
  return with_history_errors(database_->path(), [&]() -> Result<std::vector<StreamSpan>> {
    if (!database_->has_stream()) return std::vector<StreamSpan>{};
    return select_spans(database_->sql(), database_->has_reasons());
  });
}

Result<void> History::note_stream(const StreamSpan& span) {
  invariant(attempt_ > 0, "begin_attempt comes before the first span");
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Transaction transaction(database().sql(), SQLite::TransactionBehavior::IMMEDIATE);
    insert_span(database().sql(), attempt_, span);
    transaction.commit();
    return {};
  });
}

}  // namespace gradus
