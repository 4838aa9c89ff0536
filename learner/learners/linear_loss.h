#pragma once

#include <algorithm>
#include <cmath>

namespace gradus {

/// The losses of the linear learner: value, derivative by the prediction, and the closed-form
/// update along the gradient flow that cannot overshoot the label.
/// Source: Karampatziakis and Langford 2011, "Online Importance Weight Aware Updates", table 1;
/// constants and the approximation of W as in Vowpal Wabbit.
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
    return -(y * lambert_w_minus(e * P + y * p + d) + p) / P;
  }

 private:
  /// W(e^z) - z, where W is Lambert's function: one step of Fritsch's iteration.
  static double lambert_w_minus(double z) {
    const double a = z >= 1 ? 0.86 * z + 0.01 : std::exp(0.8 * z - 0.65);
    const double r = z >= 1 ? z - std::log(a) - a : 0.2 * z + 0.65 - a;
    const double t = 1 + a;
    const double q = 2 * t * (t + 2 * r / 3);
    return a * (1 + r / t * (q - r) / (q - 2 * r)) - z;
  }
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
