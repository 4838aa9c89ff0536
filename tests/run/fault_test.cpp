#include "run/fault.h"

#include "ladders/ladder_file.h"

namespace gradus {
namespace {

TEST(Fault, ReadsKindAndStep) {
  const auto fault = parse_fault("stall@200000");
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->kind, "stall");
  EXPECT_EQ(fault->step, 200000u);
  EXPECT_FALSE(fault->end.has_value());
}

TEST(Fault, ReadsWhereItEnds) {
  const auto fault = parse_fault("forget@200000-400000");
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->step, 200000u);
  EXPECT_EQ(fault->end, 400000u);
}

TEST(Fault, RefusesAnEndThatIsNotBehindTheBeginning) {
  for (const char* bad : {"stall@5-", "stall@5-5", "stall@5-4", "stall@5-x", "stall@-5", "stall@-"})
    EXPECT_FALSE(parse_fault(bad).has_value()) << bad;
}

TEST(Fault, RefusesOtherWordsAndNamesTheKindsThereAre) {
  for (const char* bad : {"", "stall", "stall@", "stall@x", "stop@5", "stall@5x"}) {
    const auto fault = parse_fault(bad);
    ASSERT_FALSE(fault.has_value()) << bad;
    EXPECT_THAT(fault.error().message,
                testing::HasSubstr("diverge, forget, shuffle, silence or stall"));
  }
}

TEST(Fault, StallAndDivergeChangeTheLearningRate) {
  const Ladder ladder = *load_ladder("arithmetic");
  RunRequest request;
  Options generated;
  apply_fault({"stall", 7}, ladder, generated, request);
  EXPECT_EQ(request.rate_change_from, 7u);
  EXPECT_EQ(request.rate_change_factor, 0);
  apply_fault({"diverge", 9}, ladder, generated, request);
  EXPECT_EQ(request.rate_change_factor, 100);
}

TEST(Fault, IsAnEventOfTheCurvesWhereItBeginsAndWhereItEnds) {
  RunRequest request;
  Options generated;
  apply_fault({"forget", 6, 60}, *load_ladder("arithmetic"), generated, request);
  ASSERT_EQ(request.faults.size(), 2u);
  EXPECT_EQ(request.faults[0].text, "fault begins: forget");
  EXPECT_EQ(request.faults[0].step, 6u);
  EXPECT_EQ(request.faults[1].text, "fault ends: forget");
  EXPECT_EQ(request.faults[1].step, 60u);
  for (const Annotation& each : request.faults) EXPECT_EQ(each.kind, AnnotationKind::kFault);
}

TEST(Fault, EndsWhereItSays) {
  const Ladder ladder = *load_ladder("arithmetic");
  RunRequest request;
  Options generated;
  apply_fault({"stall", 7, 70}, ladder, generated, request);
  apply_fault({"shuffle", 5, 50}, ladder, generated, request);
  apply_fault({"forget", 6, 60}, ladder, generated, request);
  apply_fault({"silence", 8, 80}, ladder, generated, request);
  EXPECT_EQ(request.rate_change_until, 70u);
  ASSERT_EQ(request.changes.size(), 2u);
  EXPECT_EQ(request.changes[0].until, 50u);
  EXPECT_EQ(request.changes[1].until, 60u);
  EXPECT_EQ(generated.integer("silence_until", 0, 0, 1000), 80);
}

TEST(Fault, ShuffleForgetAndSilenceChangeTheStream) {
  const Ladder ladder = *load_ladder("arithmetic");
  RunRequest request;
  Options generated;
  apply_fault({"shuffle", 5}, ladder, generated, request);
  apply_fault({"forget", 6}, ladder, generated, request);
  apply_fault({"silence", 8}, ladder, generated, request);
  ASSERT_EQ(request.changes.size(), 2u);
  EXPECT_EQ(request.changes[0].subject, "sub1");
  EXPECT_EQ(request.changes[1].subject, "kindergarten");
  EXPECT_TRUE(generated.has("silence_from"));
}

}  // namespace
}  // namespace gradus
