#include "terminal/display.h"

#include "describe/evidence_words.h"
#include "describe/ladder_table.h"
#include "describe/words.h"
#include "terminal/cells.h"
#include "terminal/terminal.h"

namespace gradus {
namespace {

constexpr double kSecondsBetweenLines = 5;

/// The change that the present verdict comes from; what other versions say may lack it.
TaskChange last_change(const TaskProgress& task, Verdict before) {
  VerdictChange change;
  change.from = before;
  change.to = task.verdict;
  change.step = task.since_step;
  change.score = task.score;
  return {task.task, task.tier, task.last_change.value_or(change)};
}

}  // namespace

DisplayFrame display_frame(const RunView& view, double seconds) {
  const auto pace = view.slots.pace.get();
  DisplayFrame frame;
  frame.report = view.slots.progress.get();
  frame.headline = headline(view);
  frame.status = run_status(view, pace ? pace->examples_per_second : 0, seconds);
  frame.run = view.facts.run;
  return frame;
}

void LineDisplay::tick(const DisplayFrame& frame, double seconds) {
  if (mode_ == Mode::kLines) print_lines(frame, seconds);
  if (mode_ == Mode::kProgressLine) renew_line(frame);
}

void LineDisplay::finish(const DisplayFrame& frame, double seconds) {
  next_line_ = 0;
  tick(frame, seconds);
  if (mode_ == Mode::kProgressLine) std::fprintf(out_, "\n");
  std::fflush(out_);
}

void LineDisplay::renew_line(const DisplayFrame& frame) {
  const auto size = terminal_size(::fileno(out_));
  const std::string line = status_line(frame.status);
  // Back at its beginning, so that a line of the log writes over it and not behind it.
  std::fprintf(out_, "\r\x1b[2K%s\r",
               cut_text(line, size ? size->columns - 1 : line.size()).c_str());
  std::fflush(out_);
}

void LineDisplay::print_lines(const DisplayFrame& frame, double seconds) {
  if (frame.report) print_changes(*frame.report);
  if (seconds < next_line_) return;
  next_line_ = seconds + kSecondsBetweenLines;
  std::string line = status_line(frame.status);
  if (frame.report) {
    line += " |";
    for (const TierProgress& tier : frame.report->tiers)
      line += " " + tier.tier + " " + two_digits(tier.score);
  }
  std::fprintf(out_, "%s\n", line.c_str());
  std::fflush(out_);
}

void LineDisplay::print_changes(const ProgressReport& report) {
  for (const TaskProgress& task : report.tasks) {
    const auto [known, added] = verdicts_.try_emplace(task.task, task.verdict);
    if (added || known->second == task.verdict) continue;
    const std::string line = change_sentence(last_change(task, known->second)) + "; now " +
                             two_digits(task.score) + " [" + two_digits(task.now.lower) + ", " +
                             two_digits(task.now.upper) + "]";
    known->second = task.verdict;
    std::fprintf(out_, "%s\n", line.c_str());
  }
  std::fflush(out_);
}

}  // namespace gradus
