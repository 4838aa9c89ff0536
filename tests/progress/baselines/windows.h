#pragma once

#include <deque>

#include "tests/progress/baselines/rule.h"

namespace gradus::test {

/// The newest scores of a curve, a fixed number of them.
class ScoreWindow {
 public:
  struct Point {
    double u = 0, score = 0;
  };
  explicit ScoreWindow(std::size_t size) : size_(size) {}

  void add(double u, double score);
  bool full() const { return points_.size() == size_; }
  const std::deque<Point>& points() const { return points_; }
  /// Least-squares slope per doubling.
  double slope() const;
  /// The slope in units of its standard error; 0 where the residuals are.
  double slope_t() const;

 private:
  std::size_t size_;
  std::deque<Point> points_;
};

/// What an alert on Prometheus' `deriv(score[probes])` does: the least-squares slope over the last
/// `probes` is below `least` for `in_a_row` probes. `deriv` per doubling instead of per second.
/// Source: prometheus.io, "Query functions", deriv ("simple linear regression"), and `for`.
class SlopeBelow final : public ScoreRule {
 public:
  SlopeBelow(std::size_t probes, double least, unsigned in_a_row)
      : window_(probes), least_(least), in_a_row_(in_a_row) {}
  bool add(double u, double score) override;

 private:
  ScoreWindow window_;
  double least_;
  unsigned in_a_row_, count_ = 0;
};

/// Student's test of the slope over the last 30 probes, made at every probe: growth is not
/// significant at 5 %, one-sided (t below 1.701 with 28 degrees of freedom).
class SlopeNotSignificant final : public ScoreRule {
 public:
  bool add(double u, double score) override;

 private:
  ScoreWindow window_{30};
};

/// The score is more than 3 standard deviations below the mean of the 30 before it.
class ZScore final : public ScoreRule {
 public:
  bool add(double u, double score) override;

 private:
  ScoreWindow window_{30};
};

/// The mean of the last 30 scores is not above that of the 30 before by 1.645 standard errors: a
/// z-test of two windows at every probe.
class NoRiseBetweenWindows final : public ScoreRule {
 public:
  bool add(double u, double score) override;

 private:
  ScoreWindow window_{60};
};

}  // namespace gradus::test
