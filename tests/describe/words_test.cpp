#include "describe/words.h"

#include "describe/ladder_table.h"

namespace gradus {
namespace {

TaskProgress task(const char* tier, const char* name, double score, Verdict verdict) {
  TaskProgress out;
  out.tier = tier;
  out.task = name;
  out.step = 1000;
  out.items = 128;
  out.score = score;
  out.now = {score - 0.04, score + 0.04};
  out.verdict = verdict;
  return out;
}

ProgressReport report_of(std::vector<TaskProgress> tasks, std::vector<TierProgress> tiers) {
  ProgressReport report;
  report.step = 1000;
  report.tasks = std::move(tasks);
  report.tiers = std::move(tiers);
  return report;
}

TEST(Words, GroupsThousands) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1000), "1,000");
  EXPECT_EQ(with_thousands(1600000), "1,600,000");
}

TEST(Words, NoScoreIsLessThanNothingAndYetNothing) {
  EXPECT_EQ(two_digits(-0.004), "0.00");
  EXPECT_EQ(two_digits(-0.006), "-0.01");
}

TEST(Words, FacetsAreSpokenWithSpaces) { EXPECT_EQ(spoken("mod_3_to_5"), "mod 3 to 5"); }

TEST(Words, PicksTheUnitThatAPersonWouldUse) {
  EXPECT_EQ(short_duration(-3), "0 s");
  EXPECT_EQ(short_duration(59.4), "59 s");
  EXPECT_EQ(short_duration(125), "2 min 5 s");
  EXPECT_EQ(short_duration(11400), "3 h 10 min");
}

TEST(Words, HeadlineSpeaksOfTheFirstTierThatIsNotMastered) {
  auto frontier = task("high", "add3", 0.62, Verdict::kLearning);
  frontier.facets = {{"hundreds", 0.95, 0.9, {}}, {"units", 0.1, 0.1, {}}};
  frontier.bottleneck = "units";
  const ProgressReport report =
      report_of({task("middle", "add2n", 0.99, Verdict::kMastered), frontier,
                 task("high", "mul", 0.3, Verdict::kDormant)},
                {{"middle", Verdict::kMastered, 0.99}, {"high", Verdict::kLearning, 0.46}});
  EXPECT_EQ(
      headline(report, nullptr),
      "Middle tier: all 1 mastered; High tier: learning, add3 at 0.62 [0.58, 0.66], its units "
      "still at 0.10.");
}

TEST(Words, HeadlineSaysTheTitlesOfTheLadder) {
  Ladder ladder;
  ladder.tiers = {{"middle", "Middle school", {0}}, {"high", "High school", {1}}};
  ladder.tasks.resize(2);
  ladder.tasks[0].name = "add2n";
  ladder.tasks[1].name = "add3";
  ladder.tasks[1].title = "Add three digits";
  const ProgressReport report =
      report_of({task("middle", "add2n", 0.99, Verdict::kMastered),
                 task("high", "add3", 0.62, Verdict::kLearning)},
                {{"middle", Verdict::kMastered, 0.99}, {"high", Verdict::kLearning, 0.62}});
  EXPECT_EQ(headline(report, &ladder),
            "Middle school: all 1 mastered; High school: learning, \"Add three digits\" at 0.62 "
            "[0.58, 0.66].");
}

TEST(Words, HeadlineNamesTheTaskThatIsStalledAndNotTheBestOne) {
  EXPECT_EQ(headline(report_of({task("high", "mul", 0.77, Verdict::kLearning),
                                task("high", "add4", 0.6, Verdict::kStalled)},
                               {{"high", Verdict::kStalled, 0.68}}),
                     nullptr),
            "High tier: stalled, add4 at 0.60 [0.56, 0.64].");
}

TEST(LadderTable, SaysThatAVerdictIsFromBeforeTheRearming) {
  TaskProgress stalled = task("high", "add4", 0.6, Verdict::kStalled);
  stalled.since_step = 200'000;
  EXPECT_THAT(ladder_table(report_of({stalled}, {})),
              testing::HasSubstr("stalled since 200,000\n"));
  stalled.rearmed_step = 250'000;
  EXPECT_THAT(ladder_table(report_of({stalled}, {})),
              testing::HasSubstr("stalled since 200,000 (from before re-arming at 250,000)\n"));
}

TEST(LadderTable, SaysWhereAFallBeganThatTheBoundTold) {
  TaskProgress fallen = task("high", "add4", 0.6, Verdict::kRegressing);
  fallen.since_step = 200'000;
  fallen.last_change.emplace().left_target = 170'000;
  EXPECT_THAT(ladder_table(report_of({fallen}, {})),
              testing::HasSubstr("regressing since 200,000, last at its target at step 170,000\n"));
}

TEST(Words, HeadlineSaysWhenAllOrNothingIsDone) {
  EXPECT_EQ(headline(report_of({task("k", "copy", 1, Verdict::kMastered)},
                               {{"k", Verdict::kMastered, 1}}),
                     nullptr),
            "Every tier is mastered.");
  EXPECT_EQ(headline(ProgressReport{}, nullptr), "Nothing has been probed yet.");
}

}  // namespace
}  // namespace gradus
