#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/e2e/curves.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

constexpr Step kFault = 160'000;
constexpr Step kLatest = 320'000;  // a doubling after the fault
using Tasks = std::set<std::string>;

/// A demo with a fault as README shows it, from its first example on.
/// The learner waits for its probes, so the load of the machine changes nothing.
class DemoFault : public ::testing::Test {
 protected:
  void run(const std::string& fault) {
    std::vector<std::string> arguments = {
        "demo",        "arithmetic", "--pace",         "none",       "--listen",
        "127.0.0.1:0", "--data",     folder_ / "data", "--examples", std::to_string(kLatest)};
    if (!fault.empty())
      arguments.insert(arguments.end(), {"--fault", fault + "@" + std::to_string(kFault)});
    done_ = run_gradus(arguments);
    ASSERT_EQ(done_.code, 0) << done_.errors;
    changes_ = changes_in(folder_ / "data");
  }
  /// The tasks with this verdict when the fault begins.
  Tasks before(Verdict verdict) const {
    std::map<std::string, Verdict> verdicts;
    for (const auto& [task, change] : changes_)
      if (change.step <= kFault) verdicts[task] = change.to;
    Tasks tasks;
    for (const auto& [task, each] : verdicts)
      if (each == verdict) tasks.insert(task);
    return tasks;
  }
  /// The tasks that had this verdict at any time after the fault began.
  Tasks after(Verdict verdict) const {
    Tasks tasks;
    for (const auto& [task, change] : changes_)
      if (change.step > kFault && change.to == verdict) tasks.insert(task);
    return tasks;
  }

  const TempDir folder_;
  Finished done_;
  std::vector<std::pair<std::string, VerdictChange>> changes_;
};

const Tasks kKindergarten = {"copy", "max", "next", "odd"};

TEST_F(DemoFault, StallMakesEveryTaskStalledThatWasLearning) {
  run("stall");
  EXPECT_THAT(before(Verdict::kLearning), Contains("sub1"));
  // Those whose growth is proven only after the fault, by what came before it, stall too.
  EXPECT_THAT(after(Verdict::kStalled), IsSupersetOf(before(Verdict::kLearning)));
  EXPECT_THAT(after(Verdict::kRegressing), IsEmpty());
}

TEST_F(DemoFault, ShuffleMakesItsTaskRegressingAndNoOther) {
  run("shuffle");
  EXPECT_THAT(after(Verdict::kRegressing), ElementsAre("sub1"));
  EXPECT_THAT(done_.output, ::testing::ContainsRegex("primary/sub1 is regressing .*evidence"));
}

TEST_F(DemoFault, ForgetMakesTheKindergartenRegressing) {
  run("forget");
  EXPECT_EQ(before(Verdict::kMastered), kKindergarten);
  EXPECT_THAT(after(Verdict::kRegressing), IsSupersetOf(kKindergarten));
}

TEST_F(DemoFault, DivergeMakesEveryTaskRegressingThatWasAboveItsFloor) {
  run("diverge");
  Tasks risen = before(Verdict::kLearning);
  risen.merge(before(Verdict::kMastered));
  EXPECT_GE(risen.size(), 6u);
  EXPECT_THAT(after(Verdict::kRegressing), IsSupersetOf(risen));
}

TEST_F(DemoFault, AHealthyDemoHasNoTaskThatIsStalledOrRegressing) {
  run("");
  EXPECT_THAT(after(Verdict::kStalled), IsEmpty());
  EXPECT_THAT(after(Verdict::kRegressing), IsEmpty());
}

}  // namespace
}  // namespace gradus::test
