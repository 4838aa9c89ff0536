#include "terminal/terminal_rescue.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>

namespace gradus {
namespace {

constexpr std::array kFatal = {SIGABRT, SIGBUS,  SIGFPE, SIGHUP, SIGILL,
                               SIGQUIT, SIGSEGV, SIGSYS, SIGXCPU};

void write_soon(int descriptor, const char* bytes, std::size_t size) {
  constexpr int kMilliseconds = 100;
  pollfd writable{descriptor, POLLOUT, 0};
  // Nobody is left to hear that the last words could not be written.
  if (::poll(&writable, 1, kMilliseconds) == 1 && ::write(descriptor, bytes, size) < 0) return;
}

/// Whether the descriptor is a terminal whose screen is taken: keys come one by one there.
bool is_taken(int descriptor, termios& modes) {
  return descriptor >= 0 && ::tcgetattr(descriptor, &modes) == 0 && (modes.c_lflag & ICANON) == 0;
}

/// The end of what HeldErrors holds: stderr is a file without a name then.
void show_held_errors(int terminal) {
  std::array<char, 4096> bytes;
  struct stat file {};
  if (::fstat(STDERR_FILENO, &file) != 0 || !S_ISREG(file.st_mode) || file.st_nlink != 0) return;
  const off_t from = std::max<off_t>(0, file.st_size - static_cast<off_t>(bytes.size()));
  const ssize_t count = ::pread(STDERR_FILENO, bytes.data(), bytes.size(), from);
  if (count > 0) write_soon(terminal, bytes.data(), static_cast<std::size_t>(count));
}

void rescue_and_die(int signal) {
  rescue_terminal();
  std::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void rescue_terminal() {
  termios modes{};
  int terminal = STDOUT_FILENO;
  if (!is_taken(terminal, modes)) terminal = STDIN_FILENO;
  if (!is_taken(terminal, modes)) terminal = STDERR_FILENO;
  if (!is_taken(terminal, modes)) terminal = ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (!is_taken(terminal, modes)) return;
  write_soon(terminal, kLeaveScreen.data(), kLeaveScreen.size());
  // These are all that Terminal changes.
  modes.c_lflag |= ICANON | ECHO;
  modes.c_cc[VMIN] = 1;
  modes.c_cc[VTIME] = 0;
  ::tcsetattr(terminal, TCSANOW, &modes);
  show_held_errors(terminal);
}

void rescue_terminal_on_crash() {
  for (const int each : kFatal) {
    struct sigaction now {};
    if (::sigaction(each, nullptr, &now) != 0 || now.sa_handler != SIG_DFL) continue;
    now.sa_handler = &rescue_and_die;
    ::sigaction(each, &now, nullptr);
  }
}

void end_rescue() {
  for (const int each : kFatal) {
    struct sigaction now {};
    if (::sigaction(each, nullptr, &now) == 0 && now.sa_handler == &rescue_and_die)
      std::signal(each, SIG_DFL);
  }
}

}  // namespace gradus
