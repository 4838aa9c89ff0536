#include "run/run_log.h"

#include <algorithm>

#include "describe/evidence_words.h"
#include "describe/ladder_table.h"
#include "describe/words.h"

namespace gradus {
namespace {

constexpr double kSecondsBetweenStatus = 60;

}  // namespace

void RunLog::tick(const RunView& view, double seconds, Log& log) {
  tell_notes(view, log);
  tell_changes(view, log);
  tell_connection(view, seconds, log);
  if (seconds < next_status_) return;
  next_status_ = seconds + kSecondsBetweenStatus;
  const auto pace = view.slots.pace.get();
  log.info("app", status_line(view, pace ? pace->examples_per_second : 0, seconds));
}

void RunLog::tell_changes(const RunView& view, Log& log) {
  const auto report = view.slots.progress.get();
  if (!report || report->changed == changes_seen_) return;
  // The report holds the newest few; those from before this process are in the history.
  const std::uint64_t fresh =
      std::min<std::uint64_t>(report->changed - changes_seen_, report->changes.size());
  for (std::uint64_t i = report->changes.size() - fresh; i < report->changes.size(); ++i) {
    const TaskChange& change = report->changes[i];
    if (first_report_ && change.change.step <= resumed_) continue;
    log.sampled(LogLevel::kInfo, "progress", "verdict of " + change.task, change_sentence(change));
  }
  changes_seen_ = report->changed;
  first_report_ = false;
}

void RunLog::tell_connection(const RunView& view, double seconds, Log& log) {
  const auto ingest = view.slots.ingest.get();
  if (!ingest) return;
  const bool connected = ingest->source.connected;
  if (!connected && was_connected_) {
    lost_at_ = seconds;
    log.sampled(LogLevel::kInfo, "ingest", "connection lost",
                "the connection to the brokers is lost; the run waits and goes on by itself");
  }
  if (connected && lost_at_ >= 0) {
    log.sampled(LogLevel::kInfo, "ingest", "connection back",
                "connected to the brokers again after " + short_duration(seconds - lost_at_));
    lost_at_ = -1;
  }
  was_connected_ = connected;
}

void RunLog::tell_notes(const RunView& view, Log& log) {
  const auto learner = view.slots.learner.get();
  if (!learner) return;
  while (!notes_.empty() && learner->step >= notes_.front().step) {
    log.warning("app", notes_.front().text);
    notes_.erase(notes_.begin());
  }
}

}  // namespace gradus
