#include "describe/ladder_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "describe/error_rate_words.h"
#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/words.h"
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

std::string row(const TaskProgress& task, std::string_view tier) {
  const bool scored = task.items > 0;
  std::array<char, 96> numbers{};
  if (scored)
    std::snprintf(numbers.data(), numbers.size(), "%5.2f [%4.2f, %4.2f]  %5.2f  ", task.score,
                  task.now.lower, task.now.upper, task.exact);
  else
    std::snprintf(numbers.data(), numbers.size(), "%5s %12s  %5s  ", "-", "", "-");
  std::string verdict = std::string(verdict_name(task.verdict)) + since_words(task);
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

std::string ladder_table(const ProgressReport& report) {
  std::string out = "  " + padded("tier", 13) + padded("task", 10) + padded("score", kBarCells) +
                    "      now 95 %      exact  verdict; forecast\n";
  std::string_view tier;
  for (const TaskProgress& task : report.tasks) {
    out += row(task, task.tier == tier ? std::string_view() : std::string_view(task.tier));
    tier = task.tier;
  }
  const std::string withdrawn = withdrawn_words(report);
  return withdrawn.empty() ? out : out + "  " + withdrawn + "\n";
}

std::string since_words(const TaskProgress& task) {
  std::string out;
  if (task.verdict == Verdict::kStalled || task.verdict == Verdict::kRegressing)
    out = " since " + with_thousands(task.since_step) +
          (task.last_change ? left_words(*task.last_change) : "");
  if (task.rearmed_step)
    out += " (from before re-arming at " + with_thousands(*task.rearmed_step) + ")";
  return out;
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

std::vector<StatusPart> status_parts(const RunStatus& status) {
  const auto rate = static_cast<std::uint64_t>(std::max(0.0, status.examples_per_second));
  std::vector<StatusPart> parts = {{"step " + with_thousands(status.step)},
                                   {with_thousands(rate) + " examples/s"}};
  if (status.seconds) parts.push_back({short_duration(*status.seconds)});
  if (status.lag) parts.push_back({"lag " + with_thousands(*status.lag)});
  if (!status.connected) parts.push_back({"NOT CONNECTED", true});
  if (status.silent_seconds)
    parts.push_back({"no records for " + short_duration(*status.silent_seconds), true});
  if (status.rejected > 0) parts.push_back({with_thousands(status.rejected) + " rejected", true});
  if (status.diverged) parts.push_back({"DIVERGED", true});
  return parts;
}

std::string status_line(const RunStatus& status) {
  std::string out;
  for (const StatusPart& part : status_parts(status)) out += (out.empty() ? "" : ", ") + part.text;
  return out;
}

std::string status_line(const RunView& view, double examples_per_second, double seconds) {
  return status_line(run_status(view, examples_per_second, seconds));
}

}  // namespace gradus
