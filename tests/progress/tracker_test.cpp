#include "progress/tracker.h"

#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "tests/progress/score_builder.h"

namespace gradus {
namespace {

using test::ladder_of;
using test::Probe;
using test::score_of;

Score probe(Step step, double q, unsigned exact = 0) {
  return score_of({.step = step, .q = q, .exact = exact});
}

/// One task that grows, stalls and falls, at 40 probes a doubling, with flipping items.
std::vector<Score> eventful_history() {
  SplitMix64 random(3);
  std::vector<Score> scores;
  double level = 0.1;
  for (int t = 0; t < 400; ++t) {
    level += t < 200 ? 0.0025 : t < 320 ? 0 : -0.004;
    scores.push_back(score_of(
        {.step = static_cast<Step>(1024 * std::exp2(t / 40.0)),
         .q = level + 0.005 * random.normal(),
         .exact = static_cast<unsigned>(level * 128) + static_cast<unsigned>(random.below(5))}));
  }
  return scores;
}

TEST(Tracker, ReportsTheLadderBeforeAnyScore) {
  const Tracker tracker(ladder_of(2), {.run = "r", .attempt = 4});
  const auto report = tracker.report();
  EXPECT_EQ(report->run, "r");
  EXPECT_EQ(report->attempt, 4u);
  EXPECT_EQ(report->ladder, "test");
  EXPECT_EQ(report->ladder_version, 3);
  ASSERT_EQ(report->tasks.size(), 2u);
  EXPECT_EQ(report->tasks[1].task, "task1");
  EXPECT_EQ(report->tasks[1].tier, "base");
  EXPECT_EQ(report->tasks[1].floor, 0.2);
  EXPECT_EQ(report->tasks[1].step, 0u);
  EXPECT_EQ(report->tasks[1].verdict, Verdict::kDormant);
  EXPECT_FALSE(report->tasks[1].slope_per_doubling.has_value());
  ASSERT_EQ(report->tiers.size(), 1u);
}

TEST(Tracker, SplitsItsErrorBudgetOverTwoDetectorsATask) {
  const Tracker tracker(ladder_of(17), {.run = "r", .false_alarms_per_run = 0.05});
  // ln(400 / (4 * 0.05 / 34))
  EXPECT_NEAR(tracker.report()->tasks[0].stall.threshold, std::log(400 / (4 * 0.05 / 34)), 1e-12);
}

TEST(Tracker, DescribesTheNewestScore) {
  Tracker tracker(ladder_of(1), {});
  const auto report = tracker.update(std::vector{probe(1000, 0.5, 64)});
  const TaskProgress& task = report->tasks[0];
  EXPECT_EQ(report->step, 1000u);
  EXPECT_EQ(task.step, 1000u);
  EXPECT_EQ(task.own_step, 100u);
  EXPECT_EQ(task.items, 128u);
  EXPECT_DOUBLE_EQ(task.score, 0.5);
  EXPECT_DOUBLE_EQ(task.exact, 0.5);
  EXPECT_DOUBLE_EQ(task.log_loss, 0.5);
  EXPECT_NEAR(task.now.upper - task.now.lower, 2 * 1.959964 * 0.2 / std::sqrt(128), 1e-9);
  EXPECT_NEAR(task.exact_now.lower, 0.414652, 6e-7);
  EXPECT_TRUE(task.peek_safe_monotone);
  EXPECT_NEAR(task.peek_safe.upper, 0.5 + 0.120040, 6e-7);
}

TEST(Tracker, IgnoresWhatIsNotNewer) {
  Tracker tracker(ladder_of(1), {});
  tracker.update(std::vector{probe(1000, 0.5)});
  EXPECT_DOUBLE_EQ(tracker.update(std::vector{probe(900, 0.7)})->tasks[0].score, 0.5);
  EXPECT_DOUBLE_EQ(tracker.update(std::vector{probe(1000, 0.7)})->tasks[0].score, 0.5);
}

TEST(Tracker, IgnoresTasksItDoesNotKnowAndScoresWithoutItems) {
  Tracker tracker(ladder_of(1), {});
  Score stranger = probe(1000, 0.5), empty = probe(1000, 0.5);
  stranger.task = 7;
  empty.sums = {};
  EXPECT_EQ(tracker.update(std::vector{stranger, empty})->tasks[0].step, 0u);
}

TEST(Tracker, TakesAScoreThatIsNoNumberForZero) {
  Tracker tracker(ladder_of(1), {});
  Score broken = probe(1000, 0.5);
  broken.sums.q = broken.sums.q_squared = std::numeric_limits<double>::quiet_NaN();
  const auto report = tracker.update(std::vector{broken});
  EXPECT_EQ(report->tasks[0].score, 0);
  EXPECT_EQ(report->tasks[0].now.lower, 0);
}

TEST(Tracker, NamesTheLowestFacetAsBottleneck) {
  Tracker tracker(ladder_of(1), {});
  Score score = probe(1000, 0.5);
  score.facets = {{"position 1", {128, 128, 120, 115, 1}},
                  {"position 2", {128, 10, 20, 5, 200}},
                  {"carry", {0, 0, 0, 0, 0}}};
  const auto report = tracker.update(std::vector{score});
  ASSERT_EQ(report->tasks[0].facets.size(), 3u);
  EXPECT_DOUBLE_EQ(report->tasks[0].facets[0].score, 120 / 128.0);
  EXPECT_EQ(report->tasks[0].bottleneck, "position 2");
}

TEST(Tracker, RemembersTheBestScore) {
  Tracker tracker(ladder_of(1), {});
  tracker.update(std::vector{probe(1000, 0.5)});
  tracker.update(std::vector{probe(2000, 0.7)});
  const auto report = tracker.update(std::vector{probe(3000, 0.6)});
  EXPECT_DOUBLE_EQ(report->tasks[0].best, 0.7);
  EXPECT_EQ(report->tasks[0].best_step, 2000u);
}

TEST(Tracker, GivesTheShareOfTheStreamOverTwoProbes) {
  Tracker tracker(ladder_of(1), {});
  const std::vector<std::pair<Step, Step>> steps{{1000, 100}, {2000, 300}, {3000, 500}};
  for (const auto& [step, own_step] : steps) {
    Score score = probe(step, 0.5);
    score.own_step = own_step;
    tracker.update(std::vector{score});
  }
  EXPECT_DOUBLE_EQ(tracker.report()->tasks[0].stream_share, 400 / 2000.0);
}

TEST(Tracker, WidensThePeekSafeBandWhenItemsFlip) {
  Tracker tracker(ladder_of(1), {});
  tracker.update(std::vector{probe(1000, 0.5, 64)});
  const auto report = tracker.update(std::vector{probe(1100, 0.5, 60)});  // 4 of 128 lost
  EXPECT_FALSE(report->tasks[0].peek_safe_monotone);
  // alpha / ((t + 1)(t + 2)) at t = 1
  EXPECT_NEAR(report->tasks[0].peek_safe.upper, 0.5 + std::sqrt(std::log(240) / 256), 1e-9);
}

TEST(Tracker, BeginsAnewWithOtherItems) {
  Tracker tracker(ladder_of(1), {});
  tracker.update(std::vector{probe(1000, 0.9)});
  Score other = probe(2000, 0.3);
  other.item_digest = 43;
  EXPECT_DOUBLE_EQ(tracker.update(std::vector{other})->tasks[0].best, 0.3);
}

TEST(Tracker, CarriesNothingOfTheOldCurveOverToOtherItems) {
  Tracker tracker(ladder_of(1), {});
  const std::vector<Score> old = eventful_history();
  for (const Score& score : old) tracker.update(std::vector{score});
  const TaskProgress before = tracker.report()->tasks[0];
  ASSERT_TRUE(before.noise_sd && before.autocorrelation && before.last_change);
  ASSERT_GT(before.last_improvement_step, 0u);

  Score other = old.back();
  other.step *= 2;
  other.item_digest += 1;
  const TaskProgress task = tracker.update(std::vector{other})->tasks[0];
  EXPECT_EQ(task.verdict, Verdict::kDormant);
  EXPECT_FALSE(task.noise_sd);
  EXPECT_FALSE(task.autocorrelation);
  EXPECT_FALSE(task.last_change);
  EXPECT_TRUE(task.strict_claim);
  EXPECT_EQ(task.since_step, 0u);
  EXPECT_EQ(task.last_improvement_step, 0u);
  EXPECT_EQ(task.regressed, before.regressed) << "a counter of the run never goes back";
}

TEST(Tracker, TellsWhatChangedAndWhichItemsWereLost) {
  Tracker tracker(ladder_of(1), {});
  std::vector<VerdictChange> changes;
  for (const Score& score : eventful_history()) {
    const auto report = tracker.update(std::vector{score});
    const auto& change = report->tasks[0].last_change;
    if (change && change->step == score.step) changes.push_back(*change);
  }
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].to, Verdict::kLearning);
  EXPECT_EQ(changes[1].to, Verdict::kStalled);
  EXPECT_EQ(changes[2].to, Verdict::kRegressing);
  ASSERT_TRUE(changes[2].alarm);
  EXPECT_GE(changes[2].alarm->evidence.log_e, changes[2].alarm->evidence.threshold);
  EXPECT_LT(changes[2].alarm->slope_now, 0);
  EXPECT_FALSE(changes[2].items_lost.empty());
  EXPECT_EQ(changes[2].items_gained, 0u);
  EXPECT_GT(changes[2].log_e_items, 0);
  const TaskProgress& task = tracker.report()->tasks[0];
  EXPECT_EQ(task.improved, 1u);
  EXPECT_EQ(task.stalled, 1u);
  EXPECT_EQ(task.regressed, 1u);
  EXPECT_EQ(task.since_step, changes[2].step);
  EXPECT_GT(task.last_improvement_step, 0u);
}

TEST(Tracker, EstimatesSlopeNoiseAndAutocorrelation) {
  Tracker tracker(ladder_of(1), {});
  const std::vector<Score> history = eventful_history();
  for (int t = 0; t < 190; ++t) tracker.update({&history[static_cast<std::size_t>(t)], 1});
  const TaskProgress& task = tracker.report()->tasks[0];
  EXPECT_NEAR(*task.slope_per_doubling, 0.1, 0.01);
  // White noise of 0.005 under STRICT's factor sqrt(1.6) and the larger of two estimates.
  EXPECT_GT(*task.noise_sd, 0.004);
  EXPECT_LT(*task.noise_sd, 0.012);
  EXPECT_LT(*task.autocorrelation, 0.4);
  EXPECT_TRUE(task.strict_claim);
}

TEST(Tracker, WithdrawsItsErrorRateUnderStrongAutocorrelation) {
  Tracker tracker(ladder_of(1), {});
  SplitMix64 random(9);
  double e = 0;
  for (int t = 0; t < 600; ++t) {
    e = 0.97 * e + 0.005 * random.normal();
    tracker.update(std::vector{probe(static_cast<Step>(1024 * std::exp2(t / 40.0)), 0.5 + e)});
  }
  EXPECT_GT(*tracker.report()->tasks[0].autocorrelation, 0.8);
  EXPECT_FALSE(tracker.report()->tasks[0].strict_claim);
}

TEST(Tracker, PracticalNeverClaimsAnErrorRate) {
  const Tracker tracker(ladder_of(1), {.run = "r", .profile = Profile::kPractical});
  EXPECT_FALSE(tracker.report()->tasks[0].strict_claim);
}

TEST(Tracker, ReportsTheNewestAnnotationsAndTheNumberOfAll) {
  Tracker tracker(ladder_of(1), {});
  for (std::uint64_t id = 1; id <= 120; ++id) tracker.annotate({id, id * 10, {}, "event"});
  const auto report = tracker.report();
  EXPECT_EQ(report->annotated, 120u);
  ASSERT_EQ(report->annotations.size(), 100u);
  EXPECT_EQ(report->annotations.front().id, 21u);
  EXPECT_EQ(report->annotations.back().step, 1200u);
}

TEST(Tracker, RearmsEveryTaskAboveTheStepOfAnAnnotation) {
  Tracker tracker(ladder_of(1), {});
  const auto history = eventful_history();
  tracker.update(std::span(history).first(100));
  ASSERT_TRUE(tracker.report()->tasks[0].noise_sd.has_value());
  const Step declared = history[101].step;
  tracker.annotate({1, declared, {}, "learning rate dropped", true});
  EXPECT_TRUE(tracker.update(std::span(history).subspan(100, 2))->tasks[0].noise_sd.has_value())
      << "these scores are not above its step";
  const auto report = tracker.update(std::span(history).subspan(102, 1));
  EXPECT_FALSE(report->tasks[0].noise_sd.has_value());
  EXPECT_FALSE(report->tasks[0].slope_per_doubling.has_value());
  EXPECT_EQ(report->tasks[0].stall.log_e, 0);
  EXPECT_EQ(report->tasks[0].verdict, Verdict::kLearning);
}

TEST(Tracker, SaysThatAVerdictIsFromBeforeTheRearmingUntilADetectorAlarms) {
  Tracker tracker(ladder_of(1), {});
  const auto history = eventful_history();
  std::size_t next = 0;
  const auto verdict = [&] { return tracker.report()->tasks[0].verdict; };
  while (verdict() != Verdict::kStalled) tracker.update({&history[next++], 1});
  const Step declared = history[next].step;
  tracker.annotate({1, declared, {}, "learning rate raised", true});
  EXPECT_FALSE(tracker.update({&history[next++], 1})->tasks[0].rearmed_step);
  EXPECT_EQ(tracker.update({&history[next++], 1})->tasks[0].rearmed_step, declared);

  for (int i = 0; i < 5; ++i) tracker.update({&history[next++], 1});  // too few for any alarm
  EXPECT_EQ(verdict(), Verdict::kStalled);
  EXPECT_EQ(tracker.report()->tasks[0].rearmed_step, declared);

  tracker.update(std::span(history).subspan(next));
  EXPECT_EQ(verdict(), Verdict::kRegressing);
  EXPECT_FALSE(tracker.report()->tasks[0].rearmed_step);
}

TEST(Tracker, ClaimsNoOldVerdictOfADormantTaskThatIsRearmed) {
  Tracker tracker(ladder_of(1), {});
  const auto history = eventful_history();
  tracker.update({history.data(), 1});
  tracker.annotate({1, history[0].step, {}, "learning rate raised", true});
  const auto report = tracker.update({&history[1], 1});
  EXPECT_EQ(report->tasks[0].verdict, Verdict::kDormant);
  EXPECT_FALSE(report->tasks[0].rearmed_step);
}

// An attempt that went back may declare below what an abandoned one declared.
TEST(Tracker, RearmsInOrderOfTheStepsHoweverTheyWereDeclared) {
  const auto history = eventful_history();
  const std::vector<Step> declared = {history[150].step, history[90].step, history[310].step};
  Tracker as_told(ladder_of(1), {}), in_order(ladder_of(1), {}), once(ladder_of(1), {});
  for (const Step step : declared) as_told.annotate({1, step, {}, "event", true});
  for (const Step step : {declared[1], declared[0], declared[2]})
    in_order.annotate({1, step, {}, "event", true});
  once.annotate({1, declared[0], {}, "event", true});
  std::vector<std::size_t> rearmed;
  for (std::size_t t = 0; t < history.size(); ++t) {
    const std::span score = std::span(history).subspan(t, 1);
    const bool knew_noise = as_told.report()->tasks[0].noise_sd.has_value();
    const TaskProgress one = as_told.update(score)->tasks[0];
    const TaskProgress other = in_order.update(score)->tasks[0];
    EXPECT_EQ(one.stall.log_e, other.stall.log_e) << t;
    EXPECT_EQ(one.regress.log_e, other.regress.log_e) << t;
    EXPECT_EQ(one.noise_sd, other.noise_sd) << t;
    EXPECT_EQ(one.verdict, other.verdict) << t;
    if (knew_noise && !one.noise_sd) rearmed.push_back(t);
    once.update(score);
  }
  EXPECT_EQ(rearmed, (std::vector<std::size_t>{91, 151, 311}));
  EXPECT_NE(once.report()->tasks[0].regress.log_e, as_told.report()->tasks[0].regress.log_e);
}

TEST(Tracker, RearmsOnceForAllThatWasDeclaredBetweenTwoProbes) {
  const auto history = eventful_history();
  Tracker one(ladder_of(1), {}), three(ladder_of(1), {});
  const Step step = history[100].step;
  one.annotate({1, step, {}, "event", true});
  for (const Step at : {step + 2, step, step + 1}) three.annotate({1, at, {}, "event", true});
  one.update(history);
  three.update(history);
  EXPECT_EQ(one.report()->tasks[0].stall.log_e, three.report()->tasks[0].stall.log_e);
  EXPECT_EQ(one.report()->tasks[0].noise_sd, three.report()->tasks[0].noise_sd);
  EXPECT_EQ(one.report()->changed, three.report()->changed);
}

TEST(Tracker, GivesUpTheOldestChangesWhereThereAreTooManyToShow) {
  constexpr std::size_t kTasks = 100, kShown = 256;
  Tracker tracker(ladder_of(kTasks), {.run = "r", .foretells = false});
  std::vector<TaskChange> all;
  for (const Score& score : eventful_history()) {
    std::vector<Score> snapshot(kTasks, score);
    for (std::size_t task = 0; task < kTasks; ++task)
      snapshot[task].task = static_cast<TaskIndex>(task);
    const auto before = tracker.report()->changed;
    const auto report = tracker.update(snapshot);
    for (std::uint64_t fresh = report->changed - before; fresh > 0; --fresh)
      all.push_back(report->changes[report->changes.size() - fresh]);
  }
  const auto report = tracker.report();
  ASSERT_GT(all.size(), kShown);
  EXPECT_EQ(report->changed, all.size());
  ASSERT_EQ(report->changes.size(), kShown);
  for (std::size_t i = 0; i < kShown; ++i) {
    const TaskChange& kept = report->changes[i];
    const TaskChange& expected = all[all.size() - kShown + i];
    EXPECT_EQ(kept.task, expected.task) << i;
    EXPECT_EQ(kept.change.step, expected.change.step) << i;
  }
}

TEST(Tracker, ListsTheNewestChangesInOrder) {
  Tracker tracker(ladder_of(1), {});
  const auto report = tracker.update(eventful_history());
  const TaskProgress& task = report->tasks[0];
  ASSERT_GE(report->changed, 3u);
  EXPECT_EQ(report->changed,
            task.improved + task.stalled + task.regressed + task.recovered + task.mastered);
  ASSERT_EQ(report->changes.size(), report->changed);
  EXPECT_EQ(report->changes.front().task, "task0");
  EXPECT_EQ(report->changes.front().change.to, Verdict::kLearning);
  EXPECT_EQ(report->changes.back().change.step, task.last_change->step);
  for (std::size_t i = 1; i < report->changes.size(); ++i)
    EXPECT_EQ(report->changes[i].change.from, report->changes[i - 1].change.to);
}

TEST(Tracker, TellsOfAllTasksThatChangeAtOnce) {
  Tracker tracker(ladder_of(30), {});
  std::shared_ptr<const ProgressReport> report;
  for (const Score& score : eventful_history()) {
    std::vector<Score> snapshot(30, score);
    for (std::size_t task = 0; task < snapshot.size(); ++task)
      snapshot[task].task = static_cast<TaskIndex>(task);
    report = tracker.update(snapshot);
  }
  EXPECT_GE(report->changed, 90u);
  EXPECT_EQ(report->changes.size(), report->changed);
}

}  // namespace
}  // namespace gradus
