// The transformer on the arithmetic ladder's own stream, one thread. Rates are per second of CPU
// time.
//
// TrainAgainstPeak alternates short slices of training with slices of bare Eigen products, so that
// both see the same load of the machine, and reports medians over all rounds: tokens/s, the GFLOP/s
// that training does in its matrix products (all other work counts as time only), Eigen's peak at
// 512 x 512 x 512 and in the shapes that the model uses, and the share of the first peak that
// training reaches.

#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/invariant.h"
#include "ingest/decoder.h"
#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "learner/learners/transformer.h"

namespace gradus {
namespace {

constexpr std::size_t kBatches = 256;

template <typename T>
T value_or_stop(Result<T> result) {
  invariant(result.has_value(), "the built-in ladder loads");
  return std::move(*result);
}

std::vector<ExampleBatch> stream_batches(std::size_t count, std::size_t examples) {
  const Ladder ladder = value_or_stop(load_ladder("arithmetic"));
  const auto generator = value_or_stop(find_generator(ladder.generator)->make(ladder, 1, {}));
  Options options;
  const InputSpec input = Transformer({}, {}).input();
  const auto decoder = value_or_stop(find_format("json")->make(input, &ladder, options));
  std::vector<ExampleBatch> batches(count);
  std::string record;
  for (auto& batch : batches) {
    while (batch.size() < examples) {
      generator->next(record);
      decoder->decode(RawRecord{.bytes = record}, batch);
    }
  }
  return batches;
}

/// Work of the matrix products of one training step: forward, and twice that backward.
double training_flop(const TransformerShape& shape, const PackedText& text) {
  const double square = double(shape.width) * shape.width;
  const double inner = 12 * square * text.tokens();  // qkv, wo, w1, w2
  const double last =
      2 * square * text.tokens() + 10 * square * text.answers();  // kv; q, wo, w1, w2
  const double output = double(kVocabulary) * shape.width * text.answers();
  return 3 * 2 * ((shape.layers - 1) * inner + last + output);
}

/// Seconds of CPU time that `work` takes.
template <typename Work>
double seconds_of(const Work& work) {
  const SystemClock clock;
  const Duration start = clock.thread_cpu();
  work();
  return std::chrono::duration<double>(clock.thread_cpu() - start).count();
}

/// Products of one shape with operands of their own: (m, k) times (k, n).
struct Product {
  Matrix<float> left, right, out;
  Product(int m, int k, int n)
      : left(Matrix<float>::Random(m, k)), right(Matrix<float>::Random(k, n)), out(m, n) {}
  double flop() const { return 2.0 * double(left.size()) * double(right.cols()); }
  void run() {
    out.noalias() = left * right;
    benchmark::DoNotOptimize(out.data());
  }
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double gflops(std::span<Product> products, int repetitions) {
  double flop = 0;
  for (const Product& product : products) flop += product.flop() * repetitions;
  const double seconds = seconds_of([&] {
    for (int i = 0; i < repetitions; ++i) {
      for (Product& product : products) product.run();
    }
  });
  return flop / seconds / 1e9;
}

void TrainAgainstPeak(benchmark::State& state) {
  const std::vector<ExampleBatch> batches = stream_batches(kBatches, kTransformerMinibatch);
  const TransformerOptions options;
  Transformer learner(options, {});
  std::array<Product, 1> cube = {Product(512, 512, 512)};
  // qkv, w1, w2 forward, and the gradient of w1, for 250 tokens.
  std::array<Product, 4> shapes = {Product(192, 64, 250), Product(256, 64, 250),
                                   Product(64, 256, 250), Product(256, 250, 64)};
  std::vector<double> tokens_rate, training, cube_peak, shapes_peak, share;
  PackedText text;
  std::size_t next = 0;
  for (auto _ : state) {
    double flop = 0, tokens = 0;
    const std::size_t first = next;
    for (int i = 0; i < 16; ++i, next = (next + 1) % kBatches) {
      text.pack(batches[next], 0, batches[next].size());
      flop += training_flop(options.shape, text);
      tokens += text.tokens();
    }
    const double seconds = seconds_of([&] {
      for (std::size_t i = 0; i < 16; ++i) learner.learn(batches[(first + i) % kBatches]);
    });
    tokens_rate.push_back(tokens / seconds);
    training.push_back(flop / seconds / 1e9);
    cube_peak.push_back(gflops(cube, 4));
    shapes_peak.push_back(gflops(shapes, 40));
    share.push_back(training.back() / cube_peak.back());
  }
  state.counters["tokens/s"] = median(tokens_rate);
  state.counters["GFLOP/s"] = median(training);
  state.counters["peak_512"] = median(cube_peak);
  state.counters["peak_shapes"] = median(shapes_peak);
  state.counters["share_of_peak"] = median(share);
}
BENCHMARK(TrainAgainstPeak)->Iterations(60)->Unit(benchmark::kMillisecond);

void Score(benchmark::State& state) {
  const std::vector<ExampleBatch> batches = stream_batches(8, 640);
  const auto frozen = Transformer({}, {}).freeze();
  ItemScores scores;
  std::size_t next = 0;
  for (auto _ : state) {
    frozen->score(batches[next], scores);
    next = (next + 1) % batches.size();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 640);
}
BENCHMARK(Score)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradus
