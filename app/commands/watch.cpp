#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "app/display.h"
#include "app/http_client.h"
#include "app/progress_document.h"
#include "app/stop_signals.h"
#include "app/words.h"
#include "base/clock.h"
#include "base/text.h"

namespace gradus {
namespace {

constexpr auto kBetweenLooks = std::chrono::seconds(1);
/// Nobody sees that lines no longer come: without a terminal it ends when the server stays away.
constexpr auto kLongestSilence = std::chrono::seconds(20);
constexpr auto kBetweenSignals = std::chrono::milliseconds(50);

/// What a running gradus says of itself now.
Result<ProgressDocument> ask(const std::string& url) {
  const auto page = fetch(url + "/api/v1/progress");
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

DisplayFrame frame_of(ProgressDocument document) {
  DisplayFrame frame;
  frame.headline = printable(document.headline);
  for (TaskProgress& task : document.report.tasks) {
    task.task = printable(task.task);
    task.tier = printable(task.tier);
  }
  for (TierProgress& tier : document.report.tiers) tier.tier = printable(tier.tier);
  frame.status = run_status(document);
  if (!document.report.tasks.empty())
    frame.report = std::make_shared<const ProgressReport>(std::move(document.report));
  return frame;
}

class WatchCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("URL", url_, "Where gradus listens: a URL, HOST:PORT or PORT")
        ->transform(server_address())
        ->capture_default_str();
    app.add_flag("--once", once_, "Print the ladder as it stands, and end");
  }

  int run() override {
    StopSignals signals;
    SystemClock clock;
    auto first = ask(url_);
    if (!first) return report_failure(first.error());
    DisplayFrame frame = frame_of(std::move(*first));
    if (once_) {
      std::printf("%s\n%s\n", status_line(frame.status).c_str(), frame.headline.c_str());
      if (frame.report)
        std::printf("\n%s", ladder_table(*frame.report, TableStyle::kPlain).c_str());
      return kExitDone;
    }
    const Display::Mode mode = Display::mode_for(stdout);
    Display display(mode, stdout);
    display.tick(frame, seconds(clock));
    Duration heard = clock.elapsed();
    while (!stopped(signals, clock)) {
      auto document = ask(url_);
      note(document);
      if (document) heard = clock.elapsed();
      if (mode != Display::Mode::kTable && clock.elapsed() - heard > kLongestSilence)
        return report_failure(
            {ErrorCode::kUnavailable, url_ + " has not answered for 20 s: ended"});
      if (document) frame = frame_of(std::move(*document));
      frame.log_lines = notes_;
      if (document) display.tick(frame, seconds(clock));
    }
    return kExitDone;
  }

 private:
  static double seconds(const Clock& clock) {
    return std::chrono::duration<double>(clock.elapsed()).count();
  }

  /// Waits until it is time to look again; true where a signal came first.
  static bool stopped(StopSignals& signals, Clock& clock) {
    const Duration until = clock.elapsed() + kBetweenLooks;
    while (clock.elapsed() < until) {
      if (signals.arrived()) return true;
      clock.sleep(kBetweenSignals);
    }
    return signals.arrived();
  }

  /// Says once that the connection is lost, and once that it is back.
  void note(const Result<ProgressDocument>& answer) {
    if (answer.has_value() != lost_) return;
    lost_ = !answer.has_value();
    ++notes_;
    std::fprintf(stderr, "gradus: %s\n",
                 lost_ ? (answer.error().message + "; trying again").c_str()
                       : (url_ + " answers again").c_str());
  }

  std::string url_ = "http://127.0.0.1:9630";
  bool once_ = false;
  bool lost_ = false;
  std::uint64_t notes_ = 0;
};

}  // namespace

std::unique_ptr<Command> make_watch_command() { return std::make_unique<WatchCommand>(); }

}  // namespace gradus
