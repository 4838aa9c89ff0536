#include "ingest/sources/log_clock.h"

#include <cmath>

namespace gradus {
namespace {

// The timetable of the default demo: 3 s a doubling up to 22,000 records/s.
const LogClock kDemo(22000, 3);

// 1000 ln 2 / 3 = 231.049 records/s, so that record 1000 comes after 3 / ln 2 = 4.328 s.
TEST(LogClock, SendsTheFirstThousandAtTheRateOfTheThousandth) {
  EXPECT_NEAR(kDemo.seconds_at(1000), 3 / std::log(2), 1e-9);
  EXPECT_NEAR(kDemo.seconds_at(500), 1.5 / std::log(2), 1e-9);
  EXPECT_EQ(kDemo.seconds_at(0), 0);
}

TEST(LogClock, TakesAsLongForEveryDoubling) {
  for (double n = 1000; n < 40000; n *= 2) {
    EXPECT_NEAR(kDemo.seconds_at(2 * n) - kDemo.seconds_at(n), 3, 1e-9) << n;
  }
}

// The cap is reached where n ln 2 / 3 = 22000, at n = 95,217.9.
TEST(LogClock, KeepsToTheCapFromThereOn) {
  const double n = 22000 * 3 / std::log(2);
  EXPECT_NEAR(n, 95217.9, 0.1);
  EXPECT_NEAR(kDemo.seconds_at(n + 220000) - kDemo.seconds_at(n), 10, 1e-9);
}

// Record 95,218 is due 3 log2(95.218) = 19.72 s after record 1000, and 1.6 million 68.4 s later.
TEST(LogClock, HasTheTimetableOfTheDemo) {
  EXPECT_NEAR(kDemo.seconds_at(95218) - kDemo.seconds_at(1000), 19.72, 0.01);
  EXPECT_NEAR(kDemo.seconds_at(1.6e6) - kDemo.seconds_at(1000), 19.72 + 68.40, 0.01);
}

TEST(LogClock, CountsWhatItsTimesSay) {
  for (const double n : {0.0, 1.0, 999.0, 1000.0, 1001.0, 50000.0, 95218.0, 1e6, 1e9}) {
    EXPECT_NEAR(kDemo.count_at(kDemo.seconds_at(n)), n, 1e-9 * n) << n;
  }
}

TEST(LogClock, IsSteadyWhereTheCapLiesBelowTheFirstRate) {
  const LogClock slow(10, 3);
  EXPECT_NEAR(slow.seconds_at(500), 50, 1e-9);
  EXPECT_NEAR(slow.seconds_at(5000), 500, 1e-9);
  EXPECT_NEAR(slow.count_at(500), 5000, 1e-9);
}

}  // namespace
}  // namespace gradus
