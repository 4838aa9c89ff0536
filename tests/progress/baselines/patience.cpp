#include "tests/progress/baselines/patience.h"

#include <algorithm>
#include <limits>

namespace gradus::test {

EarlyStopping::EarlyStopping(unsigned patience, double min_delta)
    : patience_(patience), min_delta_(min_delta), best_(-std::numeric_limits<double>::infinity()) {}

bool EarlyStopping::add(double, double score) {
  if (score - min_delta_ > best_) {
    best_ = score;
    waited_ = 0;
    return false;
  }
  return ++waited_ >= patience_;
}

ReduceOnPlateau::ReduceOnPlateau(unsigned patience, double threshold)
    : patience_(patience), threshold_(threshold), best_(-std::numeric_limits<double>::infinity()) {}

bool ReduceOnPlateau::add(double, double score) {
  if (score > best_ * (1 + threshold_)) {
    best_ = score;
    bad_ = 0;
    return false;
  }
  if (++bad_ <= patience_) return false;
  bad_ = 0;
  return true;
}

bool BelowBest::add(double, double score) {
  best_ = std::max(best_, score);
  return best_ - score > drop_;
}

}  // namespace gradus::test
