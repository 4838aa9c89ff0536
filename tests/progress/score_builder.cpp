#include "tests/progress/score_builder.h"

#include <string>

namespace gradus::test {

Score score_of(const Probe& probe) {
  Score score;
  score.task = probe.task;
  score.step = probe.step;
  score.own_step = probe.step / 10;
  score.time = Timestamp(std::chrono::seconds(probe.step));
  score.sums.items = probe.items;
  score.sums.exact = probe.exact;
  score.sums.q = probe.q * probe.items;
  score.sums.q_squared =
      probe.q * probe.q * probe.items + probe.q_sd * probe.q_sd * (probe.items - 1.0);
  score.sums.log_loss = 0.5 * probe.items;
  score.exact_bits.resize((probe.items + 63) / 64);
  for (unsigned item = 0; item < probe.exact; ++item)
    score.exact_bits[item / 64] |= std::uint64_t{1} << (item % 64);
  score.item_digest = 42;
  return score;
}

Ladder ladder_of(std::size_t tasks) {
  Ladder ladder;
  ladder.name = "test";
  ladder.version = 3;
  ladder.tiers.push_back({"base", "Base", {}});
  for (std::size_t i = 0; i < tasks; ++i) {
    Task task;
    task.name = "task" + std::to_string(i);
    task.tier = 0;
    task.items = 128;
    task.chance = 0.1;
    task.floor = 0.2;
    task.target = 0.9;
    ladder.tiers[0].tasks.push_back(static_cast<TaskIndex>(i));
    ladder.tasks.push_back(task);
  }
  return ladder;
}

}  // namespace gradus::test
