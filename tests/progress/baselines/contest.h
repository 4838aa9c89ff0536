#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tests/progress/baselines/rule.h"
#include "tests/progress/simulation.h"

namespace gradus::test {

/// A rule by its name in docs/statistics.md, made anew for each curve of a regime.
struct Contestant {
  std::string name;
  std::function<std::unique_ptr<ScoreRule>(int planned_probes)> make;
};

/// Gradus' two profiles first, then the rules of other tools, then always and never.
std::vector<Contestant> stall_contestants();
std::vector<Contestant> regress_contestants();

/// How a rule does on simulated curves, first alarms only.
struct Outcome {
  double false_alarms = 0;       ///< share of healthy curves of ten doublings with an alarm
  double median_doublings = -1;  ///< from the change to the alarm; -1 where there was none
  double missed = 0;             ///< share of changed curves without alarm within six doublings
  double early = 0;              ///< share of changed curves with an alarm before the change
};

/// All rules on the same curves of a regime: `runs` healthy ones, then `runs` that change after 3,
/// 5 or 7 doublings. Same seeds as the gates.
std::vector<Outcome> compete(std::span<const Contestant> rules, const Regime& regime, Change change,
                             int runs);

/// Share of curves at the boundary of the null hypothesis (see BoundarySimulation) with an alarm.
std::vector<double> boundary_alarms(std::span<const Contestant> rules, double rate,
                                    double autocorrelation, int runs);

/// ".04 / 1.23, .01 missed"; "1 / -" where most alarms come before the change.
std::string outcome_text(const Outcome& outcome);

}  // namespace gradus::test
