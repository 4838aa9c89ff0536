#include "learner/learners/linear.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "learner/learners/linear_predictor.h"
#include "learner/learners/linear_state.h"
#include "learner/learners/linear_train.h"
#include "learner/learners/sparse_row.h"

namespace gradus {
namespace {

constexpr std::size_t kMaxSlots = std::size_t{1} << 28;

class LinearLearner final : public Learner {
 public:
  explicit LinearLearner(const LinearOptions& options)
      : state_(options), row_(options.bits), learn_(choose_linear_loop(options)) {}

  InputSpec input() const override {
    InputSpec spec;
    spec.kind = InputKind::kSparse;
    spec.bits = state_.options.bits;
    spec.classes = state_.options.classes;
    return spec;
  }

  LearnSums learn(const ExampleBatch& batch) override { return learn_(state_, row_, batch); }

  std::shared_ptr<const Predictor> freeze() const override { return freeze_linear(state_); }

  void save(ByteWriter& out) const override { state_.save(out); }

  Result<void> load(ByteReader& in) override { return state_.load(in); }

  LearnerFacts facts() const override {
    LearnerFacts facts;
    facts.learning_rate = state_.rate();
    facts.gradient_norm = state_.gradient_norm;
    // Rounding may leave a sum of squares just below zero once all weights are back at zero.
    facts.weight_norm = state_.contraction * std::sqrt(std::max(0.0, state_.weight_square));
    facts.parameters = state_.slots.size();
    facts.state_bytes = state_.slots.size() * sizeof(LinearSlot);
    return facts;
  }

 private:
  LinearState state_;
  SparseRow row_;
  LearnLinearBatch learn_;
};

constexpr std::array<std::string_view, 4> kLossNames = {"squared", "logistic", "hinge", "quantile"};

constexpr OptionSpec kBits =
    integer_option("bits", 1, 28, "18", "2^bits weights, for each class if there are classes");
constexpr OptionSpec kClasses = [] {
  OptionSpec spec = integer_option("classes", 0, 10000, "",
                                   "classes 0 to classes-1; 0: any number. By default 0, but 2 for "
                                   "a loss of classes, and the longest list of choices of the "
                                   "ladder");
  spec.values = "0, or 2 to 10000";
  return spec;
}();
constexpr OptionSpec kLoss =
    choice_option("loss", kLossNames, "", "by default `logistic` with classes, else `squared`");
constexpr OptionSpec kLearningRate =
    number_option("learning_rate", 1e-9, 1e6, "0.5", "step size of an update");
constexpr OptionSpec kPowerT =
    number_option("power_t", 0, 1, "0.5", "exponent of the step size's decay");
constexpr OptionSpec kL1 = number_option("l1", 0, 1, "0", "L1 penalty");
constexpr OptionSpec kL2 = number_option("l2", 0, 1, "0", "L2 penalty");
constexpr OptionSpec kQuantileTau = number_option("quantile_tau", 1e-6, 1 - 1e-6, "0.5",
                                                  "the quantile that the loss `quantile` fits");

constexpr std::array kOptions = {kBits,   kClasses, kLoss, kLearningRate,
                                 kPowerT, kL1,      kL2,   kQuantileTau};

LinearLoss loss_named(std::string_view name) {
  const auto found = std::find(kLossNames.begin(), kLossNames.end(), name);
  return static_cast<LinearLoss>(found - kLossNames.begin());
}

/// The keys that the size of the table follows from.
void read_table(Options& options, std::int64_t classes, LinearOptions& linear) {
  linear.bits = static_cast<unsigned>(options.integer(kBits));
  linear.classes = static_cast<std::uint32_t>(options.integer(kClasses, classes));
}

}  // namespace

std::span<const OptionSpec> linear_options() { return kOptions; }

std::uint64_t linear_memory(Options options) {
  LinearOptions linear;
  read_table(options, 0, linear);
  // The table, snapshots of a quarter of it, and the checkpoint's copies while they grow.
  constexpr double kCopies = 5.5;
  const auto slots = static_cast<double>((std::size_t{1} << linear.bits) * linear.models());
  return static_cast<std::uint64_t>(kCopies * sizeof(LinearSlot) * slots);
}

Result<std::unique_ptr<Learner>> make_linear(Options& options, const LearnerSetup& setup) {
  LinearOptions linear;
  linear.setup = setup;
  // A loss that only classes have asks for two of them where nothing else is said.
  const std::string loss_given = options.text(kLoss);
  const bool needs_classes = loss_given == "logistic" || loss_given == "hinge";
  read_table(options, needs_classes ? 2 : 0, linear);
  linear.loss = loss_named(options.choice(kLoss, linear.classes > 0 ? "logistic" : "squared"));
  linear.learning_rate = options.number(kLearningRate);
  linear.power_t = options.number(kPowerT);
  linear.l1 = options.number(kL1);
  linear.l2 = options.number(kL2);
  linear.quantile_tau = options.number(kQuantileTau);

  const auto refuse = [&](std::string_view key, const std::string& why) {
    return tl::unexpected(options.refused(key, why));
  };
  if (linear.classes == 1 || (needs_classes && linear.classes == 0))
    return refuse("classes", std::to_string(linear.classes) +
                                 ": 2 or more are expected, or none for numbers with the loss "
                                 "squared or quantile");
  if (linear.classes > 0 && linear.loss == LinearLoss::kQuantile)
    return refuse("loss",
                  "quantile is for numbers; with classes it is one of squared, logistic, hinge");
  if ((std::size_t{1} << linear.bits) * linear.models() > kMaxSlots)
    return refuse("bits", "2^" + std::to_string(linear.bits) + " slots for each of " +
                              std::to_string(linear.models()) +
                              " classes need more than 4 GiB; fewer bits are expected");
  return std::make_unique<LinearLearner>(linear);
}

}  // namespace gradus
