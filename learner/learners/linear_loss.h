#pragma once

#include <algorithm>
#include <cmath>

namespace gradus {

/// The losses of the linear learner: value, derivative by the prediction, and the update along the
/// gradient flow that cannot overshoot the label.
/// Source: Karampatziakis and Langford 2011, "Online Importance Weight Aware Updates", table 1;
/// constants as in Vowpal Wabbit.
/// `step` gives the update u for rate e (times importance) and sensitivity P = dp/du, P > 0: the
/// prediction moves by u * P. A loss that can tell classes apart (labels -1 and 1) has
/// `probability`, of label 1 given the prediction, and `kLimit`, within which predictions are kept.

/// Below this movement a step is the plain gradient step: the closed forms lose their digits there.
inline constexpr double kSmallMove = 1e-6;

/// For losses that give no probability of their own: from label -1 to label 1 in a straight line.
inline double linear_probability(double p) { return std::clamp((1 + p) / 2, 0.0, 1.0); }

struct SquaredLoss {
  static constexpr double kLimit = 1;
  static double probability(double p) { return linear_probability(p); }
  double value(double p, double y) const { return (p - y) * (p - y); }
  double slope(double p, double y) const { return 2 * (p - y); }
  double step(double p, double y, double e, double P) const {
    if (e * P < kSmallMove) return 2 * e * (y - p);
    return (y - p) * -std::expm1(-2 * e * P) / P;
  }
};

struct LogisticLoss {
  static constexpr double kLimit = 50;
  static double probability(double p) { return 1 / (1 + std::exp(-p)); }
  double value(double p, double y) const { return std::log1p(std::exp(-y * p)); }
  double slope(double p, double y) const { return -y / (1 + std::exp(y * p)); }
  double step(double p, double y, double e, double P) const {
    const double d = std::exp(y * p);
    if (e * P < kSmallMove) return y * e / (1 + d);
    return y * movement(d, e * P) / P;
  }

 private:
  /// How far the margin y p = log d moves in `time` along the gradient flow: the root x of
  /// x + d (e^x - 1) = time. The paper's x = z - W(e^z) - log d, with Lambert's function W and
  /// z = time + d + log d, has no digits left where d is large, and Vowpal Wabbit's approximation
  /// of W is off by up to 1.5e-5: more than most steps of a late stream. Instead: the inverse's
  /// series, then Newton's iteration, whose error is below half the square of its last step.
  static double movement(double d, double time) {
    const double first = time / (1 + d);
    double x = series(d / (1 + d), first);
    if (first < kSeriesEnough) return x;
    if (first > 0.5) x = std::min(first, std::log1p(time / d));  // both above the root
    for (double change = 1; change * change > kEnough * x; x -= change) {
      const double g = d * std::exp(x);
      change = (x + g - d - time) / (1 + g);
    }
    return x;
  }
  /// To the fourth order in the movement t at the first speed; a = d / (1 + d).
  static double series(double a, double t) {
    const double third = a * (a / 2 - 1.0 / 6);
    const double fourth = -a * (a * (a * 5 / 8 - 5.0 / 12) + 1.0 / 24);
    return t * (1 + t * (-a / 2 + t * (third + t * fourth)));
  }
  static constexpr double kSeriesEnough = 5e-3;  // from here on down it is right to 1e-10
  static constexpr double kEnough = 1e-10;       // of x
};

struct HingeLoss {
  static constexpr double kLimit = 1;
  static double probability(double p) { return linear_probability(p); }
  double value(double p, double y) const { return std::max(0.0, 1 - y * p); }
  double slope(double p, double y) const { return y * p < 1 ? -y : 0; }
  double step(double p, double y, double e, double P) const {
    return y * std::min(e, std::max(0.0, 1 - y * p) / P);
  }
};

struct QuantileLoss {
  double tau = 0.5;
  double value(double p, double y) const { return y > p ? tau * (y - p) : (1 - tau) * (p - y); }
  double slope(double p, double y) const { return y > p ? -tau : y < p ? 1 - tau : 0; }
  double step(double p, double y, double e, double P) const {
    const double error = y - p;
    return error > 0 ? std::min(tau * e, error / P) : std::max((tau - 1) * e, error / P);
  }
};

}  // namespace gradus
