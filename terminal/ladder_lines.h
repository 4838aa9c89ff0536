#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "terminal/ladder_columns.h"
#include "terminal/ladder_rows.h"
#include "terminal/screen.h"
#include "terminal/spark_line.h"

namespace gradus {

enum class Selection : std::uint8_t { kNone, kSelected };

/// What all lines of a table share.
struct LadderTable {
  const ProgressReport& report;
  const SparkAxis& axis;
  std::size_t width = 80;
  ColumnPlan plan = plan_columns(width, report);
};

/// The titles of the columns; over the spark lines stands their axis.
ScreenLine header_line(const LadderTable& table);
/// A task, or a folded tier with the mean of its tasks.
ScreenLine row_line(const LadderTable& table, const LadderRow& row, Selection selection);

/// "since 200,000; 0.90 in about 620k more ...": the note behind a task's verdict.
std::string task_note(const TaskProgress& task);

}  // namespace gradus
