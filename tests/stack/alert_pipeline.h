#pragma once

#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// A real Prometheus with our rules in the demo's durations, a real Alertmanager and
/// scripts/webhook, one behind the other, that watch one gradus or several.
/// Threads: owned by one.
class AlertPipeline {
 public:
  /// Starts all three; `targets` are the addresses that Prometheus scrapes every second, for the
  /// first time before this returns.
  explicit AlertPipeline(const std::vector<std::string>& targets);

  /// The first line from now on that the webhook prints and that contains both texts, say "FIRING"
  /// and "GradusLearningStalled"; empty where none comes in time.
  std::string wait_for(const std::string& status, const std::string& alert,
                       std::chrono::seconds within);
  /// Everything that the webhook has printed so far.
  const std::string& lines() const { return webhook_.output(); }

 private:
  const TempDir folder_;
  Process webhook_;
  Process alertmanager_;
  Process prometheus_;
};

}  // namespace gradus::test
