#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/clock.h"
#include "history/history_backlog.h"
#include "ingest/ingest_loop.h"
#include "ladders/ladder.h"
#include "learner/learner_loop.h"
#include "metrics/process.h"
#include "probes/prober.h"
#include "progress/report.h"

namespace gradus {

/// Counters that the HTTP server keeps of itself; owned by the main thread.
struct ServerStats {
  std::map<std::pair<std::string, int>, std::uint64_t> requests;  ///< by route and status
  Histogram render_seconds;
  std::map<std::string, std::uint64_t> log_lines;  ///< by level
  std::uint64_t series_dropped = 0;
  ServerStats();
};

/// What does not change while a process lives.
struct RunFacts {
  std::string run, learner, topic, config_hash;
  std::string version, revision, compiler, librdkafka, instructions;
  Timestamp start{};
  double checkpoint_interval_seconds = 60;
  bool has_checkpoints = true;
  std::size_t max_series = 2000;
};

/// Everything that one page of metrics is made from: immutable values that each loop published.
/// Null: none yet.
struct MetricsSample {
  const RunFacts& facts;
  const Ladder* ladder;  ///< null without probes
  std::shared_ptr<const IngestStats> ingest;
  std::shared_ptr<const LearnerStats> learner;
  std::shared_ptr<const ProbeStats> probes;
  std::shared_ptr<const HistoryStats> history;
  std::shared_ptr<const ProgressReport> progress;
  const ServerStats& server;
  Timestamp now{};
  ProcessFacts process = read_process_facts();
};

}  // namespace gradus
