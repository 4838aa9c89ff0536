#include "learner/learners/linear_predictor.h"

#include <cstddef>
#include <vector>

#include "learner/learners/linear_answer.h"
#include "learner/learners/linear_loss.h"
#include "learner/learners/sparse_row.h"

namespace gradus {
namespace {

class LinearPredictor final : public Predictor {
 public:
  explicit LinearPredictor(const LinearState& state)
      : options_(state.options), range_(state.range), contraction_(state.contraction) {
    const auto gravity = static_cast<float>(state.gravity);
    weights_.reserve(state.slots.size());
    for (const LinearSlot& slot : state.slots) weights_.push_back(truncated(slot.weight, gravity));
  }

  void score(const ExampleBatch& items, ItemScores& out) const override {
    out.clear();
    SparseRow row(options_.bits);
    std::vector<double> margins(options_.models());
    for (std::size_t i = 0; i < items.size(); ++i) {
      row.take(items, i);
      for (std::size_t m = 0; m < margins.size(); ++m) margins[m] = predict(row, m);
      const LinearAnswer answer = judge(margins, items.label[i]);
      out.q.push_back(static_cast<float>(answer.q));
      out.log_loss.push_back(static_cast<float>(answer.log_loss));
      out.exact.push_back(answer.exact ? 1 : 0);
    }
  }

 private:
  double predict(const SparseRow& row, std::size_t model) const {
    const float* weights = weights_.data() + model;
    const std::size_t models = options_.models();
    const double sum =
        weighted_sum(row.terms(), [&](std::size_t index) { return weights[index * models]; });
    return sum * contraction_;
  }

  LinearAnswer judge(std::vector<double>& predictions, double label) const {
    if (options_.classes == 0) return answer_number(range_.clamp(predictions[0]), label, range_);
    switch (options_.loss) {
      case LinearLoss::kSquared:
        return judge_class<SquaredLoss>(predictions, label);
      case LinearLoss::kHinge:
        return judge_class<HingeLoss>(predictions, label);
      case LinearLoss::kLogistic:
      case LinearLoss::kQuantile:  // never with classes
        break;
    }
    return judge_class<LogisticLoss>(predictions, label);
  }

  template <typename Loss>
  LinearAnswer judge_class(std::vector<double>& margins, double label) const {
    for (double& margin : margins) margin = clamp_margin<Loss>(margin);
    if (options_.classes == 2) return answer_binary<Loss>(margins[0], label == 1 ? 1 : -1);
    return answer_classes<Loss>(margins, static_cast<std::size_t>(label));
  }

  const LinearOptions options_;
  const LabelRange range_;
  const double contraction_;
  std::vector<float> weights_;
};

}  // namespace

std::shared_ptr<const Predictor> freeze_linear(const LinearState& state) {
  return std::make_shared<LinearPredictor>(state);
}

}  // namespace gradus
