#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terminal/marks.h"
#include "terminal/score_trails.h"
#include "terminal/screen.h"

namespace gradus {

/// What the spark lines of a screen are drawn over: all examples, each doubling as wide as any
/// other.
struct SparkAxis {
  const ScoreTrails& trails;
  std::span<const Mark> marks;
  Step first = 0, last = 0;  ///< `first` 0: nothing was probed yet, and nothing is drawn
};

/// Adds the axis: its first and last step, and the marks where they lie.
void add_axis(ScreenLine& line, const SparkAxis& axis, std::size_t cells);
/// Adds the curve of a task, from 0 (▁) to 1 (█), with a bar through it at each mark.
void add_task_spark(ScreenLine& line, std::string_view task, const SparkAxis& axis,
                    std::size_t cells, Style style);
/// Adds the mean curve of the tasks of a tier that have begun.
void add_tier_spark(ScreenLine& line, std::string_view tier, std::span<const TaskProgress> tasks,
                    const SparkAxis& axis, std::size_t cells, Style style);

/// A score as a bar of eighths of a cell, with the target marked where there is one.
std::string score_bar(double score, std::optional<double> target, std::size_t cells);

}  // namespace gradus
