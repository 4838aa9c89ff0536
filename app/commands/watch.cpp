#include <CLI/CLI.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/clock.h"
#include "base/text.h"
#include "describe/progress_document.h"
#include "describe/words.h"
#include "serve/http_client.h"
#include "serve/url.h"
#include "terminal/display.h"
#include "terminal/full_screen.h"
#include "terminal/results.h"
#include "terminal/terminal.h"

namespace gradus {
namespace {

constexpr auto kBetweenLooks = std::chrono::seconds(1);
/// Nobody sees that lines no longer come: without a terminal it ends when the server stays away.
constexpr auto kLongestSilence = std::chrono::seconds(20);

/// What the answer of a running gradus says of it.
Result<ProgressDocument> document_in(const std::string& url, const Result<FetchedPage>& page) {
  if (!page) return tl::unexpected(page.error());
  if (page->status != 200)
    return fail(ErrorCode::kUnavailable, url + " answers with status " +
                                             std::to_string(page->status) +
                                             ": is it the address of a gradus?");
  auto document = read_progress_document(page->body);
  if (!document)
    return fail(ErrorCode::kUnavailable, url + " answers, but with " + document.error().message);
  return document;
}

DisplayFrame frame_of(ProgressDocument document, const std::string& url) {
  DisplayFrame frame;
  frame.headline = printable(document.headline);
  for (TaskProgress& task : document.report.tasks) {
    task.task = printable(task.task);
    task.tier = printable(task.tier);
  }
  for (TierProgress& tier : document.report.tiers) tier.tier = printable(tier.tier);
  frame.status = run_status(document);
  frame.run = document.report.run;
  frame.url = url;
  if (!document.report.tasks.empty())
    frame.report = std::make_shared<const ProgressReport>(std::move(document.report));
  return frame;
}

/// Asks a gradus each second and shows what it says, until a signal, q, or too long a silence.
class Watch {
 public:
  Watch(std::string url, DisplayFrame first)
      : url_(std::move(url)),
        frame_(std::move(first)),
        signals_(io_, SIGINT, SIGTERM),
        timer_(io_),
        screen_(make_full_screen(stdout, {io_, trails_, QuitKey::kLeaves, [this] { io_.stop(); }})),
        lines_(LineDisplay::Mode::kLines, stdout),
        heard_(clock_.elapsed()) {}

  int run() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) io_.stop();
    });
    show();
    if (screen_ && frame_.report) ask_for_curve(0);
    ask_later();
    io_.run();
    if (screen_) screen_->finish(frame_, seconds());
    if (!failure_) return kExitDone;
    return report_failure(*failure_);
  }

 private:
  double seconds() const { return std::chrono::duration<double>(clock_.elapsed()).count(); }

  void show() {
    if (screen_)
      screen_->tick(frame_, seconds());
    else
      lines_.tick(frame_, seconds());
  }

  void ask_later() {
    timer_.expires_after(kBetweenLooks);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      fetch(io_, url_ + "/api/v1/progress",
            [this](const Result<FetchedPage>& page) { take(document_in(url_, page)); });
    });
  }

  void take(Result<ProgressDocument> document) {
    note(document);
    if (document) {
      heard_ = clock_.elapsed();
      frame_ = frame_of(std::move(*document), url_);
    } else if (!screen_ && clock_.elapsed() - heard_ > kLongestSilence) {
      failure_ = {ErrorCode::kUnavailable, url_ + " has not answered for 20 s: ended"};
      return io_.stop();
    } else {
      frame_.trouble =
          "no answer for " +
          short_duration(std::chrono::duration<double>(clock_.elapsed() - heard_).count());
    }
    if (screen_ || document) show();
    ask_later();
  }

  /// Says once that the connection is lost, and once that it is back.
  void note(const Result<ProgressDocument>& answer) {
    if (answer.has_value() != lost_) return;
    lost_ = !answer.has_value();
    std::fprintf(stderr, "gradus: %s\n",
                 lost_ ? (answer.error().message + "; trying again").c_str()
                       : (url_ + " answers again").c_str());
  }

  /// The curves so far, one task after the other; those that cannot be had begin now.
  void ask_for_curve(std::size_t at) {
    if (at >= frame_.report->tasks.size()) return show();
    const std::string task = frame_.report->tasks[at].task;
    fetch(io_, url_ + "/api/v1/history?points=512&task=" + percent_encoded(task),
          [this, at, task](const Result<FetchedPage>& page) {
            if (page && page->status == 200)
              for (const CurvePoint& point : read_history_document(page->body))
                trails_.add_earlier(task, point.step, point.last);
            ask_for_curve(at + 1);
          });
  }

  std::string url_;
  SystemClock clock_;
  boost::asio::io_context io_;
  ScoreTrails trails_;
  DisplayFrame frame_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  std::unique_ptr<Display> screen_;  // null: lines
  LineDisplay lines_;
  Duration heard_;
  bool lost_ = false;
  std::optional<Error> failure_;
};

class WatchCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("URL", url_, "Where gradus listens: a URL, HOST:PORT or PORT")
        ->transform(server_address())
        ->capture_default_str();
    app.add_flag("--once", once_, "Print the ladder as it stands, and end");
  }

  int run() override {
    auto first = document_in(url_, fetch(url_ + "/api/v1/progress"));
    if (!first) return report_failure(first.error());
    DisplayFrame frame = frame_of(std::move(*first), url_);
    if (!once_) return Watch(url_, std::move(frame)).run();
    if (const auto terminal = terminal_size(::fileno(stdout))) {
      std::printf("%s",
                  results_text(frame, {}, terminal->columns, palette_of_environment()).c_str());
      return kExitDone;
    }
    std::printf("%s\n%s\n", status_line(frame.status).c_str(), frame.headline.c_str());
    if (frame.report) std::printf("\n%s", ladder_table(*frame.report).c_str());
    return kExitDone;
  }

 private:
  std::string url_ = "http://127.0.0.1:9630";
  bool once_ = false;
};

}  // namespace

std::unique_ptr<Command> make_watch_command() { return std::make_unique<WatchCommand>(); }

}  // namespace gradus
