#include "run/pace_meter.h"

namespace gradus {
namespace {

constexpr double kWindowSeconds = 5;

}  // namespace

double PaceMeter::add(double seconds, Step step) {
  looks_.push_back({seconds, step});
  while (looks_.size() > 2 && looks_[1].seconds <= seconds - kWindowSeconds) looks_.pop_front();
  const Look& from = looks_.front();
  if (seconds <= from.seconds || step < from.step) return 0;
  return static_cast<double>(step - from.step) / (seconds - from.seconds);
}

}  // namespace gradus
