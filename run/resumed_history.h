#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "history/history.h"
#include "learner/checkpoint.h"

namespace gradus {

/// Begins an attempt in a history that may have fallen behind the checkpoint, or run ahead of it:
/// afterwards its stream tells of every record that the checkpoint holds, once. A history that was
/// lost beside its checkpoint is reported in the log and, as an annotation, on every curve.
/// `saved`: when the checkpoint was written. Gives the number of the attempt.
/// Errors: those of History.
Result<std::uint32_t> resume_history(History& history, const std::optional<Checkpoint>& resumed,
                                     Timestamp saved, Timestamp now, Log& log);

}  // namespace gradus
