#include "progress/curve_filter.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gradus {
namespace {

/// A logistic of ceiling 0.9 that crosses 0.8 at u = 11.099, from u = 5 on, 40 scores a doubling.
CurveFilter fed_until(double until) {
  CurveFilter filter(0);
  for (int i = 0; 5 + i / 40.0 <= until; ++i) {
    const double u = 5 + i / 40.0;
    filter.add(u, 0.9 / (1 + std::exp(-0.8 * (u - 8.5))), 4e-4);
  }
  return filter;
}

struct Reference {
  double u, q10, q50, within_2, within_4, within_12;
};

// Values of an independent implementation, to six digits there. The filter sums floats: 0.002 on
// probabilities, one bin on quantiles.
TEST(CurveFilter, HasTheReferenceBeliefs) {
  for (const Reference& expected : {Reference{7, 9.75, 13.95, .0278, .2605, .6410},
                                    Reference{8, 10.00, 12.05, .1029, .4949, .6982},
                                    Reference{9, 10.25, 11.20, .4287, .7816, .8018}}) {
    const CrossingTimes times = fed_until(expected.u).crossing(0.8);
    EXPECT_NEAR(expected.u + times.quantile(0.1).value_or(99), expected.q10, 0.051) << expected.u;
    EXPECT_NEAR(expected.u + times.quantile(0.5).value_or(99), expected.q50, 0.051) << expected.u;
    EXPECT_NEAR(times.until(2), expected.within_2, 0.002) << expected.u;
    EXPECT_NEAR(times.until(4), expected.within_4, 0.002) << expected.u;
    EXPECT_NEAR(times.until(12), expected.within_12, 0.002) << expected.u;
  }
}

// Drawn curves cross when the posterior does, but for the smear and one draw's share.
TEST(CurveFilter, DrawsCurvesLikeItsPosterior) {
  const CurveFilter filter = fed_until(9);
  std::vector<GrowthCurve> curves(400);
  filter.draw(curves);
  for (const double ahead : {2.0, 4.0, 12.0}) {
    const auto reached = std::count_if(curves.begin(), curves.end(), [&](const GrowthCurve& curve) {
      return curve.at(9 + ahead) >= 0.8;
    });
    EXPECT_NEAR(static_cast<double>(reached) / 400, filter.crossing(0.8).until(ahead), 0.06)
        << ahead;
  }
}

TEST(CurveFilter, ReadsTargetsFarBehindAndFarAhead) {
  const CurveFilter filter = fed_until(12);
  EXPECT_GT(filter.crossing(1e-6).until(0), 0.9);
  EXPECT_LT(filter.crossing(0.9999).until(2), 0.2);
}

}  // namespace
}  // namespace gradus
