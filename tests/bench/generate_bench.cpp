#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <string>

#include "ladders/generator.h"
#include "ladders/ladder_file.h"

namespace gradus {
namespace {

std::unique_ptr<RecordGenerator> arithmetic_stream() {
  const Ladder ladder = load_ladder("arithmetic").value();
  return std::move(find_generator("arithmetic")->make(ladder, 1, {}).value());
}

/// Records drawn and written.
void BM_GenerateArithmetic(benchmark::State& state) {
  const auto stream = arithmetic_stream();
  std::string record;
  for (auto _ : state) {
    stream->next(record);
    benchmark::DoNotOptimize(record.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_GenerateArithmetic);

/// Records passed over when a run resumes.
void BM_SkipArithmetic(benchmark::State& state) {
  constexpr std::uint64_t kRecords = 1000;
  const auto stream = arithmetic_stream();
  for (auto _ : state) stream->skip(kRecords);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRecords));
}
BENCHMARK(BM_SkipArithmetic);

}  // namespace
}  // namespace gradus
