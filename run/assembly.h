#pragma once

#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/file_lock.h"
#include "describe/run_view.h"
#include "ingest/dead_letters.h"
#include "ingest/decoder.h"
#include "ingest/source.h"
#include "learner/checkpoint.h"
#include "learner/learner.h"
#include "learner/learner_loop.h"
#include "run/config.h"
#include "run/probe_loop.h"

namespace gradus {

/// What is asked of one process life, beside its configuration.
struct RunRequest {
  Config config;
  Step max_examples = 0;          ///< 0: no limit
  bool until_end = false;         ///< stop at the end of the stream
  bool fresh = false;             ///< refuse to resume
  bool waits_for_probes = false;  ///< whatever the stream; see waits_for_probes
  bool keep_checkpoints = true;   ///< false: a demo that nobody resumes
  std::vector<StreamChange> changes;
  Step rate_change_from = 0;
  double rate_change_factor = 1;
  Step rate_change_until = std::numeric_limits<Step>::max();
  std::vector<Annotation> faults;  ///< of a demo: events of its curves, once they happen
};

/// The rooms of one run, made and opened but not yet moving; members in order of construction.
struct RunParts {
  Config config;
  RunFacts facts;
  ServerStats server;
  std::optional<FileLock> lock;
  std::optional<Ladder> ladder;
  std::unique_ptr<Learner> learner;
  std::unique_ptr<Decoder> decoder;
  std::unique_ptr<Decoder> item_decoder;
  std::unique_ptr<Source> source;
  std::unique_ptr<DeadLetters> dead_letters;
  std::optional<CheckpointStore> checkpoints;
  std::optional<Checkpoint> resumed;
  std::unique_ptr<History> history;
  std::unique_ptr<HistoryReader> history_reader;
  std::unique_ptr<Tracker> tracker;
  std::unique_ptr<Prober> prober;
  std::optional<SealedProber> sealed;
  std::optional<AnswerBook> answers;

  BoundedQueue<ExampleBatch> queue;
  Latest<Snapshot> snapshots;
  Latest<Step> probed;  // where the learner waits for its probes
  Latest<StreamPosition> committed;
  BoundedQueue<Annotation> annotations{64};
  RunSlots slots;

  std::unique_ptr<IngestLoop> ingest_loop;
  std::unique_ptr<LearnerLoop> learner_loop;
  std::unique_ptr<ProbeLoop> probe_loop;

  RunParts(Config the_config, std::size_t queued_batches)
      : config(std::move(the_config)), queue(queued_batches) {}
  bool waits = false;  // the learner, for its probes
  Step resumed_step() const { return resumed ? resumed->step : 0; }
};

/// Makes every room in order, resumes from the checkpoint where there is one, and opens the stream
/// at its position.
/// Errors: those of the rooms, first one first; nothing on disk has changed then but the lock file
/// and an empty history.
Result<std::unique_ptr<RunParts>> assemble(RunRequest request, Clock& clock, Log& log);

/// Makes the ladder, the learner, the decoder and the source of a configuration and opens nothing:
/// what `gradus check` needs.
/// Errors: as assemble's before it touches the disk.
Result<void> check_parts(Config config);

/// The tasks that a learner can take: all for text; only choice tasks of a text ladder for a sparse
/// learner.
Ladder tasks_for(const LearnerKind& kind, const Ladder& ladder);

}  // namespace gradus
