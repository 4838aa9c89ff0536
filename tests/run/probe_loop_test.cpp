#include "run/probe_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "run/asked_items.h"
#include "tests/probes/fakes.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

/// A probe loop over two tasks of 60 items, with a model whose q the test chooses.
class ProbeLoopTest : public ::testing::Test {
 protected:
  ProbeLoopTest() : log_(LogFormat::kText, LogLevel::kInfo, clock_, lines_) {
    for (int i = 0; i < 60; ++i) {
      items_.push_back(test::item(0, "add1 1+1= 2"));
      items_.push_back(test::item(1, "sub1 1-1= 0"));
    }
    prober_ = std::move(*Prober::make(ladder_, items_, decoder_, {.cpu_share = 0}, clock_, log_));
    const std::vector<Item> sealed(60, test::item(1, "sub1 1-1= 7"));
    sealed_.emplace(std::move(*SealedProber::make(ladder_, sealed, decoder_, log_)));
    history_ = std::move(*History::open(folder_.path(), "test"));
    EXPECT_TRUE(history_->begin_attempt(0, clock_.now()).has_value());
    tracker_ = std::make_unique<Tracker>(ladder_, TrackerOptions{.run = "test"});
    answers_.emplace(asked_items(ladder_, items_));
    loop_ = std::make_unique<ProbeLoop>(ProbeLoopParts{*prober_, *sealed_, *tracker_, *history_,
                                                       *answers_, snapshots_, annotations_, slots_},
                                        clock_, log_);
  }

  enum class Which : std::uint8_t { kMore, kLast };
  void set_snapshot(Step step, float q, Which which = Which::kMore) {
    Snapshot snapshot;
    snapshot.step = step;
    snapshot.own_steps = {step / 2, step / 2};
    snapshot.time = clock_.now();
    snapshot.totals.sums.examples = step;
    snapshot.totals.sums.log_loss = 0.5 * static_cast<double>(step);
    snapshot.totals.events.of(Reject::kMalformed) = step / 100;
    snapshot.last = which == Which::kLast;
    snapshot.predictor = std::make_shared<test::ScriptedPredictor>(
        [q](const ExampleBatch& items, ItemScores& out) { test::say(items, q, out); });
    snapshots_.set(std::make_shared<Snapshot>(std::move(snapshot)));
  }
  /// A snapshot of a model that gives the same answer to every item.
  void set_answers(Step step, float q, const std::string& answer) {
    Snapshot snapshot;
    snapshot.step = step;
    snapshot.predictor = std::make_shared<test::ScriptedPredictor>(
        [q, answer](const ExampleBatch& items, ItemScores& out) {
          test::say(items, q, out);
          out.given.clear();
          out.given_begin.assign(1, 0);
          for (std::size_t i = 0; i < items.size(); ++i) {
            out.given += answer;
            out.given_begin.push_back(static_cast<std::uint32_t>(out.given.size()));
          }
        });
    snapshots_.set(std::make_shared<Snapshot>(std::move(snapshot)));
  }
  bool step() { return loop_->step({}, milliseconds(0)); }
  /// So many snapshots more, forty a doubling, from step 300 on.
  void step_through(int snapshots, float q) {
    for (int i = 0; i < snapshots; ++i, ++stepped_) {
      set_snapshot(static_cast<Step>(300 * std::exp2(stepped_ / 40.0)), q);
      EXPECT_TRUE(step());
    }
  }
  TaskProgress task(std::size_t index) const { return slots_.progress.get()->tasks[index]; }
  std::uint64_t probes() const { return slots_.probes.get()->tasks[0].ok; }

  const test::TempDir folder_;
  ManualClock clock_{Timestamp(std::chrono::seconds(1000))};
  std::string lines_;
  Log log_;
  Ladder ladder_ = test::ladder_of({"add1", "sub1"});
  test::WordsDecoder decoder_{ladder_};
  std::vector<Item> items_;
  std::unique_ptr<Prober> prober_;
  std::optional<SealedProber> sealed_;
  std::unique_ptr<History> history_;
  std::unique_ptr<Tracker> tracker_;
  std::optional<AnswerBook> answers_;
  Latest<Snapshot> snapshots_;
  BoundedQueue<Annotation> annotations_{4};
  RunSlots slots_;
  std::unique_ptr<ProbeLoop> loop_;
  int stepped_ = 0;
};

TEST_F(ProbeLoopTest, ShowsAReportBeforeTheFirstSnapshot) {
  ASSERT_NE(slots_.progress.get(), nullptr);
  EXPECT_EQ(slots_.progress.get()->tasks.size(), 2U);
  EXPECT_EQ(slots_.progress.get()->step, 0U);
  ASSERT_NE(slots_.probes.get(), nullptr);
}

TEST_F(ProbeLoopTest, ScoresASnapshotIntoReportAndHistory) {
  set_snapshot(300, 0.25f);
  EXPECT_TRUE(step());
  EXPECT_EQ(task(0).step, 300U);
  EXPECT_EQ(task(0).own_step, 150U);
  EXPECT_DOUBLE_EQ(task(0).score, 0.25);
  const auto kept = history_->scores();
  ASSERT_TRUE(kept.has_value());
  ASSERT_EQ(kept->size(), 2U);
  EXPECT_EQ((*kept)[0].step, 300U);
  EXPECT_DOUBLE_EQ((*kept)[0].sums.mean(), 0.25);
}

TEST_F(ProbeLoopTest, GoesOnWithoutANewSnapshot) {
  set_snapshot(300, 0.25f);
  EXPECT_TRUE(step());
  clock_.advance(std::chrono::seconds(5));
  EXPECT_TRUE(step());
  EXPECT_EQ(probes(), 1U);
  EXPECT_EQ(slots_.probes.get()->heartbeat, clock_.now());  // but it shows a sign of life
}

TEST_F(ProbeLoopTest, EndsWithTheLastSnapshot) {
  set_snapshot(300, 0.25f);
  EXPECT_TRUE(step());
  set_snapshot(350, 0.5f, Which::kLast);
  EXPECT_FALSE(step());
  EXPECT_DOUBLE_EQ(task(0).score, 0.5);
}

TEST_F(ProbeLoopTest, EndsAtAStopWithoutASnapshot) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(loop_->step(stop.get_token(), std::chrono::hours(1)));
}

TEST_F(ProbeLoopTest, CountsSnapshotsThatANewerOneReplaced) {
  set_snapshot(300, 0.1f);
  set_snapshot(310, 0.2f);
  set_snapshot(320, 0.3f);
  EXPECT_TRUE(step());
  EXPECT_EQ(slots_.probes.get()->snapshots_missed, 2U);
  EXPECT_EQ(task(0).step, 320U);
}

TEST_F(ProbeLoopTest, LooksMoreRarelyAtAMasteredTask) {
  // In the last bit they differ: a model that does not change at all is looked at closely.
  float q = 1;
  const auto learn_through = [&](int snapshots) {
    for (int i = 0; i < snapshots; ++i) step_through(1, q = std::nextafter(q, 0.0f));
  };
  learn_through(80);
  ASSERT_EQ(task(0).verdict, Verdict::kMastered);
  const std::uint64_t before = probes();
  learn_through(8);
  EXPECT_EQ(probes() - before, 2U);  // every fourth of eight
}

TEST_F(ProbeLoopTest, LooksCloselyAgainAtAMasteredTaskThatFalls) {
  step_through(80, 1.0f);
  ASSERT_EQ(task(0).verdict, Verdict::kMastered);
  step_through(8, 0.3f);  // two of these are looks
  const std::uint64_t before = probes();
  step_through(8, 0.3f);
  EXPECT_EQ(probes() - before, 8U);
}

// Another ladder of the same run has the two tasks in other places.
TEST_F(ProbeLoopTest, GoesOnWhereTheHistoryCannotBeWritten) {
  set_snapshot(300, 0.25f);
  step();
  const Ladder swapped = test::ladder_of({"sub1", "add1"});
  Tracker tracker(swapped, {.run = "test"});
  ProbeLoop loop(
      {*prober_, *sealed_, tracker, *history_, *answers_, snapshots_, annotations_, slots_}, clock_,
      log_);
  set_snapshot(310, 0.5f);
  EXPECT_TRUE(loop.step({}, milliseconds(0)));
  EXPECT_DOUBLE_EQ(task(0).score, 0.5);
  EXPECT_THAT(lines_, HasSubstr("history"));
}

TEST_F(ProbeLoopTest, WritesLaterWhatAFullDiskDidNotTake) {
  {
    const test::FileSizeLimit full(4096);
    set_snapshot(300, 0.5f);
    step();
    set_snapshot(400, 0.5f);
    step();
  }
  EXPECT_EQ(slots_.history.get()->scores_waiting, 4U);
  EXPECT_EQ(slots_.history.get()->write_failures, 2U) << "one a snapshot";
  EXPECT_THAT(lines_, HasSubstr("history.db"));
  EXPECT_TRUE(history_->scores()->empty());

  set_snapshot(500, 0.5f);
  step();
  EXPECT_EQ(slots_.history.get()->scores_waiting, 0U);
  EXPECT_EQ(history_->scores()->size(), 6U);
  const auto spans = history_->stream_spans();
  ASSERT_EQ(spans->size(), 1U);
  EXPECT_EQ(spans->front().from, 0U);
  EXPECT_EQ(spans->front().examples, 500U);
  EXPECT_EQ(spans->front().events.of(Reject::kMalformed), 5U);
}

TEST_F(ProbeLoopTest, TakesAnAnnotationWhileNoProbeRuns) {
  EXPECT_TRUE(annotations_.try_push({1, 120, clock_.now(), "learning rate dropped"}));
  EXPECT_TRUE(step());
  ASSERT_EQ(slots_.progress.get()->annotations.size(), 1U);
  EXPECT_EQ(slots_.progress.get()->annotations[0].text, "learning rate dropped");
  const auto kept = history_->annotations();
  ASSERT_TRUE(kept.has_value());
  ASSERT_EQ(kept->size(), 1U);
  EXPECT_EQ((*kept)[0].step, 120U);
}

TEST_F(ProbeLoopTest, PutsAnAnnotationBehindTheScoresThatWereTaken) {
  set_snapshot(300, 0.25f);
  step();
  EXPECT_TRUE(annotations_.try_push({1, 250, clock_.now(), "told late"}));
  step();
  EXPECT_EQ(slots_.progress.get()->annotations[0].step, 300U);
  EXPECT_EQ(history_->annotations()->at(0).step, 300U);
}

TEST_F(ProbeLoopTest, LosesNoAnnotationAtTheEndAndTakesNoneAfterIt) {
  set_snapshot(300, 0.25f, Which::kLast);
  EXPECT_TRUE(annotations_.try_push({1, 300, clock_.now(), "just in time"}));
  loop_->run({});
  EXPECT_FALSE(annotations_.try_push({2, 300, clock_.now(), "too late"}));
  EXPECT_EQ(history_->annotations()->size(), 1U);
}

TEST_F(ProbeLoopTest, TakesAnnotationsFromAnotherThreadWhileItProbes) {
  std::jthread probes([this] { loop_->run({}); });
  std::uint64_t declared = 0;
  for (Step at = 300; at < 400; ++at) {
    set_snapshot(at, 0.25f);
    if (annotations_.try_push({declared + 1, at, clock_.now(), "event"})) ++declared;
  }
  set_snapshot(400, 0.25f, Which::kLast);
  probes.join();
  const auto kept = history_->annotations();
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->size(), declared);
  EXPECT_EQ(slots_.progress.get()->annotated, declared);
}

TEST_F(ProbeLoopTest, ExplainsAFallWithItsStreamAndTheItemsLost) {
  step_through(80, 1.0f);
  step_through(40, 0.3f);
  ASSERT_EQ(task(0).verdict, Verdict::kRegressing);
  const VerdictChange change = *task(0).last_change;
  ASSERT_TRUE(change.stream);
  const StreamSpan& span = change.stream->span;
  EXPECT_EQ(span.from, change.alarm->window_from);
  EXPECT_EQ(span.to, change.step);
  EXPECT_EQ(span.examples, change.step - change.alarm->window_from);
  EXPECT_DOUBLE_EQ(*span.mean_log_loss(), 0.5);
  EXPECT_EQ(span.events.undecodable(), span.to / 100 - span.from / 100);
  EXPECT_EQ(change.items_lost.size(), 60U);
  ASSERT_EQ(change.lost_answers.size(), 12U);
  EXPECT_EQ(change.lost_answers[0].question, "add1 1+1= 2");
  const auto kept = history_->changes();
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->back().second.lost_answers.size(), 12U);
}

// Before the warm-up no detector runs: the bound alone tells of the fall.
TEST_F(ProbeLoopTest, ExplainsAFallThatTheBoundToldFromWhereTheTargetWasLeft) {
  step_through(10, 1.0f);
  step_through(20, 0.3f);
  ASSERT_EQ(task(0).verdict, Verdict::kRegressing);
  const VerdictChange change = *task(0).last_change;
  EXPECT_FALSE(change.alarm);
  EXPECT_EQ(change.left_target, static_cast<Step>(300 * std::exp2(9 / 40.0)));
  ASSERT_TRUE(change.stream);
  EXPECT_EQ(change.stream->span.from, change.left_target);
  EXPECT_EQ(change.stream->span.to, change.step);
  EXPECT_EQ(change.lost_answers.size(), 12U);
}

TEST_F(ProbeLoopTest, ShowsAndKeepsTheNewestAndTheBestAnswers) {
  set_answers(300, 0.9f, "2");
  step();
  set_answers(310, 0.4f, "7");
  step();
  const TaskAnswers shown = slots_.answers.get()->at(0);
  ASSERT_EQ(shown.items->size(), 60U);
  ASSERT_TRUE(shown.newest && shown.best);
  EXPECT_EQ(shown.newest->answer(59), "7");
  EXPECT_FALSE(shown.newest->exact(59));
  EXPECT_EQ(shown.best->step, 300U);
  EXPECT_EQ(shown.best->answer(59), "2");
  EXPECT_TRUE(shown.best->exact(59));
  const auto kept = history_->answers();
  ASSERT_TRUE(kept.has_value()) << kept.error().message;
  ASSERT_EQ(kept->size(), 2U);
  EXPECT_EQ(kept->at(0).best->answer(0), "2");
  EXPECT_EQ(kept->at(0).newest->answer(0), "7");
}

// A model that has learned the probed items by heart and no other.
TEST_F(ProbeLoopTest, ComparesSealedItemsWithTheProbedOnesAtTheSameSnapshot) {
  Snapshot snapshot;
  snapshot.step = 1024;
  snapshot.own_steps = {512, 512};
  snapshot.predictor =
      std::make_shared<test::ScriptedPredictor>([](const ExampleBatch& items, ItemScores& out) {
        const bool sealed = items.arena.find('7') != std::string::npos;
        test::say(items, sealed ? 0.1f : 0.9f, out);
      });
  snapshots_.set(std::make_shared<Snapshot>(std::move(snapshot)));
  EXPECT_TRUE(step());
  EXPECT_FALSE(task(0).sealed.has_value());
  const auto sealed = task(1).sealed;
  ASSERT_TRUE(sealed.has_value());
  EXPECT_NEAR(sealed->gap, 0.8, 1e-6);
  EXPECT_TRUE(sealed->overfit());
  EXPECT_NEAR(task(1).score, 0.9, 1e-6) << "the score is of the probed items alone";
}

}  // namespace
}  // namespace gradus
