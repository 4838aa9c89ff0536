#include "learner/learners/transformer_adamw.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.98;
constexpr double kEpsilon = 1e-8;
constexpr double kDecay = 0.01;
constexpr double kMaxNorm = 1.0;
constexpr double kWarmUpUpdates = 200;
constexpr double kConstantUntil = 200'000;

// The factors of one update, the same for every weight.
struct Factors {
  float clip, rate, second_scale, keep;
};

// One stretch of all four vectors; short enough to stay in the cache between the statements.
void update_stretch(const Factors& factor, Eigen::Index begin, Eigen::Index count,
                    const Vector<float>& gradient, Vector<float>& first, Vector<float>& second,
                    Vector<float>& weights) {
  constexpr auto kB1 = static_cast<float>(kBeta1);
  constexpr auto kB2 = static_cast<float>(kBeta2);
  const auto g = gradient.segment(begin, count).array() * factor.clip;
  auto m = first.segment(begin, count).array();
  auto v = second.segment(begin, count).array();
  auto w = weights.segment(begin, count).array();
  m = kB1 * m + (1 - kB1) * g;
  v = kB2 * v + (1 - kB2) * g.square();
  w = factor.keep * w - factor.rate * m / ((v * factor.second_scale).sqrt() + float(kEpsilon));
}

}  // namespace

double transformer_learning_rate(double peak, std::uint64_t updates, Step step) {
  const double warm_up = std::min(1.0, static_cast<double>(updates) / kWarmUpUpdates);
  const double examples = std::max(1.0, static_cast<double>(step));
  return peak * warm_up * std::min(1.0, std::sqrt(kConstantUntil / examples));
}

void AdamW::update(const TransformerWeights<float>& gradient, double gradient_norm, double rate,
                   TransformerWeights<float>& weights) {
  ++updates;
  const auto t = static_cast<double>(updates);
  const double first_scale = 1 / (1 - std::pow(kBeta1, t));
  Factors factor{.clip = float(kMaxNorm / std::max(gradient_norm, kMaxNorm)),
                 .rate = float(rate * first_scale),
                 .second_scale = float(1 / (1 - std::pow(kBeta2, t))),
                 .keep = 1};
  const Eigen::Index undecayed = weights.tensors().undecayed();
  const Eigen::Index size = weights.values.size();
  for (Eigen::Index begin = 0, end = 0; begin < size; begin = end) {
    end = std::min(begin + 1024, begin < undecayed ? undecayed : size);
    factor.keep = begin < undecayed ? 1.0F : float(1 - rate * kDecay);
    update_stretch(factor, begin, end - begin, gradient.values, first.values, second.values,
                   weights.values);
  }
}

}  // namespace gradus
