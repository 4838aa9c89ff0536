#include "probes/work_schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Le;

constexpr Interest kFrontier = Interest::kFrontier, kSettled = Interest::kSettled,
                   kOutOfReach = Interest::kOutOfReach;

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

std::ptrdiff_t probes_between(const std::vector<Step>& probed, Step from, Step to) {
  return std::count_if(probed.begin(), probed.end(),
                       [=](Step step) { return step >= from && step < to; });
}

// A round of both tasks costs 100 examples. Four of them a doubling from step 256 on are 15 % of
// all work at step 24,800, and less beyond.
TEST(WorkSchedule, SpendsFourRoundsADoublingUntilItsShareIsMore) {
  const Course early(schedule(), {kFrontier, kFrontier}, 256, 256 << 4);
  EXPECT_LE(early.probed[0].size() + early.probed[1].size(), 2 * (1 + 4 * 4));
  EXPECT_GE(early.probed[0].size() + early.probed[1].size(), 2 * (4 * 4));
  for (const Step end : {30'000, 100'000, 4'000'000}) {
    const Course run(schedule(), {kFrontier, kFrontier}, 256, end);
    EXPECT_LE(run.work.share(end), 0.15) << "at step " << end;
  }
}

TEST(WorkSchedule, GivesTheFrontierWhatOthersLeave) {
  const Course run({limits(), {100, 100, 100, 100}},
                   {kFrontier, kSettled, kOutOfReach, kOutOfReach}, 256, 256 << 5);
  // Sixteen probes a doubling are affordable: twelve, three and one or two of each are due.
  EXPECT_THAT(probes_between(run.probed[0], 256 << 1, 256 << 5), ::testing::AllOf(Ge(44), Le(49)));
  EXPECT_THAT(probes_between(run.probed[1], 256 << 1, 256 << 5), ::testing::AllOf(Ge(10), Le(13)));
  EXPECT_THAT(probes_between(run.probed[2], 256 << 1, 256 << 5), ::testing::AllOf(Ge(3), Le(6)));
}

TEST(WorkSchedule, GivesTheFrontierEverySnapshotOnceTheyArePaidFor) {
  // Forty rounds of 100 examples a doubling are 0.15 / 0.85 of 22,667, earned in that doubling.
  const Course run(schedule(), {kFrontier, kFrontier}, 256, 256 << 12);
  for (int doubling = 8; doubling < 12; ++doubling) {
    const Step from = Step{256} << doubling;
    EXPECT_GE(probes_between(run.probed[0], from, 2 * from), 38) << "from step " << from;
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
