#include <CLI/CLI.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "base/clock.h"
#include "describe/words.h"
#include "ingest/source.h"
#include "ladders/ladder_file.h"
#include "run/record_output.h"
#include "run/stop_signals.h"
#include "serve/rate_limit.h"

namespace gradus {
namespace {

constexpr std::size_t kRecordsAtOnce = 512;

/// "12,000 records, 3,000 a second" on a terminal, renewed in place twice a second; nothing
/// elsewhere.
class ProgressLine {
 public:
  explicit ProgressLine(const Clock& clock)
      : clock_(clock), start_(clock.elapsed()), shown_(::isatty(STDERR_FILENO) == 1) {}
  void show(std::uint64_t count) {
    const Duration now = clock_.elapsed();
    if (!shown_ || now - last_ < std::chrono::milliseconds(500)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    std::fprintf(
        stderr, "\r\x1b[2K%s records, %s a second", with_thousands(count).c_str(),
        with_thousands(static_cast<std::uint64_t>(static_cast<double>(count) / seconds)).c_str());
  }
  void finish(std::uint64_t count) const {
    const double seconds = std::chrono::duration<double>(clock_.elapsed() - start_).count();
    std::fprintf(stderr, "%swrote %s records in %s\n", shown_ ? "\r\x1b[2K" : "",
                 with_thousands(count).c_str(), short_duration(seconds).c_str());
  }

 private:
  const Clock& clock_;
  Duration start_;
  Duration last_{0};
  bool shown_;
};

class ProduceCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    auto* what = app.add_option_group("what", "What to write, one of")->require_option(1);
    offers(
        what->add_option("--ladder", ladder_, "Built-in ladder, or a ladder file with a generator")
            ->type_name("LADDER"),
        ladder_names());
    what->add_option("--from", from_, "The lines of a file, plain or gzip")->type_name("FILE");
    app.add_option("--count", count_, "How many records; 0 goes on until stopped")
        ->type_name("N")
        ->check(whole_number())
        ->capture_default_str();
    app.add_option("--rate", rate_, "Records a second; 0 is as fast as possible")
        ->type_name("R")
        ->check(number_from_zero());
    app.add_option("--seed", seed_, "Seed of the stream")
        ->type_name("S")
        ->check(whole_number(kLargestSeed))
        ->capture_default_str();
    app.add_flag("--items", items_, "Write the held-out items instead of the stream")
        ->excludes("--from");
    app.add_option("--out", out_, "Write to a file instead of stdout")->type_name("FILE");
    auto* brokers = app.add_option("--brokers", brokers_, "Write to this Kafka")
                        ->type_name("HOST:PORT")
                        ->excludes("--out");
    auto* topic =
        app.add_option("--topic", topic_, "Topic; made where it is missing")->type_name("NAME");
    brokers->needs(topic);
    topic->needs(brokers);
    app.add_option("--partitions", partitions_, "Partitions of a topic that is made")
        ->type_name("P")
        ->check(whole_number(10'000, 1))
        ->capture_default_str();
  }

  int run() override {
    StopSignals signals;
    SystemClock clock;
    Log log(LogFormat::kText, LogLevel::kWarning, clock);
    Ladder ladder;
    if (from_.empty()) {
      auto loaded = load_ladder(ladder_);
      if (!loaded) return report_failure(of_option("--ladder", loaded.error()));
      ladder = std::move(*loaded);
    }
    auto output = open_output(log);
    if (!output) return report_failure(output.error());
    ProgressLine progress(clock);
    const StopAsked stop = [&signals] { return signals.arrived(); };
    const auto written = items_ ? write_items(ladder, **output, stop)
                                : write_stream(ladder, **output, progress, stop, clock, log);
    const auto flushed = (*output)->flush(stop);
    if (!written) return report_failure(written.error());
    if (!flushed) return report_failure(flushed.error());
    progress.finish(*written);
    return kExitDone;
  }

 private:
  Result<std::unique_ptr<RecordOutput>> open_output(Log& log) const {
    if (brokers_.empty()) return open_line_output(out_);
    return open_topic(brokers_, topic_, partitions_, log).map(make_topic_output);
  }

  static Result<std::uint64_t> write_items(const Ladder& ladder, RecordOutput& output,
                                           const StopAsked& stop) {
    const auto items = ladder_items(ladder);
    if (!items) return tl::unexpected(items.error());
    for (const Item& item : *items)
      if (auto done = output.write(item.record, stop); !done) return tl::unexpected(done.error());
    return items->size();
  }

  /// The ladder's generated stream, or the lines of a file, at its beginning.
  Result<std::unique_ptr<Source>> open_source(const SourceSetup& setup) const {
    const std::string_view kind = from_.empty() ? "generate" : "file";
    Options options("stream." + std::string(kind));
    if (from_.empty()) {
      options.set("seed", std::to_string(seed_), "--seed");
      options.set("pace", "none", "produce");
    } else {
      options.set("path", from_, "--from");
    }
    auto source = find_source(kind)->make(options, setup);
    if (!source) return source;
    const StreamPosition start{(*source)->identity(), {}};
    if (auto opened = (*source)->open(start); !opened) return tl::unexpected(opened.error());
    return source;
  }

  Result<std::uint64_t> write_stream(const Ladder& ladder, RecordOutput& output,
                                     ProgressLine& progress, const StopAsked& stop, Clock& clock,
                                     Log& log) const {
    SourceSetup setup;
    setup.ladder = &ladder;
    setup.clock = &clock;
    setup.log = &log;
    auto source = open_source(setup);
    if (!source) return tl::unexpected(source.error());
    RateLimit limit(rate_, clock);
    std::uint64_t written = 0;
    while ((count_ == 0 || written < count_) && !(*source)->ended() && !stop()) {
      const std::uint64_t wanted =
          count_ == 0 ? kRecordsAtOnce : std::min<std::uint64_t>(kRecordsAtOnce, count_ - written);
      const auto records = (*source)->poll(limit.grant(wanted), std::chrono::milliseconds(100));
      if (!records) return tl::unexpected(records.error());
      for (const RawRecord& record : *records)
        if (auto done = output.write(record.bytes, stop); !done)
          return tl::unexpected(done.error());
      written += records->size();
      progress.show(written);
    }
    return written;
  }

  std::string ladder_, from_, out_, brokers_, topic_;
  std::uint64_t count_ = 0, seed_ = 1;
  double rate_ = 0;
  int partitions_ = 1;
  bool items_ = false;
};

}  // namespace

std::unique_ptr<Command> make_produce_command() { return std::make_unique<ProduceCommand>(); }

}  // namespace gradus
