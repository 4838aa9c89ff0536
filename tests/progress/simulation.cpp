#include "tests/progress/simulation.h"

#include <cmath>

#include "tests/progress/simulation_kernels.h"

namespace gradus::test {

LearnerSimulation::LearnerSimulation(const Regime& regime, std::uint64_t seed)
    : regime_(regime),
      random_(seed),
      difficulty_(static_cast<std::size_t>(regime.items)),
      noise_(difficulty_.size()),
      normals_(2 * noise_.size()),
      angles_(normals_.size()) {
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
  // An item's noise is drawn before its new difficulty; at the first probe it has its noise.
  const bool moves = probe_ > 0, fresh = regime_.fresh_items;
  auto normal = draw(noise_.size() * (std::size_t{moves} + std::size_t{fresh})).begin();
  for (std::size_t item = 0; item < noise_.size(); ++item) {
    if (moves) noise_[item] = 0.5 * noise_[item] + std::sqrt(0.75) * *normal++;
    if (fresh) difficulty_[item] = 5 + 4 * *normal++;
  }
  answer();
}

std::span<const double> LearnerSimulation::draw(std::size_t count) {
  const std::span normals = std::span(normals_).first(count);
  const std::span angles = std::span(angles_).first(count);
  for (std::size_t i = 0; i < count; ++i) {
    normals[i] = random_.uniform();
    angles[i] = random_.uniform();
  }
  make_normal(normals, angles);
  return normals;
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
  const auto [sum, squares] = sum_logistic(level, difficulty_, noise_);
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
