#include "history/history_backlog.h"

#include <utility>

namespace gradus {

void HistoryBacklog::add(std::span<const Score> scores, const ProgressReport& report) {
  scores_.push_back(score_rows(scores, report));
  stats_.scores_waiting += scores.size();
  while (stats_.scores_waiting > most_scores_ && scores_.size() > 1) {
    stats_.scores_waiting -= scores_.front().size();
    stats_.scores_dropped += scores_.front().size();
    scores_.pop_front();
  }
}

Result<void> HistoryBacklog::write() {
  while (!annotations_.empty()) {
    if (auto written = counted(history_.annotate(annotations_.front())); !written) return written;
    annotations_.pop_front();
  }
  while (!scores_.empty()) {
    if (auto written = counted(history_.append(scores_.front())); !written) return written;
    stats_.scores_waiting -= scores_.front().size();
    scores_.pop_front();
  }
  while (!answers_.empty()) {
    const auto& [task, answers] = *answers_.begin();
    if (auto written = counted(history_.keep_answers(task, answers)); !written) return written;
    answers_.erase(answers_.begin());
  }
  return {};
}

Result<void> HistoryBacklog::counted(Result<void> written) {
  if (!written) ++stats_.write_failures;
  return written;
}

}  // namespace gradus
