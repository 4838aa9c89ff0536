#include <algorithm>

#include "tests/e2e/gradus.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

/// Checks that a command line is refused as bad usage with one line that holds `part`.
void expect_usage_error(const std::vector<std::string>& arguments, const std::string& part) {
  const Finished refused = run_gradus(arguments);
  EXPECT_EQ(refused.code, 2) << ::testing::PrintToString(arguments);
  EXPECT_EQ(refused.output, "");
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(part));
}

// CLI11 reads -3 into an unsigned number as 2^64 - 3.
TEST(Usage, RefusesCountsThatAreNoWholeNumbersFromZero) {
  const std::string words = "a whole number from 0 is expected, not '";
  for (const std::string bad : {"-3", "1.5", "many", "", "0x10", "18446744073709551616"}) {
    expect_usage_error({"produce", "--ladder", "arithmetic", "--count", bad},
                       "--count: " + words + bad + "'");
    expect_usage_error({"demo", "--examples", bad}, "--examples: " + words + bad + "'");
    expect_usage_error({"run", "--config", "gradus.yaml", "--examples", bad},
                       "--examples: " + words + bad + "'");
  }
}

TEST(Usage, RefusesSeedsThatNoConfigurationTakes) {
  const std::string words = "--seed: a whole number from 0 to 4611686018427387904 is expected";
  for (const std::string bad : {"-1", "4611686018427387905", "x"}) {
    expect_usage_error({"produce", "--ladder", "arithmetic", "--seed", bad}, words);
    expect_usage_error({"demo", "--seed", bad}, words);
  }
}

TEST(Usage, RefusesTimesAndRatesBelowZeroInAShortLine) {
  for (const std::string bad : {"-1", "nan", "inf", "soon"}) {
    const std::string words = ": a number from 0 is expected, not '" + bad + "'";
    expect_usage_error({"demo", "--seconds", bad}, "--seconds" + words);
    expect_usage_error({"run", "--config", "gradus.yaml", "--seconds", bad}, "--seconds" + words);
    expect_usage_error({"produce", "--ladder", "arithmetic", "--rate", bad}, "--rate" + words);
  }
}

TEST(Usage, TakesZeroAndWholeNumbers) {
  const Finished three =
      run_gradus({"produce", "--ladder", "arithmetic", "--count", "3", "--seed", "0"});
  EXPECT_EQ(three.code, 0) << three.errors;
  EXPECT_EQ(std::count(three.output.begin(), three.output.end(), '\n'), 3);
}

}  // namespace
}  // namespace gradus::test
