#pragma once

#include <vector>

#include "ingest/record.h"

struct rd_kafka_message_s;

namespace gradus {

/// The record in a message; lives as long as the message.
RawRecord kafka_record(const rd_kafka_message_s& message);

/// The headers of a message, in their order; empty where it has none.
std::vector<RecordHeader> kafka_headers(const rd_kafka_message_s& message);

}  // namespace gradus
