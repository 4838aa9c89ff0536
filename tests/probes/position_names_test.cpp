#include "probes/position_names.h"

namespace gradus {
namespace {

TEST(PositionNames, NameDigitsFromTheRight) {
  EXPECT_EQ(digit_name(0), "units");
  EXPECT_EQ(digit_name(4), "ten thousands");
  EXPECT_EQ(digit_name(12), "10^12");
}

TEST(PositionNames, NameCharactersFromTheLeft) { EXPECT_EQ(position_name(0), "position 1"); }

TEST(PositionNames, AreKnownAgain) {
  for (std::size_t place = 0; place < 20; ++place) {
    EXPECT_TRUE(is_position_name(digit_name(place))) << place;
    EXPECT_TRUE(is_position_name(position_name(place))) << place;
  }
  EXPECT_TRUE(is_position_name(kEndName));
}

TEST(PositionNames, AreNoTags) {
  for (const char* tag :
       {"carry", "position", "position ", "position one", "10^", "unit", "", "End"})
    EXPECT_FALSE(is_position_name(tag)) << tag;
}

}  // namespace
}  // namespace gradus
