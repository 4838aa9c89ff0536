#include "tests/e2e/kills.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "base/random.h"
#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/gradus.h"

namespace gradus::test {
namespace {

constexpr int kKilled = 128 + SIGKILL;

}  // namespace

std::set<Step> end_after_kills(const KilledRun& run, int kills) {
  SplitMix64 random(run.seed);
  std::set<Step> steps;
  for (int left = kills; left > 0; --left) {
    const Step step = read_checkpoint(run.data).step;
    steps.insert(step);
    // On a busy machine this process may look so late that the run is over before the last kills.
    const bool may_be_over = left <= kills / 4;
    if (step == run.records && may_be_over) break;
    const double share_left =
        static_cast<double>(run.records - step) / static_cast<double>(run.records) / (left + 2);
    const auto delay =
        std::chrono::duration<double>(random.uniform() * share_left * run.unbroken_seconds);
    const bool early = random.below(4) == 0;
    ServingGradus attempt(run.arguments);
    if (!early) {
      EXPECT_TRUE(eventually([&] { return read_checkpoint(run.data).step > step; }));
    }
    std::this_thread::sleep_for(delay);
    const Finished ended = attempt.end_with(SIGKILL);
    if (ended.code == 0 && may_be_over) break;
    EXPECT_EQ(ended.code, kKilled)
        << "the run ended before kill " << kills - left + 1 << "; " << ended.errors;
  }
  const Finished ended = run_gradus(run.arguments);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  return steps;
}

}  // namespace gradus::test
