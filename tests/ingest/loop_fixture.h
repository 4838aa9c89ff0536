#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ingest/ingest_loop.h"
#include "tests/ingest/fakes.h"

namespace gradus::test {

/// An ingest loop over records in memory, with everything it is wired to.
struct LoopFixture {
  explicit LoopFixture(std::vector<OwnedRecord> records, IngestOptions loop_options = {},
                       std::deque<std::size_t> portions = {1000}, StreamPosition start = {})
      : options(loop_options), source(std::move(records), std::move(portions)) {
    (void)source.open(start);
    loop = std::make_unique<IngestLoop>(options, source, *decoder, &letters, std::move(start),
                                        queue, committed, stats, clock, log);
  }

  /// Steps to the end; the error where there was one.
  Result<void> run() { return loop->run(stop.get_token()); }
  /// All batches handed on so far.
  std::vector<ExampleBatch> batches() {
    std::vector<ExampleBatch> all;
    while (auto batch = queue.try_pop()) all.push_back(std::move(*batch));
    return all;
  }
  std::uint64_t rejected(Reject reason) const {
    return stats.get()->rejected[static_cast<std::size_t>(reason)];
  }

  IngestOptions options;
  MemorySource source;
  MemoryDeadLetters letters;
  std::unique_ptr<Decoder> decoder = json_decoder({}, nullptr);
  BoundedQueue<ExampleBatch> queue{100'000};
  Latest<StreamPosition> committed;
  Latest<IngestStats> stats;
  ManualClock clock{Timestamp(std::chrono::seconds(1000))};
  std::string lines;
  Log log{LogFormat::kText, LogLevel::kDebug, clock, lines};
  std::stop_source stop;
  std::unique_ptr<IngestLoop> loop;
};

/// An attribute record whose label is `y`.
inline std::string good(int y) { return R"({"x":[1],"y":)" + std::to_string(y) + "}"; }

/// The sizes of batches.
inline std::vector<std::size_t> sizes(const std::vector<ExampleBatch>& batches) {
  std::vector<std::size_t> all;
  for (const ExampleBatch& batch : batches) all.push_back(batch.size());
  return all;
}

}  // namespace gradus::test
