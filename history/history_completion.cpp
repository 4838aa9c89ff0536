#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <vector>

#include "base/invariant.h"
#include "history/history.h"
#include "history/history_database.h"
#include "history/history_stream.h"

namespace gradus {
namespace {

/// What spans add up to; `events` only of those from a step on.
struct StreamSums {
  std::uint64_t examples = 0, non_finite = 0;
  double log_loss = 0;
  StreamEvents events;

  void add(const StreamSpan& span, Step events_from) {
    examples += span.examples;
    non_finite += span.non_finite;
    log_loss += span.log_loss;
    if (span.from >= events_from) events += span.events;
  }
  bool has_more_than(const StreamSpan& whole) const {
    for (std::size_t i = 0; i < events.rejected.size(); ++i)
      if (events.rejected[i] > whole.events.rejected[i]) return true;
    return examples > whole.examples || non_finite > whole.non_finite ||
           events.gaps > whole.events.gaps || events.duplicates > whole.events.duplicates;
  }
};

void abandon_newest_span(SQLite::Database& sql, std::uint32_t attempt) {
  SQLite::Statement mark(sql,
                         "UPDATE stream SET abandoned_by = ? WHERE id = "
                         "(SELECT id FROM stream WHERE abandoned_by IS NULL "
                         "ORDER BY to_step DESC, id DESC LIMIT 1)");
  mark.bind(1, attempt);
  mark.exec();
}

/// The stretches of [0, whole.to] that no span covers, in order.
std::vector<StreamSpan> holes_between(const std::vector<StreamSpan>& spans,
                                      const StreamSpan& whole) {
  std::vector<StreamSpan> holes;
  Step reached = 0;
  Timestamp time = spans.empty() ? whole.from_time : spans.front().from_time;
  const auto note = [&](Step from, Timestamp from_time) {
    if (from > reached)
      holes.push_back(
          {.from = reached, .to = from, .from_time = time, .to_time = std::max(time, from_time)});
  };
  for (const StreamSpan& span : spans) {
    note(span.from, span.from_time);
    reached = std::max(reached, span.to);
    time = span.to_time;
  }
  note(whole.to, whole.to_time);
  return holes;
}

/// Shares what is missing among the holes: losses by length, since each may have cost the same;
/// counts go to the last one, where a kill is the cause the only one.
void fill(std::vector<StreamSpan>& holes, const StreamSpan& missing) {
  Step length = 0;
  for (const StreamSpan& hole : holes) length += hole.to - hole.from;
  std::uint64_t left = missing.examples;
  for (StreamSpan& hole : holes) {
    const Step steps = hole.to - hole.from;
    hole.examples = std::min<std::uint64_t>(left, steps);
    left -= hole.examples;
    if (length > 0)
      hole.log_loss = missing.log_loss * (static_cast<double>(steps) / static_cast<double>(length));
  }
  StreamSpan& last = holes.back();
  last.examples += left;
  if (length == 0) last.log_loss = missing.log_loss;
  last.non_finite = missing.non_finite;
  last.events = missing.events;
}

}  // namespace

Result<void> History::complete_stream(const StreamSpan& whole, Step events_from) {
  invariant(attempt_ > 0, "an attempt begins before the stream is completed");
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Database& sql = database().sql();
    SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
    std::vector<StreamSpan> spans = select_spans(sql, true);
    StreamSums sums;
    for (const StreamSpan& span : spans) sums.add(span, events_from);
    while (sums.has_more_than(whole) && !spans.empty()) {
      abandon_newest_span(sql, attempt_);
      spans.pop_back();
      sums = {};
      for (const StreamSpan& span : spans) sums.add(span, events_from);
    }
    StreamSpan missing;
    missing.examples = whole.examples - sums.examples;
    missing.non_finite = whole.non_finite - sums.non_finite;
    missing.log_loss = std::max(0.0, whole.log_loss - sums.log_loss);
    missing.events = whole.events;
    missing.events -= sums.events;
    std::vector<StreamSpan> holes = holes_between(spans, whole);
    const bool counts =
        missing.examples > 0 || missing.non_finite > 0 || missing.events != StreamEvents{};
    if (holes.empty() && counts)
      holes.push_back({.from = whole.to,
                       .to = whole.to,
                       .from_time = spans.empty() ? whole.from_time : spans.back().to_time,
                       .to_time = whole.to_time});
    if (!holes.empty()) fill(holes, missing);
    for (const StreamSpan& hole : holes) insert_span(sql, attempt_, hole);
    transaction.commit();
    return {};
  });
}

}  // namespace gradus
