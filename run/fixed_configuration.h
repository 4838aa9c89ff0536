#pragma once

#include <cstdint>
#include <string>

#include "ingest/source.h"
#include "ladders/ladder.h"
#include "run/config.h"

namespace gradus {

/// What must not change between the attempts of one run, as sorted lines "key=value" of what holds,
/// so that neither the order of keys nor a default that is written out counts. Secrets take no
/// part. `ladder` may be null.
std::string fixed_configuration(const Config& config, const Ladder* ladder, const Source& source);

/// Sixteen digits.
std::string hex(std::uint64_t value);

}  // namespace gradus
