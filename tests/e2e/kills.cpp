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
  auto endless = run.arguments;
  std::erase(endless, "--until-end");
  SplitMix64 random(run.seed);
  std::set<Step> steps;
  for (int left = kills; left > 0; --left) {
    const Step step = read_checkpoint(run.data).step;
    steps.insert(step);
    const double share_left =
        static_cast<double>(run.records - step) / static_cast<double>(run.records) / (left + 2);
    const auto delay =
        std::chrono::duration<double>(random.uniform() * share_left * run.unbroken_seconds);
    const bool early = random.below(4) == 0;
    ServingGradus attempt(endless);
    if (!early && step < run.records) {
      EXPECT_TRUE(eventually([&] { return read_checkpoint(run.data).step > step; }));
    }
    std::this_thread::sleep_for(delay);
    const Finished ended = attempt.end_with(SIGKILL);
    EXPECT_EQ(ended.code, kKilled) << ended.errors;
  }
  const Finished ended = run_gradus(run.arguments);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  return steps;
}

}  // namespace gradus::test
