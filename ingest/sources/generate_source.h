#pragma once

#include <memory>

#include "ingest/source.h"

namespace gradus {

/// The generated stream of a ladder, partition 0, offset = index of the record; the same records
/// for the same seed, and a position is reached by skipping. Keys: seed, count (0: endless),
/// pace (log: on a LogClock; none: as fast as it is read), pace_cap in records/s,
/// pace_seconds_per_doubling, silence_from (no record of this index or above comes, though the
/// stream does not end), silence_until (with pace log: the silence ends after the time that the
/// records up to this index would have taken, and the stream goes on where it stopped), ladder
/// (read by the caller).
/// A reader that falls behind the timetable catches up on kDebt seconds of it at most.
Result<std::unique_ptr<Source>> make_generate_source(Options& options, const SourceSetup& setup);
std::span<const OptionSpec> generate_options();

}  // namespace gradus
