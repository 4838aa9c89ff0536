#include <cmath>

#include "tests/e2e/curves.h"
#include "tests/e2e/gradus.h"
#include "tests/support/grown_learner.h"

namespace gradus::test {
namespace {

using ::testing::ContainsRegex;

constexpr Step kFault = 200'000;

/// The demo as README shows it, from the grown learner until soon after the fault.
class DemoFault : public ::testing::Test {
 protected:
  Finished run(const std::string& fault) const {
    return run_gradus({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--data", data_,
                       "--examples", "230000", "--fault", fault + "@" + std::to_string(kFault)});
  }
  /// Doublings from the fault to the verdict; infinite where it does not come.
  double delay(const std::string& task) const {
    for (const auto& [name, change] : changes_in(data_))
      if (name == task && change.step > kFault && change.to == Verdict::kRegressing)
        return std::log2(static_cast<double>(change.step) / kFault);
    return INFINITY;
  }

  const TempDir folder_;
  const std::filesystem::path data_ = copy_grown_learner(folder_);
};

// Ideally after one snapshot, .02 doublings; some may be missed on a machine with other work.
constexpr double kLatest = 0.1;

TEST_F(DemoFault, ShuffledAnswersMakeTheirTaskRegressing) {
  const Finished demo = run("shuffle");
  EXPECT_EQ(demo.code, 0) << demo.errors;
  EXPECT_LE(delay("sub1"), kLatest) << demo.output;
  EXPECT_THAT(demo.output, ContainsRegex("primary/sub1 is regressing .*evidence"));
}

TEST_F(DemoFault, DivergenceMakesTasksRegressing) {
  const Finished demo = run("diverge");
  EXPECT_EQ(demo.code, 0) << demo.errors;
  for (const auto* task : {"add1", "sub1", "add2n", "add2c"})
    EXPECT_LE(delay(task), kLatest) << task << demo.output;
}

}  // namespace
}  // namespace gradus::test
