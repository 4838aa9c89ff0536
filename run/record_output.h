#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/result.h"
#include "ingest/kafka_writer.h"

namespace gradus {

/// Whether a stop was asked for; called while an output waits.
using StopAsked = std::function<bool()>;

/// Where `produce` writes records.
/// Threads: owned by one.
class RecordOutput {
 public:
  virtual ~RecordOutput() = default;
  /// Takes one record; may wait, while the receiver is behind, up to a minute or until a stop.
  /// Errors: kIo, kUnavailable.
  virtual Result<void> write(std::string_view record, const StopAsked& stop) = 0;
  /// Waits until everything has arrived, up to a minute, or a few seconds after a stop. Errors:
  /// kIo, kUnavailable with how many did not.
  virtual Result<void> flush(const StopAsked& stop) = 0;
};

/// Lines to a file, through gzip where its name ends in .gz, or to stdout where `file` is empty.
Result<std::unique_ptr<RecordOutput>> open_line_output(const std::string& file);

/// Messages through a writer: record i goes to partition i mod its partitions.
std::unique_ptr<RecordOutput> make_topic_output(std::unique_ptr<KafkaWriter> writer);

/// The writer of a topic, made with so many partitions where it is missing. Errors: those of
/// KafkaWriter::open.
Result<std::unique_ptr<KafkaWriter>> open_topic(const std::string& brokers,
                                                const std::string& topic, int partitions, Log& log);

}  // namespace gradus
