#pragma once

#include <string>

#include "describe/milestones.h"
#include "progress/report.h"

namespace gradus {

/// What a change of a verdict rests on: "grew by +0.01 per doubling since step 180,000 where at
/// least +0.08 was expected; evidence 9.4 against 8.9 nats".
std::string change_words(const VerdictChange& change, double target);

/// A change of a verdict in one line: "step 1,000: high/add3 is stalled (slowed below ...), was
/// learning, score 0.50, evidence 9.40 against 8.90 nats since step 800".
std::string change_sentence(const TaskChange& change);

/// Where a fall began that the bound told of: ", last at its target at step 800"; else empty.
std::string left_words(const VerdictChange& change);

/// What the present verdict of a task rests on, in a sentence or two.
std::string verdict_words(const TaskProgress& task);

/// "merely rare", "as late on its own clock", ...; empty where not reached.
std::string lateness_words(Lateness lateness);

/// The facet that holds a task back: the lowest, where it is noticeably lower than the task; null
/// where there is none.
const FacetProgress* bottleneck_of(const TaskProgress& task);

/// The same in words: "Its bottleneck is units, at 0.10."; empty where there is none.
std::string bottleneck_words(const TaskProgress& task);

}  // namespace gradus
