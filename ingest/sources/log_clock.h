#pragma once

#include <cstdint>

namespace gradus {

/// The timetable of a stream whose count doubles every few seconds until a highest rate is
/// reached, so that what is learned from the first thousand records can be watched too:
/// rate(n) = min(cap, max(n, kStart) ln 2 / seconds_per_doubling).
/// Units: seconds since record 0; cap in records/s. Preconditions: both arguments above 0.
class LogClock {
 public:
  static constexpr double kStart = 1000;  ///< records that come at one rate before it grows

  LogClock(double cap, double seconds_per_doubling);

  /// When record n comes.
  double seconds_at(double n) const;
  /// How many records have come by then: the inverse.
  double count_at(double seconds) const;

 private:
  double doubling_;                     // seconds
  double first_rate_;                   // records/s, below kStart
  double cap_;                          // records/s
  double growth_ends_n_;                // record at which the cap is reached; at least kStart
  double growth_begins_, growth_ends_;  // seconds
};

}  // namespace gradus
