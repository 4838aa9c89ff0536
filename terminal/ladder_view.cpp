#include "terminal/ladder_view.h"

#include <algorithm>
#include <array>

#include "progress/report_tiers.h"
#include "terminal/cells.h"
#include "terminal/marks.h"

namespace gradus {
namespace {

/// How many lines the parts around the ladder take: one each, and of the lines that the ladder
/// leaves over, some get more.
struct Heights {
  std::size_t headline = 1, detail = 1, log = 0, marks = 0, blank = 0;

  std::size_t ladder(std::size_t rows) const {
    constexpr std::size_t kTitleStatusHeaderKeys = 4;
    return rows - kTitleStatusHeaderKeys - headline - detail - log - marks - 2 * blank;
  }
};

Heights heights_for(std::size_t rows, std::size_t tasks, std::size_t headline_lines,
                    std::size_t log_lines, bool marked) {
  constexpr std::size_t kMostLog = 8;
  Heights heights;
  heights.marks = marked ? 1 : 0;
  heights.log = std::min<std::size_t>(log_lines, 1);
  const auto spare = [&] {
    return heights.ladder(rows) > tasks ? heights.ladder(rows) - tasks : 0;
  };
  if (spare() > 0 && headline_lines > 1) heights.headline = 2;
  if (spare() > 0) heights.detail = 2;
  if (spare() > 3) heights.blank = 1;
  heights.log += std::min(spare(), std::min(log_lines, kMostLog) - heights.log);
  return heights;
}

/// The tier that a row of this key is of.
std::string tier_of(std::string_view key, const ProgressReport& report) {
  const std::string_view name = key.substr(key.find(' ') + 1);
  for (const TaskProgress& task : report.tasks)
    if (key.starts_with("task ") && task.task == name) return task.tier;
  return std::string(name);
}

void add_lines(ScreenLines& lines, const std::vector<std::string>& texts, std::size_t most,
               std::size_t width) {
  for (std::size_t i = 0; i < std::min(most, texts.size()); ++i) {
    const bool cut = i + 1 == most && texts.size() > most;
    lines.emplace_back(width).add(" ").add(cut ? texts[i] + " …" : texts[i], Style::kBold);
  }
}

}  // namespace

ScreenLines LadderView::draw(const ScreenContent& content, TerminalSize size) {
  if (size.columns < kSmallest.columns || size.rows < kSmallest.rows)
    return too_small_lines(size, kSmallest);
  if (mode_ == Mode::kHelp && !content.frame.ending) return draw_help(content, size);
  ScreenLines lines;
  lines.push_back(title_line(content.frame, size.columns));
  lines.push_back(state_line(content.frame, size.columns));
  if (content.frame.report)
    draw_ladder(lines, content, size);
  else
    add_lines(lines, wrap_text(safe_text(content.frame.headline), size.columns - 2), 2,
              size.columns);
  while (lines.size() + 1 < size.rows) lines.emplace_back(size.columns);
  lines.push_back(keys_line(content.frame, size.columns));
  return lines;
}

void LadderView::draw_ladder(ScreenLines& lines, const ScreenContent& content, TerminalSize size) {
  const ProgressReport& report = *content.frame.report;
  const std::size_t width = size.columns;
  const Step step = std::max(content.frame.status.step, report.step);
  const std::vector<Mark> marks = marks_of(report, step);
  const auto headline = wrap_text(safe_text(content.frame.headline), width - 2);
  const Heights heights = heights_for(size.rows, report.tasks.size(), headline.size(),
                                      content.log.size(), !marks.empty());
  add_lines(lines, headline, heights.headline, width);
  while (lines.size() < 2 + heights.headline + heights.blank) lines.emplace_back(width);

  const SparkAxis axis{content.trails, marks, content.trails.first_step(), step};
  const LadderTable table{report, axis, width};
  lines.push_back(header_line(table));
  seen_ = heights.ladder(size.rows);
  const std::vector<LadderRow> rows = ladder_rows(report, order_, folds_, seen_);
  remember(rows, report);
  for (std::size_t i = first_; i < std::min(rows.size(), first_ + seen_); ++i)
    lines.push_back(
        row_line(table, rows[i], i == selected_at_ ? Selection::kSelected : Selection::kNone));

  const std::size_t below = heights.marks + heights.detail + heights.log + 1;
  while (lines.size() + below < size.rows) lines.emplace_back(width);
  if (heights.marks > 0) lines.push_back(marks_line(marks, width));
  ScreenLines details = detail_lines(rows[selected_at_], report, width, heights.detail);
  details.resize(heights.detail, ScreenLine(width));
  lines.insert(lines.end(), details.begin(), details.end());
  for (std::size_t i = content.log.size() - heights.log; i < content.log.size(); ++i)
    lines.push_back(log_line(content.log[i], width));
}

void LadderView::remember(const std::vector<LadderRow>& rows, const ProgressReport& report) {
  rows_.clear();
  for (const LadderRow& row : rows)
    rows_.push_back({row.key(), row.tier_name(), row.task == nullptr});
  selected_at_ = selected_row(rows, report);
  // The first task of a tier names it: seen before the selected row, where there is room.
  if (selected_at_ < first_) first_ = selected_at_;
  if (selected_at_ >= first_ + seen_) first_ = selected_at_ + 1 - seen_;
  first_ = std::min(first_, rows.size() > seen_ ? rows.size() - seen_ : 0);
}

std::size_t LadderView::selected_row(const std::vector<LadderRow>& rows,
                                     const ProgressReport& report) const {
  if (selected_) {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows_[i].key == *selected_) return i;
    const std::string tier = tier_of(*selected_, report);  // folded or unfolded since
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows_[i].tier == tier) return i;
    return std::min(selected_at_, rows.size() - 1);
  }
  const TierProgress* frontier = frontier_of(report.tiers);
  if (frontier == nullptr || order_ != RowOrder::kLadder) return 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].tier_name() == frontier->tier &&
        (rows[i].task == nullptr || rows[i].task->verdict != Verdict::kMastered))
      return i;
  return 0;
}

ScreenLines LadderView::draw_help(const ScreenContent& content, TerminalSize size) {
  const ScreenLines help = help_lines(quit_, size.columns);
  const std::size_t room = size.rows - 2;
  help_first_ = std::min(help_first_, help.size() > room ? help.size() - room : 0);
  ScreenLines lines;
  lines.push_back(title_line(content.frame, size.columns));
  for (std::size_t i = help_first_; i < std::min(help.size(), help_first_ + room); ++i)
    lines.push_back(help[i]);
  while (lines.size() + 1 < size.rows) lines.emplace_back(size.columns);
  ScreenLine& keys = lines.emplace_back(size.columns);
  keys.add(help.size() > room ? " ↑ ↓ more   any other key: back" : " any key: back",
           Style::kReverse);
  keys.pad_to(size.columns, Style::kReverse);
  return lines;
}

bool LadderView::press(Key key) {
  if (mode_ == Mode::kAsking) {
    mode_ = Mode::kLadder;
    return key == Key::kQuit || key == Key::kYes;
  }
  if (mode_ == Mode::kHelp) {
    if (key == Key::kDown || key == Key::kPageDown)
      ++help_first_;
    else if (key == Key::kUp || key == Key::kPageUp)
      help_first_ -= help_first_ > 0 ? 1 : 0;
    else if (key != Key::kRedraw)
      mode_ = Mode::kLadder;
    return false;
  }
  if (key != Key::kQuit) {
    press_in_ladder(key);
    return false;
  }
  if (quit_ == QuitKey::kLeaves) return true;
  mode_ = Mode::kAsking;
  return false;
}

void LadderView::press_in_ladder(Key key) {
  const std::size_t last = rows_.empty() ? 0 : rows_.size() - 1;
  std::size_t to = selected_at_;
  switch (key) {
    case Key::kUp:
      to -= to > 0 ? 1 : 0;
      break;
    case Key::kDown:
      to = std::min(last, to + 1);
      break;
    case Key::kPageUp:
      to -= std::min(to, seen_);
      break;
    case Key::kPageDown:
      to = std::min(last, to + seen_);
      break;
    case Key::kHome:
      to = 0;
      break;
    case Key::kEnd:
      to = last;
      break;
    case Key::kEnter:
      return toggle_fold();
    case Key::kEscape:
      selected_.reset();
      return;
    case Key::kHelp:
      help_first_ = 0;
      mode_ = Mode::kHelp;
      return;
    case Key::kSort:
      order_ = static_cast<RowOrder>((static_cast<int>(order_) + 1) % kRowOrders);
      return;
    default:
      return;
  }
  // The place moves too: two keys may come before the next drawing.
  selected_at_ = to;
  if (!rows_.empty()) selected_ = rows_[to].key;
}

void LadderView::toggle_fold() {
  if (rows_.empty() || order_ != RowOrder::kLadder) return;
  const DrawnRow& row = rows_[selected_at_];
  folds_[row.tier] = !row.folded;
  selected_ = "tier " + row.tier;
}

ScreenLine LadderView::keys_line(const DisplayFrame& frame, std::size_t width) const {
  ScreenLine line(width);
  if (frame.ending || mode_ == Mode::kAsking) {
    constexpr std::array<std::string_view, 3> kEnding = {
        " Ending: the last examples are learned and probed, then the results follow. "
        "Ctrl-C: at once",
        " Ending: the last probes, then the results. Ctrl-C: at once",
        " Ending in order. Ctrl-C: at once"};
    constexpr std::array<std::string_view, 3> kAsking = {
        " End the run?  q or y: yes, in order, with a last checkpoint and report   any other key: "
        "no",
        " End the run?  q or y: yes, in order   any other key: no",
        " End the run?  q: yes   other keys: no"};
    line.add(first_that_fits(frame.ending ? kEnding : kAsking, width), Style::kReverse);
    return line.pad_to(width, Style::kReverse);
  }
  std::vector<std::string> keys = {quit_ == QuitKey::kLeaves ? "q leave" : "q end", "? help",
                                   "s sort: " + std::string(row_order_name(order_)), "↑↓ select",
                                   "⏎ fold"};
  std::string place;
  if (rows_.size() > seen_)
    place = std::to_string(first_ + 1) + "-" +
            std::to_string(std::min(rows_.size(), first_ + seen_)) + " of " +
            std::to_string(rows_.size()) + " ";
  line.add(" ", Style::kReverse);
  for (const std::string& each : keys)
    if (cell_count(each) + 3 + cell_count(place) <= line.left())
      line.add(each + "   ", Style::kReverse);
  line.pad_to(width - cell_count(place), Style::kReverse);
  return line.add(place, Style::kReverse);
}

}  // namespace gradus
