#include <algorithm>
#include <filesystem>
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
using ::testing::Not;

constexpr Step kFault = 320'000;
constexpr Step kLatest = 480'000;  // well within a doubling after the fault
using Tasks = std::set<std::string>;

/// A demo with a fault as README shows it. What comes before the fault is the same for all and
/// learned once. The learner waits for its probes, so the load of the machine changes nothing.
class DemoFault : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    grown_ = new TempDir;
    ASSERT_NO_FATAL_FAILURE(demo(grown_->path() / "data", kFault, {}));
  }
  static void TearDownTestSuite() { delete grown_; }

  static void demo(const std::filesystem::path& data, Step examples, const std::string& fault) {
    std::vector<std::string> arguments = {
        "demo",        "arithmetic", "--pace", "none",       "--listen",
        "127.0.0.1:0", "--data",     data,     "--examples", std::to_string(examples)};
    if (!fault.empty()) arguments.insert(arguments.end(), {"--fault", fault});
    done_ = run_gradus(arguments);
    ASSERT_EQ(done_.code, 0) << done_.errors;
  }

  void run(const std::string& fault) {
    const std::filesystem::path data = folder_.path() / "data";
    std::filesystem::copy(grown_->path() / "data", data);
    ASSERT_NO_FATAL_FAILURE(
        demo(data, kLatest, fault.empty() ? fault : fault + "@" + std::to_string(kFault)));
    changes_ = changes_in(data);
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

  static inline TempDir* grown_ = nullptr;
  static inline Finished done_;
  const TempDir folder_;
  std::vector<std::pair<std::string, VerdictChange>> changes_;
};

const Tasks kKindergarten = {"copy", "max", "next", "odd"};

TEST_F(DemoFault, StallMakesEveryTaskStalledThatWasLearning) {
  run("stall");
  EXPECT_THAT(before(Verdict::kLearning), Contains("sub1"));
  // Those whose growth is proven only after the fault, by what came before it, stall too. What the
  // model had reached before it stood still is found mastered.
  Tasks judged = after(Verdict::kStalled);
  judged.merge(after(Verdict::kMastered));
  EXPECT_THAT(judged, IsSupersetOf(before(Verdict::kLearning)));
  EXPECT_THAT(after(Verdict::kStalled), Not(IsEmpty()));
  EXPECT_THAT(after(Verdict::kRegressing), IsEmpty());
}

TEST_F(DemoFault, ShuffleMakesItsTaskRegressingAndNoOther) {
  run("shuffle");
  EXPECT_THAT(after(Verdict::kRegressing), ElementsAre("sub1"));
  EXPECT_THAT(done_.output, ::testing::ContainsRegex("primary/sub1 is regressing .*evidence"));
}

TEST_F(DemoFault, ForgetMakesTheKindergartenRegressing) {
  run("forget");
  EXPECT_THAT(before(Verdict::kMastered), IsSupersetOf(kKindergarten));
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
