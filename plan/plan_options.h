#pragma once

#include "base/result.h"
#include "plan/plan.h"

namespace gradus {

/// Whether a plan can be made with these options.
/// Errors: kBadConfig with the name of the first that is wrong, hyphens between its words, and what
/// would be right.
Result<void> check_plan_options(const PlanOptions& options);

}  // namespace gradus
