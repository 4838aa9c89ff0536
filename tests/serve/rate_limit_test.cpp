#include "serve/rate_limit.h"

namespace gradus {
namespace {

using std::chrono::seconds;

TEST(RateLimit, GrantsEverythingWithoutALimit) {
  ManualClock clock;
  RateLimit limit(0, clock);
  EXPECT_EQ(limit.grant(1'000'000), 1'000'000u);
  EXPECT_EQ(clock.elapsed(), Duration{0});
}

TEST(RateLimit, KeepsTheRateOverTime) {
  ManualClock clock;
  RateLimit limit(250, clock);
  std::uint64_t granted = 0;
  while (granted < 1000) granted += limit.grant(1000 - granted);
  // 1000 units at 250 a second take 4 s; one sleep may overshoot by the time of one unit.
  EXPECT_NEAR(std::chrono::duration<double>(clock.elapsed()).count(), 4.0, 0.01);
}

TEST(RateLimit, DoesNotMakeUpForALongPauseAtOnce) {
  ManualClock clock;
  RateLimit limit(100, clock);
  clock.advance(seconds(60));
  EXPECT_EQ(limit.grant(1000), 10u);
}

TEST(RateLimit, SleepsForRatesBelowOneASecond) {
  ManualClock clock;
  RateLimit limit(0.5, clock);
  EXPECT_EQ(limit.grant(5), 1u);
  EXPECT_NEAR(std::chrono::duration<double>(clock.elapsed()).count(), 2.0, 0.11);
}

}  // namespace
}  // namespace gradus
