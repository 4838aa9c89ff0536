#include "ladders/ladder_file.h"
#include "tests/e2e/curves.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::Each;

constexpr Step kFault = 2048;  // a multiple of the transformer's minibatch of 32

std::vector<double> sums_of_q(const std::vector<Score>& scores) {
  std::vector<double> out;
  for (const Score& score : scores) out.push_back(score.sums.q);
  return out;
}

std::vector<Step> own_steps(const std::vector<Score>& scores) {
  std::vector<Step> out;
  for (const Score& score : scores) out.push_back(score.own_step);
  return out;
}

/// Runs a demo of `examples` at full speed, probed at every snapshot, into `data`.
void run_demo(const std::filesystem::path& data, const std::string& fault, Step examples) {
  std::vector<std::string> arguments = {
      "demo",   "arithmetic", "--listen",           "127.0.0.1:0", "--pace",
      "none",   "--set",      "probes.cpu_share=1", "--examples",  std::to_string(examples),
      "--data", data};
  if (!fault.empty()) arguments.insert(arguments.end(), {"--fault", fault});
  const Finished ended = run_gradus(arguments);
  ASSERT_EQ(ended.code, 0) << ended.errors;
}

/// Runs it in four portions, one after the other: the last snapshot of a run is always scored, so
/// there are scores at every thousand, however busy the machine is.
void run_in_portions(const std::filesystem::path& data, const std::string& fault) {
  for (const Step end : {kFault / 2, kFault, kFault * 3 / 2, kFault * 2})
    run_demo(data, fault, end);
}

TEST(Fault, StallFreezesTheModelBitForBit) {
  const TempDir folder;
  run_in_portions(folder / "data", "stall@2048");
  for (const auto* task : {"copy", "odd", "add1", "solve"}) {
    const auto after = sums_of_q(scores_in(folder / "data", task, kFault));
    ASSERT_GE(after.size(), 3U) << task;
    EXPECT_THAT(after, Each(after.front())) << task;
    EXPECT_NE(scores_in(folder / "data", task).front().sums.q, after.front()) << task;
  }
}

TEST(Fault, StallThatEndsLetsTheModelLearnOn) {
  const TempDir folder;
  run_in_portions(folder / "data", "stall@2048-3072");
  for (const auto* task : {"copy", "add1"}) {
    const auto scores = scores_in(folder / "data", task, kFault);
    std::vector<double> frozen, after;
    for (const Score& score : scores)
      (score.step <= kFault * 3 / 2 ? frozen : after).push_back(score.sums.q);
    ASSERT_GE(frozen.size(), 2U) << task;
    EXPECT_THAT(frozen, Each(frozen.front())) << task;
    ASSERT_FALSE(after.empty()) << task;
    EXPECT_NE(after.back(), frozen.front()) << task;
  }
}

// Killed and resumed within the fault, the run must come to the bits of one that was not.
TEST(Fault, ThatEndsIsTheSameAfterARestart) {
  const TempDir folder;
  for (const auto* fault : {"shuffle@1024-3072", "forget@1024-3072", "diverge@1024-3072"}) {
    const std::string name = fault;
    run_in_portions(folder / (name + "-portions"), fault);
    run_demo(folder / (name + "-whole"), fault, kFault * 2);
    for (const auto* task : {"copy", "sub1"})
      EXPECT_EQ(scores_in(folder / (name + "-portions"), task).back().sums.q,
                scores_in(folder / (name + "-whole"), task).back().sums.q)
          << fault << task;
  }
}

TEST(Fault, SilenceEndsAndTheStreamGoesOn) {
  const Finished ended = run_gradus({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--fault",
                                     "silence@1024-2048", "--examples", "1280"});
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_THAT(ended.output, ::testing::HasSubstr("Learned 1,280 examples"));
}

TEST(Fault, SilenceWithAnEndNeedsATimetable) {
  const Finished refused = run_gradus({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--pace",
                                       "none", "--fault", "silence@1024-2048"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.errors, ::testing::HasSubstr("only where pace is log"));
}

TEST(Fault, ForgetTakesTheLowestTierOutOfTheStream) {
  const TempDir folder;
  run_in_portions(folder / "data", "forget@2048");
  for (const auto* task : {"copy", "max", "next", "odd"}) {
    const auto own = own_steps(scores_in(folder / "data", task, kFault));
    ASSERT_GE(own.size(), 3U) << task;
    EXPECT_THAT(own, Each(own.front())) << task;
  }
  const auto other = own_steps(scores_in(folder / "data", "add1", kFault));
  EXPECT_GT(other.back(), other.front());
}

TEST(Fault, DivergeRaisesTheLearningRateAHundredfold) {
  ServingGradus healthy({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--pace", "none",
                         "--fault", "silence@4096"});
  ServingGradus diverging({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--pace", "none",
                           "--fault", "diverge@2048", "--set",
                           "stream.generate.silence_from=4096"});
  ASSERT_TRUE(eventually([&] { return healthy.step() == 4096 && diverging.step() == 4096; }));
  EXPECT_DOUBLE_EQ(diverging.metric("gradus_learner_learning_rate"),
                   100 * healthy.metric("gradus_learner_learning_rate"));
}

// What the model learns of a task whose answers are wrong is their form at most.
TEST(Fault, ShuffleKeepsOneTaskAtTheFloorOfItsForm) {
  const TempDir folder;
  run_demo(folder / "healthy", "", 20000);
  run_demo(folder / "shuffled", "shuffle@0", 20000);
  const auto ladder = load_ladder("arithmetic");
  const double floor = ladder->tasks[*ladder->find("sub1")].floor;
  const double healthy = scores_in(folder / "healthy", "sub1").back().sums.mean();
  const double shuffled = scores_in(folder / "shuffled", "sub1").back().sums.mean();
  EXPECT_NEAR(shuffled, floor, 0.05);
  EXPECT_GT(healthy, floor + 0.05);
}

}  // namespace
}  // namespace gradus::test
