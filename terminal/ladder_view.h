#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terminal/display.h"
#include "terminal/keys.h"
#include "terminal/ladder_lines.h"
#include "terminal/ladder_rows.h"
#include "terminal/score_trails.h"
#include "terminal/screen.h"
#include "terminal/screen_parts.h"

namespace gradus {

/// What the screen shows at one moment.
struct ScreenContent {
  const DisplayFrame& frame;
  const ScoreTrails& trails;
  const std::vector<std::string>& log;  ///< the newest lines, oldest first
};

/// The full screen of a run: what it shows at which size, and what the keys do. From the top:
/// title, status, headline, titles of the columns, the ladder, the marks, the selected task, the
/// newest line of the log, the keys. Never a line wider than the screen, never more lines than it
/// has.
/// Where there are fewer rows than that takes, mastered tiers fold, and then the ladder scrolls;
/// where there are more, the headline and the task get a second line and the log more of them.
/// Which columns a width shows: ladder_columns.h.
/// Threads: owned by the main thread. Cost: O(tasks) a drawing.
class LadderView {
 public:
  /// The smallest screen that shows the ladder; a smaller one says what it needs.
  static constexpr TerminalSize kSmallest{40, 12};

  explicit LadderView(QuitKey quit) : quit_(quit) {}

  ScreenLines draw(const ScreenContent& content, TerminalSize size);
  /// Whether the key asks for the end; what else it does is seen in the next drawing.
  bool press(Key key);

 private:
  enum class Mode : std::uint8_t { kLadder, kHelp, kAsking };
  /// What keys must know of a row that was drawn.
  struct DrawnRow {
    std::string key, tier;
    bool folded = false;
  };

  ScreenLines draw_help(const ScreenContent& content, TerminalSize size);
  void draw_ladder(ScreenLines& lines, const ScreenContent& content, TerminalSize size);
  void remember(const std::vector<LadderRow>& rows, const ProgressReport& report);
  std::size_t selected_row(const std::vector<LadderRow>& rows, const ProgressReport& report) const;
  void press_in_ladder(Key key);
  void toggle_fold();
  ScreenLine keys_line(const DisplayFrame& frame, std::size_t width) const;

  QuitKey quit_;
  Mode mode_ = Mode::kLadder;
  RowOrder order_ = RowOrder::kLadder;
  Folds folds_;
  std::optional<std::string> selected_;  // key of a row; none: where learning happens
  std::size_t selected_at_ = 0;          // its place among the rows
  std::size_t first_ = 0, seen_ = 1;     // rows that are seen
  std::size_t help_first_ = 0;
  std::vector<DrawnRow> rows_;
};

}  // namespace gradus
