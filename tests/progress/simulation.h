#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"

namespace gradus::test {

/// A simulated learner whose items have difficulties of their own, and how it is probed.
struct Regime {
  std::string name;
  double fluctuation_sd = 0.05;  ///< of the ability, in doublings
  double autocorrelation = 0.6;  ///< lag 1 of the fluctuation, from probe to probe
  int probes_per_doubling = 40;
  bool scores_bits = false;  ///< exact match instead of the continuous score
  bool fresh_items = false;  ///< other items at every probe
  int items = 128;
};

/// What happens to the learner after a probe.
enum class Change : std::uint8_t {
  kNone,
  kStall,   ///< the ability stays where it is
  kSudden,  ///< it drops by 1.5 doublings and stays there
  kSlow,    ///< it falls by 1.5 doublings a doubling
};

/// Scores of m items, 128 unless the regime says otherwise, with difficulties theta ~ N(5, 4^2) at
/// ability u + eta, eta AR(1); each item has AR(1) noise z of its own:
/// bit = [a + eta - theta + z > 0], q = 1 / (1 + exp(-1.7 (a + eta - theta + 0.3 z))).
/// Without a change the mean rises from 0.11 to 0.89 over ten doublings. The order of draws is part
/// of the definition.
class LearnerSimulation {
 public:
  static constexpr int kItems = 128;

  LearnerSimulation(const Regime& regime, std::uint64_t seed);
  /// The change acts at the probes after `probe`.
  void change_after(int probe, Change change);
  /// The ability grows like this over u instead of like u itself; before the first probe.
  void grow_as(std::function<double(double)> ability) { growth_ = std::move(ability); }

  /// Moves on to the next probe; true means of the items are then in `q` and `bits`.
  void next();
  double q() const { return q_; }
  double bits() const;
  /// Mean of the squares of q over items.
  double q_squared() const { return q_squared_; }
  /// The score that the regime looks at.
  double score() const { return regime_.scores_bits ? bits() : q(); }
  /// Doublings since the first probe.
  double u() const { return static_cast<double>(probe_) / regime_.probes_per_doubling; }
  int probe() const { return probe_; }

 private:
  double ability() const;
  /// That many standard normals; valid until the next draw.
  std::span<const double> draw(std::size_t count);
  void answer();

  Regime regime_;
  SplitMix64 random_;
  std::vector<double> difficulty_, noise_;
  std::vector<double> normals_, angles_;  ///< of one draw
  double fluctuation_ = 0;
  double q_ = 0, q_squared_ = 0;
  int probe_ = -1;
  int change_probe_ = -1;
  Change change_ = Change::kNone;
  std::function<double(double)> growth_;
};

/// The boundary of the null hypothesis: s = 0.3 + rate u + AR(1) of standard deviation 0.02, at 40
/// probes a doubling.
class BoundarySimulation {
 public:
  static constexpr double kSd = 0.02;
  BoundarySimulation(double rate, double autocorrelation, std::uint64_t seed);

  /// Moves on to the next probe and gives its score.
  double next();
  double u() const { return probe_ / 40.0; }
  int probe() const { return probe_; }

 private:
  double rate_, autocorrelation_;
  SplitMix64 random_;
  double error_;
  int probe_ = -1;
};

}  // namespace gradus::test
