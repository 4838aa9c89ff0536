#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/step.h"
#include "progress/report.h"

namespace gradus {

/// The curves of a run as a terminal can show them: the last score in each sixteenth of a doubling
/// of the examples.
/// Threads: owned by the main thread. Cost: at most a thousand scores a task, however long the run.
class ScoreTrails {
 public:
  /// Takes the newest score of each task.
  void add(const ProgressReport& report);
  /// Takes a score from before; one that is known stays.
  void add_earlier(std::string_view task, Step step, double score);

  /// The step of the first score of any task; 0 without scores.
  Step first_step() const;
  /// The curve of a task in `cells` parts of the axis from `first` to `last` (StepAxis): the last
  /// score in each, or the one before it; none before the first.
  std::vector<std::optional<double>> curve(std::string_view task, Step first, Step last,
                                           std::size_t cells) const;

 private:
  struct Point {
    Step step = 0;
    double score = 0;
  };
  using Trail = std::map<int, Point>;  // by sixteenths of a doubling

  std::map<std::string, Trail, std::less<>> trails_;
};

/// The cell of such an axis in which a step lies.
std::size_t axis_cell(Step first, Step last, std::size_t cells, Step step);

}  // namespace gradus
