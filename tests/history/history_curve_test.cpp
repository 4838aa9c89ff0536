#include <cmath>
#include <limits>

#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::report_of;
using test::score_at;
using test::TempDir;
using ::testing::IsEmpty;

constexpr Step kNoEnd = std::numeric_limits<Step>::max();

class HistoryCurveTest : public ::testing::Test {
 protected:
  HistoryCurveTest() {
    history_ = std::move(*History::open(dir_.path(), "school"));
    EXPECT_TRUE(history_->begin_attempt(0, test::at_second(1)));
  }
  void append(Step step, double mean, TaskIndex task = 0) {
    ASSERT_TRUE(
        history_->append(std::vector{score_at(step, mean, task)}, report_of({"add", "sub"})));
  }
  std::vector<CurvePoint> curve(Step from, Step to, std::size_t points) {
    auto found = history_->curve("add", from, to, points);
    EXPECT_TRUE(found) << found.error().message;
    return std::move(*found);
  }

  TempDir dir_;
  std::unique_ptr<History> history_;
};

TEST_F(HistoryCurveTest, IsEmptyForATaskThatWasNeverScored) {
  append(10, 0.5, 1);
  EXPECT_THAT(curve(0, kNoEnd, 10), IsEmpty());
}

TEST_F(HistoryCurveTest, IsEmptyBetweenScores) {
  append(10, 0.5);
  append(1000, 0.5);
  EXPECT_THAT(curve(11, 999, 10), IsEmpty());
  EXPECT_THAT(curve(50, 20, 10), IsEmpty());
}

TEST_F(HistoryCurveTest, ShowsOneScoreWithAllThatIsKnownOfIt) {
  append(1000, 0.5);
  const auto points = curve(0, kNoEnd, 100);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].step, 1000u);
  EXPECT_EQ(points[0].own_step, 250u);
  EXPECT_EQ(points[0].time, test::at_second(1000));
  EXPECT_EQ(points[0].min, 0.5);
  EXPECT_EQ(points[0].max, 0.5);
  EXPECT_EQ(points[0].last, 0.5);
  EXPECT_EQ(points[0].exact, 0.75);
  EXPECT_EQ(points[0].lower, 0.25);
  EXPECT_EQ(points[0].upper, 0.75);
  EXPECT_EQ(points[0].count, 1u);
}

TEST_F(HistoryCurveTest, KeepsMinimumMaximumAndLastOfABucket) {
  // 1024..1027 lie within one hundredth of a doubling; the last is neither lowest nor highest.
  append(1024, 0.5);
  append(1025, 0.25);
  append(1026, 0.875);
  append(1027, 0.75);
  const auto points = curve(0, kNoEnd, 1);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].min, 0.25);
  EXPECT_EQ(points[0].max, 0.875);
  EXPECT_EQ(points[0].last, 0.75);
  EXPECT_EQ(points[0].step, 1027u);
  EXPECT_EQ(points[0].count, 4u);
}

TEST_F(HistoryCurveTest, GivesEveryScoreWhereThereIsRoom) {
  for (Step step = 64; step < 4096; step += step / 32) append(step, 0.5);
  const auto points = curve(0, kNoEnd, 1'000'000);
  EXPECT_EQ(points.size(), history_->scores()->size());
}

TEST_F(HistoryCurveTest, DividesDoublingsEvenly) {
  // From 2^10 to 2^14 are 4 doublings; in at most 4 (+1) buckets each bucket is one doubling.
  for (Step step = 1024; step < 16384; step += 16) append(step, 0.5);
  const auto points = curve(0, kNoEnd, 4);
  ASSERT_EQ(points.size(), 4u);
  EXPECT_EQ(points[0].count, 64u);
  EXPECT_EQ(points[1].count, 128u);
  EXPECT_EQ(points[2].count, 256u);
  EXPECT_EQ(points[3].count, 512u);
  EXPECT_EQ(points[0].step, 2032u);
}

TEST_F(HistoryCurveTest, CutsAtTheAskedStepsNotAtBuckets) {
  // Around a million, a fine bucket is 677 steps wide.
  for (Step step = 1'000'000; step < 1'010'000; step += 10)
    append(step, step % 20 == 0 ? 0.2 : 0.8);
  const auto points = curve(1'000'110, 1'000'150, 1);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].count, 5u);
  EXPECT_EQ(points[0].step, 1'000'150u);
  std::uint32_t all = 0;
  for (const CurvePoint& point : curve(1'000'110, 1'005'550, 7)) all += point.count;
  EXPECT_EQ(all, 545u);
}

TEST_F(HistoryCurveTest, TakesStepZeroAndOneAsTheFirstBucket) {
  append(0, 0.1);
  append(1, 0.3);
  const auto points = curve(0, kNoEnd, 10);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].last, 0.3);
  EXPECT_EQ(points[0].min, 0.1);
}

TEST_F(HistoryCurveTest, CountsABucketAnewThatAResumedStepCuts) {
  for (Step step = 1'000'000; step < 1'000'600; step += 100)
    append(step, step == 1'000'100 ? 0.9 : 0.5);
  ASSERT_TRUE(history_->begin_attempt(1'000'050, test::at_second(2)));
  const auto points = curve(0, kNoEnd, 1);
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].count, 1u);
  EXPECT_EQ(points[0].max, 0.5);
  EXPECT_EQ(points[0].step, 1'000'000u);
}

}  // namespace
}  // namespace gradus
