#include "describe/evidence_words.h"

#include "describe/words.h"

namespace gradus {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

VerdictChange change_to(Verdict to) {
  VerdictChange change;
  change.from = Verdict::kLearning;
  change.to = to;
  change.step = 200'000;
  change.alarm = Alarm{{9.4, 8.9}, 180'000, 0.08, 0.002};
  return change;
}

TEST(EvidenceWords, OfAStallSayWhatWasExpectedAndWhatWasFound) {
  EXPECT_EQ(change_words(change_to(Verdict::kStalled), 0.9),
            "grew by +0.002 per doubling where at least +0.080 was expected since step 180,000; "
            "evidence 9.40 against 8.90 nats");
}

TEST(EvidenceWords, OfAFallCountTheItemsThatWereLost) {
  VerdictChange change = change_to(Verdict::kRegressing);
  change.alarm->slope_now = -0.3;
  change.items_lost = {3, 8};
  change.items_gained = 1;
  EXPECT_EQ(change_words(change, 0.9),
            "fell: -0.300 per doubling since step 180,000; evidence 9.40 against 8.90 nats; "
            "against its best snapshot 2 items lost and 1 gained");
}

TEST(EvidenceWords, OfAFallThatTheBoundToldSayWhereTheTargetWasLeft) {
  VerdictChange change = change_to(Verdict::kRegressing);
  change.alarm.reset();
  change.left_target = 170'000;
  EXPECT_EQ(change_words(change, 0.9),
            "its upper bound stayed below the target of 0.90, where it was last at step 170,000");
}

TEST(ChangeSentence, SaysWhatChangedAndOnWhatEvidence) {
  EXPECT_EQ(change_sentence({"add3", "high", change_to(Verdict::kStalled)}),
            "step 200,000: high/add3 is stalled (" + verdict_meaning(Verdict::kStalled) +
                "), was learning, score 0.00, evidence 9.40 against 8.90 nats since step 180,000");
}

TEST(ChangeSentence, OfAFallThatTheBoundToldSaysWhereItBegan) {
  VerdictChange change = change_to(Verdict::kRegressing);
  change.alarm.reset();
  change.left_target = 170'000;
  EXPECT_THAT(change_sentence({"add3", "high", change}),
              EndsWith("score 0.00, last at its target at step 170,000"));
}

TEST(EvidenceWords, OfLearningTellProgressFromRecovery) {
  VerdictChange change = change_to(Verdict::kLearning);
  change.from = Verdict::kDormant;
  EXPECT_THAT(change_words(change, 0.9), HasSubstr("progress found since step 180,000"));
  change.from = Verdict::kStalled;
  EXPECT_THAT(change_words(change, 0.9), HasSubstr("recovered"));
  change.alarm.reset();
  change.score = 0.9;
  EXPECT_EQ(change_words(change, 0.9), "back at its target");
  change.score = 0.5;
  EXPECT_EQ(change_words(change, 0.9), "the model changes again");
}

TEST(EvidenceWords, OfMasteryNameTheTarget) {
  EXPECT_EQ(change_words(change_to(Verdict::kMastered), 0.85),
            "its lower bound reached the target of 0.85");
}

TEST(EvidenceWords, OfADormantTaskSayWhatItTakes) {
  TaskProgress task;
  task.items = 64;
  task.progress = {2.5, 8.9};
  EXPECT_EQ(verdict_words(task),
            "No progress found yet: evidence 2.50 of the 8.90 nats that it takes.");
  task.progress.log_e = 9;
  task.floor = 0.2;
  EXPECT_EQ(verdict_words(task),
            "Not surely above 0.20, what knowing the form of the answers gives.");
}

TEST(EvidenceWords, OfARearmedTaskSayThatTheVerdictIsFromBefore) {
  TaskProgress task;
  task.items = 64;
  task.verdict = Verdict::kStalled;
  task.since_step = 200'000;
  task.last_change = change_to(Verdict::kStalled);
  EXPECT_THAT(verdict_words(task), Not(HasSubstr("re-armed")));
  task.rearmed_step = 250'000;
  EXPECT_THAT(
      verdict_words(task),
      EndsWith(" The detectors were re-armed at step 250,000; the verdict is from before."));
}

TEST(EvidenceWords, OfATaskThatWasNotProbed) { EXPECT_EQ(verdict_words({}), "Not probed yet."); }

TEST(Bottleneck, IsTheLowestFacetWhereItIsNoticeablyLower) {
  TaskProgress task;
  task.score = 0.62;
  task.facets = {{"tens", 0.9, 0.9, {}}, {"units", 0.1, 0.1, {}}};
  task.bottleneck = "units";
  EXPECT_EQ(bottleneck_words(task), "Its bottleneck is units, at 0.10.");
  task.target = 0.1;
  EXPECT_EQ(bottleneck_of(task), nullptr) << "it is at the target";
  task.target = 0.9;
  task.facets[1].score = 0.6;
  EXPECT_EQ(bottleneck_of(task), nullptr);
  EXPECT_EQ(bottleneck_words(task), "");
}

}  // namespace
}  // namespace gradus
