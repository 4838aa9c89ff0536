#include "probes/prober.h"

#include <chrono>
#include <limits>

#include "tests/probes/fakes.h"

namespace gradus {
namespace {

using namespace std::chrono_literals;
using test::item;
using test::ladder_of;
using test::ScriptedPredictor;
using test::WordsDecoder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A prober over tasks a, b, c, ... with one item each; every probe costs `cost` of the manual
/// clock.
class ProberTest : public ::testing::Test {
 protected:
  void make(std::size_t tasks, ProberOptions options) {
    std::vector<std::string> names;
    std::vector<Item> items;
    for (std::size_t i = 0; i < tasks; ++i) {
      names.emplace_back(1, static_cast<char>('a' + i));
      items.push_back(item(static_cast<TaskIndex>(i), names.back() + " p= 1"));
    }
    ladder_ = ladder_of(names);
    decoder_ = std::make_unique<WordsDecoder>(ladder_);
    auto made = Prober::make(ladder_, items, *decoder_, options, clock_, log_);
    ASSERT_TRUE(made) << made.error().message;
    prober_ = std::move(*made);
  }

  Snapshot snapshot(Step step, bool last = false) {
    Snapshot made;
    made.step = step;
    made.own_steps = {step / 2};
    made.time = Timestamp(std::chrono::seconds(step));
    made.last = last;
    made.predictor =
        std::make_shared<ScriptedPredictor>([this](const ExampleBatch& batch, ItemScores& out) {
          clock_.advance(costs_[batch.task[0]]);
          test::say(batch, q_[batch.task[0]], out);
        });
    return made;
  }

  /// The tasks that the next snapshot is probed for, by name.
  std::string probed(bool last = false) {
    std::string names;
    for (const Score& score : prober_->probe(snapshot(++step_, last))) {
      names += ladder_.tasks[score.task].name;
    }
    return names;
  }

  void interest(std::vector<Interest> by_task) { prober_->set_interest(by_task); }

  ManualClock clock_{Timestamp(1'700'000'000s)};
  std::string lines_;
  Log log_{LogFormat::kText, LogLevel::kInfo, clock_, lines_};
  Ladder ladder_;
  std::unique_ptr<WordsDecoder> decoder_;
  std::unique_ptr<Prober> prober_;
  std::vector<Duration> costs_ = std::vector<Duration>(8, 10ms);
  std::vector<float> q_ = std::vector<float>(8, 0.75f);
  Step step_ = 0;
};

constexpr ProberOptions kNoLimit{.cpu_share = 0, .cores = 1, .settled_every = 4};

TEST_F(ProberTest, ScoresEveryTaskWithTheSnapshotsStepAndTime) {
  make(2, kNoLimit);
  const std::vector<Score> scores = prober_->probe(snapshot(100));
  ASSERT_EQ(scores.size(), 2u);
  EXPECT_EQ(scores[0].task, 0);
  EXPECT_EQ(scores[0].step, 100u);
  EXPECT_EQ(scores[0].own_step, 50u);
  EXPECT_EQ(scores[0].time, Timestamp(100s));
  EXPECT_EQ(scores[0].sums.mean(), 0.75);
  EXPECT_EQ(scores[1].own_step, 0u) << "a task that the snapshot does not know has learned nothing";
}

TEST_F(ProberTest, CountsGoodProbesAndTheirTime) {
  make(1, kNoLimit);
  clock_.advance(5s);
  probed();
  const ProbeStats& stats = prober_->stats();
  EXPECT_EQ(stats.tasks[0].ok, 1u);
  EXPECT_EQ(stats.tasks[0].last_ok, clock_.now());
  EXPECT_EQ(stats.tasks[0].last_ok_step, 1u);
  EXPECT_DOUBLE_EQ(stats.cpu_seconds, 0.010);
  EXPECT_EQ(stats.seconds_by_tier[0].count(), 1u);
  EXPECT_DOUBLE_EQ(stats.seconds_by_tier[0].sum(), 0.010);
}

TEST_F(ProberTest, BeginsItsMomentsAtTheStart) {
  make(1, kNoLimit);
  EXPECT_EQ(prober_->stats().tasks[0].last_ok, Timestamp(1'700'000'000s));
  EXPECT_EQ(prober_->stats().heartbeat, Timestamp(1'700'000'000s));
}

TEST_F(ProberTest, ProbesSettledTasksAtEveryFourthSnapshot) {
  make(2, kNoLimit);
  interest({Interest::kFrontier, Interest::kSettled});
  std::vector<std::string> seen;
  for (int i = 0; i < 6; ++i) seen.push_back(probed());
  EXPECT_THAT(seen, ElementsAre("ab", "a", "a", "a", "ab", "a"));
  EXPECT_EQ(prober_->stats().tasks[1].skipped, 0u) << "not due is not skipped";
}

TEST_F(ProberTest, ProbesASettledTaskAtOnceWhenItComesToTheFrontier) {
  make(2, kNoLimit);
  interest({Interest::kFrontier, Interest::kSettled});
  probed();
  interest({Interest::kFrontier, Interest::kFrontier});
  EXPECT_EQ(probed(), "ab");
}

TEST_F(ProberTest, ProbesEverythingAtTheLastSnapshot) {
  make(2, {.cpu_share = 0.01, .cores = 1, .settled_every = 4});
  interest({Interest::kFrontier, Interest::kSettled});
  probed();
  EXPECT_EQ(probed(/*last=*/true), "ab");
}

TEST_F(ProberTest, LetsTheFirstProbeOfEveryTaskPass) {
  make(3, {.cpu_share = 0.001, .cores = 1, .settled_every = 4});
  EXPECT_EQ(probed(), "abc");
}

TEST_F(ProberTest, SkipsAndCountsWhatTheBudgetDoesNotCover) {
  make(2, {.cpu_share = 0.1, .cores = 1, .settled_every = 4});
  probed();  // costs 20 ms, which 200 ms earn
  EXPECT_EQ(probed(), "");
  EXPECT_EQ(prober_->stats().tasks[0].skipped, 1u);
  EXPECT_EQ(prober_->stats().tasks[1].skipped, 1u);
  clock_.advance(280ms);  // 300 ms have earned 30 ms: one more probe
  EXPECT_EQ(probed(), "a");
  EXPECT_EQ(prober_->stats().tasks[1].skipped, 2u);
}

TEST_F(ProberTest, EarnsWithEveryCore) {
  make(2, {.cpu_share = 0.1, .cores = 4, .settled_every = 4});
  probed();
  clock_.advance(80ms);  // 100 ms of 4 cores at 10 % have earned 40 ms: 20 for the next two
  EXPECT_EQ(probed(), "ab");
}

TEST_F(ProberTest, TakesTheLongestUnprobedFirst) {
  make(3, {.cpu_share = 0.1, .cores = 1, .settled_every = 4});
  std::string order = probed();
  for (int i = 0; i < 6; ++i) {
    clock_.advance(100ms);
    order += ",";
    order += probed();
  }
  // The first round must be earned back: 300 ms for 30 ms. Then one probe each 100 ms, in turn.
  EXPECT_EQ(order, "abc,,,,a,b,c");
}

TEST_F(ProberTest, SpendsAtTheFrontierBeforeSettledTasks) {
  make(2, {.cpu_share = 0.1, .cores = 1, .settled_every = 1});
  interest({Interest::kSettled, Interest::kFrontier});
  probed();
  clock_.advance(290ms);  // 310 ms have earned 31 ms: one more probe, the rounding aside
  EXPECT_EQ(probed(), "b") << "a is due too and stands before b in the ladder";
}

TEST_F(ProberTest, NeverStarvesASettledTask) {
  make(2, {.cpu_share = 0.1, .cores = 1, .settled_every = 2});
  interest({Interest::kFrontier, Interest::kSettled});
  std::string all;
  for (int i = 0; i < 30; ++i) {
    all += probed();
    clock_.advance(90ms);  // with the 10 ms of a probe: exactly one probe a snapshot
  }
  EXPECT_GE(std::count(all.begin(), all.end(), 'b'), 3);
}

TEST_F(ProberTest, SavesUpForADearTask) {
  make(2, {.cpu_share = 0.1, .cores = 1, .settled_every = 4});
  costs_ = {10ms, 200ms};
  std::string all;
  for (int i = 0; i < 100; ++i) {
    all += probed();
    clock_.advance(100ms);
  }
  EXPECT_GE(std::count(all.begin(), all.end(), 'b'), 3) << all;
}

TEST_F(ProberTest, SavesNoMoreThanTheShareOfAMinute) {
  make(1, {.cpu_share = 0.1, .cores = 1, .settled_every = 4});
  costs_ = {1s};
  probed();
  clock_.advance(std::chrono::hours(10));
  std::string all;
  for (int i = 0; i < 20; ++i) all += probed();
  // 60 s at 10 % save 6 s, and the 6 s that these take earn nothing for a seventh.
  EXPECT_EQ(all, "aaaaaa");
}

TEST_F(ProberTest, SavesForATaskThatCostsMoreThanTheShareOfAMinute) {
  make(1, {.cpu_share = 0.01, .cores = 1, .settled_every = 4});
  costs_ = {5s};
  probed();
  clock_.advance(495s);  // pays for the first
  EXPECT_EQ(probed(), "");
  clock_.advance(501s);
  EXPECT_EQ(probed(), "a");
}

TEST_F(ProberTest, PaysForWhatFollowsFromTheScores) {
  make(1, {.cpu_share = 0.1, .cores = 1, .settled_every = 4});
  probed();
  clock_.advance(90ms);  // of work on the scores: 100 ms in all, which 1 s earns
  prober_->charge_for_scores();
  EXPECT_DOUBLE_EQ(prober_->stats().cpu_seconds, 0.1);
  clock_.advance(999ms);
  EXPECT_EQ(probed(), "");
  clock_.advance(2ms);
  EXPECT_EQ(probed(), "a");
}

TEST_F(ProberTest, TellsItsShareOfTheMachine) {
  make(1, {.cpu_share = 0.5, .cores = 2, .settled_every = 4});
  clock_.advance(990ms);
  probed();
  EXPECT_DOUBLE_EQ(prober_->stats().cpu_share, 0.010 / (1.0 * 2));
}

TEST_F(ProberTest, CountsAFailingProbeAndGoesOn) {
  make(3, kNoLimit);
  q_[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(probed(), "ac");
  EXPECT_EQ(prober_->stats().tasks[1].error, 1u);
  EXPECT_EQ(prober_->stats().tasks[1].ok, 0u);
  EXPECT_EQ(prober_->stats().tasks[1].last_ok, Timestamp(1'700'000'000s));
  EXPECT_THAT(lines_, AllOf(HasSubstr("probe of b at step 1"), HasSubstr("nan")));
}

TEST_F(ProberTest, LogsAFailingProbeAtMostOnceInTenSeconds) {
  make(1, kNoLimit);
  q_[0] = -1;
  for (int i = 0; i < 50; ++i) probed();
  EXPECT_EQ(std::count(lines_.begin(), lines_.end(), '\n'), 1);
  EXPECT_EQ(prober_->stats().tasks[0].error, 50u);
}

TEST_F(ProberTest, RecoversOnceTheModelDoes) {
  make(1, kNoLimit);
  q_[0] = std::numeric_limits<float>::infinity();
  probed();
  q_[0] = 0.5f;
  EXPECT_EQ(probed(), "a");
}

TEST_F(ProberTest, CountsASlowProbeAsTimeoutKeepsItsScoreAndThinsItsTask) {
  make(2, {.cpu_share = 0, .cores = 1, .settled_every = 2});
  costs_[1] = 11s;
  EXPECT_EQ(probed(), "ab");
  EXPECT_EQ(prober_->stats().tasks[1].timeout, 1u);
  EXPECT_EQ(prober_->stats().tasks[1].ok, 0u);
  costs_[1] = 10ms;
  std::vector<std::string> seen;
  for (int i = 0; i < 9; ++i) seen.push_back(probed());
  // Four times more thinly than a settled task, then, being fast again, at every snapshot.
  EXPECT_THAT(seen, ElementsAre("a", "a", "a", "a", "a", "a", "a", "ab", "ab"));
}

TEST_F(ProberTest, AllowsAMinuteBetweenProbesWhereSnapshotsAreDense) {
  make(1, kNoLimit);
  for (int i = 0; i < 5; ++i) {
    clock_.advance(1s);
    probed();
  }
  EXPECT_EQ(prober_->stats().tasks[0].interval_seconds, 60);
}

TEST_F(ProberTest, AllowsTwiceThePlannedTimeBetweenProbes) {
  make(2, kNoLimit);
  costs_.assign(8, 0ms);
  interest({Interest::kFrontier, Interest::kSettled});
  probed();
  clock_.advance(100s);
  probed();
  EXPECT_EQ(prober_->stats().tasks[0].interval_seconds, 200);
  EXPECT_EQ(prober_->stats().tasks[1].interval_seconds, 800) << "settled: at every fourth snapshot";
}

TEST_F(ProberTest, AllowsTheTimeThatTheBudgetNeedsForARound) {
  make(2, {.cpu_share = 0.01, .cores = 1, .settled_every = 4});
  costs_ = {1s, 1s};
  probed();
  EXPECT_EQ(prober_->stats().tasks[0].interval_seconds, 400) << "2 s at 1 % take 200 s, twice";
}

TEST_F(ProberTest, MovesItsHeartbeatOn) {
  make(1, kNoLimit);
  clock_.advance(7s);
  probed();
  EXPECT_EQ(prober_->stats().heartbeat, clock_.now());
}

TEST(Prober, NamesTheItemThatCannotBeDecoded) {
  const Ladder ladder = ladder_of({"a"});
  WordsDecoder decoder(ladder);
  ManualClock clock;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  const std::vector<Item> items = {item(0, "a p= 1"), item(0, "broken")};
  const auto made = Prober::make(ladder, items, decoder, {}, clock, log);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kBadData);
  EXPECT_THAT(made.error().message, HasSubstr("broken"));
}

}  // namespace
}  // namespace gradus
