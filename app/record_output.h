#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/log.h"
#include "base/result.h"

namespace gradus {

/// Where `produce` writes records.
/// Threads: owned by one.
class RecordOutput {
 public:
  virtual ~RecordOutput() = default;
  /// Takes one record; may block while the receiver is behind. Errors: kIo, kUnavailable.
  virtual Result<void> write(std::string_view record) = 0;
  /// Waits until everything has arrived. Errors: kIo, kUnavailable with how many did not.
  virtual Result<void> flush() = 0;
};

/// Lines to a file, or to stdout where `file` is empty.
Result<std::unique_ptr<RecordOutput>> open_line_output(const std::string& file);

/// Messages to a Kafka topic, made with so many partitions where it is missing; record i goes to
/// partition i mod partitions.
Result<std::unique_ptr<RecordOutput>> open_topic_output(const std::string& brokers,
                                                        const std::string& topic, int partitions,
                                                        Log& log);

}  // namespace gradus
