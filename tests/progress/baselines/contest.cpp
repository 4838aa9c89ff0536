#include "tests/progress/baselines/contest.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tests/progress/baselines/drift.h"
#include "tests/progress/baselines/patience.h"
#include "tests/progress/baselines/windows.h"
#include "tests/progress/gates.h"
#include "tests/support/documented.h"

namespace gradus::test {
namespace {

constexpr int kHealthyDoublings = 10, kFollowUpDoublings = 6;
constexpr std::uint64_t kHealthySeed = 1000, kChangedSeed = 5000000;

/// A detector of progress/ as a rule.
class Detector final : public ScoreRule {
 public:
  Detector(Profile profile, SlopeQuestion question, int planned_probes)
      : curve_(profile, question, static_cast<unsigned>(planned_probes)) {}
  bool add(double u, double score) override {
    curve_.add(u, score);
    return curve_.alarm().has_value();
  }

 private:
  WatchedCurve curve_;
};

Contestant detector(std::string name, Profile profile, SlopeQuestion question) {
  return {std::move(name), [=](int planned_probes) {
            return std::make_unique<Detector>(profile, question, planned_probes);
          }};
}

template <typename Rule, typename... Arguments>
Contestant rule(std::string name, Arguments... arguments) {
  return {std::move(name), [=](int) { return std::make_unique<Rule>(arguments...); }};
}

template <typename Rule, typename... Arguments>
Contestant on_increments(std::string name, Arguments... arguments) {
  return {std::move(name), [=](int) {
            return std::make_unique<OnIncrements>(std::make_unique<Rule>(arguments...));
          }};
}

/// The rules on one curve, each until it first alarms.
class Field {
 public:
  Field(std::span<const Contestant> rules, int planned_probes) {
    for (const Contestant& each : rules) rules_.push_back(each.make(planned_probes));
    alarms_.resize(rules.size());
  }
  void add(int probe, double u, double score) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (!alarms_[i] && rules_[i]->add(u, score)) alarms_[i] = probe;
    }
  }
  const std::vector<std::optional<int>>& alarms() const { return alarms_; }

 private:
  std::vector<std::unique_ptr<ScoreRule>> rules_;
  std::vector<std::optional<int>> alarms_;
};

std::vector<std::optional<int>> run_of(std::span<const Contestant> rules, const Regime& regime,
                                       LearnerSimulation learner, int probes) {
  Field field(rules, kHealthyDoublings * regime.probes_per_doubling);
  for (int probe = 0; probe < probes; ++probe) {
    learner.next();
    field.add(probe, learner.u(), learner.score());
  }
  return field.alarms();
}

double median(std::vector<double> values) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

std::vector<Contestant> stall_contestants() {
  return {detector("Gradus strict", Profile::kStrict, SlopeQuestion::kStall),
          detector("Gradus practical", Profile::kPractical, SlopeQuestion::kStall),
          rule<EarlyStopping>("Lightning EarlyStopping (patience 3)", 3u, 0.0),
          rule<EarlyStopping>("Keras EarlyStopping, patience 10", 10u, 1e-4),
          rule<EarlyStopping>("Keras EarlyStopping, patience 20", 20u, 1e-4),
          rule<EarlyStopping>("Keras EarlyStopping, patience 40", 40u, 1e-4),
          rule<ReduceOnPlateau>("PyTorch ReduceLROnPlateau (10)"),
          rule<SlopeBelow>("deriv over 30 probes <= 0 for 5", std::size_t{30}, 1e-12, 5u),
          rule<SlopeBelow>("deriv over 60 probes < .03 for 20", std::size_t{60}, 0.03, 20u),
          rule<SlopeNotSignificant>("slope over 30 probes not significant (t, 5 %)"),
          rule<NoRiseBetweenWindows>("z of two windows of 30 below 1.645"),
          on_increments<PageHinkley>("Page-Hinkley (.005, .5) on increments", 0.005, 0.5),
          on_increments<PageHinkley>("Page-Hinkley (.005, 50) on increments", 0.005, 50.0),
          on_increments<Adwin>("ADWIN (.002) on increments", 0.002),
          rule<AlwaysFire>("always"),
          rule<NeverFire>("never")};
}

std::vector<Contestant> regress_contestants() {
  return {detector("Gradus strict", Profile::kStrict, SlopeQuestion::kRegress),
          detector("Gradus practical", Profile::kPractical, SlopeQuestion::kRegress),
          rule<BelowBest>("best - score > .05", 0.05),
          rule<ZScore>("z-score: 3 below the mean of 30"),
          rule<SlopeBelow>("deriv over 30 probes < 0 for 5", std::size_t{30}, 0.0, 5u),
          rule<PageHinkley>("Page-Hinkley (.005, 50), river's default", 0.005, 50.0),
          rule<PageHinkley>("Page-Hinkley (.005, .5)", 0.005, 0.5),
          rule<Adwin>("ADWIN (.002)", 0.002),
          rule<Ddm>("DDM, 3 sigma"),
          rule<AlwaysFire>("always"),
          rule<NeverFire>("never")};
}

std::vector<Outcome> compete(std::span<const Contestant> rules, const Regime& regime, Change change,
                             int runs) {
  const int ppd = regime.probes_per_doubling;
  std::vector<Outcome> outcomes(rules.size());
  std::vector<std::vector<double>> delays(rules.size());
  for (int run = 0; run < runs; ++run) {
    const auto number = static_cast<std::uint64_t>(run);
    const auto healthy =
        run_of(rules, regime, LearnerSimulation(regime, kHealthySeed + number), 10 * ppd);
    LearnerSimulation learner(regime, kChangedSeed + number);
    const int changes_at = std::array{120, 200, 280}[number % 3] * ppd / 40;
    learner.change_after(changes_at, change);
    const auto changed =
        run_of(rules, regime, std::move(learner), changes_at + kFollowUpDoublings * ppd + 1);
    for (std::size_t i = 0; i < rules.size(); ++i) {
      outcomes[i].false_alarms += healthy[i] ? 1 : 0;
      if (!changed[i])
        ++outcomes[i].missed;
      else if (*changed[i] <= changes_at)
        ++outcomes[i].early;
      else
        delays[i].push_back(static_cast<double>(*changed[i] - changes_at) / ppd);
    }
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    outcomes[i].median_doublings = median(delays[i]);
    outcomes[i].false_alarms /= runs;
    outcomes[i].missed /= runs;
    outcomes[i].early /= runs;
  }
  return outcomes;
}

std::vector<double> boundary_alarms(std::span<const Contestant> rules, double rate,
                                    double autocorrelation, int runs) {
  constexpr int kProbes = 400;
  std::vector<double> shares(rules.size());
  for (int run = 0; run < runs; ++run) {
    BoundarySimulation curve(rate, autocorrelation, kHealthySeed + static_cast<std::uint64_t>(run));
    Field field(rules, kProbes);
    for (int probe = 0; probe < kProbes; ++probe) {
      const double score = curve.next();
      field.add(probe, curve.u(), score);
    }
    for (std::size_t i = 0; i < rules.size(); ++i) shares[i] += field.alarms()[i] ? 1 : 0;
  }
  for (double& share : shares) share /= runs;
  return shares;
}

std::string outcome_text(const Outcome& outcome) {
  std::string text = rate_text(outcome.false_alarms) + " / ";
  const bool told = outcome.median_doublings >= 0 && outcome.early <= 0.5;
  text += told ? doublings_text(outcome.median_doublings) : "-";
  if (outcome.missed >= 0.0005) text += ", " + rate_text(outcome.missed) + " missed";
  return text;
}

}  // namespace gradus::test
