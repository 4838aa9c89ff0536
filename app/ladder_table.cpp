#include "app/ladder_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "app/report/error_rate_words.h"
#include "app/report/evidence_words.h"
#include "app/report/outlook_words.h"
#include "app/words.h"
#include "ingest/lag.h"

namespace gradus {
namespace {

constexpr int kBarCells = 20;

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text.substr(0, width));
  out.append(width - out.size(), ' ');
  return out;
}

/// A bar of eighths of a cell with the target marked.
std::string bar(double score, double target) {
  constexpr std::array<std::string_view, 8> kEighths = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int eighths = static_cast<int>(std::lround(std::clamp(score, 0.0, 1.0) * kBarCells * 8));
  const int target_cell = std::min(kBarCells - 1, static_cast<int>(target * kBarCells));
  std::string out;
  for (int cell = 0; cell < kBarCells; ++cell) {
    const int here = eighths - cell * 8;
    if (here >= 8)
      out += "█";
    else if (here > 0)
      out += kEighths[here];
    else
      out += cell == target_cell ? "|" : "·";
  }
  return out;
}

std::string_view colour(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDormant:
      return "\x1b[90m";
    case Verdict::kLearning:
      return "\x1b[36m";
    case Verdict::kStalled:
      return "\x1b[33m";
    case Verdict::kRegressing:
      return "\x1b[31m";
    case Verdict::kMastered:
      return "\x1b[32m";
  }
  return "";
}

std::string row(const TaskProgress& task, std::string_view tier, TableStyle style) {
  const bool scored = task.items > 0;
  std::array<char, 96> numbers{};
  if (scored)
    std::snprintf(numbers.data(), numbers.size(), "%5.2f [%4.2f, %4.2f]  %5.2f  ", task.score,
                  task.now.lower, task.now.upper, task.exact);
  else
    std::snprintf(numbers.data(), numbers.size(), "%5s %12s  %5s  ", "-", "", "-");
  std::string verdict(verdict_name(task.verdict));
  if (style == TableStyle::kColour)
    verdict = std::string(colour(task.verdict)) + verdict + "\x1b[0m";
  if (task.verdict == Verdict::kStalled || task.verdict == Verdict::kRegressing)
    verdict += " since " + with_thousands(task.since_step) +
               (task.last_change ? left_words(*task.last_change) : "");
  if (task.rearmed_step)
    verdict += " (from before re-arming at " + with_thousands(*task.rearmed_step) + ")";
  if (is_foretold(task)) verdict += "; " + short_forecast_words(task);
  return "  " + padded(tier, 13) + padded(task.task, 10) +
         bar(scored ? task.score : 0, task.target) + numbers.data() + verdict + "\n";
}

/// Where the history cannot be written; otherwise empty.
std::string history_words(const RunView& view) {
  const auto history = view.slots.history.get();
  if (!history) return "";
  std::string words;
  if (history->scores_waiting > 0)
    words = " history.db cannot be written: " + with_thousands(history->scores_waiting) +
            " scores wait in memory.";
  if (history->scores_dropped > 0)
    words += " " + with_thousands(history->scores_dropped) + " scores are lost to the history.";
  return words;
}

}  // namespace

std::string ladder_table(const ProgressReport& report, TableStyle style) {
  std::string out = "  " + padded("tier", 13) + padded("task", 10) + padded("score", kBarCells) +
                    "      now 95 %      exact  verdict; forecast\n";
  std::string_view tier;
  for (const TaskProgress& task : report.tasks) {
    out += row(task, task.tier == tier ? std::string_view() : std::string_view(task.tier), style);
    tier = task.tier;
  }
  const std::string withdrawn = withdrawn_words(report);
  return withdrawn.empty() ? out : out + "  " + withdrawn + "\n";
}

std::string headline(const RunView& view) {
  const auto report = view.slots.progress.get();
  if (view.ladder == nullptr || !report)
    return "This run learns without a ladder: /metrics has its figures.";
  return headline(*report, view.ladder) + history_words(view);
}

RunStatus run_status(const RunView& view, double examples_per_second, double seconds) {
  const auto learner = view.slots.learner.get();
  const auto ingest = view.slots.ingest.get();
  RunStatus status;
  status.examples_per_second = examples_per_second;
  status.seconds = seconds;
  if (learner) {
    status.step = learner->step;
    status.diverged = learner->diverged;
  }
  if (!ingest) return status;
  if (learner) status.lag = total_lag(ingest->source, learner->position);
  status.connected = ingest->source.connected;
  status.silent_seconds = silent_seconds(*ingest, view.clock.now());
  for (int i = 1; i < kRejectCount; ++i)
    if (static_cast<Reject>(i) != Reject::kTombstone) status.rejected += ingest->rejected[i];
  return status;
}

std::string status_line(const RunStatus& status) {
  const auto rate = static_cast<std::uint64_t>(std::max(0.0, status.examples_per_second));
  std::string out =
      "step " + with_thousands(status.step) + ", " + with_thousands(rate) + " examples/s";
  if (status.seconds) out += ", " + short_duration(*status.seconds);
  if (status.lag) out += ", lag " + with_thousands(*status.lag);
  if (!status.connected) out += ", NOT CONNECTED";
  if (status.silent_seconds) out += ", no records for " + short_duration(*status.silent_seconds);
  if (status.rejected > 0) out += ", " + with_thousands(status.rejected) + " rejected";
  if (status.diverged) out += ", DIVERGED";
  return out;
}

std::string status_line(const RunView& view, double examples_per_second, double seconds) {
  return status_line(run_status(view, examples_per_second, seconds));
}

}  // namespace gradus
