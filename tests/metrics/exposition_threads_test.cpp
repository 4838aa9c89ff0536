#include <atomic>
#include <thread>

#include "base/latest.h"
#include "tests/metrics/full_sample.h"

namespace gradus {
namespace {

// Each loop publishes immutable values; a page is made from what is newest, on another thread.
TEST(MetricsThreads, APageIsMadeWhileTheLoopsPublish) {
  constexpr std::uint64_t kPublished = 2000;
  const test::FullSample full;
  Latest<LearnerStats> learner;
  Latest<ProgressReport> progress;
  std::atomic<bool> done = false;

  std::thread loop([&] {
    for (std::uint64_t i = 1; i <= kPublished; ++i) {
      auto stats = std::make_shared<LearnerStats>(full.learner);
      stats->attempt_sums.updates = i;
      learner.set(std::move(stats));
      auto report = std::make_shared<ProgressReport>(full.progress);
      report->tasks[0].items = static_cast<std::uint32_t>(i);
      progress.set(std::move(report));
    }
    done = true;
  });
  std::uint64_t seen = 0;
  bool last_look = false;
  while (!last_look) {
    last_look = done;
    MetricsSample sample = full.sample();
    sample.learner = learner.get();
    sample.progress = progress.get();
    const MetricsPage page = render_metrics(sample);
    const std::uint64_t updates =
        std::stoull(test::value_of(page.text, R"(gradus_learner_updates_total{run="demo"})"));
    EXPECT_GE(updates, seen);
    seen = updates;
  }
  loop.join();
  EXPECT_EQ(seen, kPublished);
}

}  // namespace
}  // namespace gradus
