#include "terminal/score_trails.h"

#include <algorithm>
#include <cmath>

#include "describe/step_axis.h"

namespace gradus {
namespace {

constexpr double kPartsOfADoubling = 16;

int part_of(Step step) {
  return static_cast<int>(std::floor(std::log2(static_cast<double>(step)) * kPartsOfADoubling));
}

}  // namespace

void ScoreTrails::add(const ProgressReport& report) {
  for (const TaskProgress& task : report.tasks)
    if (task.step > 0) trails_[task.task][part_of(task.step)] = {task.step, task.score};
}

void ScoreTrails::add_earlier(std::string_view task, Step step, double score) {
  if (step > 0) trails_[std::string(task)].try_emplace(part_of(step), Point{step, score});
}

Step ScoreTrails::first_step() const {
  Step first = 0;
  for (const auto& [task, trail] : trails_) {
    const Step step = trail.begin()->second.step;
    first = first == 0 ? step : std::min(first, step);
  }
  return first;
}

std::vector<std::optional<double>> ScoreTrails::curve(std::string_view task, Step first, Step last,
                                                      std::size_t cells) const {
  std::vector<std::optional<double>> out(cells);
  const auto found = trails_.find(task);
  if (found == trails_.end() || cells == 0) return out;
  for (const auto& [part, point] : found->second)
    if (point.step >= first && point.step <= last)
      out[axis_cell(first, last, cells, point.step)] = point.score;
  for (std::size_t cell = 1; cell < cells; ++cell)
    if (!out[cell]) out[cell] = out[cell - 1];
  return out;
}

std::size_t axis_cell(Step first, Step last, std::size_t cells, Step step) {
  const double at = StepAxis(first, last).at(step) * static_cast<double>(cells);
  return std::min(cells - 1, static_cast<std::size_t>(at));
}

}  // namespace gradus
