#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "base/clock.h"
#include "metrics/sample.h"

namespace gradus {

/// "0.1.0".
std::string_view gradus_version();

/// The vector instructions that the learners use: the same on every machine of a kind, so that the
/// bits of a run do not depend on the processor.
std::string_view instructions();

/// The facts of a run with the build's own: version, revision, compiler, librdkafka.
RunFacts run_facts(const Config& config, std::string topic, std::string config_hash,
                   Timestamp start);

}  // namespace gradus
