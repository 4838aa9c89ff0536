#pragma once

#include <span>
#include <string>

#include "report/curve_chart.h"
#include "report/report_data.h"

namespace gradus {

/// When each task was halfway, at its target and mastered, one row a task in the order given, as an
/// inline SVG on one of the clocks. Tasks that are not halfway have a row without marks.
std::string order_chart(std::span<const TaskStory> tasks, std::span<const OrderEntry> order,
                        LearningClock clock);

}  // namespace gradus
