#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "ladders/ladder.h"
#include "learner/learner.h"
#include "probes/task_items.h"
#include "run/config.h"

namespace gradus {

/// The peak memory of a run in bytes, estimated from its configuration before the learner is made
/// and the stream is opened.
/// Source: measured; the real peak lies between 0.5 and 1.25 times the estimate
/// (tests/e2e/memory_test.cpp).
struct MemoryEstimate {
  std::uint64_t program = 0;  ///< the program, its server and batches of small records
  std::uint64_t learner = 0;  ///< with its snapshots and the copies made to write a checkpoint
  std::uint64_t tasks = 0;    ///< curves, forecasts and series
  std::uint64_t items = 0;
  std::uint64_t stream = 0;  ///< records that the Kafka client fetches ahead

  std::uint64_t total() const { return program + learner + tasks + items + stream; }
};

/// Counts the items that the ladder asks for; `count_items` adds what only the items tell.
MemoryEstimate estimate_memory(const Config& config, const LearnerKind& kind,
                               const std::optional<Ladder>& ladder);

/// Adds what the items of a task tell: their number where the ladder leaves it open, the length of
/// their texts, and the positions of their answers, each of which has a forecast of its own.
void count_items(const TaskItems& items, const Task& task, MemoryEstimate& estimate);

/// Errors: kBadConfig with the estimate and its parts where it exceeds limits.memory or, without
/// that key, four fifths of the memory that this process may use.
Result<void> check_memory(const MemoryEstimate& estimate, const Config& config);

}  // namespace gradus
