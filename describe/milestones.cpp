#include "describe/milestones.h"

#include <algorithm>

namespace gradus {
namespace {

constexpr std::size_t kInARow = 3;
/// Within a doubling two tasks count as equally early: another seed moves a milestone by as much.
constexpr double kEarly = 1;
/// Up to which share of a delay in all examples the delay in own examples is small.
constexpr double kHardly = 0.25;
/// From which share on it is the whole.
constexpr double kMostly = 0.75;

Lateness judge(double later, double own_later) {
  if (later < kEarly) return Lateness::kEarly;
  const bool early_of_its_own = own_later < kEarly && later >= 2 * kEarly;
  if (early_of_its_own || own_later <= kHardly * later) return Lateness::kMerelyRare;
  return own_later < kMostly * later ? Lateness::kPartlyRare : Lateness::kNeedsMore;
}

}  // namespace

std::optional<Moment> first_reached(std::span<const CurvePoint> curve, double level) {
  std::size_t in_a_row = 0;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    in_a_row = curve[i].last >= level ? in_a_row + 1 : 0;
    if (in_a_row == kInARow) {
      const CurvePoint& first = curve[i + 1 - kInARow];
      return Moment{first.step, first.own_step};
    }
  }
  return std::nullopt;
}

std::vector<OrderEntry> learning_order(std::span<const Milestones> tasks) {
  std::vector<OrderEntry> order(tasks.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) order[i].task = i;
  std::stable_sort(order.begin(), order.end(), [&](const OrderEntry& a, const OrderEntry& b) {
    const auto& left = tasks[a.task].half;
    const auto& right = tasks[b.task].half;
    if (!left || !right) return left.has_value();
    return left->step < right->step;
  });
  if (order.empty() || !tasks[order.front().task].half) return order;
  const Moment first = *tasks[order.front().task].half;
  for (OrderEntry& entry : order) {
    const auto& half = tasks[entry.task].half;
    if (!half) break;
    entry.doublings_later = doublings(half->step) - doublings(first.step);
    entry.own_doublings_later = doublings(half->own_step) - doublings(first.own_step);
    entry.lateness = judge(entry.doublings_later, entry.own_doublings_later);
  }
  return order;
}

}  // namespace gradus
