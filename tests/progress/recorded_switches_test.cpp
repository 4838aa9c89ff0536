#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/progress/recorded_curves.h"
#include "tests/support/documented.h"

// Tasks that grow bit by bit while a position of their answers switches on, on the held-out runs of
// recorded_forecasts_test.cpp. Nothing is drawn, so the figures are exact.

namespace gradus {
namespace {

struct Found {
  int gradual = 0;               ///< runs in which the task is continuous or a metric artefact
  std::vector<double> switches;  ///< widths of the parts named beside it
};

std::map<std::string, Found> found_in_ten_runs() {
  std::map<std::string, Found> found;
  const Ladder ladder = test::recorded_ladder();
  for (int seed = 311; seed <= 320; ++seed) {
    TrackerOptions options;
    options.foretells = false;
    Tracker tracker(ladder, options);
    for (const Score& score : test::recorded_scores("facets_s" + std::to_string(seed), ladder))
      tracker.update({&score, 1});
    for (const TaskProgress& task : tracker.report()->tasks) {
      Found& of = found[task.task];
      of.gradual += task.threshold->kind == ThresholdKind::kContinuous ||
                    task.threshold->kind == ThresholdKind::kMetricArtefact;
      for (const FacetProgress& facet : task.facets)
        if (facet.name == task.switched_on)
          of.switches.push_back(facet.threshold->width.value_or(0));
    }
  }
  return found;
}

TEST(RecordedSwitches, AreNamedWhereTheWholeGrewBitByBit) {
  std::map<std::string, Found> found = found_in_ten_runs();
  for (const char* task : {"copy", "add1", "add2n", "add2c", "sub2", "add3", "mul", "add4"}) {
    auto& [gradual, switches] = found[task];
    std::sort(switches.begin(), switches.end());
    const std::string width =
        switches.empty() ? "-" : test::doublings_text(switches[switches.size() / 2]);
    test::expect_documented("parts that switch on", {{task, "bit by bit", std::to_string(gradual)},
                                                     {task, "with a part that switched on",
                                                      std::to_string(switches.size())},
                                                     {task, "its width, median", width}});
  }
  // The last digit of a long sum comes within half a doubling in most runs; short answers come as
  // one.
  for (const char* sum : {"add3", "add4"})
    EXPECT_GT(2 * static_cast<int>(found[sum].switches.size()), found[sum].gradual) << sum;
  for (const char* task : {"copy", "add1"}) EXPECT_TRUE(found[task].switches.empty()) << task;
}

}  // namespace
}  // namespace gradus
