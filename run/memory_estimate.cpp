#include "run/memory_estimate.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "run/usable_memory.h"

namespace gradus {
namespace {

constexpr std::uint64_t kMegabyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kProgram = 25 * kMegabyte;
// One CurveFilter (200 kB) and all else that is kept and shown of a task.
constexpr std::uint64_t kTask = 240'000;
constexpr std::uint64_t kPosition = 205'000;  // one more CurveFilter
// An item is kept as the ladder's record, decoded, and with the answers given to it.
constexpr std::uint64_t kItem = 350;
constexpr std::uint64_t kCopiesOfText = 4;
constexpr std::uint64_t kPrefetchKilobytes = 131'072;  // of ingest/sources/kafka_defaults.cpp

/// "4.3 GB", "85 MB".
std::string size_words(std::uint64_t bytes) {
  const double megabytes = static_cast<double>(bytes) / static_cast<double>(kMegabyte);
  std::array<char, 32> text{};
  if (megabytes < 1000)
    std::snprintf(text.data(), text.size(), "%.0f MB", megabytes);
  else
    std::snprintf(text.data(), text.size(), "%.1f GB", megabytes / 1024);
  return text.data();
}

std::uint64_t prefetched(const Config& config) {
  if (config.source != "kafka") return 0;
  Options options = config.source_options;
  // What is wrong with the value, librdkafka says.
  return 1024 * static_cast<std::uint64_t>(options.integer("options.queued.max.messages.kbytes",
                                                           std::int64_t{kPrefetchKilobytes}, 0,
                                                           std::int64_t{1} << 31));
}

/// The largest parts with what makes them smaller, the largest first.
std::string parts_words(const MemoryEstimate& estimate) {
  std::vector<std::pair<std::uint64_t, std::string>> parts = {
      {estimate.learner, "the learner"},
      {estimate.tasks, "the ladder's tasks"},
      {estimate.items, "its items"},
      {estimate.stream, "records fetched ahead"},
      {estimate.program, "the program"}};
  std::sort(parts.rbegin(), parts.rend());
  std::string words;
  for (const auto& [bytes, name] : parts)
    if (bytes >= kMegabyte) words += (words.empty() ? "" : ", ") + name + " " + size_words(bytes);
  return words;
}

}  // namespace

MemoryEstimate estimate_memory(const Config& config, const LearnerKind& kind,
                               const std::optional<Ladder>& ladder) {
  MemoryEstimate estimate;
  estimate.program = kProgram;
  estimate.learner = kind.memory(config.learner_options);
  estimate.stream = prefetched(config);
  if (!ladder) return estimate;
  estimate.tasks = kTask * ladder->tasks.size();
  for (const Task& task : ladder->tasks) estimate.items += kItem * task.items;
  return estimate;
}

void count_items(const TaskItems& items, const Task& task, MemoryEstimate& estimate) {
  const ExampleBatch& batch = items.batch();
  const std::size_t count = batch.size();
  estimate.items += kItem * (count - std::min(count, task.items)) +
                    kCopiesOfText * batch.arena.size() + 8 * batch.slot.size();
  if (batch.arena.empty()) return;
  // As PositionCurves: a position has a curve where a quarter of the items have it, the end counts.
  std::vector<std::size_t> longer;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = batch.answer(i).size();
    if (longer.size() < length) longer.resize(length);
    for (std::size_t place = 0; place < length; ++place) ++longer[place];
  }
  const auto positions = std::count_if(longer.begin(), longer.end(),
                                       [&](std::size_t have) { return 4 * have >= count; });
  estimate.tasks += kPosition * (static_cast<std::uint64_t>(positions) + 1);
}

Result<void> check_memory(const MemoryEstimate& estimate, const Config& config) {
  const bool stated = config.most_memory > 0;
  const std::uint64_t most = stated ? config.most_memory : usable_memory() / 5 * 4;
  if (estimate.total() <= most) return {};
  return tl::unexpected(config.limits_options.refused(
      "memory", "the run would take about " + size_words(estimate.total()) + " (" +
                    parts_words(estimate) + ") and may take " + size_words(most) +
                    (stated ? "" : ", four fifths of the memory there is") +
                    "; a smaller learner or ladder is expected, or a higher limits.memory"));
}

}  // namespace gradus
