#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "run/asked_items.h"
#include "run/assembly.h"
#include "tests/probes/fakes.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// One question, over and over: `count` times, and then the stream fails, ends or never comes to
/// its end.
class QuestionSource final : public Source {
 public:
  enum class Then : std::uint8_t { kEnds, kFails, kWaits };
  QuestionSource(std::int64_t count, Then then) : count_(count), then_(then) {}

  std::string identity() const override { return "questions"; }
  std::string topic() const override { return "questions"; }
  Result<void> open(const StreamPosition&) override { return {}; }
  Result<std::span<const RawRecord>> poll(std::size_t limit, Duration) override {
    if (next_ == count_ && then_ == Then::kFails)
      return fail(ErrorCode::kUnavailable, "the stream broke");
    records_.clear();
    while (records_.size() < limit && next_ < count_)
      records_.push_back({.bytes = "add1 3+4= 7", .key = {}, .offset = next_++});
    return records_;
  }
  bool ended() const override { return next_ == count_ && then_ == Then::kEnds; }
  SourceFacts facts() const override { return {}; }
  void commit(const StreamPosition&) override {}

 private:
  std::int64_t count_, next_ = 0;
  Then then_;
  std::vector<RawRecord> records_;
};

/// Counts what it is taught, and answers every question alike.
class CountingLearner final : public Learner {
 public:
  InputSpec input() const override { return {.kind = InputKind::kText}; }
  LearnSums learn(const ExampleBatch& batch) override {
    learned_ += batch.size();
    LearnSums sums;
    sums.examples = batch.size();
    sums.updates = 1;
    return sums;
  }
  std::shared_ptr<const Predictor> freeze() const override {
    return std::make_shared<ScriptedPredictor>(
        [](const ExampleBatch& items, ItemScores& out) { say(items, 0.5f, out); });
  }
  void save(ByteWriter& out) const override { out.put(learned_); }
  Result<void> load(ByteReader& in) override {
    learned_ = in.get<std::uint64_t>();
    return {};
  }
  LearnerFacts facts() const override { return {}; }

 private:
  std::uint64_t learned_ = 0;
};

/// The parts of a run with a stream of questions, a learner that counts, and real loops, probes,
/// history and checkpoints.
struct ScriptedRun {
  ScriptedRun(std::int64_t records, QuestionSource::Then then, Step max_examples = 0)
      : log(LogFormat::kText, LogLevel::kInfo, clock, lines) {
    parts.ladder = ladder_of({"add1"});
    parts.source = std::make_unique<QuestionSource>(records, then);
    parts.decoder = std::make_unique<WordsDecoder>(*parts.ladder);
    parts.item_decoder = std::make_unique<WordsDecoder>(*parts.ladder);
    parts.learner = std::make_unique<CountingLearner>();
    parts.checkpoints.emplace(folder / "checkpoints");
    std::filesystem::create_directory(folder / "checkpoints");
    parts.history = std::move(*History::open(folder.path(), "test"));
    EXPECT_TRUE(parts.history->begin_attempt(0, clock.now()).has_value());
    parts.tracker = std::make_unique<Tracker>(*parts.ladder, TrackerOptions{.run = "test"});
    parts.prober = std::move(*Prober::make(*parts.ladder, std::vector<Item>(10, the_item()),
                                           *parts.item_decoder, {.cpu_share = 0}, clock, log));
    parts.sealed.emplace(
        std::move(*SealedProber::make(*parts.ladder, {}, *parts.item_decoder, log)));
    make_loops(max_examples);
  }

  /// From now on no checkpoint can be written.
  void spoil_checkpoints() const { std::filesystem::remove(folder / "checkpoints"); }
  Step learned() const { return parts.slots.learner.get()->step; }
  Step probed() const { return parts.slots.progress.get()->step; }
  /// The first question that a run from the last checkpoint would read.
  Step next_read() const { return static_cast<Step>(parts.committed.get()->find(0)->next); }
  Step kept() const {
    const auto loaded = parts.checkpoints->load("test", "counting", 0);
    return loaded && *loaded ? (*loaded)->step : 0;
  }

  const TempDir folder;
  SystemClock clock;
  std::string lines;
  Log log;
  RunParts parts{Config(), 4};

 private:
  static Item the_item() { return item(0, "add1 1+1= 2"); }
  void make_loops(Step max_examples) {
    parts.ingest_loop = std::make_unique<IngestLoop>(
        IngestOptions{}, *parts.source, *parts.decoder, nullptr, StreamPosition{"questions", {}},
        parts.queue, parts.committed, parts.slots.ingest, clock, log);
    LearnerLoopOptions options;
    options.run = "test";
    options.learner = "counting";
    options.tasks = 1;
    options.max_examples = max_examples;
    parts.learner_loop = std::make_unique<LearnerLoop>(
        options, *parts.learner, &*parts.checkpoints, std::nullopt, parts.queue, parts.snapshots,
        parts.committed, parts.slots.learner, clock, log);
    parts.answers.emplace(asked_items(*parts.ladder, std::vector<Item>(10, the_item())));
    parts.probe_loop = std::make_unique<ProbeLoop>(
        ProbeLoopParts{*parts.prober, *parts.sealed, *parts.tracker, *parts.history, *parts.answers,
                       parts.snapshots, parts.annotations, parts.slots},
        clock, log);
  }
};

}  // namespace gradus::test
