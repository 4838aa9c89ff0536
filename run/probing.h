#pragma once

#include "learner/learner.h"
#include "probes/prober.h"
#include "run/assembly.h"

namespace gradus {

/// Whether the learner waits for its probes: everywhere but on a live stream, which nobody can make
/// wait. Its source is made.
bool waits_for_probes(const RunRequest& request, RunParts& parts);

/// How much a run may probe, by its configuration and by whether its learner waits.
ProberOptions prober_options(const LearnerKind& kind, const RunParts& parts);

/// Has the learner wait for its probes and gives it batches that end where it takes snapshots, so
/// that the same stream is probed at the same steps however its records arrive.
void wait_for_probes(RunParts& parts, LearnerLoopOptions& learner, IngestOptions& ingest);

}  // namespace gradus
