#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "progress/curve_forecaster.h"
#include "progress/forecast_book.h"

namespace gradus {

/// The forecasts of one task that wait for what happens, at most one a quarter of a doubling.
/// Each is scored in the run's book when its time comes: its probabilities when their horizon is
/// passed, the predicted score after one doubling, the interval when the target is reached. An
/// interval older than sixteen doublings is given up, and counted.
/// Threads: owned by the probe thread. Memory: 20 kB, flat. Cost: O(64) a score; no allocation
/// after construction.
class PendingForecasts {
 public:
  PendingForecasts() { waiting_.reserve(kMost); }

  /// Scores in `book` what the newest score of the curve decides.
  void resolve(const CurveForecaster& curve, ForecastBook& book);
  /// Keeps a forecast made at the newest score, unless it is too soon for the next one.
  void keep(CurveForecaster& curve, ForecastBook& book);
  /// Whether `keep` would keep one.
  bool due(const CurveForecaster& curve) const;

 private:
  static constexpr std::size_t kMost = 64;

  struct Waiting {
    double made_at = 0;                                    // u
    std::optional<double> reached_at;                      // u
    std::array<ForecastBook::Probabilities, 3> reaches{};  // by horizon
    std::uint8_t scored_horizons = 0;
    bool scored_score = false;
    std::array<ScoreQuantiles, kForecasters> scores{};
    std::optional<CrossingInterval> given, shown;  // of the curve filter
  };

  void give_up_oldest(ForecastBook& book);
  void reach(double u, ForecastBook& book);
  static void score_passed(Waiting& waiting, const CurveForecaster& curve, ForecastBook& book);

  std::vector<Waiting> waiting_;  // in the order they were made
  std::optional<double> last_made_;
};

}  // namespace gradus
