#include "run/pace_meter.h"

namespace gradus {
namespace {

TEST(PaceMeter, KnowsNoPaceAtTheFirstLook) { EXPECT_EQ(PaceMeter().add(3, 1000), 0); }

TEST(PaceMeter, CountsFromTheFirstLookUntilTheWindowIsFull) {
  PaceMeter meter;
  meter.add(0, 1000);
  EXPECT_DOUBLE_EQ(meter.add(2, 1500), 250);
}

TEST(PaceMeter, ForgetsWhatIsLongerAgoThanFiveSeconds) {
  PaceMeter meter;
  for (int second = 0; second <= 10; ++second) meter.add(second, second * 100);
  EXPECT_DOUBLE_EQ(meter.add(11, 1000), 80) << "400 of the five seconds from 6 on";
  for (int second = 12; second <= 20; ++second) meter.add(second, 1000);
  EXPECT_EQ(meter.add(21, 1000), 0) << "the stream stands still";
}

}  // namespace
}  // namespace gradus
