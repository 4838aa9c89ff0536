#include "learner/learners/linear_state.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace gradus {
namespace {

// Format 1 held every slot; format 2 holds the runs of slots that were ever touched.
constexpr std::uint32_t kDense = 1;
constexpr std::uint32_t kRuns = 2;

/// What must be equal for a saved state to mean the same here.
struct Fingerprint {
  std::uint32_t format, loss, bits, classes;
  double learning_rate, power_t, l1, l2, quantile_tau;
  bool operator==(const Fingerprint&) const = default;
};

Fingerprint fingerprint(const LinearOptions& options, std::uint32_t format) {
  return {format,
          static_cast<std::uint32_t>(options.loss),
          options.bits,
          options.classes,
          options.learning_rate,
          options.power_t,
          options.l1,
          options.l2,
          options.quantile_tau};
}

/// Whether every bit of the slot is zero: no example has touched it.
bool is_untouched(const LinearSlot& slot) {
  const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(slot);
  return (halves[0] | halves[1]) == 0;
}

/// Calls `visit` with each run of touched slots in order, and with an empty one at the end.
template <typename Visit>
void for_each_run(std::span<const LinearSlot> slots, Visit visit) {
  auto at = slots.begin();
  while (true) {
    at = std::find_if_not(at, slots.end(), is_untouched);
    const auto end = std::find_if(at, slots.end(), is_untouched);
    visit(std::span<const LinearSlot>(at, end));
    if (at == end) return;
    at = end;
  }
}

// Before each run stand its place in the table and its length, which together take as much room as
// one slot: no table is longer in runs than as a whole.
void save_runs(std::span<const LinearSlot> slots, ByteWriter& out) {
  std::size_t bytes = 0;
  for_each_run(slots, [&](std::span<const LinearSlot> run) {
    bytes += 2 * sizeof(std::uint64_t) + run.size_bytes();
  });
  out.reserve(bytes);  // a full table is copied once: growing to take the end would copy it again
  for_each_run(slots, [&](std::span<const LinearSlot> run) {
    out.put<std::uint64_t>(static_cast<std::uint64_t>(run.data() - slots.data()));
    out.put_all(run);
  });
}

/// Fills a table of untouched slots; false where the runs do not fit it in order.
bool load_runs(ByteReader& in, std::span<LinearSlot> slots) {
  std::size_t filled = 0;
  while (true) {
    const auto begin = in.get<std::uint64_t>();
    if (!in.ok() || begin < filled || begin > slots.size()) return false;
    const auto count = in.get_up_to(slots.subspan(begin));
    if (!count) return false;
    if (*count == 0) return begin == slots.size();
    filled = begin + *count;
  }
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
  out.put(fingerprint(options, kRuns));
  out.put(range);
  out.put(contraction);
  out.put(gravity);
  out.put(examples);
  out.put(weight_square);
  out.put(gradient_norm);
  out.put_all(std::span<const Norm>(norms));
  save_runs(slots, out);
}

Result<void> LinearState::load(ByteReader& in) {
  const auto found = in.get<Fingerprint>();
  if (!in.ok() || found.format > kRuns || found != fingerprint(options, found.format))
    return fail(ErrorCode::kCorrupt, "not the state of a linear learner with these options");
  LinearState loaded(options);
  loaded.range = in.get<LabelRange>();
  loaded.contraction = in.get<double>();
  loaded.gravity = in.get<double>();
  loaded.examples = in.get<Step>();
  loaded.weight_square = in.get<double>();
  loaded.gradient_norm = in.get<double>();
  in.get_exactly(std::span<Norm>(loaded.norms));
  const bool whole = found.format == kDense ? in.get_exactly(std::span<LinearSlot>(loaded.slots))
                                            : load_runs(in, loaded.slots);
  if (!in.ok() || !whole)
    return fail(ErrorCode::kCorrupt, "the state of the linear learner is cut off");
  *this = std::move(loaded);
  return {};
}

}  // namespace gradus
