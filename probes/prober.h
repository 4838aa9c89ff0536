#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/histogram.h"
#include "base/log.h"
#include "base/result.h"
#include "ingest/decoder.h"
#include "ladders/ladder.h"
#include "learner/predictor.h"
#include "learner/snapshot.h"
#include "probes/given_answers.h"
#include "probes/interest.h"
#include "probes/score.h"
#include "probes/work_schedule.h"

namespace gradus {

struct ProberOptions {
  double cpu_share = 0.05;  ///< of the whole machine; 0: no limit (replay and tests)
  unsigned cores = 1;       ///< of the machine, so the budget is cpu_share * cores seconds a second
  unsigned settled_every = kSettledEvery;  ///< at every so many-th snapshot
  /// Given where the learner waits for its probes: the schedule follows the steps, not the clock,
  /// and the three above mean nothing.
  std::optional<WorkLimits> work = std::nullopt;
};

/// Outcome counts and costs of the probes, by task; what metrics show.
struct ProbeStats {
  struct Task {
    std::uint64_t ok = 0, error = 0, timeout = 0, skipped = 0;
    Timestamp last_ok{};  ///< start of the prober before the first
    Step last_ok_step = 0;
    /// Longest time allowed between probes: twice what the schedule, the spacing of snapshots and
    /// the budget make of it now, and never below a minute, so that a scrape cannot fall in
    /// between.
    double interval_seconds = 0;
  };
  std::vector<Task> tasks;
  std::vector<Histogram> seconds_by_tier;
  double cpu_seconds = 0;              ///< CPU time spent on probes and what follows from them
  double cpu_share = 0;                ///< of the machine since the start
  bool waits = false;                  ///< the learner waits for its probes
  double allowed_share = 0;            ///< of the machine; of all work where the learner waits
  std::uint64_t snapshots_missed = 0;  ///< counted by who takes the snapshots
  Timestamp heartbeat{};
};

/// Scores snapshots on the held-out items of every task, within a share of the machine, the
/// frontier first. Due are frontier tasks at every snapshot, settled ones at every
/// settled_every-th. They are taken the longest unprobed first; where the next one costs more than
/// is saved, it and all behind it are skipped, so that saving up for a dear task starves nothing.
/// The share of a minute can be saved, or what the dearest task costs where that is more: after an
/// idle night no burst of probes slows the learner. The first probe of a task and the last snapshot
/// go over the budget, and what they cost is earned back before the next probe. A settled
/// task that waited four times its turn counts as frontier, so that a budget spent at the frontier
/// cannot hide a regression. A probe that fails is counted and the others go on; one of more than
/// 10 s is counted as timeout, its score kept, and its task probed four times more thinly than a
/// settled one until it is faster.
/// Where the learner waits for its probes, WorkSchedule decides what is due and what is paid for.
/// Threads: owned by the probe thread.
class Prober {
 public:
  /// Decodes all items through `decoder`, as a learner's records are. `ladder`, `clock` and `log`
  /// outlive the prober. Errors: kBadData names the item that cannot be decoded, or the task that
  /// has none.
  static Result<std::unique_ptr<Prober>> make(const Ladder& ladder, std::span<const Item> items,
                                              Decoder& decoder, ProberOptions options, Clock& clock,
                                              Log& log);
  ~Prober();

  /// Scores the tasks that are due at this snapshot and within the budget, in ladder order; all of
  /// them for the last one.
  std::vector<Score> probe(const Snapshot& snapshot);
  /// Takes from the budget what the calling thread has spent since `probe`: tracking and keeping
  /// the scores is a part of their cost.
  void charge_for_scores() { charge(); }
  /// What the verdicts say about where to look next, by task.
  void set_interest(std::span<const Interest> interest);
  /// Takes note of the scores that earlier processes made, so that the schedule continues as if
  /// there had been one process.
  void resume(std::span<const Score> scores);
  const ProbeStats& stats() const { return stats_; }
  /// What the model answered at the newest probe of a task; null before the first.
  std::shared_ptr<const GivenAnswers> given(TaskIndex task) const;

 private:
  struct TaskState;
  Prober(const Ladder& ladder, ProberOptions options, Clock& clock, Log& log);

  std::vector<TaskIndex> due_by_work(const Snapshot& snapshot) const;
  std::uint64_t period(const TaskState& task) const;
  std::uint64_t unprobed_for(const TaskState& task) const;
  bool at_frontier(const TaskState& task) const;
  std::vector<TaskIndex> due(const Snapshot& snapshot) const;
  void earn();
  bool within_budget(TaskIndex index, Step step);
  double charge();
  std::optional<Score> probe_task(TaskIndex index, const Snapshot& snapshot);
  void note_spacing(Step step);
  double round_seconds() const;
  void update_intervals();

  const Ladder& ladder_;
  ProberOptions options_;
  std::optional<WorkSchedule> work_;  // given where the learner waits
  Clock& clock_;
  Log& log_;
  std::vector<TaskState> tasks_;
  ItemScores said_;  // kept for its memory
  ProbeStats stats_;
  Duration start_;
  Duration earned_until_;
  double saved_seconds_ = 0;   // of CPU time; below 0 after what went over the budget
  Duration charged_until_{0};  // CPU clock of the probe thread
  std::uint64_t snapshots_ = 0;
  std::optional<Duration> last_snapshot_;
  double spacing_seconds_ = 0;  // between snapshots: the longest of late
  Step last_step_ = 0, spacing_steps_ = 0;
};

}  // namespace gradus
