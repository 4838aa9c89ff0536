#pragma once

#include "base/result.h"
#include "history/history.h"
#include "ladders/ladder.h"
#include "progress/tracker.h"

namespace gradus {

/// Brings a new tracker to where the history ends: annotations, then the scores, one snapshot's at
/// a time, as they were first taken, since the tracker must go through the same states; then what
/// else is known of the verdict changes.
/// Errors: those of HistoryReader. Cost: that of Tracker::update for every snapshot.
Result<void> restore_tracker(Tracker& tracker, const Ladder& ladder, const HistoryReader& history);

}  // namespace gradus
