#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace gradus {

/// A plan with what it was made for.
struct PlannedTask {
  std::string tier, task;  ///< empty where no ladder is planned
  PlanOptions options;
  Plan plan;
};

/// Whether the rate can be decided, and else what would help: one sentence.
std::string decision_words(const PlanOptions& options, const Plan& plan);
/// The whole plan of one task for the terminal.
std::string plan_text(const PlannedTask& planned);
/// A row a task, then how many can be judged.
std::string ladder_plan_text(const std::vector<PlannedTask>& planned);
/// The plan as one line of JSON.
std::string plan_json(const PlannedTask& planned);

}  // namespace gradus
