#pragma once

#include <string>

#include "base/clock.h"
#include "metrics/sample.h"
#include "run/config.h"

namespace gradus {

/// The facts of a run and of the build that runs it: version, revision, compiler, librdkafka.
RunFacts run_facts(const Config& config, std::string topic, std::string config_hash,
                   Timestamp start);

}  // namespace gradus
