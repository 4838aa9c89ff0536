#pragma once

#include <string>

#include "progress/report.h"

namespace gradus {

/// Whether the stated rate of false alarms holds for a task, and if not, why: "not claimed:
/// neighbouring scores are too alike (autocorrelation 0.91, above 0.80)".
std::string error_rate_words(const TaskProgress& task);

/// The same as a sentence where the claim is withdrawn because scores are too alike; empty where
/// they are not.
std::string withdrawn_words(const TaskProgress& task);

/// Of all tasks of a run: "The rate of false alarms is not claimed for add2 and sub1: ..."; empty
/// where their scores are not too alike.
std::string withdrawn_words(const ProgressReport& report);

/// The error budget and how it is split: "At most 5 % of healthy runs have a false alarm: the
/// budget is split evenly over 34 detectors, of a stall and of a fall for each of 17 tasks."; empty
/// without tasks.
std::string error_budget_words(const ProgressReport& report);

}  // namespace gradus
