#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>

#include "probes/prober.h"
#include "tests/probes/fakes.h"

namespace gradus {
namespace {

using test::item;
using test::ladder_of;

constexpr std::size_t kTasks = 5;

/// Random costs, spacings and interests: what a probe costs is known beforehand, since it is
/// the same each time, so the share must hold exactly once the first round is paid for.
RC_GTEST_PROP(ProberProperty, NeverExceedsItsShareBeyondTheFirstRound, ()) {
  const auto costs = *rc::gen::container<std::vector<int>>(kTasks, rc::gen::inRange(0, 50));
  const auto gaps = *rc::gen::container<std::vector<int>>(60, rc::gen::inRange(0, 2000));
  const double share = *rc::gen::element(0.01, 0.05, 0.5);
  const auto cores = *rc::gen::inRange<unsigned>(1, 5);

  const Ladder ladder = ladder_of({"a", "b", "c", "d", "e"});
  std::vector<Item> items;
  for (std::size_t i = 0; i < kTasks; ++i) {
    items.push_back(item(static_cast<TaskIndex>(i), ladder.tasks[i].name + " p= 1"));
  }
  test::WordsDecoder decoder(ladder);
  ManualClock clock;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  auto prober =
      Prober::make(ladder, items, decoder, {.cpu_share = share, .cores = cores}, clock, log);
  RC_ASSERT(prober.has_value());

  double first_round = 0;
  for (const int cost : costs) first_round += cost / 1000.0;
  Snapshot snapshot;
  snapshot.predictor =
      std::make_shared<test::ScriptedPredictor>([&](const ExampleBatch& batch, ItemScores& out) {
        clock.advance(std::chrono::milliseconds(costs[batch.task[0]]));
        test::say(batch, 0.5f, out);
      });
  std::uint64_t due = 0;
  for (const int gap : gaps) {
    clock.advance(std::chrono::milliseconds(gap));
    ++snapshot.step;
    (*prober)->probe(snapshot);
    due += kTasks;
    const double earned = share * cores * std::chrono::duration<double>(clock.elapsed()).count();
    RC_ASSERT((*prober)->stats().cpu_seconds <= std::max(first_round, earned) + 1e-9);
  }
  // Every task of the frontier was due each time: probed or skipped, never neither.
  std::uint64_t counted = 0;
  for (const auto& task : (*prober)->stats().tasks) counted += task.ok + task.skipped;
  RC_ASSERT(counted == due);
}

}  // namespace
}  // namespace gradus
