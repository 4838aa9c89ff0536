#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/histogram.h"
#include "base/log.h"
#include "base/result.h"
#include "ingest/decoder.h"
#include "ladders/ladder.h"
#include "learner/snapshot.h"
#include "probes/score.h"

namespace gradus {

/// How closely a task is followed: the frontier at every snapshot, the others more thinly.
enum class Interest : std::uint8_t { kFrontier, kSettled };

struct ProberOptions {
  double cpu_share = 0.05;  ///< of the whole machine; 0: no limit (replay and tests)
  unsigned cores = 1;       ///< of the machine, so the budget is cpu_share * cores seconds a second
  unsigned settled_every = 4;  ///< mastered and dormant tasks are probed at every so many-th snapshot
};

/// Outcome counts and costs of the probes, by task; what metrics show.
struct ProbeStats {
  struct Task {
    std::uint64_t ok = 0, error = 0, timeout = 0, skipped = 0;
    Timestamp last_ok{};
    Step last_ok_step = 0;
    double interval_seconds = 0;  ///< longest time allowed between probes
  };
  std::vector<Task> tasks;
  std::vector<Histogram> seconds_by_tier;
  double cpu_seconds = 0;  ///< CPU time spent on probes
  double cpu_share = 0;    ///< of the machine since the start
  std::uint64_t snapshots_missed = 0;
  Timestamp heartbeat{};
};

/// Scores snapshots on the held-out items of every task, within a share of the machine, the frontier first.
/// Threads: owned by the probe thread. A probe that fails is counted and the others go on.
class Prober {
 public:
  /// Decodes all items through `decoder`, as a learner's records are. Errors: kBadData names the item that cannot be decoded.
  static Result<std::unique_ptr<Prober>> make(const Ladder& ladder, std::span<const Item> items, Decoder& decoder,
                                              ProberOptions options, Clock& clock, Log& log);

  /// Scores the tasks that are due at this snapshot and within the budget; all of them for the last one.
  std::vector<Score> probe(const Snapshot& snapshot);
  /// What the verdicts say about where to look next, by task.
  void set_interest(std::span<const Interest> interest);
  const ProbeStats& stats() const { return stats_; }

 private:
  struct TaskItems;
  Prober(const Ladder& ladder, ProberOptions options, Clock& clock, Log& log);

  const Ladder& ladder_;
  ProberOptions options_;
  Clock& clock_;
  Log& log_;
  std::vector<std::shared_ptr<const TaskItems>> items_;
  std::vector<Interest> interest_;
  ProbeStats stats_;
};

}  // namespace gradus
