#pragma once

#include <memory>
#include <string>

#include "metrics/exposition.h"
#include "metrics/sample.h"

namespace gradus::test {

/// A run in which every metric of the catalogue has a value, the same each time: two tiers of three
/// tasks, two partitions, a process whose facts are made up.
struct FullSample {
  FullSample();
  MetricsSample sample() const;
  MetricsPage page() const { return render_metrics(sample()); }

  RunFacts facts;
  Ladder ladder;
  IngestStats ingest;
  LearnerStats learner;
  ProbeStats probes;
  HistoryStats history{.write_failures = 3, .scores_waiting = 12, .scores_dropped = 1};
  ProgressReport progress;
  ServerStats server;
  ProcessFacts process;
  Timestamp now{};
};

/// What stands behind a series on a page, e.g. `gradus_tier_mastered{run="r",tier="t"}`; empty
/// where the page lacks it.
std::string value_of(const std::string& page, std::string_view series);

}  // namespace gradus::test
