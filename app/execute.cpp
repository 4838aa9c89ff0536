#include "app/execute.h"

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>

#include "app/http_server.h"
#include "app/pace_meter.h"
#include "app/progress_file.h"
#include "app/routes.h"
#include "app/summary.h"
#include "app/supervisor.h"
#include "base/atomic_file.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
constexpr auto kTick = std::chrono::milliseconds(200);
constexpr int kExitInterrupted = 130;

/// The main thread's work: signals, the display and the end of the loops.
class MainLoop {
 public:
  MainLoop(asio::io_context& io, Supervisor& supervisor, Display& display, const RunView& view,
           Latest<Pace>& pace, ProgressFile& file, Log& log, const ExecuteOptions& options)
      : io_(io),
        supervisor_(supervisor),
        display_(display),
        view_(view),
        pace_(pace),
        file_(file),
        log_(log),
        options_(options),
        timer_(io),
        signals_(io, SIGINT, SIGTERM),
        start_(view.clock.elapsed()) {}

  void begin() {
    wait_for_signal();
    tick();
  }
  double seconds() const {
    return std::chrono::duration<double>(view_.clock.elapsed() - start_).count();
  }

 private:
  void wait_for_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (error) return;
      if (stopping_) ::_exit(kExitInterrupted);  // state on disk is always sound
      stopping_ = true;
      supervisor_.request_stop();
      wait_for_signal();
    });
  }

  void tick() {
    if (supervisor_.poll()) {
      signals_.cancel();
      io_.stop();
      return;
    }
    const auto learner = view_.slots.learner.get();
    if (first_example_ < 0 && learner && learner->attempt_sums.examples > 0)
      first_example_ = seconds();
    if (options_.max_seconds > 0 && first_example_ >= 0 &&
        seconds() - first_example_ >= options_.max_seconds && !stopping_) {
      stopping_ = true;
      supervisor_.request_stop();
    }
    if (learner) pace_.set(std::make_shared<Pace>(Pace{pace_meter_.add(seconds(), learner->step)}));
    file_.write_when_due(view_, seconds(), log_);
    display_.tick(view_, seconds());
    timer_.expires_after(kTick);
    timer_.async_wait([this](const boost::system::error_code& error) {
      if (!error) tick();
    });
  }

  asio::io_context& io_;
  Supervisor& supervisor_;
  Display& display_;
  const RunView& view_;
  Latest<Pace>& pace_;
  ProgressFile& file_;
  Log& log_;
  PaceMeter pace_meter_;
  const ExecuteOptions& options_;
  asio::steady_timer timer_;
  asio::signal_set signals_;
  Duration start_;
  double first_example_ = -1;
  bool stopping_ = false;
};

}  // namespace

Result<Outcome> execute(RunParts& parts, const ExecuteOptions& options, Clock& clock, Log& log) {
  const RunView view{parts.facts, parts.ladder ? &*parts.ladder : nullptr,
                     parts.slots, parts.history_reader.get(),
                     clock,       log};
  asio::io_context io(1);
  auto server =
      HttpServer::listen(io, parts.config.listen, run_routes(view, parts.server), parts.server);
  if (!server) return tl::unexpected(server.error());
  std::printf("listening on %s\n", (*server)->url().c_str());
  std::fflush(stdout);

  Supervisor supervisor(parts);
  Display display(options.display,
                  options.display == Display::Mode::kProgressLine ? stderr : stdout);
  ProgressFile file(parts.config);
  MainLoop loop(io, supervisor, display, view, parts.slots.pace, file, log, options);
  supervisor.start();
  if (options.feeder) supervisor.start_feeder(options.feeder);
  loop.begin();
  io.run();

  (*server)->stop();
  const auto kept = file.write(view);
  display.finish(view, loop.seconds());
  Outcome outcome{summary_json(view, loop.seconds()), summary_text(view, loop.seconds())};
  if (!options.summary.empty())
    if (auto written = write_file_atomically(options.summary, outcome.json + "\n"); !written)
      return tl::unexpected(written.error());
  if (supervisor.failure()) return tl::unexpected(*supervisor.failure());
  if (!kept) return tl::unexpected(kept.error());
  return outcome;
}

}  // namespace gradus
