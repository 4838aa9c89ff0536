#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "progress/curve_forecaster.h"
#include "progress/forecast.h"
#include "progress/forecast_book.h"
#include "progress/pending_forecasts.h"
#include "progress/task_monitor.h"
#include "progress/threshold_test.h"

namespace gradus {

/// Gives what other curves say of a midpoint; empty where they say nothing.
using ExpectedMidpoint = std::function<std::optional<Midpoint>()>;

/// What forecasts may use beside the mean scores.
struct Beside {
  std::span<const FacetScore> facets{};  ///< of the score; its positions are used
  ExpectedMidpoint midpoint{};
};

/// All that the statistics say of one curve of mean scores, whoever made it: noise, detectors and
/// verdict, forecast, threshold. No items are needed.
/// The same scores, with the same book from the beginning, give the same answers: nothing of it is
/// kept in a history but the scores.
/// Source: docs/statistics.md. Threads: owned by the probe thread. Memory: 240 kB and 200 kB a
/// position of the answer, flat. Cost: 0.03 ms a score and 0.015 ms a position; no allocation
/// after the first score, given CrossingTimes::prepare.
class CurveProgress {
 public:
  /// `exact_floor`: exact match of always giving the commonest answer.
  CurveProgress(const MonitorOptions& options, double exact_floor, std::uint32_t items);

  /// Takes the next score of the curve; its step is above the last one's. What it decides of
  /// earlier forecasts goes to `book`, the run's. The midpoint beside it is asked for only where a
  /// forecast is to be made.
  TaskMonitor::Outcome add(const MeanScore& next, ForecastBook& book, const Beside& beside = {});
  /// The noise and all evidence begin anew, and the past counts for a tenth in forecasts; the
  /// verdict, the threshold and the forecasts that wait stay.
  void rearm();

  /// Where the scores so far put the curve's midpoint; empty where nothing is foretold.
  std::optional<Midpoint> midpoint();

  const TaskMonitor& monitor() const { return monitor_; }
  /// Empty while the task is dormant, since what is seen below the floor says nothing of the skill,
  /// and while the skill was just lost.
  const std::optional<Forecast>& forecast() const { return just_lost_ ? no_forecast_ : forecast_; }
  /// The task is regressing, or was at its target within the last doubling and surely is not now.
  /// No family of curves falls, so none of them can foretell what comes then.
  bool just_lost() const { return just_lost_; }
  /// Long-run variance of the scores, of the forecasts; empty where nothing is foretold.
  std::optional<double> noise() const {
    return forecaster_ ? std::optional(forecaster_->noise()) : std::nullopt;
  }
  Threshold threshold() const { return threshold_.result(); }

 private:
  bool is_just_lost(const MeanScore& newest) const;
  static Forecast make_forecast(CurveForecaster& forecaster, Step step, const ForecastBook& book);

  TaskMonitor monitor_;
  std::optional<CurveForecaster> forecaster_;  // none where nothing is foretold
  PendingForecasts pending_;
  ThresholdTest threshold_;
  std::optional<Forecast> forecast_;  // of the newest score, or before the skill was lost
  std::optional<Forecast> no_forecast_;
  double target_;
  std::optional<double> at_target_;  // u of the newest score that stood at the target
  bool just_lost_ = false;
};

}  // namespace gradus
