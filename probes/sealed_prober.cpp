#include "probes/sealed_prober.h"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace gradus {

Result<SealedProber> SealedProber::make(const Ladder& ladder, std::span<const Item> sealed,
                                        Decoder& decoder, Log& log) {
  SealedProber prober(ladder, log);
  Ladder from_sealed = ladder;  // messages name the file that the items stand in
  from_sealed.items_file = ladder.sealed_file;
  prober.tasks_.resize(ladder.tasks.size());
  for (std::size_t i = 0; i < ladder.tasks.size(); ++i) {
    const auto task = static_cast<TaskIndex>(i);
    const bool any = std::any_of(sealed.begin(), sealed.end(),
                                 [task](const Item& item) { return item.task == task; });
    if (!any) continue;
    auto decoded = TaskItems::decode(from_sealed, task, sealed, decoder);
    if (!decoded) return tl::unexpected(std::move(decoded.error()));
    prober.tasks_[i].items.emplace(std::move(*decoded));
  }
  return prober;
}

std::vector<Score> SealedProber::probe(const Snapshot& snapshot, std::span<const Score> scores) {
  std::vector<Score> found;
  const int doubling = static_cast<int>(std::bit_width(snapshot.step)) - 1;
  for (const Score& open : scores) {
    TaskState& task = tasks_[open.task];
    if (!task.items || (doubling <= task.asked_in && !snapshot.last)) continue;
    task.asked_in = doubling;
    snapshot.predictor->score(task.items->batch(), said_);
    Result<Score> score = task.items->tally(said_);
    if (!score) {
      const std::string& name = ladder_->tasks[open.task].name;
      log_->sampled(LogLevel::kError, "probes", "sealed items of " + name,
                    "sealed items of " + name + " at step " + std::to_string(snapshot.step) + ": " +
                        score.error().message);
      continue;
    }
    score->task = open.task;
    score->step = open.step;
    score->own_step = open.own_step;
    score->time = open.time;
    found.push_back(std::move(*score));
  }
  return found;
}

}  // namespace gradus
