#pragma once

#include <termios.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "terminal/screen.h"

namespace gradus {

/// The size of the terminal behind a descriptor, 80 x 24 where it does not say; nothing where there
/// is no terminal.
std::optional<TerminalSize> terminal_size(int descriptor);

/// Whether a full screen can be drawn on it: it is a terminal that knows how (not TERM=dumb), and
/// this process is in its foreground.
bool can_draw_on(std::FILE* out);

/// Colours unless NO_COLOR is set.
Palette palette_of_environment();

/// A terminal whose screen is taken over: the alternate screen, without cursor and without line
/// breaks of its own, and keys as they are pressed. Ctrl-C, Ctrl-Z and Ctrl-\ stay signals.
/// Whatever ends the process but SIGKILL, the terminal is as it was: the destructor leaves it, and
/// so do handlers of the signals that end a process at once (terminal_rescue.h).
/// Threads: owned by the main thread. Never waits: what a terminal does not take is kept.
class Terminal {
 public:
  /// Opens the terminal behind `out`. Nothing where that is not possible.
  static std::unique_ptr<Terminal> open(std::FILE* out);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// Takes the screen, if this process is in the foreground; true where it has it now.
  bool enter();
  /// Takes again what the terminal may have lost while this process stood still.
  void renew();
  /// Gives it back.
  void leave();
  bool entered() const { return saved_.has_value(); }
  bool in_foreground() const;

  int descriptor() const { return descriptor_; }
  TerminalSize size() const;
  /// What was typed since; empty where nothing was.
  std::string read_keys();
  /// Sends what is left from before and then `bytes`, as far as the terminal takes them.
  void write(std::string_view bytes);
  /// Whether something is left: a new picture would only add to it.
  bool is_behind();

 private:
  explicit Terminal(int descriptor);
  void take_modes();
  void flush();

  int descriptor_;
  int flags_;                     // of the descriptor, which others may share
  std::optional<termios> saved_;  // while the screen is taken
  std::string unsent_;
};

}  // namespace gradus
