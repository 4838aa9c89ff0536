#include "learner/learners/linear_state.h"

#include <algorithm>
#include <string>

namespace gradus {
namespace {

constexpr std::uint32_t kFormat = 1;

/// What must be equal for a saved state to mean the same here.
struct Fingerprint {
  std::uint32_t format, loss, bits, classes;
  double learning_rate, power_t, l1, l2, quantile_tau;
  bool operator==(const Fingerprint&) const = default;
};

Fingerprint fingerprint(const LinearOptions& options) {
  return {kFormat,
          static_cast<std::uint32_t>(options.loss),
          options.bits,
          options.classes,
          options.learning_rate,
          options.power_t,
          options.l1,
          options.l2,
          options.quantile_tau};
}

}  // namespace

void LabelRange::include(double label) {
  low = std::min(low, label);
  high = std::max(high, label);
}

double LabelRange::clamp(double p) const { return std::clamp(p, low, high); }

LinearState::LinearState(const LinearOptions& the_options)
    : options(the_options),
      slots((std::size_t{1} << the_options.bits) * the_options.models()),
      norms(the_options.models()) {}

double LinearState::rate() const {
  return options.learning_rate * options.setup.rate_factor(examples);
}

void LinearState::save(ByteWriter& out) const {
  out.put(fingerprint(options));
  out.put(range);
  out.put(contraction);
  out.put(gravity);
  out.put(examples);
  out.put(weight_square);
  out.put(gradient_norm);
  out.put_all(std::span<const Norm>(norms));
  out.put_all(std::span<const LinearSlot>(slots));
}

Result<void> LinearState::load(ByteReader& in) {
  const auto found = in.get<Fingerprint>();
  if (!in.ok() || found != fingerprint(options))
    return fail(ErrorCode::kCorrupt, "not the state of a linear learner with these options");
  LinearState loaded(options);
  loaded.range = in.get<LabelRange>();
  loaded.contraction = in.get<double>();
  loaded.gravity = in.get<double>();
  loaded.examples = in.get<Step>();
  loaded.weight_square = in.get<double>();
  loaded.gradient_norm = in.get<double>();
  in.get_exactly(std::span<Norm>(loaded.norms));
  in.get_exactly(std::span<LinearSlot>(loaded.slots));
  if (!in.ok()) return fail(ErrorCode::kCorrupt, "the state of the linear learner is cut off");
  *this = std::move(loaded);
  return {};
}

}  // namespace gradus
