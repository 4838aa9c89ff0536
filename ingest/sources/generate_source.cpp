#include "ingest/sources/generate_source.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingest/sources/log_clock.h"

namespace gradus {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
// Long enough that a wake-up serves many records at full rate, short enough for smooth curves.
constexpr Duration kShortestSleep = std::chrono::milliseconds(1);
constexpr double kDebt = 1;  // seconds

struct GenerateOptions {
  std::uint64_t seed = 1;
  std::int64_t count = kNever;
  std::int64_t silence_from = kNever;
  std::int64_t silence_until = kNever;
  std::optional<LogClock> pace;

  /// How long the silence lasts; nothing where it does not end.
  std::optional<Duration> silence() const {
    if (!pace || silence_until == kNever) return std::nullopt;
    const double seconds = pace->seconds_at(static_cast<double>(silence_until)) -
                           pace->seconds_at(static_cast<double>(silence_from));
    return std::chrono::ceil<Duration>(std::chrono::duration<double>(seconds));
  }
};

class GenerateSource final : public Source {
 public:
  GenerateSource(const GenerateOptions& options, std::string ladder, const GeneratorKind& generator,
                 const SourceSetup& setup)
      : options_(options), ladder_(std::move(ladder)), generator_kind_(generator), setup_(setup) {}

  std::string identity() const override {
    return "generate:" + ladder_ + ":" + std::to_string(options_.seed);
  }
  std::string topic() const override { return ladder_; }

  Result<void> open(const StreamPosition& from) override {
    if (auto same = require_stream(from, identity()); !same) return same;
    auto made = generator_kind_.make(*setup_.ladder, options_.seed, setup_.changes);
    if (!made) return tl::unexpected(made.error());
    generator_ = std::move(*made);
    const PartitionPosition* position = from.find(0);
    next_ = position != nullptr ? position->next : 0;
    if (next_ > options_.count) {
      return fail(ErrorCode::kPositionGone,
                  identity() + ": the checkpoint stands at record " + std::to_string(next_) +
                      ", but count ends the stream at " + std::to_string(options_.count) +
                      "; raise it, or start again with a new data directory");
    }
    generator_->skip(static_cast<std::uint64_t>(next_));
    if (next_ > options_.silence_from && options_.silence()) options_.silence_from = kNever;
    begin_timetable();
    return {};
  }

  Result<std::span<const RawRecord>> poll(std::size_t limit, Duration wait) override {
    records_.clear();
    const auto left = static_cast<std::size_t>(end_of_records() - next_);
    const std::size_t count = std::min({limit, left, wait_until_due(wait)});
    if (texts_.size() < count) texts_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
      generator_->next(texts_[i]);
      records_.push_back(RawRecord{.bytes = texts_[i], .key = {}, .offset = next_++});
    }
    return records_;
  }

  bool ended() const override { return next_ >= options_.count; }
  SourceFacts facts() const override { return {}; }
  void commit(const StreamPosition&) override {}

 private:
  std::int64_t end_of_records() const {
    return std::max(next_, std::min(options_.count, options_.silence_from));
  }

  // Records that may come now; sleeps up to `wait` where none may.
  std::size_t wait_until_due(Duration wait) {
    end_silence_when_over();
    if (next_ == end_of_records()) {
      if (!ended()) setup_.clock->sleep(wait);
      return 0;
    }
    if (!options_.pace) return std::numeric_limits<std::size_t>::max();
    if (due() == 0) {
      const auto due_at = options_.pace->seconds_at(static_cast<double>(next_ + 1));
      const auto early = std::chrono::duration<double>(due_at - timetable_seconds());
      const auto until = std::chrono::ceil<Duration>(early);
      setup_.clock->sleep(std::min(wait, std::max(kShortestSleep, until)));
    }
    return due();
  }

  // The silence begins when its first record is asked for, and its time is not made up for.
  void end_silence_when_over() {
    if (next_ != options_.silence_from) return;
    const auto lasts = options_.silence();
    if (!lasts) return;
    if (!silent_since_) silent_since_ = setup_.clock->elapsed();
    if (setup_.clock->elapsed() - *silent_since_ < *lasts) return;
    options_.silence_from = kNever;
    begin_timetable();
  }

  std::size_t due() {
    double seconds = timetable_seconds();
    const double debt = seconds - options_.pace->seconds_at(static_cast<double>(next_)) - kDebt;
    if (debt > 0) {
      timetable_start_ += std::chrono::ceil<Duration>(std::chrono::duration<double>(debt));
      seconds -= debt;
    }
    const double ahead = options_.pace->count_at(seconds) - static_cast<double>(next_);
    return static_cast<std::size_t>(std::max(0.0, ahead));
  }

  void begin_timetable() {
    if (!options_.pace) return;
    const auto past =
        std::chrono::duration<double>(options_.pace->seconds_at(static_cast<double>(next_)));
    timetable_start_ = setup_.clock->elapsed() - std::chrono::floor<Duration>(past);
  }
  double timetable_seconds() const {
    return std::chrono::duration<double>(setup_.clock->elapsed() - timetable_start_).count();
  }

  GenerateOptions options_;
  std::string ladder_;
  const GeneratorKind& generator_kind_;
  SourceSetup setup_;
  std::unique_ptr<RecordGenerator> generator_;  // from `open` on
  std::int64_t next_ = 0;
  std::optional<Duration> silent_since_;  // of Clock::elapsed
  Duration timetable_start_{0};           // of Clock::elapsed, at which record 0 would have come
  std::vector<std::string> texts_;
  std::vector<RawRecord> records_;
};

constexpr std::array<std::string_view, 2> kPaces{"log", "none"};
constexpr OptionSpec kSeed = integer_option(
    "seed", 0, kNever, "", "seed of the generated stream; by default the learner's seed");
constexpr OptionSpec kCount =
    integer_option("count", 0, kNever, "0", "number of records in the stream; 0: no end");
constexpr OptionSpec kPace =
    choice_option("pace", kPaces, "log",
                  "`log`: each doubling of the examples takes the same time; `none`: full speed");
constexpr OptionSpec kPaceCap =
    number_option("pace_cap", 1e-3, 1e9, "22000", "highest pace, in records per second");
constexpr OptionSpec kDoubling =
    number_option("pace_seconds_per_doubling", 1e-3, 1e6, "3", "seconds that a doubling takes");
constexpr OptionSpec kSilenceFrom = integer_option(
    "silence_from", 0, kNever, "", "record at which the stream goes silent; by default never");
constexpr OptionSpec kSilenceUntil = integer_option(
    "silence_until", 0, kNever, "", "record at which the silence ends; by default never");
constexpr OptionSpec kLadder = text_option(
    "ladder", "name", "", "accepted and ignored; the stream comes from the top-level key `ladder`");
constexpr std::array kOptions = {kSeed,     kCount,       kPace,         kPaceCap,
                                 kDoubling, kSilenceFrom, kSilenceUntil, kLadder};

}  // namespace

std::span<const OptionSpec> generate_options() { return kOptions; }

Result<std::unique_ptr<Source>> make_generate_source(Options& options, const SourceSetup& setup) {
  GenerateOptions chosen;
  options.text(kLadder);
  chosen.seed =
      static_cast<std::uint64_t>(options.integer(kSeed, static_cast<std::int64_t>(setup.seed)));
  const std::int64_t count = options.integer(kCount);
  chosen.count = count == 0 ? kNever : count;
  chosen.silence_from = options.integer(kSilenceFrom, kNever);
  chosen.silence_until = options.integer(kSilenceUntil, kNever);
  const std::string pace = options.choice(kPace);
  const double cap = options.number(kPaceCap);
  const double doubling = options.number(kDoubling);
  if (auto finished = options.finish(); !finished) return tl::unexpected(finished.error());
  if (pace == "log") chosen.pace.emplace(cap, doubling);
  if (chosen.silence_until != kNever &&
      (!chosen.pace || chosen.silence_until <= chosen.silence_from)) {
    return fail(ErrorCode::kBadConfig,
                options.section() + ".silence_until: a silence ends after its silence_from, and " +
                    "only where pace is log: without a timetable it has no length");
  }
  const GeneratorKind* generator =
      setup.ladder != nullptr ? find_generator(setup.ladder->generator) : nullptr;
  if (generator == nullptr) {
    return tl::unexpected(options.refused(
        "ladder",
        "the stream is that of `ladder`, which must have a generator" +
            (setup.ladder == nullptr ? std::string("; none is given: try ladder: arithmetic")
                                     : ", and '" + setup.ladder->name + "' has none")));
  }
  return std::make_unique<GenerateSource>(chosen, setup.ladder->name, *generator, setup);
}

}  // namespace gradus
