#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

#include "history/history.h"
#include "history/history_database.h"

namespace gradus {
namespace {

struct StepRange {
  Step from = 0;
  Step to = 0;
};

std::optional<std::int64_t> find_task(SQLite::Database& sql, std::string_view name) {
  SQLite::Statement query(sql, "SELECT id FROM tasks WHERE name = ?");
  query.bind(1, std::string(name));
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getInt64();
}

/// The step of the first or the last score in a range; `order` is ASC or DESC.
std::optional<Step> outermost(SQLite::Database& sql, std::int64_t task, StepRange range,
                              std::string_view order) {
  SQLite::Statement query(sql,
                          "SELECT step FROM scores WHERE task = ? AND step BETWEEN ? AND ? "
                          "AND abandoned_by IS NULL ORDER BY step " +
                              std::string(order) + " LIMIT 1");
  query.bind(1, task);
  query.bind(2, sql_step(range.from));
  query.bind(3, sql_step(range.to));
  if (!query.executeStep()) return std::nullopt;
  return static_cast<Step>(query.getColumn(0).getInt64());
}

/// The fine buckets of a range in order: from `buckets` where the range holds them whole, from the
/// rows at its two ends where it cuts one.
std::vector<HistoryBucket> fine_buckets(SQLite::Database& sql, std::int64_t task, StepRange range,
                                        std::int64_t first, std::int64_t last) {
  const bool cuts_first = range.from > first_step_of(first);
  const bool cuts_last = range.to + 1 < first_step_of(last + 1);
  std::vector<HistoryBucket> found;
  const auto count_rows = [&](Step from, Step to) {
    const HistoryBucket rows = summarise_scores(sql, task, from, to);
    if (rows.count > 0) found.push_back(rows);
  };
  if (first == last && (cuts_first || cuts_last)) {
    count_rows(range.from, range.to);
    return found;
  }
  if (cuts_first) count_rows(range.from, first_step_of(first + 1) - 1);
  SQLite::Statement query(sql,
                          "SELECT bucket, count, lowest, highest, last_id FROM buckets "
                          "WHERE task = ? AND bucket BETWEEN ? AND ? ORDER BY bucket");
  query.bind(1, task);
  query.bind(2, first + (cuts_first ? 1 : 0));
  query.bind(3, last - (cuts_last ? 1 : 0));
  while (query.executeStep()) {
    found.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
                     query.getColumn(2).getDouble(), query.getColumn(3).getDouble(),
                     query.getColumn(4).getInt64()});
  }
  if (cuts_last) count_rows(first_step_of(last), range.to);
  return found;
}

/// Joins neighbours until every group of 2^shift fine buckets is one.
std::vector<HistoryBucket> joined(const std::vector<HistoryBucket>& fine, int shift) {
  std::vector<HistoryBucket> coarse;
  for (const HistoryBucket& bucket : fine) {
    const bool same = !coarse.empty() && coarse.back().bucket >> shift == bucket.bucket >> shift;
    if (same) {
      coarse.back().merge(bucket);
    } else {
      coarse.push_back(bucket);
    }
  }
  return coarse;
}

/// A bucket as a point, with what its last score says.
CurvePoint point_of(SQLite::Statement& row, const HistoryBucket& bucket) {
  row.reset();
  row.bind(1, bucket.last_id);
  CurvePoint point;
  point.count = static_cast<std::uint32_t>(bucket.count);
  point.min = bucket.lowest;
  point.max = bucket.highest;
  if (!row.executeStep()) return point;
  point.step = static_cast<Step>(row.getColumn(0).getInt64());
  point.own_step = static_cast<Step>(row.getColumn(1).getInt64());
  point.time = Timestamp(std::chrono::microseconds(row.getColumn(2).getInt64()));
  point.last = row.getColumn(3).getDouble();
  point.exact = row.getColumn(4).getDouble();
  point.lower = row.getColumn(5).getDouble();
  point.upper = row.getColumn(6).getDouble();
  return point;
}

std::vector<CurvePoint> read_curve(SQLite::Database& sql, std::string_view task_name,
                                   StepRange range, std::int64_t points) {
  // One read transaction, so that all statements see the same moment of the writer.
  const SQLite::Transaction one_moment(sql);
  const auto task = find_task(sql, task_name);
  if (!task) return {};
  const auto first_step = outermost(sql, *task, range, "ASC");
  const auto last_step = outermost(sql, *task, range, "DESC");
  if (!first_step || !last_step) return {};
  const std::int64_t first = fine_bucket(*first_step);
  const std::int64_t last = fine_bucket(*last_step);
  int shift = 0;
  while ((last >> shift) - (first >> shift) + 1 > points) ++shift;

  std::vector<CurvePoint> curve;
  SQLite::Statement row(
      sql,
      "SELECT step, own_step, time_us, score, CAST(exact AS REAL) / max(items, 1), lower, "
      "upper FROM scores WHERE id = ?");
  for (const HistoryBucket& bucket : joined(fine_buckets(sql, *task, range, first, last), shift)) {
    curve.push_back(point_of(row, bucket));
  }
  return curve;
}

}  // namespace

Result<std::vector<CurvePoint>> HistoryReader::curve(std::string_view task, Step from, Step to,
                                                     std::size_t points) const {
  constexpr std::size_t kMostPoints = 1'000'000;
  const auto limit = static_cast<std::int64_t>(std::clamp<std::size_t>(points, 1, kMostPoints));
  // One below the most that SQLite keeps, so that `to + 1` is a step too.
  constexpr auto kLastStep = static_cast<Step>(std::numeric_limits<std::int64_t>::max() - 1);
  const StepRange range{from, std::min(to, kLastStep)};
  return with_history_errors(database().path(), [&]() -> Result<std::vector<CurvePoint>> {
    return read_curve(database().sql(), task, range, limit);
  });
}

}  // namespace gradus
