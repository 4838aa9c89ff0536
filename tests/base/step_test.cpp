#include "base/step.h"

namespace gradus {
namespace {

TEST(Doublings, IsTheBinaryLogarithm) {
  EXPECT_EQ(doublings(1), 0.0);
  EXPECT_EQ(doublings(1024), 10.0);
  EXPECT_DOUBLE_EQ(doublings(3), 1.584962500721156);
}

TEST(Doublings, CountsStepZeroAsOne) { EXPECT_EQ(doublings(0), 0.0); }

}  // namespace
}  // namespace gradus
