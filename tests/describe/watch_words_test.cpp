#include "describe/watch_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradus {
namespace {

Watch watch_of(std::uint64_t probes, std::optional<double> per_doubling) {
  return {.probes = probes, .probes_needed = 48, .per_doubling = per_doubling};
}

TaskProgress watched(const std::string& name, Watch watch, Verdict verdict = Verdict::kLearning) {
  TaskProgress task;
  task.task = name;
  task.items = 128;
  task.step = 16'000;
  task.verdict = verdict;
  task.watch = watch;
  return task;
}

ProgressReport report_of(std::vector<TaskProgress> tasks) {
  ProgressReport report;
  report.tasks = std::move(tasks);
  return report;
}

TEST(WatchWords, SayThatATaskIsWatchedCloselyEnough) {
  EXPECT_EQ(watch_words(watch_of(48, 24.3), 16'000), "armed, 24 probes a doubling");
  EXPECT_EQ(thin_words(watched("add", watch_of(48, 24.3))), "");
}

TEST(WatchWords, SayFromWhichStepTheAlarmsAreArmed) {
  // 36 probes are missing: two doublings more at 18 a doubling.
  EXPECT_EQ(watch_words(watch_of(12, 18), 16'000),
            "not armed: 12 of 48 probes; armed from about step 64,000");
  EXPECT_EQ(watch_words(watch_of(1, std::nullopt), 16'000), "not armed: 1 of 48 probes");
  EXPECT_EQ(thin_words(watched("add", watch_of(1, std::nullopt))),
            "Its alarms are not armed: 1 of 48 probes.");
}

TEST(WatchWords, SayThatProbesAreTooThinToFindAStall) {
  EXPECT_EQ(watch_words(watch_of(60, 9), 16'000),
            "armed, but 9 probes a doubling miss most stalls: 20 are needed");
  EXPECT_EQ(thin_words(watched("add", watch_of(60, 9))),
            "Its alarms are armed, but 9 probes a doubling miss most stalls: 20 are needed.");
}

TEST(WatchWords, AreSilentOfThinProbesWhereNothingCanStall) {
  EXPECT_EQ(thin_words(watched("add", watch_of(60, 5), Verdict::kMastered)), "");
  EXPECT_EQ(thin_words(watched("add", watch_of(60, 5), Verdict::kDormant)), "");
}

TEST(WatchWords, NameThoseThatWaitForProbes) {
  const Watch armed = watch_of(48, 20), waiting = watch_of(3, 20);
  EXPECT_EQ(watch_words(report_of({})), "");
  EXPECT_EQ(watch_words(report_of({watched("a", armed), watched("b", armed)})),
            "Alarms are armed for every task.");
  EXPECT_EQ(watch_words(report_of({watched("a", armed), watched("b", waiting)})),
            "Alarms are armed for 1 of 2 tasks; b waits for enough probes.");
  EXPECT_EQ(watch_words(report_of({watched("a", waiting), watched("b", waiting),
                                   watched("c", waiting), watched("d", waiting)})),
            "Alarms are armed for 0 of 4 tasks; a, b, c and 1 more wait for enough probes.");
}

TEST(ProbingWords, SayWhatProbesTookAndWhetherTheLearnerWaited) {
  EXPECT_EQ(probing_words({.waits = true, .cpu_share = 0.142}),
            "Probes took 14.2 % of the CPU time of learning and probing. The learner waited for "
            "them, so the same stream gives the same verdicts.");
  EXPECT_EQ(probing_words({.cpu_share = 0.05, .snapshots_missed = 1}),
            "Probes took 5.0 % of the CPU time of learning and probing. 1 snapshot was missed, "
            "since a live stream waits for no probe.");
  EXPECT_EQ(probing_words({}), "");
}

}  // namespace
}  // namespace gradus
