#include "progress/answer_book.h"

#include <algorithm>
#include <utility>

namespace gradus {
namespace {

bool same_items(const TaskAnswers& one, const TaskAnswers& other) {
  return std::equal(one.items->begin(), one.items->end(), other.items->begin(), other.items->end(),
                    [](const AskedItem& left, const AskedItem& right) {
                      return left.question == right.question && left.answer == right.answer;
                    });
}

constexpr std::size_t kToldOfLost = 12;  // enough to see what they have in common

}  // namespace

void AnswerBook::restore(std::span<const TaskAnswers> kept, const ProgressReport& report) {
  for (const TaskAnswers& earlier : kept)
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      if (pages_[i].task != earlier.task || !same_items(pages_[i], earlier)) continue;
      pages_[i].newest = earlier.newest;
      const bool best = earlier.best && earlier.best->step == report.tasks[i].best_step;
      pages_[i].best = best ? earlier.best : nullptr;
    }
}

void AnswerBook::take(TaskIndex task, std::shared_ptr<const GivenAnswers> given,
                      const ProgressReport& report) {
  TaskAnswers& page = pages_[task];
  if (given->step == report.tasks[task].best_step) page.best = given;
  // The items changed, or a better probe's answers are not known: what is left says nothing.
  if (page.best && page.best->step != report.tasks[task].best_step) page.best = nullptr;
  page.newest = std::move(given);
}

std::vector<LostAnswer> AnswerBook::lost(TaskIndex task, std::span<const std::uint32_t> items,
                                         const GivenAnswers& given) const {
  const std::vector<AskedItem>& asked = *pages_[task].items;
  std::vector<LostAnswer> lost;
  for (const std::uint32_t item : items.first(std::min(items.size(), kToldOfLost))) {
    if (item >= asked.size() || item >= given.size()) continue;
    LostAnswer& each = lost.emplace_back();
    each.item = item;
    each.question = asked[item].question;
    each.answer = asked[item].answer;
    if (given.has_text()) each.given = std::string(given.answer(item));
  }
  return lost;
}

}  // namespace gradus
