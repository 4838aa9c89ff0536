#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/bounded_queue.h"
#include "base/clock.h"
#include "base/histogram.h"
#include "base/latest.h"
#include "base/log.h"
#include "base/result.h"
#include "ingest/example_batch.h"
#include "learner/checkpoint.h"
#include "learner/divergence.h"
#include "learner/learner.h"
#include "learner/snapshot.h"

namespace gradus {

/// What the learner thread publishes, at most every 100 ms and at the end.
struct LearnerStats {
  Step step = 0;
  std::vector<Step> own_steps;          ///< by task
  std::vector<Step> attempt_own_steps;  ///< by task, since this process began
  LearnSums sums;                       ///< since the run began, checkpointed examples included
  LearnSums attempt_sums;               ///< since this process began
  LearnerFacts facts;
  StreamPosition position;
  bool diverged = false;   ///< answers worse than the best constant answer would; see divergence.h
  double cpu_seconds = 0;  ///< CPU time of the learner thread
  Histogram update_seconds;
  Histogram event_delay_seconds;  ///< of the newest example of each batch, when it was learned
  Timestamp last_event{};
  Timestamp heartbeat{};
  std::uint64_t checkpoints_ok = 0, checkpoints_failed = 0;
  Timestamp last_checkpoint{};
  Step last_checkpoint_step = 0;
  std::uint64_t checkpoint_bytes = 0;
  Histogram checkpoint_seconds;
  bool finished = false;

  LearnerStats();
};

struct LearnerLoopOptions {
  std::string run;
  std::string learner;
  std::uint64_t config_hash = 0;
  std::string configuration{};  ///< what the hash stands for; kept in checkpoints
  std::size_t tasks = 0;
  Duration checkpoint_every = std::chrono::seconds(60);
  /// Stop once so many are learned; 0: no limit. The batch with which they are reached is learned
  /// whole, since the stream's position is known at its end only.
  Step max_examples = 0;
  double probes_per_doubling = 40;  ///< snapshots are taken on this geometric grid of steps
  /// A probe asks hundreds or thousands of items: with fewer examples than this between two, more
  /// would be spent on asking than on learning. Forty a doubling lie further apart than this from
  /// 14,643 examples on.
  Step first_probe = 256;
  Step min_spacing = 256;  ///< never closer than this many examples
  /// The newest step whose snapshot was probed and kept. Where given, the learner waits for it: at
  /// most one snapshot is under way, so none is missed, and no checkpoint is ahead of the history.
  /// Outlives the loop.
  Latest<Step>* probed = nullptr;
};

/// The first probe step after `step`, on a grid from `first` on whose points lie apart by their own
/// size times 2^(1/per_doubling) - 1, and at least min_spacing: it depends on nothing but the step.
/// `per_doubling` > 0.
Step next_probe_step(Step step, double per_doubling, Step first, Step min_spacing);

/// Queue -> Learner -> snapshots and checkpoints.
/// Errors: kIo where the last checkpoint at the end cannot be written.
/// Threads: owned by the learner thread.
class LearnerLoop {
 public:
  /// `store` may be null: no checkpoints (a demo without a data directory). `resumed` is what the
  /// run goes on from.
  LearnerLoop(LearnerLoopOptions options, Learner& learner, CheckpointStore* store,
              const std::optional<Checkpoint>& resumed, BoundedQueue<ExampleBatch>& queue,
              Latest<Snapshot>& snapshots, Latest<StreamPosition>& committed,
              Latest<LearnerStats>& stats, Clock& clock, Log& log);

  /// Learns one batch where there is one within `wait`; false once the queue is drained or
  /// max_examples reached.
  Result<bool> step(const std::stop_token& stop, Duration wait);
  /// Steps until the queue is drained (the ingest loop closes it at a stop); then last snapshot and
  /// checkpoint.
  Result<void> run(const std::stop_token& stop);
  /// Takes the last snapshot and writes the last checkpoint. Idempotent.
  Result<void> finish();

 private:
  void learn(const ExampleBatch& batch);
  void note_wait(Duration waited);
  void note_event_time(const ExampleBatch& batch);
  void wait_for_probes();
  void snapshot();
  void checkpoint_when_due();
  Result<void> checkpoint();
  bool has_enough() const;
  Step probe_step_after(Step step) const;
  void publish_when_due();
  void publish();

  LearnerLoopOptions options_;
  Learner& learner_;
  CheckpointStore* store_;
  BoundedQueue<ExampleBatch>& queue_;
  Latest<Snapshot>& snapshots_;
  Latest<StreamPosition>& committed_;
  Latest<LearnerStats>& published_;
  Clock& clock_;
  Log& log_;
  DivergenceWatch watch_;
  LearnerStats stats_;
  Step next_probe_ = 0;
  std::optional<Step> under_way_;  // the snapshot that the probes have not told of yet
  std::uint64_t probed_seen_ = 0;
  std::stop_token stop_;  // of the step that is being made
  Duration last_checkpoint_{0};
  Duration last_publish_{0};
  StreamEvents events_;      // since this process began
  StreamEvents run_events_;  // since step events_from_ of the run
  Step events_from_ = 0;
  Duration last_batch_{0};  // when the last one had been learned
  double silent_seconds_ = 0;
  bool finished_ = false;
};

}  // namespace gradus
