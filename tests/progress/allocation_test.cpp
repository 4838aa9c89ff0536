#include <cmath>
#include <cstdlib>
#include <new>

#include "base/random.h"
#include "progress/crossing_times.h"
#include "progress/curve_progress.h"
#include "progress/item_evidence.h"
#include "progress/recent_slope.h"
#include "progress/tracker.h"

namespace {

std::size_t allocations = 0;  // of this program's only thread

}  // namespace

// Not inlined: GCC would otherwise see free meet an operator new.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  std::abort();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace gradus {
namespace {

TEST(Allocation, DetectorsTakeNoMemoryAfterTheFirstScore) {
  TaskMonitor monitor({.floor = 0.2}, 128);
  RecentSlope slope;
  LostLately lost;
  SplitMix64 random(1);
  const std::size_t before_first = allocations;
  std::size_t after_first = 0;
  for (int t = 0; t < 3000; ++t) {
    // Rises, stalls and falls over and over, so that alarms and resets are among it.
    const double score = 0.5 + 0.4 * std::sin(t / 100.0) + 0.005 * random.normal();
    const std::uint64_t bits[2] = {random.next(), random.next()};
    const double u = 10 + t / 40.0;
    monitor.add(
        {.step = static_cast<Step>(1024 + t), .score = score, .item_sd = 0.2, .items = 128});
    slope.add(u, score);
    lost.add(u, bits, 128);
    if (t == 0) after_first = allocations;
  }
  EXPECT_GT(after_first, before_first);  // the count works: LostLately keeps its items
  EXPECT_EQ(allocations, after_first);
}

TEST(Allocation, TheFirstForecastFindsItsWeightsMade) {
  Ladder ladder;
  ladder.tiers = {{"base", "Base", {}}};
  ladder.tasks.resize(1);
  const Tracker tracker(ladder, {});
  CrossingTimes::Histogram mass{};
  mass[100] = 0.5;
  const std::size_t before = allocations;
  EXPECT_GT(CrossingTimes::spread(mass).ever(), 0.4);
  EXPECT_EQ(allocations, before);
}

TEST(Allocation, ForecastsTakeNoMemoryAfterTheFirstScore) {
  CrossingTimes::prepare();
  CurveProgress curve({.floor = 0.2}, 0.1, 128);
  ForecastBook book;
  SplitMix64 random(1);
  FacetScore facets[] = {{"tens", {}}, {"units", {}}};
  std::size_t after_first = 0;
  for (int t = 0; t < 800; ++t) {
    // Rises through the target, falls and rises again, so that forecasts are made and scored.
    const double score = 0.6 - 0.38 * std::cos(t / 60.0) + 0.005 * random.normal();
    for (FacetScore& facet : facets) facet.sums = {.items = 128, .q = 128 * score};
    curve.add({.step = static_cast<Step>(1024 * std::exp2(t / 40.0)),
               .score = score,
               .exact = score,
               .item_sd = 0.2,
               .items = 128},
              book, {.facets = facets});
    if (t == 0) after_first = allocations;
  }
  EXPECT_GE(book.calibration().resolved, 20u);
  EXPECT_EQ(allocations, after_first);
}

}  // namespace
}  // namespace gradus
