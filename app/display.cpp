#include "app/display.h"

#include <unistd.h>

#include <algorithm>

#include "app/ladder_table.h"
#include "app/report/evidence_words.h"
#include "app/words.h"

namespace gradus {
namespace {

constexpr double kSecondsBetweenLines = 5;

std::uint64_t all_log_lines(const Log& log) {
  return log.written(LogLevel::kDebug) + log.written(LogLevel::kInfo) +
         log.written(LogLevel::kWarning) + log.written(LogLevel::kError);
}

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

Display::Mode Display::mode_for(std::FILE* out) {
  return ::isatty(::fileno(out)) == 1 ? Mode::kTable : Mode::kLines;
}

DisplayFrame display_frame(const RunView& view, double seconds) {
  const auto pace = view.slots.pace.get();
  return {view.slots.progress.get(), headline(view),
          run_status(view, pace ? pace->examples_per_second : 0, seconds), all_log_lines(view.log)};
}

void Display::tick(const DisplayFrame& frame, double seconds) {
  if (mode_ == Mode::kTable) draw_table(frame);
  if (mode_ == Mode::kLines) print_lines(frame, seconds);
  if (mode_ == Mode::kProgressLine) {
    std::fprintf(out_, "\r\x1b[2K%s", status_line(frame.status).c_str());
    std::fflush(out_);
  }
}

void Display::finish(const DisplayFrame& frame, double seconds) {
  if (mode_ == Mode::kTable) draw_table(frame);
  if (mode_ == Mode::kLines) {
    next_line_ = 0;
    print_lines(frame, seconds);
  }
  if (mode_ == Mode::kProgressLine)
    std::fprintf(out_, "\r\x1b[2K%s\n", status_line(frame.status).c_str());
  std::fflush(out_);
}

void Display::draw_table(const DisplayFrame& frame) {
  std::string text = status_line(frame.status) + "\n";
  if (frame.report)
    text += frame.headline + "\n\n" + ladder_table(*frame.report, TableStyle::kColour);
  // A log line in between has moved the old table up: draw below it rather than over it.
  if (frame.log_lines != log_lines_) lines_above_ = 0;
  log_lines_ = frame.log_lines;
  std::string redraw;
  if (lines_above_ > 0) redraw += "\x1b[" + std::to_string(lines_above_) + "A";
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from);
    redraw += "\x1b[2K" + text.substr(from, end - from) + "\n";
    from = end + 1;
  }
  lines_above_ = static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  std::fwrite(redraw.data(), 1, redraw.size(), out_);
  std::fflush(out_);
}

void Display::print_lines(const DisplayFrame& frame, double seconds) {
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

void Display::print_changes(const ProgressReport& report) {
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
