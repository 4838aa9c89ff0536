#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "tests/progress/baselines/rule.h"

namespace gradus::test {

/// A fall of the mean since the beginning: the sum of what the values lack against their running
/// mean less `delta`, above its lowest so far by more than `threshold`, after 30 values. Starts
/// anew after an alarm.
/// Source: Page 1954, "Continuous Inspection Schemes"; Gama et al. 2014, "A survey on concept drift
/// adaptation", with river's fading of the sum, .9999, and its defaults .005 and 50.
class PageHinkley final : public ScoreRule {
 public:
  PageHinkley(double delta, double threshold) : delta_(delta), threshold_(threshold) {}
  bool add(double u, double score) override;

 private:
  double delta_, threshold_;
  std::uint64_t count_ = 0;
  double mean_ = 0, sum_ = 0, highest_ = 0;
};

/// The error rate p since the beginning, plus its standard deviation s = sqrt(p(1-p)/n), is above
/// the lowest p + s so far by more than 3 s of then; after 30 values. Starts anew after an alarm.
/// Source: Gama, Medas, Castillo, Rodrigues 2004, "Learning with Drift Detection". The error is
/// 1 - score.
class Ddm final : public ScoreRule {
 public:
  bool add(double u, double score) override;

 private:
  std::uint64_t count_ = 0;
  double error_ = 0, lowest_error_ = 0, lowest_deviation_ = 0, lowest_ = 0;
};

/// An adaptive window over values: cut where the means of two parts of it differ by more than
/// chance allows. Alarms where a part is cut off that had the larger mean: a fall.
/// Source: Bifet, Gavalda 2007, "Learning from Time-Changing Data with Adaptive Windowing", ADWIN2,
/// with MOA's settings: at most 5 buckets of a size, a look at every 32nd value, parts of 5 values
/// at least, delta' = delta / ln(n).
class Adwin final : public ScoreRule {
 public:
  explicit Adwin(double delta = 0.002) : delta_(delta) {}
  bool add(double u, double score) override;
  /// Values in the window.
  std::uint64_t width() const;

 private:
  struct Bucket {
    std::uint64_t count = 0;
    double mean = 0, squares = 0;  // sum of squares around the mean
  };
  enum class Cut : std::uint8_t { kNone, kRise, kFall };

  static Bucket merged(const Bucket& a, const Bucket& b);
  void compress();
  Cut find_cut() const;

  double delta_;
  std::uint64_t seen_ = 0;
  std::vector<Bucket> buckets_;  // oldest first
};

/// Gives a rule the increments over 10 probes instead of the scores, so that a fall of their mean
/// is a stall.
class OnIncrements final : public ScoreRule {
 public:
  explicit OnIncrements(std::unique_ptr<ScoreRule> rule) : rule_(std::move(rule)) {}
  bool add(double u, double score) override;

 private:
  static constexpr std::size_t kLag = 10;
  std::unique_ptr<ScoreRule> rule_;
  std::deque<double> last_;
};

}  // namespace gradus::test
