#include "terminal/ladder_columns.h"

#include <algorithm>
#include <string>

#include "terminal/cells.h"

namespace gradus {
namespace {

constexpr std::size_t kNarrow = 60, kWide = 100;
constexpr std::array kDropOrder = {Column::kNote, Column::kExact, Column::kInterval,
                                   Column::kTier, Column::kBar,   Column::kSpark};

/// The cells of the longest name, between `fewest` and `most`.
std::size_t name_cells(const ProgressReport& report, std::string TaskProgress::*name,
                       std::size_t fewest, std::size_t most) {
  std::size_t cells = fewest;
  for (const TaskProgress& task : report.tasks)
    cells = std::max(cells, cell_count(safe_text(task.*name)));
  return std::min(cells, most);
}

}  // namespace

std::size_t ColumnPlan::width() const {
  std::size_t sum = kMarker;
  for (const std::size_t each : cells) sum += each > 0 ? each + gap : 0;
  return sum - gap;
}

ColumnPlan plan_columns(std::size_t width, const ProgressReport& report) {
  constexpr std::size_t kTier = 4, kLongestTier = 14;
  constexpr std::size_t kTask = 8;  // "12 tasks"
  constexpr std::size_t kBar = 20, kSpark = 24, kWidestSpark = 48, kNote = 64;
  const std::size_t longest_task = width < kNarrow ? 9 : width < kWide ? 12 : 24;
  ColumnPlan plan;
  plan.gap = width < kNarrow ? 1 : 2;
  plan.cells = {name_cells(report, &TaskProgress::tier, kTier, kLongestTier),
                name_cells(report, &TaskProgress::task, kTask, longest_task),
                10,
                5,
                12,
                5,
                10,
                12,
                20};
  for (const Column column : kDropOrder)
    if (plan.width() > width) plan.of(column) = 0;
  const auto widen = [&](Column column, std::size_t most) {
    if (plan.of(column) > 0 && plan.of(column) < most && plan.width() < width)
      plan.of(column) = std::min(most, plan.of(column) + width - plan.width());
  };
  widen(Column::kSpark, kSpark);
  widen(Column::kBar, kBar);
  widen(Column::kNote, kNote);
  widen(Column::kSpark, kWidestSpark);
  return plan;
}

}  // namespace gradus
