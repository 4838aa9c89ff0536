#include "terminal/full_screen.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>

#include "terminal/held_errors.h"
#include "terminal/keys.h"
#include "terminal/results.h"
#include "terminal/screen_painter.h"
#include "terminal/terminal.h"

namespace gradus {
namespace {

/// An Escape that nothing follows for so long was the key of that name.
constexpr auto kEscapeWaits = std::chrono::milliseconds(60);

class FullScreen final : public Display {
 public:
  FullScreen(std::unique_ptr<Terminal> terminal, std::FILE* out, FullScreenParts parts)
      : terminal_(std::move(terminal)),
        out_(out),
        parts_(std::move(parts)),
        view_(parts_.quit),
        painter_(palette_of_environment()),
        keys_(parts_.io, terminal_->descriptor()),
        signals_(parts_.io, SIGWINCH, SIGTSTP, SIGCONT),
        settle_(parts_.io) {
    wait_for_signal();
  }
  // NOLINTNEXTLINE(bugprone-exception-escape): only memory can run out, and the process then ends
  ~FullScreen() override {
    leave();
    keys_.release();  // the terminal closes it
  }

  void tick(const DisplayFrame& frame, double) override {
    if (frame.report) parts_.trails.add(*frame.report);
    frame_ = frame;
    draw();
  }

  void finish(const DisplayFrame& frame, double) override {
    if (frame.report) parts_.trails.add(*frame.report);
    frame_.reset();
    leave();
    const std::string text =
        results_text(frame, parts_.trails, terminal_->size().columns, palette_of_environment());
    std::fwrite(text.data(), 1, text.size(), out_);
    std::fflush(out_);
  }

 private:
  void draw() {
    if (!frame_ || !enter() || terminal_->is_behind()) return;
    if (!waits_for_keys_) wait_for_keys();
    const TerminalSize size = terminal_->size();
    const ScreenLines lines = view_.draw({*frame_, parts_.trails, held_->newest()}, size);
    terminal_->write(painter_.paint(lines, size));
  }

  /// Takes the terminal where it is to be had; true where the screen is ours.
  bool enter() {
    if (terminal_->entered()) return terminal_->in_foreground();
    if (!terminal_->enter()) return false;
    painter_.forget();
    std::fflush(stderr);
    held_.emplace(terminal_->descriptor());
    return true;
  }

  void leave() {
    keys_.cancel();
    terminal_->leave();
    std::fflush(stderr);
    held_.reset();
  }

  /// Where nothing comes although something should (in the background, or the terminal is gone),
  /// the next tick asks again.
  void wait_for_keys() {
    waits_for_keys_ = true;
    keys_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [this](const boost::system::error_code& error) {
                       waits_for_keys_ = false;
                       if (error) return;
                       const std::string bytes = terminal_->read_keys();
                       if (bytes.empty()) return;
                       wait_for_keys();
                       press(reader_.read(bytes));
                       if (reader_.waits()) settle_soon();
                     });
  }

  void settle_soon() {
    settle_.expires_after(kEscapeWaits);
    settle_.async_wait([this](const boost::system::error_code& error) {
      if (!error) press(reader_.settle());
    });
  }

  void press(const std::vector<Key>& keys) {
    bool ends = false;
    for (const Key key : keys) {
      if (key == Key::kRedraw) painter_.forget();
      ends = view_.press(key) || ends;
    }
    if (ends) parts_.end();
    if (!keys.empty()) draw();
  }

  void wait_for_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error) return;
      if (signal == SIGTSTP) {
        suspend();
      } else if (signal == SIGCONT) {
        // Whoever stopped the process may have changed the terminal's modes.
        terminal_->renew();
        painter_.forget();
      }
      draw();
      wait_for_signal();
    });
  }

  /// Stops the process as if nobody had caught the signal, so that the shell can tell why.
  void suspend() {
    leave();
    signals_.remove(SIGTSTP);
    ::raise(SIGTSTP);
    signals_.add(SIGTSTP);
  }

  std::unique_ptr<Terminal> terminal_;
  std::FILE* out_;
  FullScreenParts parts_;
  LadderView view_;
  ScreenPainter painter_;
  KeyReader reader_;
  std::optional<HeldErrors> held_;
  std::optional<DisplayFrame> frame_;
  bool waits_for_keys_ = false;
  boost::asio::posix::stream_descriptor keys_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer settle_;
};

}  // namespace

std::unique_ptr<Display> make_full_screen(std::FILE* out, FullScreenParts parts) {
  if (!can_draw_on(out)) return nullptr;
  auto terminal = Terminal::open(out);
  if (!terminal) return nullptr;
  return std::make_unique<FullScreen>(std::move(terminal), out, std::move(parts));
}

}  // namespace gradus
