#include <array>
#include <cmath>
#include <cstdio>
#include <ostream>

#include "base/random.h"
#include "progress/threshold_test.h"
#include "tests/support/documented.h"

// Does the classification find what is true of simulated learners? Monte Carlo over seeds that
// nothing was tuned on; figures go to docs/statistics.md.
//
// The learner: 128 items of difficulties theta ~ N(middle, spread), 400 probes, 40 a doubling. Each
// of an item's steps is right with probability p = L(1.7 (ability - theta)); q is the mean p, and
// an answer is exactly right when all of its steps are, drawn anew at every probe. The ability
// fluctuates as AR(1), 0.05 doublings, rho 0.6, and the middle is drawn for each run. The spread of
// 0.45 doublings was chosen by the mean H that an independent implementation gives for smooth
// answers of eight and of four steps, .56 and .34. Where items are less alike exact match hides
// less: two rows say so.

namespace gradus {
namespace {

constexpr int kRuns = 500, kProbes = 400;
constexpr double kPerDoubling = 40;
constexpr std::size_t kItems = 128;

enum class Ability : std::uint8_t {
  kSmooth,  ///< log2 of the examples
  kJump,    ///< from p = .10 to p = .95 for the middle item between two probes
  kFast,    ///< so many times as steep that 10 to 90 % of the rise take 0.55 doublings
};

struct Truth {
  const char* row;
  Ability ability;
  int steps;  ///< of an answer
  ThresholdKind kind;
  double least_right;
  double spread = 0.45;  ///< of the difficulties, in doublings
};
std::ostream& operator<<(std::ostream& out, const Truth& truth) { return out << truth.row; }

/// Mean q of a smooth learner takes 2.85 doublings from 10 to 90 %, by numerical integration.
constexpr double kSteeper = 2.85 / 0.55;

double power(double base, int exponent) {
  double out = 1;
  for (int i = 0; i < exponent; ++i) out *= base;
  return out;
}

double ability(Ability kind, double from_middle, double fluctuation) {
  switch (kind) {
    case Ability::kSmooth:
      return from_middle + fluctuation;
    case Ability::kJump:
      return (from_middle < 0 ? std::log(0.1 / 0.9) : std::log(0.95 / 0.05)) / 1.7 + fluctuation;
    case Ability::kFast:
      break;
  }
  return kSteeper * (from_middle + fluctuation);
}

Threshold classified(const Truth& truth, std::uint64_t seed) {
  constexpr double kSd = 0.05, kRho = 0.6;
  SplitMix64 random(seed);
  const double middle = 4 + 2 * random.uniform();
  std::array<double, kItems> theta;
  for (double& one : theta) one = truth.spread * random.normal();
  double fluctuation = kSd * random.normal();
  ThresholdTest test(ThresholdTest::Floors{});
  for (int probe = 0; probe < kProbes; ++probe) {
    const double u = probe / kPerDoubling;
    const double now = ability(truth.ability, u - middle, fluctuation);
    double q = 0;
    int exact = 0;
    for (const double one : theta) {
      const double p = 1 / (1 + std::exp(-1.7 * (now - one)));
      q += p;
      exact += random.uniform() < power(p, truth.steps) ? 1 : 0;
    }
    test.add({.step = static_cast<Step>(1024 * std::exp2(u)),
              .score = q / kItems,
              .exact = static_cast<double>(exact) / kItems,
              .items = kItems});
    fluctuation = kRho * fluctuation + kSd * std::sqrt(1 - kRho * kRho) * random.normal();
  }
  return test.result();
}

class ThresholdGate : public ::testing::TestWithParam<Truth> {};

TEST_P(ThresholdGate, FindsWhatIsTrue) {
  const Truth& truth = GetParam();
  std::array<double, kThresholdKinds> share{};
  double hidden = 0, jump = 0, jump_exact = 0;
  for (int run = 0; run < kRuns; ++run) {
    const Threshold found = classified(truth, 9000000 + static_cast<std::uint64_t>(run));
    share[static_cast<std::size_t>(found.kind)] += 1.0 / kRuns;
    hidden += found.hidden_progress.value_or(0) / kRuns;
    jump += found.share_of_jump / kRuns;
    jump_exact += found.share_of_jump_exact / kRuns;
  }
  const auto share_of = [&](ThresholdKind kind) { return share[static_cast<std::size_t>(kind)]; };
  std::printf("%s: continuous %.3f, artefact %.3f, jump %.3f; mean H %.2f, J %.2f / %.2f\n",
              truth.row, share_of(ThresholdKind::kContinuous),
              share_of(ThresholdKind::kMetricArtefact), share_of(ThresholdKind::kRealJump), hidden,
              jump, jump_exact);
  test::expect_documented(
      "gates of thresholds",
      {{truth.row, "continuous", test::rate_text(share_of(ThresholdKind::kContinuous))},
       {truth.row, "metric_artefact", test::rate_text(share_of(ThresholdKind::kMetricArtefact))},
       {truth.row, "real_jump", test::rate_text(share_of(ThresholdKind::kRealJump))},
       {truth.row, "mean H", test::rate_text(hidden)},
       {truth.row, "J(q)", test::rate_text(jump)},
       {truth.row, "J(exact)", test::rate_text(jump_exact)}});
  EXPECT_GE(share_of(truth.kind), truth.least_right);
}

INSTANTIATE_TEST_SUITE_P(
    Truths, ThresholdGate,
    ::testing::Values(
        Truth{"smooth, answers of 8 steps", Ability::kSmooth, 8, ThresholdKind::kMetricArtefact,
              0.95},
        Truth{"smooth, 4 steps", Ability::kSmooth, 4, ThresholdKind::kMetricArtefact, 0.95},
        Truth{"smooth, 8 steps, spread 1", Ability::kSmooth, 8, ThresholdKind::kMetricArtefact, 0,
              1},
        Truth{"smooth, 4 steps, spread 1", Ability::kSmooth, 4, ThresholdKind::kMetricArtefact, 0,
              1},
        Truth{"smooth, 1 step", Ability::kSmooth, 1, ThresholdKind::kContinuous, 0.95},
        Truth{"jump, 8 steps", Ability::kJump, 8, ThresholdKind::kRealJump, 0.95},
        Truth{"jump, 1 step", Ability::kJump, 1, ThresholdKind::kRealJump, 0.95},
        Truth{"fast ramp, 1 step", Ability::kFast, 1, ThresholdKind::kContinuous, 0.85}));

}  // namespace
}  // namespace gradus
