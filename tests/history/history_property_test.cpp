#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr Step kNoEnd = std::numeric_limits<Step>::max();

struct Point {
  Step step;
  double score;
};

/// Scores at increasing steps with gaps from one to many buckets, appended to a new history.
std::vector<Point> draw_curve() {
  const auto gaps =
      *rc::gen::container<std::vector<Step>>(60, rc::gen::element<Step>(1, 3, 50, 900, 40'000));
  const auto scores = *rc::gen::container<std::vector<int>>(60, rc::gen::inRange(0, 1000));
  std::vector<Point> curve;
  Step step = *rc::gen::inRange<Step>(0, 3'000'000);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    step += gaps[i];
    curve.push_back({step, scores[i] / 1000.0});
  }
  return curve;
}

/// One history for all draws, each with a task of its own: to create a file syncs the disk.
class HistoryProperty : public ::testing::Test {
 protected:
  HistoryProperty() { history_ = std::move(*History::open(dir_.path(), "school")); }

  /// Begins a task that no draw has used yet.
  void next_task() {
    tasks_.push_back("task" + std::to_string(tasks_.size()));
    RC_ASSERT(history_->begin_attempt(kNoEnd, test::at_second(1)).has_value());
  }
  void append_all(const std::vector<Point>& curve) {
    const auto task = static_cast<TaskIndex>(tasks_.size() - 1);
    std::vector<Score> scores;
    for (const Point& point : curve) {
      scores.push_back(test::score_at(point.step, point.score, task));
    }
    RC_ASSERT(history_->append(scores, test::report_of(tasks_)).has_value());
  }
  std::vector<CurvePoint> curve(Step from, Step to, std::size_t points) {
    auto found = history_->curve(tasks_.back(), from, to, points);
    RC_ASSERT(found.has_value());
    return std::move(*found);
  }

  test::TempDir dir_;
  std::unique_ptr<History> history_;
  std::vector<std::string> tasks_;
};

/// Every bucket must hold what a walk over the given points finds, and together exactly those.
void check(const std::vector<CurvePoint>& buckets, const std::vector<Point>& points) {
  std::size_t next = 0;
  for (const CurvePoint& bucket : buckets) {
    RC_ASSERT(next + bucket.count <= points.size());
    double lowest = 2, highest = -1;
    for (std::uint32_t i = 0; i < bucket.count; ++i) {
      lowest = std::min(lowest, test::score_at(0, points[next + i].score).sums.mean());
      highest = std::max(highest, test::score_at(0, points[next + i].score).sums.mean());
    }
    next += bucket.count;
    RC_ASSERT(bucket.min == lowest);
    RC_ASSERT(bucket.max == highest);
    RC_ASSERT(bucket.step == points[next - 1].step);
    RC_ASSERT(bucket.last == test::score_at(0, points[next - 1].score).sums.mean());
  }
  RC_ASSERT(next == points.size());
}

TEST_F(HistoryProperty, CurveSaysWhatAWalkOverTheScoresFinds) {
  EXPECT_TRUE(rc::check([this] {
    next_task();
    std::vector<Point> points = draw_curve();
    append_all(points);
    const Step low = points.front().step;
    const Step high = points.back().step;
    const Step from = *rc::gen::inRange<Step>(0, high + 2);
    const Step to = *rc::gen::inRange<Step>(low, high + 1000);
    const auto limit = *rc::gen::inRange<std::size_t>(1, 80);
    const auto buckets = curve(from, to, limit);
    RC_ASSERT(buckets.size() <= limit);
    std::erase_if(points, [&](const Point& point) { return point.step < from || point.step > to; });
    check(buckets, points);
  }));
}

TEST_F(HistoryProperty, CurveForgetsExactlyWhatAResumedAttemptAbandons) {
  EXPECT_TRUE(rc::check([this] {
    next_task();
    std::vector<Point> points = draw_curve();
    append_all(points);
    const Step resumed = *rc::gen::inRange<Step>(0, points.back().step + 10);
    RC_ASSERT(history_->begin_attempt(resumed, test::at_second(2)).has_value());
    std::erase_if(points, [&](const Point& point) { return point.step > resumed; });
    const std::vector<Point> again = {{resumed + 1, 0.25}, {resumed + 5000, 0.5}};
    append_all(again);
    points.insert(points.end(), again.begin(), again.end());
    check(curve(0, kNoEnd, *rc::gen::inRange<std::size_t>(1, 80)), points);
  }));
}

}  // namespace
}  // namespace gradus
