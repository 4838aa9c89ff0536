#include "terminal/spark_line.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "describe/step_axis.h"

namespace gradus {
namespace {

using Curve = std::vector<std::optional<double>>;

std::string_view spark_glyph(const std::optional<double>& score) {
  constexpr std::array<std::string_view, 8> kLevels = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (!score || !std::isfinite(*score)) return " ";
  return kLevels[std::min<std::size_t>(7,
                                       static_cast<std::size_t>(std::clamp(*score, 0.0, 1.0) * 8))];
}

/// The mark of each cell of the axis, the newest one; null where there is none.
std::vector<const Mark*> marked_cells(const SparkAxis& axis, std::size_t cells) {
  std::vector<const Mark*> out(cells);
  for (const Mark& mark : axis.marks)
    if (mark.step >= axis.first && mark.step <= axis.last)
      out[axis_cell(axis.first, axis.last, cells, mark.step)] = &mark;
  return out;
}

void add_spark(ScreenLine& line, const Curve& curve, const SparkAxis& axis, Style style) {
  const auto marks = marked_cells(axis, curve.size());
  std::string run;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (marks[i] == nullptr) {
      run += spark_glyph(curve[i]);
      continue;
    }
    line.add(run, style).add("│", marks[i]->style);
    run.clear();
  }
  line.add(run, style);
}

}  // namespace

void add_axis(ScreenLine& line, const SparkAxis& axis, std::size_t cells) {
  if (axis.first == 0) return;
  const std::string from = short_step(axis.first), to = short_step(axis.last);
  std::vector<std::string> glyphs(cells, "─");
  if (from.size() + to.size() + 2 <= cells) {
    for (std::size_t i = 0; i < from.size(); ++i) glyphs[i] = from.substr(i, 1);
    for (std::size_t i = 0; i < to.size(); ++i) glyphs[cells - to.size() + i] = to.substr(i, 1);
  }
  const auto marks = marked_cells(axis, cells);
  for (std::size_t i = 0; i < cells; ++i)
    if (marks[i] != nullptr)
      line.add(marks[i]->glyph, marks[i]->style);
    else
      line.add(glyphs[i], Style::kDim);
}

void add_task_spark(ScreenLine& line, std::string_view task, const SparkAxis& axis,
                    std::size_t cells, Style style) {
  if (axis.first == 0) return;
  add_spark(line, axis.trails.curve(task, axis.first, axis.last, cells), axis, style);
}

void add_tier_spark(ScreenLine& line, std::string_view tier, std::span<const TaskProgress> tasks,
                    const SparkAxis& axis, std::size_t cells, Style style) {
  if (axis.first == 0) return;
  Curve mean(cells);
  std::vector<double> count(cells);
  for (const TaskProgress& task : tasks) {
    if (task.tier != tier) continue;
    const Curve curve = axis.trails.curve(task.task, axis.first, axis.last, cells);
    for (std::size_t i = 0; i < cells; ++i) {
      if (!curve[i]) continue;
      ++count[i];
      const double before = mean[i].value_or(0);
      mean[i] = before + (*curve[i] - before) / count[i];
    }
  }
  add_spark(line, mean, axis, style);
}

std::string score_bar(double score, std::optional<double> target, std::size_t cells) {
  constexpr std::array<std::string_view, 8> kEighths = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto width = static_cast<double>(cells);
  const auto eighths = static_cast<std::size_t>(
      std::lround(std::clamp(std::isfinite(score) ? score : 0, 0.0, 1.0) * width * 8));
  const std::size_t target_cell =
      !target
          ? cells
          : std::min(cells - 1, static_cast<std::size_t>(std::clamp(*target, 0.0, 1.0) * width));
  std::string out;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const std::size_t here = eighths > cell * 8 ? eighths - cell * 8 : 0;
    if (here > 0)
      out += here >= 8 ? "█" : kEighths[here];
    else
      out += cell == target_cell ? "|" : "·";
  }
  return out;
}

}  // namespace gradus
