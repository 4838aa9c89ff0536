#include "run/execute.h"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "base/atomic_file.h"
#include "describe/progress_file.h"
#include "describe/summary.h"
#include "run/pace_meter.h"
#include "run/supervisor.h"
#include "serve/annotations.h"
#include "serve/events.h"
#include "serve/host_check.h"
#include "serve/http_server.h"
#include "serve/live_page.h"
#include "serve/routes.h"
#include "terminal/full_screen.h"
#include "terminal/terminal.h"
#include "terminal/terminal_rescue.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
constexpr auto kTick = std::chrono::milliseconds(200);
constexpr auto kParting = std::chrono::seconds(1);
constexpr int kExitInterrupted = 130;

/// Ends the process at the next signal, whatever its threads are at: state on disk is always sound.
/// Of the system, not of the io_context, which nobody runs while the last files are written.
void exit_at_next_signal(asio::signal_set& signals) {
  signals.clear();
  for (const int each : {SIGINT, SIGTERM})
    std::signal(each, [](int) {
      rescue_terminal();
      ::_exit(kExitInterrupted);
    });
}

/// What the main thread looks after while the loops run; all of it outlives the loop.
struct MainLoopParts {
  asio::io_context& io;
  asio::signal_set& signals;
  Supervisor& supervisor;
  Display& display;
  const RunView& view;
  Latest<Pace>& pace;
  LiveEvents& events;
  HttpServer& server;
  ProgressFile& file;
  RunLog& run_log;
  Log& log;
};

/// The main thread's work: signals, the display, event streams and the end of the loops.
class MainLoop {
 public:
  MainLoop(MainLoopParts parts, const ExecuteOptions& options)
      : parts_(parts),
        options_(options),
        timer_(parts.io),
        start_(parts.view.clock.elapsed()),
        url_(parts.server.url()) {}

  void begin() {
    wait_for_signal();
    tick();
  }
  /// The ordered end; from now on a signal ends the process at once.
  void end() {
    exit_at_next_signal(parts_.signals);
    stop();
  }
  DisplayFrame frame() const {
    DisplayFrame frame = display_frame(parts_.view, seconds());
    frame.url = url_;
    frame.ending = stopping_;
    return frame;
  }
  double seconds() const {
    return std::chrono::duration<double>(parts_.view.clock.elapsed() - start_).count();
  }

 private:
  void wait_for_signal() {
    parts_.signals.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) end();
    });
  }

  void stop() {
    stopping_ = true;
    parts_.supervisor.request_stop();
  }

  void tick() {
    if (parts_.supervisor.poll()) return parts_.io.stop();
    const auto learner = parts_.view.slots.learner.get();
    if (first_example_ < 0 && learner && learner->attempt_sums.examples > 0)
      first_example_ = seconds();
    if (options_.max_seconds > 0 && first_example_ >= 0 &&
        seconds() - first_example_ >= options_.max_seconds && !stopping_)
      stop();
    if (learner)
      parts_.pace.set(std::make_shared<Pace>(Pace{pace_meter_.add(seconds(), learner->step)}));
    parts_.file.hand_over_when_due(parts_.view, seconds());
    parts_.run_log.tick(parts_.view, seconds(), parts_.log);
    parts_.display.tick(frame(), seconds());
    if (parts_.events.tick()) parts_.server.wake_event_streams();
    timer_.expires_after(kTick);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) tick();
    });
  }

  MainLoopParts parts_;
  PaceMeter pace_meter_;
  const ExecuteOptions& options_;
  asio::steady_timer timer_;
  Duration start_;
  std::string url_;  // also when the server has stopped
  double first_example_ = -1;
  bool stopping_ = false;
};

/// Tells open pages that this is the end, and answers what they ask for to keep it: not for long.
void part(HttpServer& server, asio::io_context& io) {
  const auto end = std::chrono::steady_clock::now() + kParting;
  server.say_goodbye();
  io.restart();
  while (server.has_event_streams() && io.run_one_until(end) > 0) continue;
  server.stop();
}

/// What was learned of the curves before this process began.
ScoreTrails earlier_trails(const RunView& view) {
  constexpr std::size_t kPoints = 512;
  constexpr auto kLastStep = static_cast<Step>(std::numeric_limits<std::int64_t>::max());
  ScoreTrails trails;
  if (view.history == nullptr || view.ladder == nullptr) return trails;
  for (const Task& task : view.ladder->tasks)
    if (const auto points = view.history->curve(task.name, 0, kLastStep, kPoints))
      for (const CurvePoint& point : *points) trails.add_earlier(task.name, point.step, point.last);
  return trails;
}

LineDisplay::Mode line_mode(Shown shown) {
  if (shown == Shown::kNotAtAll) return LineDisplay::Mode::kQuiet;
  return shown == Shown::kProgressLine ? LineDisplay::Mode::kProgressLine
                                       : LineDisplay::Mode::kLines;
}

}  // namespace

Shown shown_on(std::FILE* out) { return can_draw_on(out) ? Shown::kFullScreen : Shown::kLines; }

Result<Outcome> execute(RunParts& parts, const ExecuteOptions& options, Clock& clock, Log& log) {
  const RunView view{parts.facts, parts.ladder ? &*parts.ladder : nullptr,
                     parts.slots, parts.history_reader.get(),
                     clock,       log};
  asio::io_context io(1);
  // Before the address is said: who reads it may end us at once. A signal waits until the loop
  // asks.
  asio::signal_set signals(io, SIGINT, SIGTERM);
  LiveEvents events(view);
  AnnotationDesk annotations(view, parts.annotations);
  const LivePage page(live_page_html());
  HttpLimits limits;
  limits.hosts = parts.config.hosts;
  auto server = HttpServer::listen(io, parts.config.listen,
                                   run_routes({view, parts.server, page, annotations, events}),
                                   parts.server, std::move(limits));
  if (!server) return tl::unexpected(server.error());
  const std::string exposed = exposure_words(parts.config.listen);
  if (!exposed.empty()) log.warning("serve", exposed);
  std::printf("listening on %s\n", (*server)->url().c_str());
  std::fflush(stdout);

  ProgressFile file(parts.config.data, parts.config.seed, parts.config.stated);
  Supervisor supervisor(parts);
  ScoreTrails trails = earlier_trails(view);
  std::function<void()> end;  // of the loop, which is made below
  std::unique_ptr<Display> display;
  if (options.shown == Shown::kFullScreen)
    display =
        make_full_screen(options.screen, {io, trails, QuitKey::kEndsTheRun, [&end] { end(); }});
  const bool on_screen = display != nullptr;
  if (!on_screen) display = std::make_unique<LineDisplay>(line_mode(options.shown), options.screen);
  RunLog run_log(parts.resumed_step(), options.notes);
  MainLoop loop({io, signals, supervisor, *display, view, parts.slots.pace, events, **server, file,
                 run_log, log},
                options);
  end = [&loop] { loop.end(); };
  supervisor.start();
  supervisor.start_writer([&](const std::stop_token& stop) { file.run(stop, log); });
  if (options.feeder) supervisor.start_feeder(options.feeder);
  loop.begin();
  io.run();
  const double seconds = loop.seconds();

  run_log.tick(view, seconds, log);  // what the last snapshot changed
  events.finish();
  part(**server, io);
  auto kept = file.write(view);
  display->finish(loop.frame(), seconds);
  Outcome outcome{summary_json(view, seconds),
                  on_screen ? summary_sentences(view, seconds) : summary_text(view, seconds),
                  std::move(kept)};
  if (!options.summary.empty())
    if (auto written = write_file_atomically(options.summary, outcome.json + "\n"); !written)
      outcome.kept = std::move(written);
  if (supervisor.failure()) return tl::unexpected(*supervisor.failure());
  return outcome;
}

}  // namespace gradus
