#pragma once

#include <string_view>

namespace gradus {

/// Gives a terminal back: plain letters, line breaks, the cursor, the normal screen.
inline constexpr std::string_view kLeaveScreen = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

/// From now on the signals that end a process at once (SIGABRT, SIGSEGV, SIGQUIT and their like)
/// first give the terminal back; those that are handled already stay so.
void rescue_terminal_on_crash();
/// No more: the screen was left.
void end_rescue();

/// Gives back the terminal of this process where its screen is taken, and shows there the end of
/// what it has written to stderr meanwhile. For signal handlers: it needs nothing that they lack.
void rescue_terminal();

}  // namespace gradus
