#include "progress/slope_detector.h"

#include <cmath>
#include <vector>

#include "base/random.h"
#include "progress/long_run_variance.h"

namespace gradus {
namespace {

struct ReferenceRow {
  int probe;
  double noise, stall, regress;
};

/// s_t = 0.2 + 0.1 min(u, 2) + 0.01 sin(2.3 t) at u = t / 40 through both detectors of a profile,
/// with 128 items; checks the rows of the reference table.
void expect_table(const ProfileSettings& settings, const std::vector<ReferenceRow>& rows) {
  LongRunVariance noise(settings);
  SlopeDetector stall(SlopeQuestion::kStall,
                      {.slope_error_share = settings.slope_error_share, .items = 128});
  SlopeDetector regress(SlopeQuestion::kRegress);
  auto row = rows.begin();
  for (int t = 0; t < 200; ++t) {
    const double u = t / 40.0, score = 0.2 + 0.1 * std::min(u, 2.0) + 0.01 * std::sin(2.3 * t);
    const double before = noise.value();
    if (noise.count() >= settings.warm_up) {
      stall.add({static_cast<Step>(t), u, score, before});
      regress.add({static_cast<Step>(t), u, score, before});
    }
    noise.add(score);
    if (row == rows.end() || t != row->probe) continue;
    EXPECT_NEAR(before, row->noise, row->noise * 5e-7) << "probe " << t;
    EXPECT_NEAR(stall.log_evidence(), row->stall, 1e-6) << "probe " << t;
    EXPECT_NEAR(regress.log_evidence(), row->regress, 1e-6) << "probe " << t;
    ++row;
  }
  EXPECT_EQ(row, rows.end());
}

TEST(SlopeDetector, HasTheReferenceTableOfStrict) {
  expect_table(kStrictSettings, {{79, 1.446081e-4, 0.057611, -0.120372},
                                 {100, 1.427946e-4, 2.059331, 0.971528},
                                 {120, 1.426332e-4, 7.588763, 1.100686},
                                 {140, 1.403169e-4, 14.747448, 0.993093},
                                 {199, 1.387548e-4, 38.150685, 0.954005}});
}

TEST(SlopeDetector, HasTheReferenceTableOfPractical) {
  expect_table(kPracticalSettings, {{79, 2.853032e-5, -0.320991, -0.944673},
                                    {100, 5.579218e-5, 4.748814, 0.855653},
                                    {120, 4.380382e-5, 13.571587, 0.933980},
                                    {140, 3.783666e-5, 22.434728, 0.648421},
                                    {199, 2.591179e-5, 50.371142, 0.648204}});
}

TEST(SlopeDetector, ThresholdIsPlannedStartsOverAlpha) {
  EXPECT_NEAR(alarm_threshold(400, 0.05), 7.6009, 5e-5);
}

/// Feeds a curve of given slope, 40 probes a doubling, from u = 10 on.
void feed(SlopeDetector& detector, int probes, double slope, double from_u = 10,
          double from = 0.2) {
  for (int t = 0; t < probes; ++t)
    detector.add({static_cast<Step>(std::exp2(from_u + t / 40.0)), from_u + t / 40.0,
                  from + slope * t / 40.0, 1e-4});
}

TEST(SlopeDetector, ProgressMirrorsRegress) {
  SlopeDetector progress(SlopeQuestion::kProgress), regress(SlopeQuestion::kRegress);
  feed(progress, 60, 0.1);
  feed(regress, 60, -0.1);
  EXPECT_GT(progress.log_evidence(), 10);
  EXPECT_NEAR(progress.log_evidence(), regress.log_evidence(), 1e-9);
}

TEST(SlopeDetector, TellsTheWindowThatCarriesTheEvidence) {
  SlopeDetector regress(SlopeQuestion::kRegress);
  feed(regress, 80, 0.1, 10, 0.2);
  feed(regress, 40, -0.2, 12, 0.4);
  const SlopeWindow window = regress.strongest();
  // A start somewhat before the turn has more points and so the most evidence.
  EXPECT_GT(doublings(window.from), 11.5);
  EXPECT_LT(doublings(window.from), 12.11);
  EXPECT_LT(window.found, -0.1);
  EXPECT_GE(window.found, -0.2 - 1e-9);
  EXPECT_EQ(window.expected, 0);
}

TEST(SlopeDetector, StallExpectsHalfTheRecentRateLessItsError) {
  SlopeDetector stall(SlopeQuestion::kStall, {.slope_error_share = 2});
  feed(stall, 80, 0.2, 10, 0.2);
  feed(stall, 80, 0.0, 12, 0.6);
  // Slope 0.2 over 49 points 1/40 apart: Sxx = (49^3 - 49) / 12 / 1600, error sqrt(1e-4 / Sxx).
  const double spread = (49.0 * 49 * 49 - 49) / 12 / 1600;
  EXPECT_NEAR(stall.strongest().expected, 0.5 * (0.2 - 2 * std::sqrt(1e-4 / spread)), 0.003);
}

TEST(SlopeDetector, StallAsksForNoMoreThanTheTargetInTwoDoublings) {
  SlopeDetector stall(SlopeQuestion::kStall, {.slope_error_share = 2, .target = 0.65});
  feed(stall, 80, 0.2, 10, 0.2);
  feed(stall, 120, 0.0, 12, 0.6);
  EXPECT_LE(stall.strongest().expected, 0.0251 + 0.1);
  SlopeDetector near_target(SlopeQuestion::kStall, {.slope_error_share = 2, .target = 0.6});
  feed(near_target, 200, 0.0, 12, 0.6);
  EXPECT_EQ(near_target.strongest().expected, 0.02);  // never below the lowest rate
}

TEST(SlopeDetector, FindsAChangeLongAfterItsBankIsFull) {
  SlopeDetector regress(SlopeQuestion::kRegress);
  feed(regress, 2000, 0.01, 10, 0.1);
  EXPECT_LT(regress.log_evidence(), 2);
  feed(regress, 80, -0.2, 60, 0.6);
  EXPECT_GT(regress.log_evidence(), 20);
}

TEST(SlopeDetector, StartsAnewAfterAReset) {
  SlopeDetector used(SlopeQuestion::kRegress), fresh(SlopeQuestion::kRegress);
  feed(used, 90, -0.1);
  used.reset();
  EXPECT_EQ(used.log_evidence(), 0);
  feed(used, 33, -0.05, 13);
  feed(fresh, 33, -0.05, 13);
  EXPECT_EQ(used.log_evidence(), fresh.log_evidence());
}

}  // namespace
}  // namespace gradus
