#pragma once

#include <memory>

#include "base/options.h"
#include "base/result.h"
#include "ingest/dead_letters.h"
#include "ingest/source.h"

namespace gradus {

/// Dead letters in a Kafka topic, `<topic>.dead` unless `dead_letter_topic` names another: key,
/// value, headers and timestamp untouched, and the headers gradus.error.topic, .partition, .offset,
/// .reason, .message, .run and .time (milliseconds since 1970) added. In order and without repeats
/// while one process lives; after a crash a letter may come twice, told by its origin headers. The
/// topic is created where it is missing. Reads the same section, `stream.kafka`, as the source; the
/// clock and the log of the set-up must outlive the letters.
/// Errors: kBadConfig as of the source. Of write: kUnavailable where no broker answers or the queue
/// is full, the letter is not taken then; kBadConfig where the topic may not be written. Of flush:
/// kUnavailable. A letter that the brokers refuse for good is counted as failed.
Result<std::unique_ptr<DeadLetters>> make_kafka_dead_letters(Options& options,
                                                             const SourceSetup& setup);

}  // namespace gradus
