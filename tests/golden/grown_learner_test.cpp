// A data directory in which a learner has grown, for the tests that need one: see
// tests/support/grown_learner.h.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/golden/replay.h"
#include "tests/support/grown_learner.h"

namespace gradus::test {
namespace {

TEST(GrownLearner, IsLeftToOtherTests) {
  const std::filesystem::path directory = grown_learner();
  std::filesystem::remove_all(directory);
  const Replay grown = replay_in(directory, kGrown);
  EXPECT_EQ(grown.scores.back().step, kGrown);
  EXPECT_TRUE(std::filesystem::exists(directory / "checkpoint.gradus"));
}

}  // namespace
}  // namespace gradus::test
