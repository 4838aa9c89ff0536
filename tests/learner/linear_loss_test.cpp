#include "learner/learners/linear_loss.h"

#include <gtest/gtest.h>

#include <string>

namespace gradus {
namespace {

// With rate `time` and sensitivity 1 the prediction moves by the root x of x + e^p (e^x - 1) =
// time. The roots were found by mpmath with 80 digits.
struct Movement {
  double p, time, expected;
};

class LogisticStep : public testing::TestWithParam<Movement> {};

TEST_P(LogisticStep, FollowsTheGradientFlow) {
  const auto [p, time, expected] = GetParam();
  EXPECT_NEAR(LogisticLoss{}.step(p, 1, time, 1) / expected, 1, 1e-9);
  EXPECT_NEAR(LogisticLoss{}.step(-p, -1, time, 1) / expected, -1, 1e-9);
  // The same way for a prediction that is twice as sensitive to half the update.
  EXPECT_NEAR(LogisticLoss{}.step(p, 1, time / 2, 2) * 2 / expected, 1, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Roots, LogisticStep,
                         testing::Values(Movement{0, 1e-5, 4.9999937500052083e-6},
                                         Movement{0, 1, 0.44285440100238858},
                                         Movement{-50, 100, 53.832280834507910},
                                         Movement{8, 0.01, 3.3534956835775103e-6},
                                         Movement{5, 1e-3, 6.6928286771570065e-6},
                                         Movement{-3, 1e9, 23.723265813272932}),
                         [](const auto& tested) {
                           return "Number" + std::to_string(tested.index);
                         });

// Where Lambert's function has no digits left: a sure and right prediction is to stay where it is.
INSTANTIATE_TEST_SUITE_P(RootsOfSurePredictions, LogisticStep,
                         testing::Values(Movement{20, 100, 2.0611534057725213e-7},
                                         Movement{35, 5, 3.1525583800734877e-15},
                                         Movement{50, 5, 9.6437492398195889e-22},
                                         Movement{50, 1e4, 1.9287498479639178e-18}),
                         [](const auto& tested) {
                           return "Number" + std::to_string(tested.index);
                         });

}  // namespace
}  // namespace gradus
