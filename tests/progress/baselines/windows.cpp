#include "tests/progress/baselines/windows.h"

#include <cmath>

namespace gradus::test {
namespace {

struct Moments {
  double mean = 0, variance = 0;  // n - 1 in the denominator
};

Moments moments(const std::deque<ScoreWindow::Point>& points, std::size_t from, std::size_t to) {
  const auto n = static_cast<double>(to - from);
  Moments result;
  for (std::size_t i = from; i < to; ++i) result.mean += points[i].score / n;
  for (std::size_t i = from; i < to; ++i)
    result.variance += std::pow(points[i].score - result.mean, 2) / (n - 1);
  return result;
}

}  // namespace

void ScoreWindow::add(double u, double score) {
  if (full()) points_.pop_front();
  points_.push_back({u, score});
}

double ScoreWindow::slope() const {
  const auto n = static_cast<double>(points_.size());
  double mean_u = 0, mean_score = 0, spread = 0, covariance = 0;
  for (const Point& each : points_) {
    mean_u += each.u / n;
    mean_score += each.score / n;
  }
  for (const Point& each : points_) {
    spread += (each.u - mean_u) * (each.u - mean_u);
    covariance += (each.u - mean_u) * (each.score - mean_score);
  }
  return covariance / spread;
}

double ScoreWindow::slope_t() const {
  const auto n = static_cast<double>(points_.size());
  const double rate = slope();
  double mean_u = 0, mean_score = 0, spread = 0, residuals = 0;
  for (const Point& each : points_) {
    mean_u += each.u / n;
    mean_score += each.score / n;
  }
  for (const Point& each : points_) {
    spread += (each.u - mean_u) * (each.u - mean_u);
    residuals += std::pow(each.score - mean_score - rate * (each.u - mean_u), 2);
  }
  return residuals > 0 ? rate / std::sqrt(residuals / (n - 2) / spread) : 0;
}

bool SlopeBelow::add(double u, double score) {
  window_.add(u, score);
  if (!window_.full()) return false;
  count_ = window_.slope() < least_ ? count_ + 1 : 0;
  return count_ >= in_a_row_;
}

bool SlopeNotSignificant::add(double u, double score) {
  constexpr double kCritical = 1.701;
  window_.add(u, score);
  return window_.full() && window_.slope_t() < kCritical;
}

bool ZScore::add(double u, double score) {
  bool alarm = false;
  if (window_.full()) {
    const Moments before = moments(window_.points(), 0, 30);
    alarm = score < before.mean - 3 * std::sqrt(before.variance);
  }
  window_.add(u, score);
  return alarm;
}

bool NoRiseBetweenWindows::add(double u, double score) {
  window_.add(u, score);
  if (!window_.full()) return false;
  const Moments before = moments(window_.points(), 0, 30), now = moments(window_.points(), 30, 60);
  return now.mean - before.mean < 1.645 * std::sqrt((before.variance + now.variance) / 30);
}

}  // namespace gradus::test
