#include "tests/progress/gates.h"

#include <algorithm>

#include "base/invariant.h"

namespace gradus::test {
namespace {

constexpr int kDoublings = 10;         // of a healthy run
constexpr int kFollowUpDoublings = 6;  // after a change
constexpr std::uint64_t kHealthySeed = 1000, kChangedSeed = 5000000;

unsigned planned_probes(const Regime& regime) {
  return static_cast<unsigned>(kDoublings * regime.probes_per_doubling);
}

}  // namespace

WatchedCurve::WatchedCurve(Profile profile, SlopeQuestion question, unsigned planned_probes)
    : settings_(settings_of(profile)),
      noise_(settings_, 0.45),  // of the way from nothing to the default target
      detector_(question, {.slope_error_share = settings_.slope_error_share,
                           .items = LearnerSimulation::kItems}),
      threshold_(alarm_threshold(planned_probes, 0.05)) {}

void WatchedCurve::add(double u, double score) {
  if (alarm_) return;
  const double noise = known_noise_.value_or(noise_.value());
  if (known_noise_ || noise_.count() >= settings_.warm_up)
    detector_.add({static_cast<Step>(probe_), u, score, noise});
  noise_.add(score);
  if (detector_.reaches(threshold_)) alarm_ = probe_;
  ++probe_;
}

double share_of_runs(int runs, const std::function<bool(int)>& held) {
  int count = 0;
  for (int run = 0; run < runs; ++run) count += held(run) ? 1 : 0;
  return static_cast<double>(count) / runs;
}

double healthy_alarms(Profile profile, SlopeQuestion question, const Regime& regime, int runs) {
  return share_of_runs(runs, [&](int run) {
    LearnerSimulation learner(regime, kHealthySeed + static_cast<std::uint64_t>(run));
    WatchedCurve curve(profile, question, planned_probes(regime));
    for (unsigned probe = 0; probe < planned_probes(regime) && !curve.alarm(); ++probe) {
      learner.next();
      curve.add(learner.u(), learner.score());
    }
    return curve.alarm().has_value();
  });
}

DelayResult delay_of(Profile profile, SlopeQuestion question, const Regime& regime, Change change,
                     int runs) {
  const int ppd = regime.probes_per_doubling;
  std::vector<double> delays;
  int missed = 0, early = 0;
  for (int run = 0; run < runs; ++run) {
    LearnerSimulation learner(regime, kChangedSeed + static_cast<std::uint64_t>(run));
    const int changes_at = std::vector{120, 200, 280}[static_cast<std::size_t>(run % 3)] * ppd / 40;
    learner.change_after(changes_at, change);
    WatchedCurve curve(profile, question, planned_probes(regime));
    while (learner.probe() < changes_at + kFollowUpDoublings * ppd && !curve.alarm()) {
      learner.next();
      curve.add(learner.u(), learner.score());
    }
    if (!curve.alarm())
      ++missed;
    else if (*curve.alarm() <= changes_at)
      ++early;
    else
      delays.push_back(static_cast<double>(*curve.alarm() - changes_at) / ppd);
  }
  std::sort(delays.begin(), delays.end());
  return {.median_doublings = delays.empty() ? kFollowUpDoublings : delays[delays.size() / 2],
          .missed = static_cast<double>(missed) / runs,
          .early = static_cast<double>(early) / runs};
}

Regime regime(char letter) {
  const std::vector<Regime> regimes{
      {.name = "A", .fluctuation_sd = 0.05},
      {.name = "B", .fluctuation_sd = 0.15},
      {.name = "C", .fluctuation_sd = 0.15, .autocorrelation = 0.9},
      {.name = "D", .fluctuation_sd = 0.05, .scores_bits = true},
      {.name = "E", .fluctuation_sd = 0.30, .scores_bits = true},
      {.name = "G", .fluctuation_sd = 0.15, .probes_per_doubling = 160},
      {.name = "H", .fluctuation_sd = 0.05, .scores_bits = true, .fresh_items = true}};
  const auto found = std::find_if(regimes.begin(), regimes.end(),
                                  [letter](const Regime& one) { return one.name[0] == letter; });
  invariant(found != regimes.end(), "a test asks for a regime that exists");
  return *found;
}

}  // namespace gradus::test
