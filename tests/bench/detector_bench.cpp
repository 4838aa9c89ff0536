#include <benchmark/benchmark.h>

#include <cmath>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "progress/curve_progress.h"
#include "progress/task_monitor.h"
#include "progress/tracker.h"

namespace gradus {
namespace {

/// A steady curve of slope 0.02 with noise, which the detectors watch with full banks.
MeanScore curve_score(int t, SplitMix64& random) {
  const auto step = static_cast<Step>(1024 + 40 * t);
  return {.step = step,
          .score = 0.3 + 0.02 * (doublings(step) - 10) + 0.01 * random.normal(),
          .item_sd = 0.2,
          .items = 128};
}

// One score through noise estimate, three banks of up to 48 starts and the verdict.
void BM_TaskMonitor(benchmark::State& state) {
  TaskMonitor monitor({.profile = Profile::kStrict, .alpha = 1e-300}, 128);
  SplitMix64 random(1);
  int t = 0;
  for (; t < 300; ++t) monitor.add(curve_score(t, random));  // the banks are full from here on
  for (auto _ : state) benchmark::DoNotOptimize(monitor.add(curve_score(t++, random)).improved);
}
BENCHMARK(BM_TaskMonitor)->Unit(benchmark::kMicrosecond);

// One score of a curve that learns, 40 in a doubling: detectors, filter, forecasts and threshold.
// With 1 also its midpoint, which the tiers above ask for; with 2 three positions of its answers.
void BM_CurveProgress(benchmark::State& state) {
  constexpr int kLearning = 200, kEnd = 600;
  SplitMix64 random(1);
  ForecastBook book;
  FacetScore facets[] = {{"tens", {}}, {"units", {}}, {"end", {}}};
  const std::size_t positions = state.range(0) == 2 ? std::size(facets) : 0;
  std::optional<CurveProgress> curve;
  int t = kEnd;
  const auto next = [&] {
    const double u = ++t / 40.0;
    const double score = 0.2 + 0.04 * u + 0.005 * random.normal();
    for (FacetScore& facet : facets) facet.sums = {.items = 128, .q = 128 * score};
    curve->add({.step = static_cast<Step>(1024 * std::exp2(u)),
                .score = score,
                .item_sd = 0.2,
                .items = 128},
               book, {.facets = std::span(facets).first(positions)});
  };
  for (auto _ : state) {
    if (t >= kEnd) {
      state.PauseTiming();
      curve.emplace(MonitorOptions{}, 0, 128);
      for (t = 0; t < kLearning;) next();
      if (!curve->forecast()) state.SkipWithError("nothing is foretold");
      state.ResumeTiming();
    }
    next();
    if (state.range(0) == 1) benchmark::DoNotOptimize(curve->midpoint());
  }
}
BENCHMARK(BM_CurveProgress)->DenseRange(0, 2)->Unit(benchmark::kMicrosecond);

// One snapshot of 17 tasks with bits and facets, report included; divide by 17 for a task.
void BM_Tracker17Tasks(benchmark::State& state) {
  constexpr TaskIndex kTasks = 17;
  Ladder ladder;
  ladder.tiers.push_back({"base", "Base", {}});
  for (TaskIndex i = 0; i < kTasks; ++i) {
    Task task;
    task.name = "task" + std::to_string(i);
    task.tier = 0;
    ladder.tasks.push_back(task);
    ladder.tiers[0].tasks.push_back(i);
  }
  Tracker tracker(ladder, {.run = "bench", .false_alarms_per_run = 1e-300});
  SplitMix64 random(1);
  std::vector<Score> scores(kTasks);
  int t = 0;
  const auto snapshot = [&] {
    for (TaskIndex i = 0; i < kTasks; ++i) {
      const MeanScore mean = curve_score(t, random);
      Score& score = scores[i];
      score.task = i;
      score.step = mean.step;
      score.sums.items = 128;
      score.sums.q = mean.score * 128;
      score.sums.q_squared = mean.score * mean.score * 128 + 5;
      score.exact_bits.assign({random.next(), random.next()});
      score.facets.assign(4, {"position 1", score.sums});
    }
    ++t;
  };
  for (int i = 0; i < 300; ++i) {
    snapshot();
    tracker.update(scores);
  }
  for (auto _ : state) {
    snapshot();
    benchmark::DoNotOptimize(tracker.update(scores));
  }
}
BENCHMARK(BM_Tracker17Tasks)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gradus
