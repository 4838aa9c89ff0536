#include "base/clock.h"

namespace gradus {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr Timestamp kStart{seconds(1'700'000'000)};

TEST(UnixSeconds, KeepsTheFraction) {
  EXPECT_DOUBLE_EQ(unix_seconds(kStart + milliseconds(250)), 1'700'000'000.25);
}

TEST(ManualClock, StandsStillUntilAdvanced) {
  ManualClock clock(kStart);
  EXPECT_EQ(clock.now(), kStart);
  EXPECT_EQ(clock.elapsed(), Duration::zero());
  clock.advance(seconds(3));
  EXPECT_EQ(clock.now(), kStart + seconds(3));
  EXPECT_EQ(clock.elapsed(), seconds(3));
}

TEST(ManualClock, SleepingMovesItOnInsteadOfWaiting) {
  ManualClock clock(kStart);
  clock.sleep(std::chrono::hours(1000));
  EXPECT_EQ(clock.elapsed(), std::chrono::hours(1000));
}

TEST(ManualClock, LosesNothingBelowAMicrosecond) {
  ManualClock clock(kStart);
  clock.advance(nanoseconds(600));
  EXPECT_EQ(clock.now(), kStart);
  clock.advance(nanoseconds(600));
  EXPECT_EQ(clock.now(), kStart + microseconds(1));
}

TEST(SystemClock, AgreesWithTheStandardLibraryOnNow) {
  const auto before = std::chrono::floor<microseconds>(std::chrono::system_clock::now());
  const Timestamp now = SystemClock().now();
  EXPECT_GE(now, before);
  EXPECT_LE(now, std::chrono::system_clock::now());
}

TEST(SystemClock, SleepsAtLeastTheTimeAskedFor) {
  SystemClock clock;
  const Duration before = clock.elapsed();
  clock.sleep(milliseconds(20));
  EXPECT_GE(clock.elapsed() - before, milliseconds(20));
}

TEST(SystemClock, DoesNotSleepForANegativeTime) {
  SystemClock clock;
  const Duration before = clock.elapsed();
  clock.sleep(-std::chrono::hours(1));
  EXPECT_LT(clock.elapsed() - before, std::chrono::minutes(1));
}

TEST(SystemClock, CountsNoCpuTimeWhileAsleep) {
  SystemClock clock;
  const Duration cpu = clock.thread_cpu();
  const Duration wall = clock.elapsed();
  clock.sleep(milliseconds(100));
  EXPECT_LT(clock.thread_cpu() - cpu, (clock.elapsed() - wall) / 2);
}

}  // namespace
}  // namespace gradus
