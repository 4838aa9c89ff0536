#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Index into Ladder::tasks.
using TaskIndex = std::uint16_t;
/// The task of an example where the stream has no ladder.
inline constexpr TaskIndex kNoTask = std::numeric_limits<TaskIndex>::max();

/// Whether `text` can be the name of a task, tier or tag, and so a metric label: lower-case
/// letters, digits and '_', at most 64, with a letter first.
bool is_name(std::string_view text);

/// One skill: a fixed set of items, how answers are scored, its chance level and its target.
/// Units: chance, floor, exact_floor and target are scores in [0, 1]; weight is relative to the
/// other tasks of the stream.
struct Task {
  std::string name;        ///< snake case, unique in the ladder; a metric label
  std::string title;       ///< for people
  std::uint16_t tier = 0;  ///< index into Ladder::tiers
  double weight = 1;       ///< share of the generated stream
  std::size_t items = 0;   ///< how many; 0: all that the items file holds
  double chance = 0;       ///< q of a model that knows nothing
  double floor = 0;        ///< q of a model that knows the form of the answers only
  double exact_floor = 0;  ///< exact match of always giving the commonest answer
  double target = 0.9;     ///< q that counts as mastered
  std::vector<std::string>
      choices;  ///< the possible answers of a choice task; empty for a free answer
};

/// The tasks of one level.
struct Tier {
  std::string name;
  std::string title;
  std::vector<TaskIndex> tasks;
};

/// Tiers in order of difficulty, from a built-in or a user's YAML file. Immutable after loading.
struct Ladder {
  std::string name;
  int version = 1;
  std::string
      generator;  ///< name in the generator registry; empty where the stream comes from elsewhere
  std::string items_file;   ///< JSON Lines of items where there is no generator; resolved against
                            ///< the ladder's folder
  std::string sealed_file;  ///< of sealed items, beside an items file; resolved in the same way
  std::vector<Tier> tiers;
  std::vector<Task> tasks;
  std::vector<std::string> left_out;  ///< names of tasks that select_tasks took away

  /// The task of that name, or nothing.
  std::optional<TaskIndex> find(std::string_view task) const;
};

/// The ladder with only the tasks for which `keep` is true, empty tiers left out. `keep` has one
/// entry per task.
Ladder select_tasks(const Ladder& ladder, const std::vector<bool>& keep);

/// One held-out question with its answer, as the record that a stream would carry; it never occurs
/// in the stream.
struct Item {
  TaskIndex task = kNoTask;
  std::string record;             ///< the JSON record, to be decoded like any other
  std::vector<std::string> tags;  ///< facets this item belongs to, e.g. "carry"
  std::size_t line = 0;           ///< of the items file, from 1; 0: generated
};

}  // namespace gradus
