#pragma once

#include "progress/report.h"

namespace gradus {

/// Whether a task may be probed more thinly for now: mastered without evidence that it falls, or
/// dormant without evidence that it rises, once its noise is known. At a quarter of the probes a
/// drop is found late or never, so the first sign of one (one nat) brings the full schedule back.
/// The evidence stays valid, since the next step to probe at is chosen from the past alone.
bool is_settled(const TaskProgress& task);

}  // namespace gradus
