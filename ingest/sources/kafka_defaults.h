#pragma once

#include <string>
#include <vector>

#include "ingest/sources/kafka_client.h"

namespace gradus {

/// Defaults of a consumer whose offsets live in a checkpoint and whose records are handled in
/// mini-batches.
std::vector<KafkaDefault> consumer_defaults(const std::string& run);

/// What no option of a user may change, since exactly-once rests on it.
std::vector<KafkaDefault> consumer_owned(const std::string& run);

}  // namespace gradus
