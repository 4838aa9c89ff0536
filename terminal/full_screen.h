#pragma once

#include <cstdio>
#include <functional>
#include <memory>

#include "terminal/display.h"
#include "terminal/ladder_view.h"
#include "terminal/score_trails.h"

namespace boost::asio {
class io_context;
}

namespace gradus {

/// What a full screen needs of the command that shows it.
struct FullScreenParts {
  boost::asio::io_context& io;  ///< whose thread reads the keys and hears of a new size
  ScoreTrails& trails;          ///< what the screen shows of the past; it adds what comes
  QuitKey quit = QuitKey::kLeaves;
  std::function<void()> end{};  ///< called when somebody wants it to end
};

/// A run on the full screen of a terminal (LadderView), from the first tick on; afterwards its
/// results on the normal one. While it is shown, what the process writes to stderr is held back
/// where that is the same terminal: the newest lines are on the screen, and all follow at the end.
/// Ctrl-Z gives the terminal back and fg takes it again; in the background nothing is drawn.
/// Nothing where `out` cannot be drawn on (can_draw_on).
/// Threads: owned by the main thread. Cost: a tick draws only lines that have changed; a terminal
/// that takes nothing delays nobody.
std::unique_ptr<Display> make_full_screen(std::FILE* out, FullScreenParts parts);

}  // namespace gradus
