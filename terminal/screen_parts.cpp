#include "terminal/screen_parts.h"

#include <algorithm>
#include <cstdio>

#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/watch_words.h"
#include "describe/words.h"
#include "terminal/cells.h"

namespace gradus {
namespace {

constexpr std::string_view kBetween = " · ";

std::string per_doubling(double slope) {
  std::string text = two_digits(slope);
  if (slope >= 0) text.insert(0, "+");
  return text + " per doubling";
}

/// The facets, the bottleneck first: "bottleneck units 0.10, tens 0.82".
std::string facets_of(const TaskProgress& task) {
  const FacetProgress* lowest = bottleneck_of(task);
  std::string out;
  if (lowest != nullptr)
    out = "bottleneck " + spoken(lowest->name) + " " + two_digits(lowest->score);
  for (const FacetProgress& facet : task.facets)
    if (&facet != lowest)
      out += (out.empty() ? "" : ", ") + spoken(facet.name) + " " + two_digits(facet.score);
  return out;
}

std::vector<std::string> details_of(const TaskProgress& task) {
  if (task.items == 0) return {"not probed yet"};
  std::vector<std::string> parts;
  std::string verdict(verdict_name(task.verdict));
  if (task.since_step > 0) verdict += " since " + with_thousands(task.since_step);
  parts.push_back(std::move(verdict));
  if (task.slope_per_doubling) parts.push_back(per_doubling(*task.slope_per_doubling));
  if (std::string facets = facets_of(task); !facets.empty()) parts.push_back(std::move(facets));
  if (is_foretold(task)) parts.push_back(short_forecast_words(task));
  parts.push_back("best " + two_digits(task.best) + ", target " + two_digits(task.target));
  parts.push_back(with_thousands(task.own_step) + " examples of its own");
  parts.push_back("alarms " + watch_words(task.watch, task.step));
  return parts;
}

std::vector<std::string> details_of(const TierProgress& tier, const ProgressReport& report) {
  std::vector<std::string> parts;
  for (const TaskProgress& task : report.tasks)
    if (task.tier == tier.tier) parts.push_back(task.task + " " + two_digits(task.score));
  return parts;
}

/// Whether there can be an alarm at all: "alarms armed for 5 of 17".
std::string armed_words(const ProgressReport& report) {
  const auto armed = std::count_if(report.tasks.begin(), report.tasks.end(),
                                   [](const TaskProgress& task) { return task.watch.armed(); });
  return "alarms armed for " + std::to_string(armed) + " of " + std::to_string(report.tasks.size());
}

/// Adds a paragraph whose lines behind the first begin at column `indent`.
void add_paragraph(ScreenLines& lines, std::string_view head, std::string_view text,
                   std::size_t indent, std::size_t width) {
  ScreenLine line(width);
  line.add(" ").add(head, Style::kBold);
  if (line.used() >= indent && !text.empty()) {
    lines.push_back(line);
    line = ScreenLine(width);
  }
  for (const std::string& part : wrap_text(text, width - indent)) {
    line.pad_to(indent).add(part);
    lines.push_back(line);
    line = ScreenLine(width);
  }
  if (text.empty()) lines.push_back(line);
}

}  // namespace

ScreenLine title_line(const DisplayFrame& frame, std::size_t width) {
  ScreenLine line(width);
  line.add(" gradus", Style::kReverse);
  std::string name = frame.report ? frame.report->ladder : "";
  if (!frame.run.empty()) name += (name.empty() ? "" : std::string(kBetween)) + frame.run;
  const std::string page = safe_text(frame.url) + " ";
  const std::string shown = safe_text(name);
  line.add("  ", Style::kReverse);
  // The address of the page matters more than the end of a long name.
  const std::size_t page_cells = cell_count(page);
  const bool with_page = page_cells > 1 && page_cells + 12 < width;
  const std::size_t room = line.left() - (with_page ? page_cells + 1 : 1);
  line.add(cut_text(shown, room), Style::kReverse);
  line.pad_to(width - (with_page ? page_cells : 0), Style::kReverse);
  if (with_page) line.add(page, Style::kReverse);
  return line;
}

ScreenLine state_line(const DisplayFrame& frame, std::size_t width) {
  std::vector<StatusPart> parts = status_parts(frame.status);
  if (!frame.trouble.empty()) parts.push_back({safe_text(frame.trouble), true});
  if (frame.report && !frame.report->tasks.empty()) parts.push_back({armed_words(*frame.report)});
  std::stable_partition(parts.begin(), parts.end(),
                        [](const StatusPart& part) { return part.wrong; });
  ScreenLine line(width);
  line.add(" ");
  for (const StatusPart& part : parts) {
    const bool first = line.used() == 1;
    if (cell_count(part.text) + (first ? 0 : cell_count(kBetween)) > line.left()) continue;
    if (!first) line.add(kBetween, Style::kDim);
    line.add(part.text, part.wrong ? Style::kWarning : Style::kPlain);
  }
  return line;
}

ScreenLines detail_lines(const LadderRow& row, const ProgressReport& report, std::size_t width,
                         std::size_t most) {
  const std::vector<std::string> parts =
      row.task ? details_of(*row.task) : details_of(*row.tier, report);
  const std::string name = safe_text(row.task ? row.task->task : row.tier->tier);
  ScreenLines lines(1, ScreenLine(width));
  lines.back().add(" ").add(cut_text(name, width / 3), Style::kBold).add("  ");
  bool first = true;
  for (const std::string& part : parts) {
    const std::string text = (first ? "" : std::string(kBetween)) + safe_text(part);
    if (cell_count(text) > lines.back().left() && lines.size() < most) {
      lines.emplace_back(width).add(" ").add(safe_text(part), Style::kDim);
    } else if (first || lines.back().left() > kBetween.size() + 4) {
      lines.back().add(text, Style::kDim);
    }
    first = false;
  }
  return lines;
}

ScreenLine log_line(std::string_view text, std::size_t width) {
  // "2026-12-01T00:45:49.123Z warning app: ..." is how the log writes as text.
  constexpr std::size_t kTime = 11, kEnd = 23;
  ScreenLine line(width);
  line.add(" ");
  if (text.size() > kEnd && text[kTime - 1] == 'T' && text[kEnd] == 'Z') {
    line.add(text.substr(kTime, 8), Style::kDim);
    text.remove_prefix(kEnd + 1);
  }
  line.add(safe_text(text), Style::kDim);
  return line;
}

ScreenLines help_lines(QuitKey quit, std::size_t width) {
  constexpr std::size_t kIndent = 16;
  const std::size_t indent = width < kIndent * 4 ? 3 : kIndent;
  ScreenLines lines;
  const auto add = [&](std::string_view head, std::string_view text) {
    add_paragraph(lines, head, text, indent, width);
  };
  add("KEYS", "");
  add("q", quit == QuitKey::kLeaves
               ? "leaves; the run continues"
               : "ends the run in order, after a question: the last examples are learned and "
                 "probed, the checkpoint and the report are written");
  if (quit == QuitKey::kEndsTheRun)
    add("Ctrl-C", "the same without a question; a second one ends it at once");
  add("↑ ↓ PgUp PgDn", "select a task; also j and k, Home and End");
  add("Enter, Space", "folds the tier of the selected task, or unfolds it");
  add("Esc", "selects the task where learning happens, and follows it");
  add("s", "sorts by the ladder, the lowest score, the most urgent verdict, the newest change");
  add("Ctrl-L, Ctrl-Z", "draws the screen again; suspends (the run stands still until fg)");
  lines.emplace_back(width);
  add("COLUMNS", "");
  add("score",
      "the mean over the task's items of q, the probability given to the right answer; "
      "| on the bar is the target");
  add("now 95 %", "where the score lies, with 95 % confidence");
  add("exact", "the share of items answered exactly right");
  add("▁▂▃▅▇",
      "the score over the examples learned, from 0 to 1; each doubling of the examples "
      "is as wide as any other. ▼ marks a fault, ▽ an annotation");
  lines.emplace_back(width);
  add("VERDICTS", "");
  for (int i = 0; i < kVerdictCount; ++i)
    add(verdict_name(static_cast<Verdict>(i)), verdict_meaning(static_cast<Verdict>(i)));
  return lines;
}

ScreenLines too_small_lines(TerminalSize has, TerminalSize needs) {
  const std::string needed = "gradus needs " + std::to_string(needs.columns) + " x " +
                             std::to_string(needs.rows) + " cells";
  const std::string given =
      "here are " + std::to_string(has.columns) + " x " + std::to_string(has.rows);
  ScreenLines lines;
  for (const std::string_view text : {std::string_view(needed), std::string_view(given)})
    for (const std::string& part : wrap_text(text, std::max<std::size_t>(1, has.columns)))
      if (lines.size() < has.rows) lines.emplace_back(has.columns).add(part);
  return lines;
}

std::string_view first_that_fits(std::span<const std::string_view> texts, std::size_t width) {
  for (const std::string_view text : texts)
    if (cell_count(text) <= width) return text;
  return texts.back();
}

}  // namespace gradus
