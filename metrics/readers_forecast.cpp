#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "metrics/readers.h"

namespace gradus {
namespace {

constexpr std::array<Forecaster, kForecasters> kAll = {
    Forecaster::kCurveFilter, Forecaster::kLinear, Forecaster::kPersistence};

std::string doublings_of(const HorizonCalibration& horizon) {
  return std::to_string(static_cast<int>(horizon.doublings));
}

}  // namespace

void read_to_target(const MetricsView& view, SeriesWriter& out, double ExamplesToTarget::*field) {
  for (const TaskProgress& task : view.progress.tasks) {
    if (!task.forecast) continue;
    const std::optional<ExamplesToTarget>& examples = task.forecast->examples_to_target;
    out.add(examples ? (*examples).*field : std::numeric_limits<double>::infinity(),
            {task.tier, task.task});
  }
}

void read_bottlenecks(const MetricsView& view, SeriesWriter& out) {
  for (const TaskProgress& task : view.progress.tasks) {
    const auto lowest =
        std::find_if(task.facets.begin(), task.facets.end(),
                     [&](const FacetProgress& facet) { return facet.name == task.bottleneck; });
    if (lowest != task.facets.end()) out.add(lowest->score, {task.tier, task.task, lowest->name});
  }
}

void read_task_order(const MetricsView& view, SeriesWriter& out) {
  double place = 0;
  for (const TaskProgress& task : view.progress.tasks) out.add(++place, {task.tier, task.task});
}

void read_forecast_briers(const MetricsView& view, SeriesWriter& out) {
  for (const HorizonCalibration& horizon : view.progress.calibration.horizons) {
    if (horizon.resolved == 0) continue;
    for (const Forecaster each : kAll)
      out.add(horizon.scores[static_cast<std::size_t>(each)].brier,
              {forecaster_name(each), doublings_of(horizon)});
  }
}

void read_forecasts_resolved(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder == nullptr) return;
  for (const HorizonCalibration& horizon : view.progress.calibration.horizons)
    out.add(static_cast<double>(horizon.resolved), {doublings_of(horizon)});
}

void read_forecast_calibrated(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder == nullptr) return;
  out.add(view.progress.calibration.calibrated() ? 1 : 0, {});
}

void read_forecast_intervals(const MetricsView& view, SeriesWriter& out) {
  if (view.sample.ladder == nullptr) return;
  const IntervalCalibration& intervals = view.progress.calibration.intervals;
  out.add(static_cast<double>(intervals.covered), {"inside"});
  out.add(static_cast<double>(intervals.resolved - intervals.covered), {"outside"});
}

}  // namespace gradus
