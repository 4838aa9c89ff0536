#include "learner/learners/linear_train.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>
#include <vector>

#include "learner/learners/linear_answer.h"
#include "learner/learners/linear_loss.h"

namespace gradus {
namespace {

// Squares are kept where neither they nor their inverse roots leave the range of a float.
constexpr float kSmallestSquare = std::numeric_limits<float>::min();
constexpr float kSmallestMagnitude = 1.0842022e-19F;  // its root
constexpr float kLargestSquare = 1e37F;
constexpr float kLargestWeight = std::numeric_limits<float>::max();
constexpr double kSmallestShrinkage = 1e-6;  // a weight loses no more of its digits in one step

/// How the learning rate of a weight falls with its gradients: the usual square roots, or powers.
struct Roots {
  explicit Roots(double) {}
  float rate(float gradients, float scale) const { return 1 / (std::sqrt(gradients) * scale); }
  float rescale(float ratio) const { return ratio; }
  double average(double norm) const { return 1 / std::sqrt(norm); }
};

struct Powers {
  explicit Powers(double power_t) : t(static_cast<float>(power_t)) {}
  float rate(float gradients, float scale) const {
    return std::pow(gradients, -t) * std::pow(scale * scale, t - 1);
  }
  float rescale(float ratio) const { return std::pow(ratio * ratio, 1 - t); }
  double average(double norm) const { return std::pow(norm, t - 1); }
  float t;
};

/// What the first pass over the terms finds: the sensitivity P of the prediction and the
/// normalised size of the example.
struct Visit {
  float sensitivity = 0;
  float norm = 0;
};

/// The factor by which l2 shrinks all weights in a step that is worth `x`. It is 1 - x for all that
/// sound options give. Where large weights of examples or rates meet a large l2, that would reach 0
/// and turn negative; from 1/2 on it continues as 1 / 4x, with the same value and slope.
double shrinkage(double x) { return x < 0.5 ? 1 - x : std::max(kSmallestShrinkage, 0.25 / x); }

template <typename Loss>
concept TellsClasses = requires {
  Loss::kLimit;
};

/// Learns one batch. Source: Ross, Mineiro and Langford 2013, "Normalized Online Learning",
/// algorithm 2 (NAG); Duchi, Hazan and Singer 2011 for the adaptive rates; Karampatziakis and
/// Langford 2011 for the update; l1 and l2 as truncated gradients (Langford, Li and Zhang 2009),
/// kept lazily in two numbers.
template <typename Loss, typename Rates, bool kRegularised>
class Trainer {
 public:
  Trainer(LinearState& state, SparseRow& row, Loss loss)
      : state_(state),
        row_(row),
        loss_(loss),
        rates_(state.options.power_t),
        models_(state.options.models()) {}

  LearnSums learn(const ExampleBatch& batch) {
    margins_.resize(models_);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      sums_.non_finite_inputs += row_.take(batch, i);
      learn_row(batch.label[i], batch.weight[i]);
      ++state_.examples;
    }
    sums_.examples = batch.size();
    if (sums_.updates > 0) note_gradient();
    return sums_;
  }

 private:
  void learn_row(double label, double weight) {
    if (!usable(label, weight)) {
      ++sums_.non_finite_inputs;
      return;
    }
    if constexpr (TellsClasses<Loss>) {
      if (state_.options.classes > 2) return learn_classes(static_cast<std::size_t>(label), weight);
      if (state_.options.classes == 2) return learn_binary(label, weight);
    }
    learn_number(label, weight);
  }

  bool usable(double label, double weight) const {
    if (!(weight >= 0 && weight <= kLargestValue)) return false;
    if (state_.options.classes == 0) return std::fabs(label) <= kLargestValue;
    return label >= 0 && label < state_.options.classes;
  }

  void learn_number(double label, double weight) {
    const double sum = predict(0);
    count(answer_number(state_.range.clamp(sum), label, state_.range));
    state_.range.include(label);
    update(0, state_.range.clamp(sum), label, weight);
  }

  void learn_binary(double label, double weight) {
    const double p = clamp_margin<Loss>(predict(0));
    const double y = label == 1 ? 1 : -1;
    count(answer_binary<Loss>(p, y));
    update(0, p, y, weight);
  }

  void learn_classes(std::size_t right, double weight) {
    for (std::size_t m = 0; m < models_; ++m) margins_[m] = clamp_margin<Loss>(predict(m));
    count(answer_classes<Loss>(margins_, right));
    for (std::size_t m = 0; m < models_; ++m) update(m, margins_[m], m == right ? 1 : -1, weight);
  }

  void count(const LinearAnswer& answer) {
    sums_.log_loss += answer.log_loss;
    sums_.correct += answer.exact ? 1 : 0;
  }

  double predict(std::size_t model) const {
    const LinearSlot* slots = state_.slots.data() + model;
    const auto gravity = static_cast<float>(state_.gravity);
    const double sum = weighted_sum(row_.terms(), [&](std::size_t index) {
      const float weight = slots[index * models_].weight;
      return kRegularised ? truncated(weight, gravity) : weight;
    });
    return kRegularised ? sum * state_.contraction : sum;
  }

  /// Counts the loss, then moves the weights of one model towards label y.
  void update(std::size_t model, double p, double y, double importance) {
    const double loss = loss_.value(p, y);
    sums_.loss += loss;
    const double slope = loss_.slope(p, y);
    const double square = slope * slope * importance;
    const double e = state_.rate() * importance;
    if (!(square > 0) || !(e > 0)) return;
    const double largest = row_.largest();
    if (!(square * largest * largest < kLargestSquare)) {
      ++sums_.non_finite_gradients;
      return;
    }
    const Visit visit = accumulate(model, static_cast<float>(square));
    LinearState::Norm& norm = state_.norms[model];
    norm.features += importance * visit.norm;
    norm.importance += importance;
    const double multiplier = rates_.average(norm.features / norm.importance);
    const double step = loss_.step(p, y, e, visit.sensitivity * multiplier);
    const double worth = std::fabs(slope) > 1e-8 ? -step / slope : 0;
    const double contraction =
        kRegularised ? state_.contraction * shrinkage(state_.options.l2 * worth) : 1;
    const auto moved = static_cast<float>(step / contraction * multiplier);
    if (!std::isfinite(moved)) {
      ++sums_.non_finite_gradients;
      return;
    }
    if constexpr (kRegularised) {
      state_.contraction = contraction;
      state_.gravity += state_.options.l1 * worth;
    }
    move(model, moved);
    if constexpr (kRegularised) fold_when_far();
    ++sums_.updates;
    last_slope_ = slope;
  }

  Visit accumulate(std::size_t model, float square) {
    LinearSlot* slots = state_.slots.data() + model;
    Visit visit;
    for (const SparseTerm& term : row_.terms()) {
      LinearSlot& slot = slots[term.index * models_];
      const float x = std::max(std::fabs(term.value), kSmallestMagnitude);
      const float x2 = x * x;
      slot.gradients = std::clamp(slot.gradients + square * x2, kSmallestSquare, kLargestSquare);
      if (x > slot.scale) grow_scale(slot, x);
      const float part = x / slot.scale;
      visit.norm += part * part;
      slot.rate = rates_.rate(slot.gradients, slot.scale);
      visit.sensitivity += x2 * slot.rate;
    }
    return visit;
  }

  /// A larger value than ever: the weight is rescaled as if the scale had always been this one.
  void grow_scale(LinearSlot& slot, float x) {
    if (slot.scale > 0) {
      const double before = slot.weight;
      slot.weight *= rates_.rescale(slot.scale / x);
      const double after = slot.weight;
      state_.weight_square += after * after - before * before;
    }
    slot.scale = x;
  }

  void move(std::size_t model, float step) {
    LinearSlot* slots = state_.slots.data() + model;
    double grown = 0;
    for (const SparseTerm& term : row_.terms()) {
      LinearSlot& slot = slots[term.index * models_];
      const float before = slot.weight;
      slot.weight = before + step * (term.value * slot.rate);
      grown +=
          static_cast<double>(slot.weight) * slot.weight - static_cast<double>(before) * before;
    }
    if (std::isfinite(grown))
      state_.weight_square += grown;
    else
      bound_weights();
  }

  /// A step that was finite itself took a weight beyond the range of a float.
  void bound_weights() {
    ++sums_.non_finite_weights;
    state_.weight_square = 0;
    for (LinearSlot& slot : state_.slots) {
      slot.weight = std::clamp(slot.weight, -kLargestWeight, kLargestWeight);
      state_.weight_square += static_cast<double>(slot.weight) * slot.weight;
    }
  }

  /// Applies contraction and gravity to every weight before their own digits run out.
  void fold_when_far() {
    if (state_.contraction >= 1e-9 && state_.gravity <= 1e3) return;
    const auto gravity = static_cast<float>(state_.gravity);
    state_.weight_square = 0;
    for (LinearSlot& slot : state_.slots) {
      slot.weight = static_cast<float>(truncated(slot.weight, gravity) * state_.contraction);
      state_.weight_square += static_cast<double>(slot.weight) * slot.weight;
    }
    state_.contraction = 1;
    state_.gravity = 0;
  }

  /// The gradient of the last example that moved weights: slope times features.
  void note_gradient() {
    double square = 0;
    for (const SparseTerm& term : row_.terms())
      square += static_cast<double>(term.value) * static_cast<double>(term.value);
    state_.gradient_norm = std::fabs(last_slope_) * std::sqrt(square);
  }

  LinearState& state_;
  SparseRow& row_;
  const Loss loss_;
  const Rates rates_;
  const std::size_t models_;
  std::vector<double> margins_;
  LearnSums sums_;
  double last_slope_ = 0;
};

template <typename Loss, typename Rates, bool kRegularised>
LearnSums learn_batch(LinearState& state, SparseRow& row, const ExampleBatch& batch) {
  Loss loss;
  if constexpr (std::is_same_v<Loss, QuantileLoss>) loss.tau = state.options.quantile_tau;
  return Trainer<Loss, Rates, kRegularised>(state, row, loss).learn(batch);
}

template <typename Loss>
LearnLinearBatch choose(const LinearOptions& options) {
  const bool regularised = options.l1 > 0 || options.l2 > 0;
  if (options.power_t == 0.5)
    return regularised ? learn_batch<Loss, Roots, true> : learn_batch<Loss, Roots, false>;
  return regularised ? learn_batch<Loss, Powers, true> : learn_batch<Loss, Powers, false>;
}

}  // namespace

LearnLinearBatch choose_linear_loop(const LinearOptions& options) {
  switch (options.loss) {
    case LinearLoss::kSquared:
      return choose<SquaredLoss>(options);
    case LinearLoss::kLogistic:
      return choose<LogisticLoss>(options);
    case LinearLoss::kHinge:
      return choose<HingeLoss>(options);
    case LinearLoss::kQuantile:
      return choose<QuantileLoss>(options);
  }
  return nullptr;
}

}  // namespace gradus
