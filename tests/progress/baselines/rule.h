#pragma once

#include <memory>

namespace gradus::test {

/// A rule of a tool in use today that watches a curve score by score. Rules are written here from
/// their papers and manuals, to be compared with the detectors of progress/ on the same curves.
class ScoreRule {
 public:
  virtual ~ScoreRule() = default;
  /// Takes the next score (u in doublings); true where the rule alarms at it.
  virtual bool add(double u, double score) = 0;
};

}  // namespace gradus::test
