#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ladders/ladder.h"

namespace gradus {

/// A change of the stream between two records: the faults of `--fault` that live in the data.
struct StreamChange {
  enum class Kind : std::uint8_t {
    kShuffleAnswers,  ///< each answer of task `subject` is replaced by that of another question of
                      ///< the same task
    kRemoveTier,      ///< the tasks of tier `subject` are no longer drawn
  };
  Kind kind;
  std::uint64_t from;   ///< index of the first record concerned
  std::string subject;  ///< name of the task or tier
  /// Index of the first record that is as before again.
  std::uint64_t until = std::numeric_limits<std::uint64_t>::max();
};

/// Draws the records of a ladder's stream, the same sequence for the same seed on every platform.
/// Threads: owned by one. Cost: no allocation once `record` has grown.
class RecordGenerator {
 public:
  virtual ~RecordGenerator() = default;
  /// Replaces `record` with the next record as one line of JSON without line end.
  virtual void next(std::string& record) = 0;
  /// Moves on by `count` records without writing them.
  virtual void skip(std::uint64_t count) = 0;
};

/// A task that a generator can draw, and the most items it can have.
struct GeneratorTask {
  std::string_view name;
  std::size_t most_items;
};

/// A generator of questions by name.
struct GeneratorKind {
  std::string_view name;
  std::string_view about;
  std::span<const GeneratorTask> (*tasks)();
  /// The stream of a ladder made of this generator's tasks, in any number and with any weights.
  /// Errors: kBadConfig for a task it does not know, or a change that names no task or tier or
  /// leaves nothing to draw.
  Result<std::unique_ptr<RecordGenerator>> (*make)(const Ladder&, std::uint64_t seed,
                                                   std::span<const StreamChange>);
  /// The held-out items of every task, in task order, the same for every seed.
  /// Errors: kBadConfig for a task it does not know, or more items than a task can have.
  Result<std::vector<Item>> (*items)(const Ladder&);
  /// More held-out items of every task, dealt at random from the same draw as `items`, and none of
  /// them the same in another order: as many again, or what there is; none for a task that has
  /// fewer than 16 left.
  /// Errors: as `items`.
  Result<std::vector<Item>> (*sealed_items)(const Ladder&);
  /// True where the question of this record is one that the stream must never carry; for leak
  /// tests.
  bool (*held_out)(std::string_view prompt);
};

/// All generators, sorted by name.
std::span<const GeneratorKind> generator_kinds();

/// The generator of that name; null where there is none.
const GeneratorKind* find_generator(std::string_view name);

}  // namespace gradus
