#include "describe/step_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

namespace gradus {
namespace {

constexpr std::size_t kFewestTicks = 3;

/// Steps of the form m * 10^k with m from `factors`, between two steps.
std::vector<Step> round_steps(double from, double to, std::span<const double> factors,
                              int every_decade) {
  std::vector<Step> out;
  for (int decade = 0; decade <= 18; decade += every_decade)
    for (const double factor : factors) {
      const double step = factor * std::pow(10.0, decade);
      if (step >= from && step <= to && step == std::floor(step))
        out.push_back(static_cast<Step>(step));
    }
  return out;
}

}  // namespace

std::string short_step(Step step) {
  constexpr std::array<std::pair<double, const char*>, 3> kUnits = {
      {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}}};
  std::array<char, 32> text{};
  for (const auto& [unit, name] : kUnits) {
    const double value = static_cast<double>(step) / unit;
    if (value < 1) continue;
    std::snprintf(text.data(), text.size(), "%.3g%s", value, name);
    return text.data();
  }
  return std::to_string(step);
}

StepAxis::StepAxis(Step first, Step last)
    : from_(doublings(first)), to_(std::max(from_ + 1, doublings(last))) {}

double StepAxis::at(Step step) const {
  return std::clamp((doublings(step) - from_) / (to_ - from_), 0.0, 1.0);
}

std::vector<Step> StepAxis::ticks(std::size_t most) const {
  constexpr std::array kFine = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0};
  constexpr std::array kUsual = {1.0, 2.0, 5.0};
  constexpr std::array kDecades = {1.0};
  // A hair wider, so that rounding loses no end.
  const double from = std::exp2(from_) * (1 - 1e-9), to = std::exp2(to_) * (1 + 1e-9);
  std::vector<Step> found = round_steps(from, to, kUsual, 1);
  if (found.size() < kFewestTicks) {
    std::vector<Step> finer = round_steps(from, to, kFine, 1);
    if (finer.size() <= most) found = std::move(finer);
  }
  for (int every = 1; found.size() > most && every <= 6; ++every)
    found = round_steps(from, to, kDecades, every);
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace gradus
