#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"
#include "base/options.h"
#include "base/result.h"

namespace gradus {

/// Writes records to a topic, one partition after the other: record i goes to partition i modulo
/// their number, so that the same records make the same topic. In order and without repeats.
/// Errors of write and flush: kUnavailable, kInternal.
/// Threads: owned by one. Cost: about 1 us a record of 200 bytes; memory up to 200,000 records.
class KafkaWriter {
 public:
  /// Reads `brokers`, `topic` and `options.*` as the source does. A topic that is missing is made
  /// with `partitions`, one where that is 0; one that exists must have as many, unless that is 0.
  /// Errors: kBadConfig; kUnavailable where no broker answers within 10 s. `log` must outlive the
  /// writer.
  static Result<std::unique_ptr<KafkaWriter>> open(Options& options, int partitions, Log& log);
  /// Records not yet delivered are given up: flush first.
  ~KafkaWriter();

  /// Takes one record, delivery is later. While the queue is full it waits, at most a second: the
  /// record is not taken then (kUnavailable) and may be given again.
  Result<void> write(std::string_view value);
  /// Waits until all are delivered or refused; kUnavailable where `deadline` passes before.
  Result<void> flush(Duration deadline);

  int partitions() const;
  /// The offset that the next record of a partition gets, as the brokers know it. Errors:
  /// kUnavailable.
  Result<std::int64_t> end_of(std::int32_t partition) const;
  std::uint64_t delivered() const;
  /// Records that the brokers refused; each kind is logged.
  std::uint64_t failed() const;

 private:
  class State;
  explicit KafkaWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace gradus
