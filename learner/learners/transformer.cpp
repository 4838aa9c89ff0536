#include "learner/learners/transformer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "learner/learners/flush_denormals.h"
#include "learner/learners/transformer_predictor.h"

namespace gradus {
namespace {

constexpr int kWarmTokens = static_cast<int>(kTransformerMinibatch) * kMaxInputTokens;
constexpr std::uint64_t kWeightsSeedBase = 1000;  // keeps the weights apart from the stream's seed

double norm(const Vector<float>& values) { return std::sqrt(double(values.squaredNorm())); }

template <typename Values>
std::span<Values> as_span(Values* data, Eigen::Index size) {
  return {data, static_cast<std::size_t>(size)};
}

void put_weights(const TransformerWeights<float>& weights, ByteWriter& out) {
  out.put_all(as_span(weights.values.data(), weights.values.size()));
}

bool get_weights(ByteReader& in, TransformerWeights<float>& weights) {
  return in.get_exactly(as_span(weights.values.data(), weights.values.size()));
}

}  // namespace

Transformer::Transformer(const TransformerOptions& options, const LearnerSetup& setup)
    : options_(options),
      setup_(setup),
      weights_(random_transformer<float>(options.shape, kWeightsSeedBase + setup.seed)),
      optimizer_(options.shape),
      weight_norm_(norm(weights_.values)),
      work_(options.shape, kWarmTokens, kWarmTokens),
      gradient_(options.shape) {}

InputSpec Transformer::input() const {
  InputSpec spec;
  spec.kind = InputKind::kText;
  spec.check_text = &check_transformer_text;
  spec.explain_text = &explain_transformer_text;
  return spec;
}

LearnSums Transformer::learn(const ExampleBatch& batch) {
  const FlushDenormals flush;
  LearnSums sums;
  for (std::size_t first = 0; first < batch.size(); first += kTransformerMinibatch) {
    text_.pack(batch, first, std::min(first + kTransformerMinibatch, batch.size()));
    TransformerNetwork<float>::forward(weights_, text_, work_);
    count(sums);
    update(sums);
  }
  return sums;
}

void Transformer::count(LearnSums& sums) const {
  for (std::size_t example = 0; example < text_.sequences(); ++example) {
    const std::size_t begin = text_.answer_begin[example];
    const std::size_t end = text_.answer_begin[example + 1];
    double nats = 0;
    bool correct = true;
    for (std::size_t a = begin; a < end; ++a) {
      nats += work_.nats[static_cast<Eigen::Index>(a)];
      correct = correct && work_.best[a] == text_.target[a];
    }
    const double loss = nats / static_cast<double>(end - begin);
    ++sums.examples;
    if (!std::isfinite(loss)) {
      ++sums.non_finite_losses;
      continue;
    }
    sums.correct += correct ? 1 : 0;
    sums.loss += loss;
    sums.log_loss += loss;
  }
}

void Transformer::update(LearnSums& sums) {
  const double rate_factor = setup_.rate_factor(step_);
  step_ += text_.sequences();
  TransformerNetwork<float>::backward(weights_, text_, work_, gradient_);
  const double gradient_norm = norm(gradient_.values);
  if (!std::isfinite(gradient_norm)) {
    ++sums.non_finite_gradients;
    return;
  }
  gradient_norm_ = gradient_norm;
  rate_ = transformer_learning_rate(options_.learning_rate, optimizer_.updates + 1, step_) *
          rate_factor;
  optimizer_.update(gradient_, gradient_norm, rate_, weights_);
  ++sums.updates;
  weight_norm_ = norm(weights_.values);
  sums.non_finite_weights += std::isfinite(weight_norm_) ? 0 : 1;
}

std::shared_ptr<const Predictor> Transformer::freeze() const {
  return std::make_shared<const TransformerPredictor>(weights_);
}

void Transformer::save(ByteWriter& out) const {
  out.put(weights_.shape.width);
  out.put(weights_.shape.layers);
  out.put(step_);
  out.put(optimizer_.updates);
  out.put(rate_);
  out.put(gradient_norm_);
  put_weights(weights_, out);
  put_weights(optimizer_.first, out);
  put_weights(optimizer_.second, out);
}

Result<void> Transformer::load(ByteReader& in) {
  const TransformerShape shape{in.get<int>(), in.get<int>()};
  if (!in.ok() || shape != weights_.shape) {
    return fail(ErrorCode::kCorrupt, "transformer state: not of width " +
                                         std::to_string(weights_.shape.width) + " and " +
                                         std::to_string(weights_.shape.layers) + " layers");
  }
  const auto step = in.get<Step>();
  AdamW optimizer(shape);
  optimizer.updates = in.get<std::uint64_t>();
  const auto rate = in.get<double>();
  const auto gradient_norm = in.get<double>();
  TransformerWeights<float> weights(shape);
  if (!get_weights(in, weights) || !get_weights(in, optimizer.first) ||
      !get_weights(in, optimizer.second)) {
    return fail(ErrorCode::kCorrupt, "transformer state: cut off before its end");
  }
  step_ = step;
  rate_ = rate;
  gradient_norm_ = gradient_norm;
  weights_ = std::move(weights);
  optimizer_ = std::move(optimizer);
  weight_norm_ = norm(weights_.values);
  return {};
}

LearnerFacts Transformer::facts() const {
  const auto bytes = static_cast<std::uint64_t>(weights_.values.size()) * sizeof(float);
  return {.learning_rate = rate_,
          .gradient_norm = gradient_norm_,
          .weight_norm = weight_norm_,
          .parameters = weights_.parameters(),
          .state_bytes = 3 * bytes};
}

namespace {

constexpr std::array<std::string_view, 7> kWidths = {"16", "32", "48", "64", "96", "128", "256"};
constexpr OptionSpec kWidth = choice_option("width", kWidths, "64", "width of the network");
constexpr OptionSpec kLayers = integer_option("layers", 1, 8, "2", "number of its layers");
constexpr OptionSpec kLearningRate =
    number_option("learning_rate", 1e-6, 1, "0.0025", "step size of an update");
constexpr std::array kOptions = {kWidth, kLayers, kLearningRate};

TransformerOptions read_transformer(Options& options) {
  TransformerOptions chosen;
  chosen.shape.width = std::stoi(options.choice(kWidth));
  chosen.shape.layers = static_cast<int>(options.integer(kLayers));
  chosen.learning_rate = options.number(kLearningRate);
  return chosen;
}

}  // namespace

Result<std::unique_ptr<Learner>> make_transformer(Options& options, const LearnerSetup& setup) {
  return std::make_unique<Transformer>(read_transformer(options), setup);
}

std::span<const OptionSpec> transformer_options() { return kOptions; }

std::uint64_t transformer_memory(Options options) {
  const TransformerShape shape = read_transformer(options).shape;
  const auto weights =
      static_cast<std::uint64_t>(TransformerTensors<const float>(nullptr, shape).size());
  // Weights and both moments; then the gradient, snapshots, and the checkpoint's copies of the
  // state.
  constexpr std::uint64_t kCopies = 18;
  // Of a layer's activations (LayerActivations) for each token and unit of the width.
  constexpr std::uint64_t kActivations = 36;
  const auto units = static_cast<std::uint64_t>(shape.width) * (shape.layers + 1) * kWarmTokens;
  return sizeof(float) * (kCopies * weights + kActivations * units);
}

}  // namespace gradus
