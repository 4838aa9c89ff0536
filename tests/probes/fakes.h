#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/decoder.h"
#include "ladders/ladder.h"
#include "learner/predictor.h"
#include "learner/snapshot.h"

namespace gradus::test {

/// Reads records of the form "task prompt answer" into the text columns.
class WordsDecoder final : public Decoder {
 public:
  explicit WordsDecoder(const Ladder& ladder) : ladder_(ladder) {}
  Reject decode(const RawRecord& record, ExampleBatch& out) override {
    const std::size_t first = record.bytes.find(' ');
    const std::size_t second = record.bytes.find(' ', first + 1);
    if (second == std::string_view::npos) return Reject::kMalformed;
    const auto task = ladder_.find(record.bytes.substr(0, first));
    if (!task) return Reject::kUnknownTask;
    out.task.push_back(*task);
    out.weight.push_back(1);
    out.event_time_ms.push_back(-1);
    out.prompt_begin.push_back(static_cast<std::uint32_t>(out.arena.size()));
    out.arena += record.bytes.substr(first + 1, second - first - 1);
    out.answer_begin.push_back(static_cast<std::uint32_t>(out.arena.size()));
    out.arena += record.bytes.substr(second + 1);
    out.text_end.push_back(static_cast<std::uint32_t>(out.arena.size()));
    return Reject::kNone;
  }

 private:
  const Ladder& ladder_;
};

/// A model that answers as the test tells it.
class ScriptedPredictor final : public Predictor {
 public:
  using Script = std::function<void(const ExampleBatch&, ItemScores&)>;
  explicit ScriptedPredictor(Script script) : script_(std::move(script)) {}
  void score(const ExampleBatch& items, ItemScores& out) const override { script_(items, out); }

 private:
  Script script_;
};

/// The same q for every item, exact where q is above one half, no positions.
inline void say(const ExampleBatch& items, float q, ItemScores& out) {
  out.q.assign(items.size(), q);
  out.log_loss.assign(items.size(), 1.0f);
  out.exact.assign(items.size(), q > 0.5f ? 1 : 0);
  out.position_begin.clear();
  out.position_q.clear();
  out.position_log_loss.clear();
  out.position_exact.clear();
}

/// A ladder of these tasks in one tier.
inline Ladder ladder_of(const std::vector<std::string>& names) {
  Ladder ladder;
  ladder.name = "school";
  ladder.tiers.push_back({"first", "First", {}});
  for (const std::string& name : names) {
    Task task;
    task.name = name;
    task.tier = 0;
    ladder.tiers[0].tasks.push_back(static_cast<TaskIndex>(ladder.tasks.size()));
    ladder.tasks.push_back(task);
  }
  return ladder;
}

inline Item item(TaskIndex task, std::string record, std::vector<std::string> tags = {}) {
  Item made;
  made.task = task;
  made.record = std::move(record);
  made.tags = std::move(tags);
  return made;
}

}  // namespace gradus::test
