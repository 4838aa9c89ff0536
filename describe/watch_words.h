#pragma once

#include <string>

#include "describe/progress_document.h"
#include "progress/report.h"

namespace gradus {

/// How closely a task is watched: "armed, 24 probes a doubling", "armed, but 9 probes a doubling
/// miss most stalls: 20 are needed" or "not armed: 12 of 48 probes; armed from about step 31,000".
std::string watch_words(const Watch& watch, Step now);

/// The same as a sentence where something is missing; empty for a task that is watched closely
/// enough.
std::string thin_words(const TaskProgress& task);

/// Of all tasks: "Alarms are armed for 12 of 17 tasks; add3, mul and 3 more wait for enough
/// probes."; empty without tasks.
std::string watch_words(const ProgressReport& report);

/// What probes cost: "Probes took 14.2 % of the CPU time of learning and probing; the learner
/// waited for them, so that the same stream gives the same verdicts."
std::string probing_words(const ProbingFigures& probing);

}  // namespace gradus
