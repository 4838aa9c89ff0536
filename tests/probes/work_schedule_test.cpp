#include "probes/work_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Interest kFrontier = Interest::kFrontier, kSettled = Interest::kSettled;

/// Two tasks of a hundred items; a probe of one costs 50 examples.
WorkLimits limits() { return {.share = 0.15, .item_work = 0.5, .per_doubling = 40}; }
WorkSchedule schedule() { return {limits(), {100, 100}}; }

/// Probes what is due and paid for at each point of a grid of 40 a doubling.
struct Course {
  WorkSchedule work;
  std::vector<std::vector<Step>> probed;

  Course(WorkSchedule made, std::vector<Interest> interest, Step from, Step to)
      : work(std::move(made)), probed(interest.size()) {
    for (double at = static_cast<double>(from); at <= static_cast<double>(to);
         at *= std::exp2(1.0 / 40)) {
      const auto step = static_cast<Step>(at);
      for (const TaskIndex task : work.due(step, interest)) {
        if (!work.affords(task, step)) break;
        work.note(task, step);
        probed[task].push_back(step);
      }
    }
  }
};

TEST(WorkSchedule, ProbesEveryTaskAtTheFirstSnapshot) {
  EXPECT_THAT(schedule().due(256, std::vector{kFrontier, kSettled}), ElementsAre(0u, 1u));
}

TEST(WorkSchedule, WaitsForTheNextTurnOfATask) {
  WorkSchedule work = schedule();
  work.note(0, 1000);
  work.note(1, 1000);
  EXPECT_THAT(work.due(1001, std::vector{kFrontier, kFrontier}), IsEmpty());
  EXPECT_THAT(work.due(1060, std::vector{kFrontier, kSettled}), ElementsAre(0u));
}

TEST(WorkSchedule, BeginsWithTheFrontierAndTheLongestUnprobed) {
  WorkSchedule work({.share = 0.15}, {100, 100, 100});
  work.note(0, 4000);
  work.note(1, 3700);
  work.note(2, 3000);
  EXPECT_THAT(work.due(4600, std::vector{kFrontier, kSettled, kFrontier}), ElementsAre(2u, 0u, 1u));
}

// A settled task that has waited four of its turns is as urgent as the frontier.
TEST(WorkSchedule, LetsNoSettledTaskWaitForEver) {
  WorkSchedule work({.share = 0.15}, {100, 100});
  work.note(0, 100'000);
  work.note(1, 50'000);
  EXPECT_THAT(work.due(110'000, std::vector{kFrontier, kSettled}), ElementsAre(1u, 0u));
}

TEST(WorkSchedule, SpendsItsShareAndTheAdvanceAndNoMore) {
  const Course run(schedule(), {kFrontier, kFrontier}, 256, 4'000'000);
  const double learned = 4'000'000;
  const double spent = 50.0 * static_cast<double>(run.probed[0].size() + run.probed[1].size());
  EXPECT_LE(spent, learned * 0.15 / 0.85 + 2 * 48 * 50.0);
  EXPECT_LE(run.work.share(4'000'000), 0.15 + 2 * 48 * 50.0 / learned);
}

TEST(WorkSchedule, GivesTheFrontierTwentyProbesADoublingOnceTheyArePaidFor) {
  // Twenty rounds of 100 examples a doubling are 0.15 / 0.85 of 11,333.
  const Course run(schedule(), {kFrontier, kFrontier}, 256, 256 << 12);
  for (int doubling = 6; doubling < 12; ++doubling) {
    const Step from = Step{256} << doubling;
    const auto count = std::count_if(run.probed[0].begin(), run.probed[0].end(),
                                     [&](Step step) { return step >= from && step < 2 * from; });
    EXPECT_GE(count, 19) << "from step " << from;
  }
}

TEST(WorkSchedule, ComesToTheSameAfterAResumedRunTookNoteOfItsProbes) {
  const Course run(schedule(), {kFrontier, kSettled}, 256, 30'000);
  WorkSchedule resumed = schedule();
  for (TaskIndex task = 0; task < 2; ++task)
    for (const Step step : run.probed[task]) resumed.note(task, step);
  EXPECT_EQ(resumed.share(30'000), run.work.share(30'000));
  EXPECT_EQ(resumed.due(31'000, std::vector{kFrontier, kSettled}),
            run.work.due(31'000, std::vector{kFrontier, kSettled}));
}

TEST(WorkSchedule, KnowsNoLimitFromAShareOfOneOn) {
  WorkSchedule work({.share = 1, .item_work = 0.5}, {1'000'000});
  EXPECT_TRUE(work.affords(0, 1));
}

}  // namespace
}  // namespace gradus
