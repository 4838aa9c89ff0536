#include "tests/learner/example_streams.h"

#include <string>

#include "base/random.h"

namespace gradus::test {
namespace {

constexpr std::uint32_t kNoiseWords = 60;

void add_sparse(SplitMix64& random, ExampleBatch& batch) {
  const auto label = static_cast<std::uint32_t>(random.below(2));
  batch.label.push_back(static_cast<float>(label));
  batch.slot.push_back(1000 + label);
  batch.value.push_back(1);
  for (int i = 0; i < 3; ++i) {
    batch.slot.push_back(static_cast<std::uint32_t>(random.below(kNoiseWords)));
    batch.value.push_back(static_cast<float>(2 * random.uniform()));
  }
  batch.row_begin.push_back(static_cast<std::uint32_t>(batch.slot.size()));
}

void add_text(SplitMix64& random, ExampleBatch& batch) {
  const bool copy = random.below(2) == 0;
  batch.prompt_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
  batch.arena += (copy ? "copy " : "next ") + std::to_string(random.below(10)) + "=";
  batch.answer_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
  batch.arena += copy ? "1" : "2";
  batch.text_end.push_back(static_cast<std::uint32_t>(batch.arena.size()));
}

}  // namespace

ExampleBatch easy_examples(InputKind input, std::size_t begin, std::size_t end,
                           std::uint64_t seed) {
  ExampleBatch batch;
  for (std::size_t i = begin; i < end; ++i) {
    // Each example has its own generator: the stream is the same however it is cut.
    SplitMix64 random(seed * 1000003 + i);
    if (input == InputKind::kSparse) {
      add_sparse(random, batch);
    } else {
      add_text(random, batch);
    }
    batch.task.push_back(static_cast<TaskIndex>(i % 2));
    batch.weight.push_back(1);
    batch.event_time_ms.push_back(static_cast<std::int64_t>(i) * 1000);
  }
  batch.next.stream = "test";
  batch.next.at(0).next = static_cast<std::int64_t>(end);
  return batch;
}

}  // namespace gradus::test
