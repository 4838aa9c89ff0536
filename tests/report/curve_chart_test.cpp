#include "report/curve_chart.h"

#include "report/svg.h"

namespace gradus {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

/// Four points from step 1000 to 8000, of which a tenth were its own.
TaskStory story() {
  TaskStory task;
  task.now.task = "add1";
  task.now.target = 0.9;
  task.now.floor = 0.2;
  task.now.chance = 0.1;
  for (const auto& [step, score] :
       {std::pair{1000, 0.25}, {2000, 0.5}, {4000, 0.75}, {8000, 1.0}}) {
    CurvePoint& point = task.curve.emplace_back();
    point.step = static_cast<Step>(step);
    point.own_step = point.step / 10;
    point.min = point.max = point.last = score;
    point.lower = score - 0.1;
    point.upper = score + 0.1;
    point.exact = score / 2;
    point.count = 1;
  }
  return task;
}

std::string all(const TaskStory& task, std::span<const Annotation> annotations = {}) {
  return curve_chart(task, LearningClock::kAllExamples, annotations);
}

TEST(CurveChart, IsNothingWithoutACurve) { EXPECT_EQ(all({}), ""); }

// The plot spans x from 30 to 404 and y from 172 (score 0) to 20 (score 1); the steps are three
// doublings, so each is 124.67 wide.
TEST(CurveChart, DrawsTheScoreEvenlyByDoublings) {
  EXPECT_THAT(all(story()),
              HasSubstr("<polyline class=\"score\" points=\"30,134 154.7,96 279.3,58 404,20\"/>"));
}

TEST(CurveChart, DrawsExactMatchAndTheInterval) {
  EXPECT_THAT(all(story()), AllOf(HasSubstr("class=\"exact\" points=\"30,153 "),
                                  HasSubstr("class=\"interval\" points=\"30,118.8 ")));
}

TEST(CurveChart, DrawsLowestAndHighestOnlyOfBucketsWithSeveral) {
  TaskStory task = story();
  EXPECT_THAT(all(task), Not(HasSubstr("extremes")));
  task.curve[1].count = 2;
  task.curve[1].min = 0.25;
  EXPECT_THAT(all(task), HasSubstr("class=\"extremes\""));
}

TEST(CurveChart, DrawsTargetFloorAndChanceWithTheirNames) {
  const std::string chart = all(story());
  for (const std::string name : {"target", "floor", "chance"}) {
    EXPECT_THAT(chart, HasSubstr("class=\"" + name + "\"/>"));
    EXPECT_THAT(chart, HasSubstr(">" + name + "</text>"));
  }
}

TEST(CurveChart, LeavesOutALineThatIsNotKnown) {
  TaskStory task = story();
  task.now.chance = 0;
  EXPECT_THAT(all(task), Not(HasSubstr("chance")));
}

TEST(CurveChart, MarksChangesOfTheVerdictWithTheirEvidence) {
  TaskStory task = story();
  VerdictChange& change = task.changes.emplace_back();
  change.from = Verdict::kLearning;
  change.to = Verdict::kStalled;
  change.step = 4000;
  change.own_step = 400;
  change.score = 0.75;
  EXPECT_THAT(all(task), AllOf(HasSubstr("<g class=\"mark stalled\"><title>stalled at step 4,000"),
                               HasSubstr("M279.3,58m-4,-4h8v8h-8z")));
}

TEST(CurveChart, NumbersAnnotationsAndEscapesTheirText) {
  const std::vector<Annotation> notes = {{1, 500, {}, "before the curve", false},
                                         {2, 2000, {}, "rate < 0.1 & \"low\"", false}};
  EXPECT_THAT(all(story(), notes),
              AllOf(HasSubstr("step 2,000: rate &lt; 0.1 &amp; &quot;low&quot;"),
                    ContainsRegex("class=\"middle\">2</text>"), Not(HasSubstr("before"))));
}

TEST(CurveChart, PutsAnnotationsWhereTheyWereOnTheOwnClock) {
  const std::vector<Annotation> notes = {{1, 3000, {}, "note", false}};
  // The newest point before it has 200 examples of its own.
  EXPECT_THAT(curve_chart(story(), LearningClock::kOwnExamples, notes),
              HasSubstr("<line x1=\"154.7\" y1=\"16\""));
}

TEST(Svg, WritesCoordinatesShortly) {
  EXPECT_EQ(coordinate(12), "12");
  EXPECT_EQ(coordinate(12.04), "12");
  EXPECT_EQ(coordinate(12.06), "12.1");
  EXPECT_EQ(coordinate(-0.01), "0");
}

}  // namespace
}  // namespace gradus
