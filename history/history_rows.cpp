#include "history/history_rows.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "history/history.h"
#include "history/history_database.h"
#include "history/history_stream.h"

namespace gradus {
namespace {

std::int64_t microseconds(Timestamp time) { return time.time_since_epoch().count(); }

Timestamp timestamp_at(SQLite::Statement& row, int column) {
  return Timestamp(std::chrono::microseconds(row.getColumn(column).getInt64()));
}

Step step_at(SQLite::Statement& row, int column) {
  return static_cast<Step>(row.getColumn(column).getInt64());
}

/// The bytes of a blob; valid until the next row.
std::string_view blob_at(SQLite::Statement& row, int column) {
  const SQLite::Column blob = row.getColumn(column);
  const void* bytes = blob.getBlob();
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(blob.getBytes())};
}

/// Binds the next parameter at each call; blobs too, empty ones included.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}
  void integer(std::uint64_t value) { statement_.bind(++index_, static_cast<std::int64_t>(value)); }
  void step(Step value) { statement_.bind(++index_, sql_step(value)); }
  void time(Timestamp value) { statement_.bind(++index_, microseconds(value)); }
  void real(double value) { statement_.bind(++index_, value); }
  void null() { statement_.bind(++index_); }
  void blob(std::string_view bytes) {
    // A null pointer would bind NULL.
    const char* data = bytes.empty() ? "" : bytes.data();
    statement_.bind(++index_, static_cast<const void*>(data), static_cast<int>(bytes.size()));
  }

 private:
  SQLite::Statement& statement_;
  int index_ = 0;
};

template <typename T>
std::string packed(const std::vector<T>& values) {
  ByteWriter out;
  out.put_all(std::span<const T>(values));
  return out.take();
}

template <typename T>
bool unpack(std::string_view bytes, std::vector<T>& values) {
  ByteReader in(bytes);
  values = in.get_all<T>();
  return in.ok() && in.at_end();
}

std::string packed_facets(const std::vector<FacetScore>& facets) {
  ByteWriter out;
  out.put<std::uint32_t>(static_cast<std::uint32_t>(facets.size()));
  for (const FacetScore& facet : facets) {
    out.put_string(facet.name);
    out.put(facet.sums);
  }
  return out.take();
}

bool unpack_facets(std::string_view bytes, std::vector<FacetScore>& facets) {
  ByteReader in(bytes);
  const auto count = in.get<std::uint32_t>();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
    FacetScore facet;
    facet.name = in.get_string();
    facet.sums = in.get<ScoreSums>();
    facets.push_back(std::move(facet));
  }
  return in.ok() && in.at_end();
}

// ScoreSums lies in the file as it lies in memory; a new field needs a new history version.
static_assert(sizeof(ScoreSums) == 32);

constexpr const char* kInsertScore =
    "INSERT INTO scores(attempt, task, step, own_step, time_us, score, lower, upper, items, exact, "
    "q, q_squared, log_loss, exact_bits, facets, item_digest) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr const char* kCountInBucket =
    "INSERT INTO buckets VALUES(?1, ?2, 1, ?3, ?3, ?4, last_insert_rowid()) "
    "ON CONFLICT(task, bucket) DO UPDATE SET count = count + 1, "
    "lowest = min(lowest, excluded.lowest), highest = max(highest, excluded.highest), "
    "last_id = iif(excluded.last_step >= last_step, excluded.last_id, last_id), "
    "last_step = max(last_step, excluded.last_step)";

void bind_score(SQLite::Statement& insert, std::uint32_t attempt, const Score& score,
                const Interval& now) {
  Binder row(insert);
  row.integer(attempt);
  row.integer(score.task);
  row.step(score.step);
  row.step(score.own_step);
  row.time(score.time);
  row.real(score.sums.mean());
  row.real(now.lower);
  row.real(now.upper);
  row.integer(score.sums.items);
  row.integer(score.sums.exact);
  row.real(score.sums.q);
  row.real(score.sums.q_squared);
  row.real(score.sums.log_loss);
  row.blob(packed(score.exact_bits));
  row.blob(packed_facets(score.facets));
  row.integer(score.item_digest);
}

void bind_alarm(Binder& row, const VerdictChange& change) {
  row.step(change.window_from().value_or(0));
  if (const auto& alarm = change.alarm) {
    row.real(alarm->slope_before);
    row.real(alarm->slope_now);
    row.real(alarm->evidence.log_e);
    row.real(alarm->evidence.threshold);
  } else {
    for (int column = 0; column < 4; ++column) row.null();
  }
}

/// The five columns from `first` on. Earlier versions wrote evidence below its threshold where no
/// detector had alarmed.
std::optional<Alarm> alarm_at(SQLite::Statement& row, int first) {
  if (row.getColumn(first + 3).isNull()) return std::nullopt;
  const Alarm alarm{
      .evidence = {row.getColumn(first + 3).getDouble(), row.getColumn(first + 4).getDouble()},
      .window_from = step_at(row, first),
      .slope_before = row.getColumn(first + 1).getDouble(),
      .slope_now = row.getColumn(first + 2).getDouble()};
  return alarm.evidence.log_e < alarm.evidence.threshold ? std::nullopt : std::optional(alarm);
}

std::string packed_lost(const std::vector<LostAnswer>& lost) {
  ByteWriter out;
  out.put<std::uint64_t>(lost.size());
  for (const LostAnswer& each : lost) {
    out.put(each.item);
    for (const std::string* text : {&each.question, &each.answer}) out.put_string(*text);
    out.put<std::uint8_t>(each.given ? 1 : 0);
    if (each.given) out.put_string(*each.given);
  }
  return out.take();
}

/// Rows of earlier versions hold nothing there.
bool unpack_lost(std::string_view bytes, std::vector<LostAnswer>& lost) {
  if (bytes.empty()) return true;
  ByteReader in(bytes);
  const auto count = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    LostAnswer& each = lost.emplace_back();
    each.item = in.get<std::uint32_t>();
    for (std::string* text : {&each.question, &each.answer}) *text = in.get_string();
    if (in.get<std::uint8_t>() != 0) each.given = in.get_string();
  }
  return in.ok() && in.at_end();
}

std::string select_changes_of(HistoryDatabase& database) {
  return std::string(
             "SELECT name, step, own_step, time_us, verdict_before, verdict, score, window_from, "
             "slope_before, slope_now, log_e, threshold, log_e_items, items_lost, items_gained, ") +
         (database.has_stream() ? "lost_answers" : "NULL") +
         " FROM changes JOIN tasks ON tasks.id = changes.task WHERE abandoned_by IS NULL";
}

/// The change in a row of select_changes_of; nothing where the row does not hold one.
std::optional<VerdictChange> change_at(SQLite::Statement& row) {
  const std::uint32_t before = row.getColumn(4).getUInt();
  const std::uint32_t after = row.getColumn(5).getUInt();
  if (before >= kVerdictCount || after >= kVerdictCount) return std::nullopt;
  VerdictChange change;
  change.step = step_at(row, 1);
  change.own_step = step_at(row, 2);
  change.time = timestamp_at(row, 3);
  change.from = static_cast<Verdict>(before);
  change.to = static_cast<Verdict>(after);
  change.score = row.getColumn(6).getDouble();
  change.alarm = alarm_at(row, 7);
  // Without evidence, the step is where the target was left, or where the model stood still.
  if (row.getColumn(10).isNull() && step_at(row, 7) > 0)
    (change.to == Verdict::kStalled ? change.unchanged_since : change.left_target) =
        step_at(row, 7);
  change.log_e_items = row.getColumn(12).getDouble();
  if (!unpack(blob_at(row, 13), change.items_lost)) return std::nullopt;
  change.items_gained = row.getColumn(14).getUInt();
  if (!unpack_lost(blob_at(row, 15), change.lost_answers)) return std::nullopt;
  return change;
}

using NamedChanges = std::vector<std::pair<std::string, VerdictChange>>;

/// The changes that a query of select_changes_of gives, with the stream of their windows.
std::optional<NamedChanges> read_changes(HistoryDatabase& database, SQLite::Statement& row) {
  const bool watched = database.has_stream();
  NamedChanges changes;
  while (row.executeStep()) {
    auto change = change_at(row);
    if (!change) return std::nullopt;
    if (const auto from = change->window_from(); watched && from) {
      const StreamWindow window = select_window(database.sql(), *from, change->step);
      if (window.span.examples > 0) change->stream = window;
    }
    changes.emplace_back(row.getColumn(0).getString(), std::move(*change));
  }
  return changes;
}

}  // namespace

void insert_scores(SQLite::Database& sql, std::uint32_t attempt, std::span<const ScoreRow> rows) {
  SQLite::Statement insert(sql, kInsertScore);
  SQLite::Statement count(sql, kCountInBucket);
  for (const ScoreRow& row : rows) {
    const Score& score = row.score;
    insert.reset();
    bind_score(insert, attempt, score, row.now);
    insert.exec();
    count.reset();
    count.bind(1, static_cast<std::int64_t>(score.task));
    count.bind(2, fine_bucket(score.step));
    count.bind(3, score.sums.mean());
    count.bind(4, sql_step(score.step));
    count.exec();
  }
}

void insert_change(SQLite::Database& sql, std::uint32_t attempt, TaskIndex task,
                   const VerdictChange& change) {
  SQLite::Statement insert(
      sql,
      "INSERT INTO changes(attempt, task, step, own_step, time_us, verdict_before, verdict, score, "
      "window_from, slope_before, slope_now, log_e, threshold, log_e_items, items_lost, "
      "items_gained, lost_answers) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder row(insert);
  row.integer(attempt);
  row.integer(task);
  row.step(change.step);
  row.step(change.own_step);
  row.time(change.time);
  row.integer(static_cast<std::uint64_t>(change.from));
  row.integer(static_cast<std::uint64_t>(change.to));
  row.real(change.score);
  bind_alarm(row, change);
  row.real(change.log_e_items);
  row.blob(packed(change.items_lost));
  row.integer(change.items_gained);
  row.blob(packed_lost(change.lost_answers));
  insert.exec();
}

std::optional<std::vector<Score>> select_scores(SQLite::Database& sql) {
  SQLite::Statement row(sql,
                        "SELECT task, step, own_step, time_us, items, exact, q, q_squared, "
                        "log_loss, exact_bits, facets, "
                        "item_digest FROM scores WHERE abandoned_by IS NULL ORDER BY id");
  std::vector<Score> scores;
  while (row.executeStep()) {
    Score& score = scores.emplace_back();
    score.task = static_cast<TaskIndex>(row.getColumn(0).getInt64());
    score.step = step_at(row, 1);
    score.own_step = step_at(row, 2);
    score.time = timestamp_at(row, 3);
    score.sums.items = row.getColumn(4).getUInt();
    score.sums.exact = row.getColumn(5).getUInt();
    score.sums.q = row.getColumn(6).getDouble();
    score.sums.q_squared = row.getColumn(7).getDouble();
    score.sums.log_loss = row.getColumn(8).getDouble();
    score.item_digest = static_cast<std::uint64_t>(row.getColumn(11).getInt64());
    if (!unpack(blob_at(row, 9), score.exact_bits)) return std::nullopt;
    if (!unpack_facets(blob_at(row, 10), score.facets)) return std::nullopt;
  }
  return scores;
}

std::optional<std::vector<std::pair<std::string, VerdictChange>>> select_changes(
    HistoryDatabase& database) {
  SQLite::Statement row(database.sql(), select_changes_of(database) + " ORDER BY changes.id");
  return read_changes(database, row);
}

std::optional<std::vector<VerdictChange>> select_changes(HistoryDatabase& database,
                                                         std::string_view task, Step from,
                                                         Step to) {
  SQLite::Statement row(
      database.sql(),
      select_changes_of(database) + " AND name = ? AND step BETWEEN ? AND ? ORDER BY changes.id");
  row.bind(1, std::string(task));
  row.bind(2, sql_step(from));
  row.bind(3, sql_step(to));
  auto named = read_changes(database, row);
  if (!named) return std::nullopt;
  std::vector<VerdictChange> changes;
  for (auto& [name, change] : *named) changes.push_back(std::move(change));
  return changes;
}

}  // namespace gradus
