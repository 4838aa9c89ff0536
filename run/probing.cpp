#include "run/probing.h"

#include <algorithm>
#include <thread>

namespace gradus {

bool waits_for_probes(const RunRequest& request, RunParts& parts) {
  if (request.waits_for_probes || request.until_end) return true;
  const std::string& source = parts.config.source;
  if (source == "file") return !parts.config.source_options.flag("follow", false);
  return source == "generate" || source == "stdin";
}

ProberOptions prober_options(const LearnerKind& kind, const RunParts& parts) {
  constexpr double kLiveShare = 0.05, kWaitingShare = 0.15;
  const Config& config = parts.config;
  ProberOptions options;
  options.cpu_share = config.cpu_share.value_or(kLiveShare);
  options.cores = std::max(1u, std::thread::hardware_concurrency());
  if (parts.waits)
    options.work = WorkLimits{.share = config.cpu_share.value_or(kWaitingShare),
                              .item_work = kind.item_work,
                              .per_doubling = config.probes_per_doubling};
  return options;
}

void wait_for_probes(RunParts& parts, LearnerLoopOptions& learner, IngestOptions& ingest) {
  learner.probed = &parts.probed;
  ingest.examples_before = parts.resumed_step();
  ingest.next_border = [per_doubling = learner.probes_per_doubling, first = learner.first_probe,
                        spacing = learner.min_spacing](Step step) {
    return next_probe_step(step, per_doubling, first, spacing);
  };
}

}  // namespace gradus
