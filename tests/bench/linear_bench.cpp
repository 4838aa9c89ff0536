// The linear learner alone, on batches in memory: 20 attributes an example, of which 10 are words
// of value 1 and 10 numbers, with a planted model. Counts examples a second of one thread.

#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/options.h"
#include "base/random.h"
#include "learner/learner.h"

namespace gradus {
namespace {

constexpr int kAttributes = 20;
constexpr std::size_t kBatch = 512;
constexpr std::size_t kBatches = 400;

/// Words by Zipf's law with exponent 1, as in text: a few are everywhere, most are rare.
std::uint32_t draw_word(SplitMix64& random, double words) {
  return static_cast<std::uint32_t>(std::exp(random.uniform() * std::log(words)));
}

struct Stream {
  std::uint32_t classes = 0;
  unsigned bits = 18;
  double words = 50000;
};

ExampleBatch draw_batch(SplitMix64& random, const Stream& stream) {
  const std::uint32_t classes = stream.classes;
  ExampleBatch batch;
  for (std::size_t i = 0; i < kBatch; ++i) {
    double score = 0;
    for (int a = 0; a < kAttributes; ++a) {
      const std::uint32_t slot = murmur3_32("f" + std::to_string(draw_word(random, stream.words)),
                                            a < kAttributes / 2 ? 1 : 2);
      const double value = a < kAttributes / 2 ? 1 : 2 * random.uniform();
      batch.slot.push_back(slot & ((1U << stream.bits) - 1));
      batch.value.push_back(static_cast<float>(value));
      score += value * ((slot >> 20) % 17 / 8.0 - 1);
    }
    batch.row_begin.push_back(static_cast<std::uint32_t>(batch.slot.size()));
    batch.task.push_back(0);
    batch.weight.push_back(1);
    batch.event_time_ms.push_back(-1);
    const auto bucket = static_cast<std::uint32_t>(std::fabs(score));
    batch.label.push_back(classes == 2   ? (score > 0 ? 1.0F : 0.0F)
                          : classes == 0 ? static_cast<float>(score)
                                         : static_cast<float>(bucket % classes));
  }
  return batch;
}

void learn(benchmark::State& state, const Stream& stream) {
  Options options("learner");
  options.set("classes", std::to_string(stream.classes), "bench");
  options.set("bits", std::to_string(stream.bits), "bench");
  const auto learner = std::move(*find_learner("linear")->make(options, LearnerSetup{}));
  SplitMix64 random(1);
  std::vector<ExampleBatch> batches;
  for (std::size_t i = 0; i < kBatches; ++i) batches.push_back(draw_batch(random, stream));
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(learner->learn(batches[next++ % kBatches]).loss);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kBatch));
}

void BM_LinearLogistic(benchmark::State& state) { learn(state, {.classes = 2}); }
BENCHMARK(BM_LinearLogistic)->Unit(benchmark::kMicrosecond);

void BM_LinearSquared(benchmark::State& state) { learn(state, {.classes = 0}); }
BENCHMARK(BM_LinearSquared)->Unit(benchmark::kMicrosecond);

void BM_LinearTenClasses(benchmark::State& state) { learn(state, {.classes = 10}); }
BENCHMARK(BM_LinearTenClasses)->Unit(benchmark::kMicrosecond);

/// A table that no cache holds: 256 MB and 50 million words.
void BM_LinearWide(benchmark::State& state) {
  learn(state, {.classes = 2, .bits = 24, .words = 5e7});
}
BENCHMARK(BM_LinearWide)->Unit(benchmark::kMicrosecond);

/// What a snapshot costs at 18 bits.
void BM_LinearFreeze(benchmark::State& state) {
  Options options("learner");
  options.set("classes", "2", "bench");
  const auto learner = std::move(*find_learner("linear")->make(options, LearnerSetup{}));
  for (auto _ : state) benchmark::DoNotOptimize(learner->freeze());
}
BENCHMARK(BM_LinearFreeze)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gradus
