// What one page of metrics costs, by the size of the ladder.

#include <benchmark/benchmark.h>

#include <array>
#include <string>

#include "metrics/exposition.h"

namespace gradus {
namespace {

struct Run {
  explicit Run(int tasks) {
    constexpr std::array<double, 14> kBounds = {.0005, .001, .0025, .005, .01, .025, .05,
                                                .1,    .25,  .5,    1,    2.5, 5,    10};
    facts.run = "bench";
    facts.topic = "examples";
    facts.max_series = 100'000;
    constexpr int kTiers = 5;
    for (int i = 0; i < kTiers; ++i) {
      ladder.tiers.push_back({"tier" + std::to_string(i), "", {}});
      progress.tiers.push_back({ladder.tiers.back().name, Verdict::kLearning, 0.123456789});
    }
    probes.seconds_by_tier.assign(kTiers, Histogram(kBounds));
    probes.tasks.resize(static_cast<std::size_t>(tasks));
    learner.attempt_own_steps.assign(static_cast<std::size_t>(tasks), 123'456);
    for (int i = 0; i < tasks; ++i) {
      TaskProgress& task = progress.tasks.emplace_back();
      task.task = "task" + std::to_string(i);
      task.tier = ladder.tiers[static_cast<std::size_t>(i % kTiers)].name;
      task.step = 123'456;
      task.score = 0.1234567890123 + i;
      task.now = {0.1111111111111, 0.2222222222222};
      task.slope_per_doubling = 0.0123456789;
    }
  }

  RunFacts facts;
  Ladder ladder;
  LearnerStats learner;
  ProbeStats probes;
  ProgressReport progress;
  ServerStats server;
};

void BM_Page(benchmark::State& state) {
  const Run run(static_cast<int>(state.range(0)));
  const auto learner = std::make_shared<LearnerStats>(run.learner);
  const auto probes = std::make_shared<ProbeStats>(run.probes);
  const auto progress = std::make_shared<ProgressReport>(run.progress);
  std::size_t series = 0;
  for (auto _ : state) {
    const MetricsSample sample{run.facts, &run.ladder, nullptr,    learner,    probes,
                               nullptr,   progress,    run.server, Timestamp{}};
    const MetricsPage page = render_metrics(sample);
    benchmark::DoNotOptimize(page.text.data());
    series = page.series;
  }
  state.counters["series"] = static_cast<double>(series);
}
BENCHMARK(BM_Page)->Arg(8)->Arg(17)->Arg(50)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradus
