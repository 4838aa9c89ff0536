#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "progress/crossing_times.h"
#include "progress/curve_filter.h"
#include "progress/forecast.h"
#include "progress/linear_forecast.h"
#include "progress/long_run_variance.h"
#include "progress/outlook.h"
#include "progress/position_curves.h"
#include "progress/recent_slope.h"

namespace gradus {

/// Three forecasters on one curve: the curve filter, whose outlook is corrected by the line and the
/// positions of the answer, a straight line in log n and persistence.
/// Source: docs/statistics.md, "Forecasts". Threads: owned by the probe thread.
/// Cost: below 2 ms a score with an outlook; no allocation after the first; memory flat.
class CurveForecaster {
 public:
  CurveForecaster(double floor, double target);

  /// Takes the next score; u is in doublings and above the last one's.
  void add(double u, double score);
  /// Takes the facets of the score that was just added, of so many items.
  void add_facets(std::uint32_t items, std::span<const FacetScore> facets);
  /// After a declared event the past counts for nothing as to noise and slope, for a tenth as to
  /// the curve.
  void rearm();

  /// Where the scores so far put the curve's midpoint.
  Midpoint midpoint();
  /// What other curves say of the midpoint; the curve filter's crossing times follow it from now
  /// on.
  void expect_midpoint(const std::optional<Midpoint>& expected) { expected_ = expected; }

  /// At the target at three probes in a row, the newest included.
  bool at_target() const { return in_a_row_ >= kProbesInARow; }
  /// One or two probes in a row at the target: whether it is there is not known yet.
  bool undecided() const { return in_a_row_ > 0 && !at_target(); }
  /// u of the first probe of the row that stands at the target.
  double at_target_since() const { return row_began_; }
  double u() const { return u_; }
  double score() const { return score_; }
  /// Long-run variance of the scores.
  double noise() const { return noise_.value(); }

  /// When the target is reached, according to one of them; all of it never for persistence.
  CrossingTimes crossing(Forecaster forecaster) const;
  /// All three, by Forecaster; while below the target.
  std::array<Outlook, kForecasters> outlooks();
  Outlook outlook(Forecaster forecaster);
  /// Quantiles of the score one doubling ahead, by Forecaster.
  std::array<ScoreQuantiles, kForecasters> scores_ahead() const;

 private:
  std::optional<Outlook> outlook_from_positions();

  static constexpr unsigned kProbesInARow = 3;

  double target_;
  LongRunVariance noise_;
  CurveFilter filter_;
  RecentSlope line_;
  std::optional<Midpoint> midpoint_;  // of the scores so far, once it was asked for
  std::optional<Midpoint> expected_;
  PositionCurves positions_;
  std::optional<Outlook> from_positions_;  // of the newest score, once it was asked for
  double u_ = 0, score_ = 0;
  unsigned in_a_row_ = 0;
  double row_began_ = 0;
};

}  // namespace gradus
