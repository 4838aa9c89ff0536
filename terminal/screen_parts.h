#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/display.h"
#include "terminal/ladder_rows.h"
#include "terminal/screen.h"

namespace gradus {

/// What q does: a watch is left at once; whoever looks at a run is asked first, since it ends.
enum class QuitKey : std::uint8_t { kLeaves, kEndsTheRun };

/// The run's name and where its page is.
ScreenLine title_line(const DisplayFrame& frame, std::size_t width);
/// How the stream and the learner stand, what is wrong first; parts that do not fit are left out.
ScreenLine state_line(const DisplayFrame& frame, std::size_t width);
/// The details of the selected row: its facets with the bottleneck, its slope, since when
/// its verdict holds, its forecast; of a folded tier its tasks. In at most `most` lines.
ScreenLines detail_lines(const LadderRow& row, const ProgressReport& report, std::size_t width,
                         std::size_t most);
/// A line of the log, with the time of day alone and without the date.
ScreenLine log_line(std::string_view text, std::size_t width);
/// The keys, the columns and the verdicts in words.
ScreenLines help_lines(QuitKey quit, std::size_t width);
/// For a screen that is too small for the ladder: what it needs.
ScreenLines too_small_lines(TerminalSize has, TerminalSize needs);
/// The first of these texts that fits, the shortest comes last and is cut.
std::string_view first_that_fits(std::span<const std::string_view> texts, std::size_t width);

}  // namespace gradus
