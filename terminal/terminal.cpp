#include "terminal/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "terminal/terminal_rescue.h"

namespace gradus {
namespace {

/// The alternate screen, empty; no cursor; what is too long is cut and never wraps.
constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
constexpr int kPartingMilliseconds = 200;

bool is_foreground(int descriptor) {
  const pid_t foreground = ::tcgetpgrp(descriptor);
  return foreground < 0 || foreground == ::getpgrp();  // below 0: nobody's controlling terminal
}

}  // namespace

std::optional<TerminalSize> terminal_size(int descriptor) {
  if (::isatty(descriptor) != 1) return std::nullopt;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return TerminalSize{};
  return TerminalSize{size.ws_col, size.ws_row};
}

bool can_draw_on(std::FILE* out) {
  const char* kind = std::getenv("TERM");
  const std::string_view name = kind == nullptr ? "" : kind;
  return ::isatty(::fileno(out)) == 1 && !name.empty() && name != "dumb" &&
         is_foreground(::fileno(out));
}

Palette palette_of_environment() {
  const char* no_colour = std::getenv("NO_COLOR");
  return no_colour != nullptr && *no_colour != '\0' ? Palette::kNone : Palette::kColour;
}

std::unique_ptr<Terminal> Terminal::open(std::FILE* out) {
  // Opened again: that this side does not wait must not become true of the shell's.
  const std::string path = "/proc/self/fd/" + std::to_string(::fileno(out));
  int descriptor = ::open(path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  // Another user's terminal, as behind su, cannot be opened, only used.
  if (descriptor < 0) descriptor = ::fcntl(::fileno(out), F_DUPFD_CLOEXEC, 3);
  termios modes{};
  if (descriptor < 0 || ::tcgetattr(descriptor, &modes) != 0) return nullptr;
  return std::unique_ptr<Terminal>(new Terminal(descriptor));
}

Terminal::Terminal(int descriptor)
    : descriptor_(descriptor), flags_(::fcntl(descriptor, F_GETFL)) {}

Terminal::~Terminal() {
  leave();
  ::fcntl(descriptor_, F_SETFL, flags_);
  ::close(descriptor_);
}

bool Terminal::in_foreground() const { return is_foreground(descriptor_); }

bool Terminal::enter() {
  if (entered()) return true;
  termios modes{};
  if (!in_foreground() || ::tcgetattr(descriptor_, &modes) != 0) return false;
  saved_ = modes;
  rescue_terminal_on_crash();
  take_modes();
  return true;
}

void Terminal::renew() {
  if (entered() && in_foreground()) take_modes();
}

void Terminal::take_modes() {
  termios modes = *saved_;
  modes.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  modes.c_cc[VMIN] = 0;
  modes.c_cc[VTIME] = 0;
  ::tcsetattr(descriptor_, TCSANOW, &modes);
  unsent_.clear();
  write(kEnter);
}

void Terminal::leave() {
  if (!entered()) return;
  // In the background the modes are the shell's business again.
  if (in_foreground()) {
    unsent_.clear();
    pollfd writable{descriptor_, POLLOUT, 0};
    ::poll(&writable, 1, kPartingMilliseconds);
    write(kLeaveScreen);
    ::tcsetattr(descriptor_, TCSANOW, &*saved_);
  }
  saved_.reset();
  end_rescue();
}

TerminalSize Terminal::size() const { return terminal_size(descriptor_).value_or(TerminalSize{}); }

std::string Terminal::read_keys() {
  std::array<char, 256> bytes{};
  if (!entered() || !in_foreground()) return {};
  const ssize_t count = ::read(descriptor_, bytes.data(), bytes.size());
  return count > 0 ? std::string(bytes.data(), static_cast<std::size_t>(count)) : std::string();
}

void Terminal::write(std::string_view bytes) {
  unsent_ += bytes;
  flush();
}

bool Terminal::is_behind() {
  flush();
  return !unsent_.empty();
}

void Terminal::flush() {
  while (!unsent_.empty()) {
    pollfd writable{descriptor_, POLLOUT, 0};
    if (::poll(&writable, 1, 0) != 1 || (writable.revents & POLLOUT) == 0) return;
    const ssize_t count = ::write(descriptor_, unsent_.data(), unsent_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    unsent_.erase(0, static_cast<std::size_t>(count));
  }
}

}  // namespace gradus
