#include "base/invariant.h"

#include "base/bounded_queue.h"
#include "base/random.h"

namespace gradus {
namespace {

TEST(Invariant, LetsWhatHoldsPass) { invariant(true, "holds"); }

TEST(InvariantDeathTest, StopsTheProcessAndSaysWhy) {
  EXPECT_DEATH(invariant(false, "sums must agree"), "broken invariant: sums must agree");
}

TEST(InvariantDeathTest, RefusesADrawFromNothing) {
  EXPECT_DEATH(SplitMix64(1).below(0), "n > 0");
  EXPECT_DEATH(SplitMix64(1).between(2, 1), "low <= high");
}

TEST(InvariantDeathTest, RefusesAQueueWithoutRoom) {
  EXPECT_DEATH(BoundedQueue<int>(0), "without room");
}

}  // namespace
}  // namespace gradus
