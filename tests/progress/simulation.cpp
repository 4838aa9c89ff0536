#include "tests/progress/simulation.h"

#include <cmath>
#include <numeric>

namespace gradus::test {

LearnerSimulation::LearnerSimulation(const Regime& regime, std::uint64_t seed)
    : regime_(regime),
      random_(seed),
      difficulty_(static_cast<std::size_t>(regime.items)),
      noise_(difficulty_.size()) {
  for (double& theta : difficulty_) theta = 5 + 4 * random_.normal();
  for (double& z : noise_) z = random_.normal();
  fluctuation_ = regime_.fluctuation_sd * random_.normal();
}

void LearnerSimulation::change_after(int probe, Change change) {
  change_probe_ = probe;
  change_ = change;
}

void LearnerSimulation::next() {
  ++probe_;
  const double rho = regime_.autocorrelation;
  if (probe_ > 0)
    fluctuation_ =
        rho * fluctuation_ + regime_.fluctuation_sd * std::sqrt(1 - rho * rho) * random_.normal();
  for (std::size_t item = 0; item < noise_.size(); ++item) {
    if (probe_ > 0) noise_[item] = 0.5 * noise_[item] + std::sqrt(0.75) * random_.normal();
    if (regime_.fresh_items) difficulty_[item] = 5 + 4 * random_.normal();
  }
  answer();
}

double LearnerSimulation::ability() const {
  if (growth_) return growth_(u());
  if (change_ == Change::kNone || probe_ <= change_probe_) return u();
  const double then = static_cast<double>(change_probe_) / regime_.probes_per_doubling;
  if (change_ == Change::kSudden) return then - 1.5;
  return change_ == Change::kStall ? then : then - 1.5 * (u() - then);
}

void LearnerSimulation::answer() {
  const double level = ability() + fluctuation_;
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < noise_.size(); ++i) {
    const double q = 1 / (1 + std::exp(-1.7 * (level - difficulty_[i] + 0.3 * noise_[i])));
    sum += q;
    squares += q * q;
  }
  q_ = sum / regime_.items;
  q_squared_ = squares / regime_.items;
}

double LearnerSimulation::bits() const {
  const double level = ability() + fluctuation_;
  int right = 0;
  for (std::size_t i = 0; i < noise_.size(); ++i)
    right += level - difficulty_[i] + noise_[i] > 0 ? 1 : 0;
  return static_cast<double>(right) / regime_.items;
}

BoundarySimulation::BoundarySimulation(double rate, double autocorrelation, std::uint64_t seed)
    : rate_(rate),
      autocorrelation_(autocorrelation),
      random_(seed),
      error_(kSd * random_.normal()) {}

double BoundarySimulation::next() {
  if (++probe_ > 0)
    error_ = autocorrelation_ * error_ +
             kSd * std::sqrt(1 - autocorrelation_ * autocorrelation_) * random_.normal();
  return 0.3 + rate_ * u() + error_;
}

}  // namespace gradus::test
