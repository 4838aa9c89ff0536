#include "ladders/generators/arithmetic.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ladders/generators/arithmetic_record.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {
namespace {

std::uint64_t stream_seed(std::uint64_t seed) { return 77777 + 1000003 * seed; }

/// A task of this generator within a ladder's stream.
struct StreamTask {
  const ArithmeticTask* kind;
  RecordWriter writer;
  std::uint16_t tier;
  double usual_weight;
  double weight;  ///< 0 while the tier is removed
  bool shuffled = false;
};

/// A change with its subject resolved: the tasks that it concerns.
struct ResolvedChange {
  std::uint64_t from, until;
  StreamChange::Kind kind;
  std::vector<std::size_t> tasks;  ///< indices into the stream's tasks
};

Result<ResolvedChange> resolve(const StreamChange& change, const Ladder& ladder,
                               const std::vector<StreamTask>& stream) {
  ResolvedChange resolved{change.from, change.until, change.kind, {}};
  const bool by_task = change.kind == StreamChange::Kind::kShuffleAnswers;
  std::vector<std::string_view> names;
  for (const StreamTask& task : stream) {
    const std::string_view name = by_task ? task.kind->name : ladder.tiers[task.tier].name;
    if (name == change.subject) resolved.tasks.push_back(names.size());
    names.push_back(name);
  }
  if (!resolved.tasks.empty()) return resolved;
  return fail(ErrorCode::kBadConfig,
              "change of the stream: " + no_such(by_task ? "task" : "tier", change.subject, names));
}

class ArithmeticGenerator final : public RecordGenerator {
 public:
  ArithmeticGenerator(std::vector<StreamTask> stream, std::vector<ResolvedChange> changes,
                      std::uint64_t seed)
      : stream_(std::move(stream)), changes_(std::move(changes)), seed_(seed), random_(seed) {
    for (const ResolvedChange& change : changes_)
      edges_.insert(edges_.end(), {change.from, change.until});
    std::sort(edges_.begin(), edges_.end(), std::greater<>());
    weigh();
  }

  void next(std::string& record) override {
    const std::uint64_t index = index_;
    const StreamTask& task = draw();
    const int answer = task.shuffled ? other_answer(task, index) : question_.answer;
    task.writer.write(question_, answer, record);
  }

  void skip(std::uint64_t count) override {
    for (; count > 0; --count) draw();
  }

 private:
  /// Draws the next question into `question_` and returns its task.
  const StreamTask& draw() {
    if (!edges_.empty() && edges_.back() <= index_) apply_changes();
    ++index_;
    const double point = random_.uniform() * cumulative_.back();
    std::size_t i = 0;
    while (point >= cumulative_[i] && i < last_) ++i;
    draw_for_stream(*stream_[i].kind, random_, question_);
    return stream_[i];
  }

  /// The answer of another question of the task. It is drawn aside, from a state that depends on
  /// nothing but the seed and the record's index: the rest of the stream stays as it is without the
  /// change, and a record that is skipped costs nothing.
  int other_answer(const StreamTask& task, std::uint64_t index) {
    SplitMix64 aside(SplitMix64(seed_ + index).next());
    draw_for_stream(*task.kind, aside, aside_);
    return aside_.answer;
  }

  /// Puts every task in the state that the changes of this moment ask for.
  void apply_changes() {
    while (!edges_.empty() && edges_.back() <= index_) edges_.pop_back();
    for (StreamTask& task : stream_) {
      task.weight = task.usual_weight;
      task.shuffled = false;
    }
    for (const ResolvedChange& change : changes_) {
      if (index_ < change.from || index_ >= change.until) continue;
      for (const std::size_t i : change.tasks) {
        if (change.kind == StreamChange::Kind::kShuffleAnswers) {
          stream_[i].shuffled = true;
        } else {
          stream_[i].weight = 0;
        }
      }
    }
    weigh();
  }

  void weigh() {
    cumulative_.clear();
    double total = 0;
    for (std::size_t i = 0; i < stream_.size(); ++i) {
      total += stream_[i].weight;
      cumulative_.push_back(total);
      if (stream_[i].weight > 0) last_ = i;
    }
  }

  std::vector<StreamTask> stream_;  ///< in the order of drawing
  std::vector<ResolvedChange> changes_;
  std::vector<std::uint64_t> edges_;  ///< where changes will begin or end, the next one last
  std::uint64_t seed_;
  SplitMix64 random_;
  std::uint64_t index_ = 0;         ///< of the next record
  std::vector<double> cumulative_;  ///< sums of the weights up to each task
  std::size_t last_ = 0;            ///< the last task with a weight
  Question question_;
  Question aside_;
};

}  // namespace

Result<std::unique_ptr<RecordGenerator>> make_generator(const Ladder& ladder, std::uint64_t seed,
                                                        std::span<const StreamChange> changes) {
  if (auto checked = check_tasks(ladder); !checked) return tl::unexpected(checked.error());
  std::vector<StreamTask> stream;
  for (const ArithmeticTask& kind : tasks()) {
    const std::optional<TaskIndex> index = ladder.find(kind.name);
    if (!index) continue;
    const Task& task = ladder.tasks[*index];
    stream.push_back({&kind, RecordWriter(kind.name), task.tier, task.weight, task.weight});
  }
  std::vector<ResolvedChange> resolved;
  std::vector<bool> taught;
  for (const StreamTask& task : stream) taught.push_back(task.weight > 0);
  for (const StreamChange& change : changes) {
    auto one = resolve(change, ladder, stream);
    if (!one) return tl::unexpected(one.error());
    for (const std::size_t i : one->tasks) {
      if (change.kind == StreamChange::Kind::kRemoveTier) taught[i] = false;
    }
    resolved.push_back(std::move(*one));
  }
  if (std::find(taught.begin(), taught.end(), true) == taught.end()) {
    return fail(ErrorCode::kBadConfig,
                "ladder " + ladder.name + ": no task with a weight above 0 is left to draw");
  }
  return std::make_unique<ArithmeticGenerator>(std::move(stream), std::move(resolved),
                                               stream_seed(seed));
}

}  // namespace gradus::arithmetic
