#pragma once

#include <memory>
#include <span>
#include <vector>

#include "progress/report.h"
#include "progress/task_answers.h"

namespace gradus {

/// The newest and the best answers to the items of every task.
/// Threads: owned by the probe thread; what it gives out is immutable. Memory: two snapshots of
/// answers, whatever the length of the run.
class AnswerBook {
 public:
  using Page = std::vector<TaskAnswers>;

  /// `pages`: every task of the ladder in its order, with its items and no answers yet.
  explicit AnswerBook(Page pages) : pages_(std::move(pages)) {}

  /// Takes the answers that a history kept, where they are to the same items; the best ones only
  /// where they are of the step that `report` calls the best.
  void restore(std::span<const TaskAnswers> kept, const ProgressReport& report);
  /// Takes the answers of the newest probe of a task, which are the best ones where `report` says
  /// so of their step.
  void take(TaskIndex task, std::shared_ptr<const GivenAnswers> given,
            const ProgressReport& report);

  /// What is asked in `items` of a task, what is right and what was given; of the first 12 of them.
  std::vector<LostAnswer> lost(TaskIndex task, std::span<const std::uint32_t> items,
                               const GivenAnswers& given) const;

  const TaskAnswers& of(TaskIndex task) const { return pages_[task]; }
  std::shared_ptr<const Page> pages() const { return std::make_shared<const Page>(pages_); }

 private:
  Page pages_;
};

}  // namespace gradus
