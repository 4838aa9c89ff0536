#include "terminal/spark_line.h"

#include "tests/terminal/ladder_fixture.h"

namespace gradus::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

std::string spark(const ScoreTrails& trails, std::span<const Mark> marks, Step first, Step last,
                  std::size_t cells) {
  ScreenLine line(cells);
  add_task_spark(line, "add", {trails, marks, first, last}, cells, Style::kPlain);
  return line.text();
}

TEST(ScoreTrailsOf, ARunAreEvenInDoublings) {
  ScoreTrails trails;
  trails.add_earlier("add", 1000, 0.1);
  trails.add_earlier("add", 2000, 0.5);
  trails.add_earlier("add", 8000, 0.9);
  EXPECT_EQ(trails.first_step(), 1000);
  EXPECT_THAT(trails.curve("add", 1000, 16000, 4),
              ElementsAre(Optional(0.1), Optional(0.5), Optional(0.5), Optional(0.9)))
      << "a part without a score has the one before it";
  EXPECT_THAT(trails.curve("add", 500, 8000, 2), ElementsAre(Optional(0.1), Optional(0.9)));
  EXPECT_THAT(trails.curve("sub", 1000, 2000, 1), ElementsAre(std::nullopt));
}

TEST(ScoreTrailsOf, ARunKeepTheNewestAndNotTheEarlierOfAMoment) {
  ScoreTrails trails;
  ProgressReport report = three_tiers();
  trails.add(report);
  trails.add_earlier("add", report.step, 0.1);
  EXPECT_THAT(trails.curve("add", 50'000, 100'000, 1), ElementsAre(Optional(0.5)));
}

TEST(SparkLine, RisesFromZeroToOneAndIsEmptyBeforeTheFirstScore) {
  ScoreTrails trails;
  const double scores[] = {0, 0.2, 0.55, 0.8, 1};
  for (int i = 0; i < 5; ++i) trails.add_earlier("add", Step{1000} << (i + 1), scores[i]);
  EXPECT_EQ(spark(trails, {}, 1000, 64'000, 6), " ▁▂▅▇█");
}

TEST(SparkLine, AMarkStandsOnTheAxisAndInTheCurve) {
  ScoreTrails trails;
  trails.add_earlier("add", 1000, 0.5);
  const std::vector<Mark> marks = {{8000, "▼", "fault", Style::kFault},
                                   {64'000, "▽", "not yet", Style::kNote}};
  EXPECT_EQ(spark(trails, marks, 1000, 32'000, 5), "▅▅▅│▅");
  ScreenLine line(20);
  add_axis(line, {trails, marks, 1000, 32'000}, 12);
  EXPECT_EQ(line.text(), "1k─────▼─32k");
}

TEST(SparkLine, OfATierIsTheMeanOfItsTasks) {
  ScoreTrails trails;
  trails.add_earlier("add", 1000, 1);
  trails.add_earlier("sub", 1000, 0);
  trails.add_earlier("mul", 1000, 0);
  const ProgressReport report = three_tiers();
  ScreenLine line(9);
  add_tier_spark(line, "second", report.tasks, {trails, {}, 1000, 2000}, 1, Style::kPlain);
  EXPECT_EQ(line.text(), "▅");
}

TEST(ScoreBar, ShowsEighthsAndTheTarget) {
  EXPECT_EQ(score_bar(0.5, 0.9, 10), "█████····|");
  EXPECT_EQ(score_bar(0.55, 0.7, 10), "█████▌·|··");
  EXPECT_EQ(score_bar(1, 0.9, 4), "████");
  EXPECT_EQ(score_bar(0.5, std::nullopt, 4), "██··");
  EXPECT_EQ(score_bar(0, 1, 4), "···|");
}

}  // namespace
}  // namespace gradus::test
