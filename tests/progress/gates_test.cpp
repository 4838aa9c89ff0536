#include "tests/progress/gates.h"

#include <cmath>
#include <cstdio>
#include <ostream>
#include <utility>

#include "progress/bands.h"
#include "tests/support/documented.h"

// Statistical gates: Monte Carlo over seeded simulated learners, so each figure is exactly
// repeatable. With 500 runs the standard error of a rate of 5 % is 0.010, with 200 it is 0.015.
// Measured figures are printed and are those in docs/statistics.md.

namespace gradus {
namespace {

using test::BoundarySimulation;
using test::Change;
using test::DelayResult;
using test::LearnerSimulation;
using test::regime;
using test::WatchedCurve;

constexpr int kRuns = 500;

/// The row of a regime in the table of docs/statistics.md.
std::string row_of(char letter) {
  switch (letter) {
    case 'A':
      return "A: q, fluctuation 0.05 doublings, rho 0.6";
    case 'B':
      return "B: q, 0.15";
    case 'C':
      return "C: q, 0.15, rho 0.9";
    case 'D':
      return "D: exact match, 0.05";
    case 'E':
      return "E: exact match, 0.30";
    case 'G':
      return "G: as B, 160 probes per doubling";
    default:
      return "H: exact match, fresh items every probe";
  }
}

void document_healthy(char letter, const std::string& profile, double stall, double regress) {
  test::expect_documented("gates of healthy curves",
                          {{row_of(letter), profile + ": stall", test::rate_text(stall)},
                           {row_of(letter), profile + ": fall", test::rate_text(regress)}});
}

std::string letter_name(const ::testing::TestParamInfo<char>& info) {
  return std::string(1, info.param);
}

/// Share of boundary runs (400 probes at 40 a doubling) on which the detector alarms.
double boundary_alarms(Profile profile, SlopeQuestion question, double autocorrelation) {
  const double rate = question == SlopeQuestion::kStall ? 0.02 : 0;
  return test::share_of_runs(kRuns, [&](int run) {
    BoundarySimulation curve(rate, autocorrelation, 1000 + static_cast<std::uint64_t>(run));
    WatchedCurve watched(profile, question, 400);
    for (int probe = 0; probe < 400 && !watched.alarm(); ++probe) {
      const double score = curve.next();
      watched.add(curve.u(), score);
    }
    return watched.alarm().has_value();
  });
}

std::pair<double, double> boundary_of_strict(const char* row, double autocorrelation) {
  const double stall = boundary_alarms(Profile::kStrict, SlopeQuestion::kStall, autocorrelation);
  const double regress =
      boundary_alarms(Profile::kStrict, SlopeQuestion::kRegress, autocorrelation);
  std::printf("STRICT on boundary, %s: false alarms stall %.3f, regress %.3f of %d runs\n", row,
              stall, regress, kRuns);
  test::expect_documented("gates of the boundary", {{row, "stall", test::rate_text(stall)},
                                                    {row, "fall", test::rate_text(regress)}});
  return {stall, regress};
}

TEST(StrictGate, KeepsItsErrorRateOnTheBoundary) {
  const auto [stall, regress] = boundary_of_strict("0.6", 0.6);
  EXPECT_LE(stall, 0.05);
  EXPECT_LE(regress, 0.05);
}

TEST(StrictGate, NearlyKeepsItUnderStrongAutocorrelation) {
  const auto [stall, regress] = boundary_of_strict("0.8", 0.8);
  EXPECT_LE(stall, 0.08);
  EXPECT_LE(regress, 0.08);
}

// Beyond what is claimed: the figure is for the documents, and must show why the claim ends at 0.8.
TEST(StrictGate, BreaksUnderAutocorrelationOfNineTenths) {
  const auto [stall, regress] = boundary_of_strict("0.9", 0.9);
  EXPECT_GT(stall, 0.05);
  EXPECT_GT(regress, 0.05);
}

TEST(StrictGate, KnownNoiseAndRateKeepTheTheorysPromise) {
  // Long-run variance of AR(1): sd^2 (1 + rho) / (1 - rho). Against s - r u the rate asked is 0.
  const double noise = BoundarySimulation::kSd * BoundarySimulation::kSd * 1.6 / 0.4;
  const double alarms = test::share_of_runs(kRuns, [&](int run) {
    BoundarySimulation curve(0.02, 0.6, 1000 + static_cast<std::uint64_t>(run));
    WatchedCurve watched(Profile::kStrict, SlopeQuestion::kRegress, 400);
    watched.know_noise(noise);
    for (int probe = 0; probe < 400 && !watched.alarm(); ++probe) {
      const double score = curve.next();
      watched.add(curve.u(), score - 0.02 * curve.u());
    }
    return watched.alarm().has_value();
  });
  std::printf("known noise, fixed rate, boundary I: false alarms %.3f of %d runs\n", alarms, kRuns);
  test::expect_documented("gates of the boundary",
                          {{"0.6, noise known and rate fixed: what the theory covers", "fall",
                            test::rate_text(alarms)}});
  EXPECT_LE(alarms, 0.05);
}

class HealthyGate : public ::testing::TestWithParam<char> {};

TEST_P(HealthyGate, StrictHardlyEverAlarms) {
  constexpr int runs = kRuns;
  const auto rate = [&](SlopeQuestion question) {
    return test::healthy_alarms(Profile::kStrict, question, regime(GetParam()), runs);
  };
  const double stall = rate(SlopeQuestion::kStall), regress = rate(SlopeQuestion::kRegress);
  std::printf("STRICT on healthy %c: false alarms stall %.3f, regress %.3f of %d runs\n",
              GetParam(), stall, regress, runs);
  document_healthy(GetParam(), "strict", stall, regress);
  EXPECT_LE(stall, 0.03);
  EXPECT_LE(regress, 0.03);
}

TEST_P(HealthyGate, PracticalSeldomAlarms) {
  constexpr int runs = kRuns;
  const auto rate = [&](SlopeQuestion question) {
    return test::healthy_alarms(Profile::kPractical, question, regime(GetParam()), runs);
  };
  const double stall = rate(SlopeQuestion::kStall), regress = rate(SlopeQuestion::kRegress);
  std::printf("PRACTICAL on healthy %c: false alarms stall %.3f, regress %.3f of %d runs\n",
              GetParam(), stall, regress, runs);
  document_healthy(GetParam(), "practical", stall, regress);
  const double most = GetParam() == 'E' ? 0.12 : 0.08;
  EXPECT_LE(stall, most);
  EXPECT_LE(regress, most);
}

INSTANTIATE_TEST_SUITE_P(Regimes, HealthyGate, ::testing::Values('A', 'B', 'C', 'D', 'E', 'G', 'H'),
                         letter_name);

struct DelayGate {
  Profile profile;
  SlopeQuestion question;
  Change change;
  char letter;
  double longest_median;
  double most_missed;
  const char* what;
};

/// What GoogleTest and CTest show of a gate.
std::ostream& operator<<(std::ostream& out, const DelayGate& gate) {
  return out << gate.what << " in regime " << gate.letter;
}

std::string gate_name(const ::testing::TestParamInfo<DelayGate>& info) {
  return std::string(info.param.profile == Profile::kStrict ? "Strict" : "Practical") +
         info.param.what + info.param.letter;
}

class DelayGates : public ::testing::TestWithParam<DelayGate> {};

TEST_P(DelayGates, FindsTheChangeInTime) {
  const DelayGate& gate = GetParam();
  const DelayResult result =
      test::delay_of(gate.profile, gate.question, regime(gate.letter), gate.change, kRuns);
  std::printf("%s %s %c: median delay %.2f doublings, missed %.3f, early %.3f of %d runs\n",
              gate.profile == Profile::kStrict ? "STRICT" : "PRACTICAL", gate.what, gate.letter,
              result.median_doublings, result.missed, result.early, kRuns);
  const std::string profile = gate.profile == Profile::kStrict ? "strict" : "practical";
  test::expect_documented("gates of changes",
                          {{gate.what, profile + " " + gate.letter,
                            test::doublings_text(result.median_doublings) + ", " +
                                test::rate_text(result.missed) + " missed"}});
  EXPECT_LE(result.median_doublings, gate.longest_median);
  EXPECT_LE(result.missed, gate.most_missed);
}

constexpr auto kStrictProfile = Profile::kStrict;
constexpr auto kPracticalProfile = Profile::kPractical;
constexpr auto kStall = SlopeQuestion::kStall;
constexpr auto kRegress = SlopeQuestion::kRegress;

INSTANTIATE_TEST_SUITE_P(
    Stall, DelayGates,
    ::testing::Values(DelayGate{kStrictProfile, kStall, Change::kStall, 'A', 1.4, 0.04, "Stall"},
                      DelayGate{kStrictProfile, kStall, Change::kStall, 'B', 2.5, 0.04, "Stall"},
                      DelayGate{kStrictProfile, kStall, Change::kStall, 'D', 2.4, 0.04, "Stall"},
                      DelayGate{kStrictProfile, kStall, Change::kStall, 'E', 3.6, 0.04, "Stall"},
                      DelayGate{kPracticalProfile, kStall, Change::kStall, 'A', 1.1, 1, "Stall"},
                      DelayGate{kPracticalProfile, kStall, Change::kStall, 'B', 1.6, 1, "Stall"},
                      DelayGate{kPracticalProfile, kStall, Change::kStall, 'D', 1.8, 1, "Stall"},
                      DelayGate{kPracticalProfile, kStall, Change::kStall, 'E', 2.3, 1, "Stall"}),
    gate_name);

INSTANTIATE_TEST_SUITE_P(
    Regress, DelayGates,
    ::testing::Values(
        DelayGate{kPracticalProfile, kRegress, Change::kSudden, 'B', 0.10, 0.03, "SuddenFall"},
        DelayGate{kPracticalProfile, kRegress, Change::kSudden, 'E', 0.30, 0.03, "SuddenFall"},
        DelayGate{kStrictProfile, kRegress, Change::kSlow, 'B', 0.9, 1, "SlowFall"},
        DelayGate{kStrictProfile, kRegress, Change::kSlow, 'E', 1.2, 1, "SlowFall"}),
    gate_name);

/// Share of runs of 400 looks at 128 items that never unlearn, of true score Phi((u - 5) / 4), on
/// which the band holds the truth at every look.
double simultaneous_coverage(double half_width, int runs) {
  return test::share_of_runs(runs, [&](int run) {
    SplitMix64 random(1000 + static_cast<std::uint64_t>(run));
    std::vector<double> learned_at(LearnerSimulation::kItems);
    for (double& at : learned_at) at = 5 + 4 * random.normal();
    for (int probe = 0; probe < 400; ++probe) {
      const double u = probe / 40.0;
      int right = 0;
      for (const double at : learned_at) right += at < u ? 1 : 0;
      const double truth = 0.5 * std::erfc(-(u - 5) / 4 / std::sqrt(2.0));
      const double score = static_cast<double>(right) / LearnerSimulation::kItems;
      if (std::abs(score - truth) > half_width) return false;
    }
    return true;
  });
}

TEST(BandGate, DkwHoldsAtAllLooksAtOnceWhereItemsDoNotFlip) {
  const double coverage = simultaneous_coverage(dkw_half_width(LearnerSimulation::kItems), 1000);
  test::expect_documented("bands", {{"DKW, items that do not flip", "held at all looks at once",
                                     test::rate_text(coverage)}});
  EXPECT_GE(coverage, 0.93);
}

}  // namespace
}  // namespace gradus
