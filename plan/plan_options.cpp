#include "plan/plan_options.h"

#include <array>
#include <sstream>
#include <string>
#include <string_view>

namespace gradus {
namespace {

struct Range {
  std::string_view name;
  double value;
  double from, to;
};

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace

Result<void> check_plan_options(const PlanOptions& options) {
  const double way = 1 - options.floor;
  const double half = (options.target - options.floor) / 2;
  // Probes more than a quarter of a doubling apart are not judged (TaskMonitor).
  const std::array ranges{
      Range{"items", static_cast<double>(options.items), 1, 100'000},
      Range{"floor", options.floor, 0, 0.99},
      Range{"target", options.target, options.floor + 0.01, 0.999},
      Range{"rate", options.rate, 0.001, 10},
      Range{"loss", options.loss, 0.001, half},
      Range{"within", options.within, 0.1, 12},
      Range{"noise", options.noise, 0, 0.5},
      Range{"autocorrelation", options.autocorrelation, 0, 0.99},
      Range{"item-noise", options.item_noise, 0, 0.5},
      Range{"item-autocorrelation", options.item_autocorrelation, 0, 0.99},
      Range{"item-sd", options.item_sd.value_or(0), 0, way / 2},
      Range{"per-doubling", options.probes_per_doubling, 4, 400},
      Range{"planned-probes", static_cast<double>(options.planned_probes), 1, 1e9},
      Range{"tasks", static_cast<double>(options.tasks), 1, 65'534},
      Range{"false-alarms", options.false_alarms_per_run, 1e-12, 0.999},
  };
  for (const Range& range : ranges)
    if (!(range.value >= range.from && range.value <= range.to))
      return fail(ErrorCode::kBadConfig, std::string(range.name) + ": a number from " +
                                             number(range.from) + " to " + number(range.to) +
                                             " is expected, not " + number(range.value));
  return {};
}

}  // namespace gradus
