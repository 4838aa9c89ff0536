#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gradus {

/// Who made a forecast. The numbers are places in tables. Persistence comes last: it is what a
/// forecast must beat, and is never shown as one.
enum class Forecaster : std::uint8_t {
  kCurveFilter,  ///< posterior over four families of curves
  kLinear,       ///< a straight line in log n through the last 1.5 doublings
  kPersistence,  ///< it stays as it is
};
inline constexpr std::size_t kForecasters = 3;
inline constexpr std::size_t kShownForecasters = 2;  ///< the first ones: all but persistence
/// The word of the API: curve_filter, linear, persistence.
std::string_view forecaster_name(Forecaster forecaster);

/// How many more examples it takes, given that the target is reached within twelve doublings.
struct ExamplesToTarget {
  double p10 = 0, p50 = 0, p90 = 0;

  bool operator==(const ExamplesToTarget&) const = default;
};

/// When a task will reach its target, as seen at its newest score. A task that is at its target has
/// belief 1 and needs no more examples.
struct Forecast {
  double belief = 0;       ///< probability that it reaches the target within one doubling
  double belief_ever = 0;  ///< within twelve doublings
  /// Empty where the forecaster sees no way to the target.
  std::optional<ExamplesToTarget> examples_to_target;
  Forecaster source = Forecaster::kCurveFilter;

  bool operator==(const Forecast&) const = default;
};

/// What became of the forecasts of one forecaster for one horizon.
struct ForecastScore {
  double brier = 0;     ///< mean squared error of the probability; 0.25 is a coin
  double log_loss = 0;  ///< mean, in nats; probabilities are cut at 0.001 for it

  bool operator==(const ForecastScore&) const = default;
};

/// Forecasts of about the same probability, and what happened.
struct CalibrationBin {
  std::uint64_t count = 0;
  double forecast = 0;  ///< mean probability
  double happened = 0;  ///< share that came true

  bool operator==(const CalibrationBin&) const = default;
};

/// The forecasts for one horizon that were scored, of all tasks.
struct HorizonCalibration {
  double doublings = 0;
  std::uint64_t resolved = 0;
  std::array<ForecastScore, kForecasters> scores{};                 ///< by forecaster
  std::array<std::array<CalibrationBin, 10>, kForecasters> bins{};  ///< by tenths of probability

  bool operator==(const HorizonCalibration&) const = default;
};

/// The 80 % intervals of examples to target that were scored: those whose task got there.
struct IntervalCalibration {
  std::uint64_t resolved = 0;
  std::uint64_t covered = 0;            ///< as shown
  std::uint64_t covered_unwidened = 0;  ///< as the curve filter gave them
  std::uint64_t given_up = 0;           ///< unresolved after sixteen doublings; in none of these
  double median_error = 0;              ///< doublings, of the median, over the resolved
  double widening = 1;                  ///< what intervals are widened by now

  bool operator==(const IntervalCalibration&) const = default;
};

/// How the forecasts of a run came out so far.
struct ForecastCalibration {
  /// Forecasts that must be resolved before any is called calibrated.
  static constexpr std::uint64_t kFewest = 20;
  /// Brier score of who always says 50 %.
  static constexpr double kCoin = 0.25;

  std::uint64_t made = 0;      ///< kept to be scored
  std::uint64_t resolved = 0;  ///< at one doubling
  /// Who has scored best at one and two doublings, persistence aside, and so is shown; the curve
  /// filter until kFewest are resolved.
  Forecaster shown = Forecaster::kCurveFilter;
  std::array<HorizonCalibration, 3> horizons{};  ///< one, two and four doublings
  /// Where the score of one doubling later fell in its predicted distribution, by tenths; even
  /// where the forecasts are right. By forecaster.
  std::array<std::array<std::uint64_t, 10>, kForecasters> pit{};
  IntervalCalibration intervals;

  /// Whether the shown forecasts can be acted on: kFewest are resolved, and at one and two
  /// doublings they were better than a coin.
  bool calibrated() const { return resolved >= kFewest && beats_coin(); }
  bool beats_coin() const;

  bool operator==(const ForecastCalibration&) const = default;
};

}  // namespace gradus
