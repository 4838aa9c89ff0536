#pragma once

#include "base/clock.h"
#include "base/latest.h"
#include "base/log.h"
#include "history/history.h"
#include "history/history_backlog.h"
#include "ingest/ingest_loop.h"
#include "ladders/ladder.h"
#include "learner/learner_loop.h"
#include "metrics/sample.h"
#include "probes/prober.h"
#include "progress/report.h"
#include "progress/task_answers.h"

namespace gradus {

/// How fast the stream is learned, over the last seconds; set by the main thread.
struct Pace {
  double examples_per_second = 0;
};

/// The slots through which the loops of a run show themselves; every reader sees the newest
/// immutable values.
struct RunSlots {
  Latest<IngestStats> ingest;
  Latest<LearnerStats> learner;
  Latest<ProbeStats> probes;
  Latest<HistoryStats> history;
  Latest<ProgressReport> progress;
  Latest<std::vector<TaskAnswers>> answers;
  Latest<Pace> pace;
};

/// What the main thread may look at of a run: for routes, the terminal and the summary.
struct RunView {
  const RunFacts& facts;
  const Ladder* ladder;  ///< null without probes
  const RunSlots& slots;
  const HistoryReader* history;  ///< the main thread's own reader; null without probes
  const Clock& clock;
  const Log& log;
};

}  // namespace gradus
