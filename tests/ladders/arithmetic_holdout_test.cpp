#include <set>
#include <string>

#include "base/hash.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {
namespace {

std::string canonical(std::string_view prompt) {
  PromptText text;
  canonicalize(prompt, text);
  return std::string(text.view());
}

// The two golden values are part of the ladder's version, see docs/ladders.md.
TEST(ArithmeticHoldout, HashesAsTheLadderFormatSays) {
  EXPECT_EQ(holdout_hash("12+34"), 11755403741928842274u);
  EXPECT_EQ(holdout_hash("copy 7"), 3834961462453272435u);
}

TEST(ArithmeticHoldout, KeepsOutTheFifthWhoseHashIsDivisibleByFive) {
  EXPECT_FALSE(is_held_out("12+34"));  // remainder 4
  EXPECT_TRUE(is_held_out("copy 7"));  // remainder 0
}

TEST(ArithmeticHoldout, IgnoresTheEqualsSignOfTheRecord) {
  EXPECT_TRUE(is_held_out("copy 7="));
  EXPECT_FALSE(is_held_out("12+34="));
}

TEST(ArithmeticHoldout, SortsCommutativeOperandsByValue) {
  EXPECT_EQ(canonical("34+12"), "12+34");
  EXPECT_EQ(canonical("100+99"), "99+100");
  EXPECT_EQ(canonical("12*3"), "3*12");
  EXPECT_EQ(canonical("max 6 2 5"), "max 2 5 6");
  EXPECT_EQ(canonical("gcd 35 9"), "gcd 9 35");
}

TEST(ArithmeticHoldout, SortsOnlyTheSumBeforeADifferenceOrAModulus) {
  EXPECT_EQ(canonical("67+12-64"), "12+67-64");
  EXPECT_EQ(canonical("65+43 mod 5"), "43+65 mod 5");
}

TEST(ArithmeticHoldout, LeavesEverythingElseAsItStands) {
  for (const std::string_view prompt :
       {"9-2", "copy 31", "9+3*2", "9*(3+2)", "(9+3)*2", "9x+3=12,x", "9*3-2", "max 3 1",
        "max 4 3 2 1", "gcd 9", "9+", "+9", "9+3+1", "", "=", "max ", "9 + 3", "gcd 4+2"}) {
    EXPECT_EQ(canonical(prompt), prompt);
  }
}

TEST(ArithmeticHoldout, TakesTextOfAnyLength) {
  const std::string prompt(10'000, '9');
  EXPECT_EQ(is_held_out(prompt), holdout_hash(prompt) % 5 == 0);
}

TEST(ArithmeticHoldout, IsTheSameForEveryOrderOfCommutativeOperands) {
  for (int a = 10; a < 100; ++a) {
    for (int b = 10; b < 100; ++b) {
      const std::string left = std::to_string(a), right = std::to_string(b);
      ASSERT_EQ(is_held_out(left + "+" + right), is_held_out(right + "+" + left));
      ASSERT_EQ(is_held_out(left + "+" + right + "-10"), is_held_out(right + "+" + left + "-10"));
    }
  }
}

}  // namespace
}  // namespace gradus::arithmetic
