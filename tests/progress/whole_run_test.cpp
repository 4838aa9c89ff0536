#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "progress/tracker.h"
#include "tests/progress/simulation.h"
#include "tests/support/documented.h"

// Whole simulated runs through the tracker as a live run uses it: 17 tasks of 128 items, 400 probes
// each at 40 a doubling, verdicts and restarts included, 0.05 false alarms a run split over 34
// detectors. Figures go to docs/statistics.md, "Whole runs".

namespace gradus {
namespace {

using test::LearnerSimulation;

constexpr int kTasks = 17, kProbes = 400, kProbesPerDoubling = 40;
constexpr int kRunsOfAPart = 125;  // a case stays well below a minute; four parts are 500 runs
constexpr double kFloor = 0.02;

/// Ability of a task over doublings, given how far the task is up the ladder.
using Growth = std::function<double(double u, int task)>;

/// All tasks grow from the first probe on, by 1, 1.5 or 2 a doubling: the fluctuation is there from
/// the beginning.
double together(double u, int task) { return (1 + 0.5 * (task % 3)) * u; }

/// Later tasks start later, from scores that do not fluctuate yet: the noise grows a hundredfold
/// while it is estimated.
double steady(double u, int task) { return (1 + 0.5 * (task % 3)) * (u - 0.35 * task); }

/// As steady, but with a rest of `rest` doublings after each 1.5 doublings of growth, as where one
/// digit is learned after the other.
Growth staircase(double rest) {
  return [rest](double u, int task) {
    const double from_start = u + 6 - 0.35 * task;  // starts well below every item
    const double period = 1.5 + rest;
    const double steps = std::floor(from_start / period);
    const double grown = steps * 1.5 + std::min(1.5, from_start - steps * period);
    return (1 + 0.5 * (task % 3)) * (grown - 6);
  };
}

/// As steady until the score is near 0.7, where it stays: below the target of 0.9.
double saturating(double u, int task) {
  constexpr double kCeiling = 7.2;
  return kCeiling - std::log1p(std::exp(kCeiling - steady(u, task)));
}

Ladder ladder() {
  Ladder ladder;
  ladder.name = "simulated";
  ladder.tiers.push_back({"all", "All", {}});
  for (int i = 0; i < kTasks; ++i) {
    Task task;
    task.name = "task" + std::to_string(i);
    task.items = LearnerSimulation::kItems;
    task.floor = kFloor;
    task.target = 0.9;
    ladder.tiers[0].tasks.push_back(static_cast<TaskIndex>(i));
    ladder.tasks.push_back(task);
  }
  return ladder;
}

Score score_of(const LearnerSimulation& learner, int task) {
  constexpr double kItems = LearnerSimulation::kItems;
  Score score;
  score.task = static_cast<TaskIndex>(task);
  score.step = score.own_step = static_cast<Step>(std::lround(1024 * std::exp2(learner.u())));
  score.sums.items = LearnerSimulation::kItems;
  score.sums.q = learner.q() * kItems;
  score.sums.q_squared = learner.q_squared() * kItems;
  return score;
}

struct RunResult {
  int stalled = 0, regressing = 0, learning = 0, mastered = 0;  // tasks that were so at least once
  bool has_alarm() const { return stalled + regressing > 0; }
};

RunResult simulate(Profile profile, const Growth& growth, int run) {
  std::vector<LearnerSimulation> learners;
  for (int task = 0; task < kTasks; ++task) {
    const auto seed = static_cast<std::uint64_t>(20000000 + run * kTasks + task);
    learners.emplace_back(test::Regime{.name = "B", .fluctuation_sd = 0.15}, seed);
    learners.back().grow_as([&growth, task](double u) { return growth(u, task); });
  }
  Tracker tracker(ladder(), {.run = "simulated", .profile = profile, .foretells = false});
  std::vector<Score> snapshot;
  for (int probe = 0; probe < kProbes; ++probe) {
    snapshot.clear();
    for (int task = 0; task < kTasks; ++task) {
      LearnerSimulation& learner = learners[static_cast<std::size_t>(task)];
      learner.next();
      snapshot.push_back(score_of(learner, task));
    }
    tracker.update(snapshot);
  }
  RunResult result;
  for (const TaskProgress& task : tracker.report()->tasks) {
    result.stalled += task.stalled > 0;
    result.regressing += task.regressed > 0;
    result.learning += task.improved > 0;
    result.mastered += task.mastered > 0;
  }
  return result;
}

struct Totals {
  int with_alarm = 0;
  int with_stall = 0, with_fall = 0;
  double stalled = 0, learning = 0, mastered = 0;  // tasks of a run, mean
};

Totals simulate_part(Profile profile, const Growth& growth, int part, int runs) {
  Totals totals;
  for (int run = part * runs; run < (part + 1) * runs; ++run) {
    const RunResult result = simulate(profile, growth, run);
    totals.with_alarm += result.has_alarm();
    totals.with_stall += result.stalled > 0;
    totals.with_fall += result.regressing > 0;
    totals.stalled += static_cast<double>(result.stalled) / runs;
    totals.learning += static_cast<double>(result.learning) / runs;
    totals.mastered += static_cast<double>(result.mastered) / runs;
  }
  std::printf(
      "%d runs: with an alarm %d (stall %d, fall %d); of %d tasks %.2f learning, %.2f "
      "mastered, %.2f stalled\n",
      runs, totals.with_alarm, totals.with_stall, totals.with_fall, kTasks, totals.learning,
      totals.mastered, totals.stalled);
  return totals;
}

struct Part {
  const char* row;
  Profile profile;
  double (*growth)(double, int);
  int part;
};

std::ostream& operator<<(std::ostream& out, const Part& part) {
  return out << part.row << ", part " << part.part + 1;
}

Totals document_part(const Part& part) {
  const Totals totals = simulate_part(part.profile, part.growth, part.part, kRunsOfAPart);
  EXPECT_GT(totals.learning, kTasks - 4);  // else the figure would mean nothing
  EXPECT_GT(totals.mastered, 4);
  static constexpr std::array kColumns{"runs 1 to 125", "126 to 250", "251 to 375", "376 to 500"};
  test::expect_documented("whole runs", {{part.row, kColumns[static_cast<std::size_t>(part.part)],
                                          std::to_string(totals.with_alarm)}});
  return totals;
}

std::vector<Part> parts(const char* row, Profile profile, double (*growth)(double, int)) {
  return {{row, profile, growth, 0},
          {row, profile, growth, 1},
          {row, profile, growth, 2},
          {row, profile, growth, 3}};
}

std::string part_name(const ::testing::TestParamInfo<Part>& part) {
  return "Part" + std::to_string(part.param.part + 1);
}

class HealthyRuns : public ::testing::TestWithParam<Part> {};

// 14 of 125 runs would be three standard deviations above 5 %.
TEST_P(HealthyRuns, KeepTheErrorBudget) { EXPECT_LE(document_part(GetParam()).with_alarm, 14); }

INSTANTIATE_TEST_SUITE_P(FromTheFirstProbeOn, HealthyRuns,
                         ::testing::ValuesIn(parts("strict, all from the first probe on",
                                                   Profile::kStrict, together)),
                         part_name);

INSTANTIATE_TEST_SUITE_P(FromSilence, HealthyRuns,
                         ::testing::ValuesIn(parts("strict, late tasks start from silence",
                                                   Profile::kStrict, steady)),
                         part_name);

struct Shape {
  const char* name;
  Growth growth;
};

std::ostream& operator<<(std::ostream& out, const Shape& shape) { return out << shape.name; }

class RunShapes : public ::testing::TestWithParam<Shape> {};

// Plateaus and ceilings are stalls in the words of the verdict: nothing is promised, it is
// measured.
TEST_P(RunShapes, AreAsDocumented) {
  constexpr int kRuns = 100;
  const Totals totals = simulate_part(Profile::kStrict, GetParam().growth, 0, kRuns);
  EXPECT_GT(totals.learning, kTasks - 4);  // else the figure would mean nothing
  test::expect_documented(
      "run shapes",
      {{GetParam().name, "runs with a stall", test::rate_text(totals.with_stall * 1.0 / kRuns)},
       {GetParam().name, "runs with a fall", test::rate_text(totals.with_fall * 1.0 / kRuns)},
       {GetParam().name, "tasks of 17 that stalled", test::doublings_text(totals.stalled)}});
}

INSTANTIATE_TEST_SUITE_P(Shapes, RunShapes,
                         ::testing::Values(Shape{"rests of a quarter of a doubling",
                                                 staircase(0.25)},
                                           Shape{"rests of half a doubling", staircase(0.5)},
                                           Shape{"rests of one doubling", staircase(1)},
                                           Shape{"rests of two doublings", staircase(2)},
                                           Shape{"a ceiling near 0.7", saturating}));

}  // namespace
}  // namespace gradus
