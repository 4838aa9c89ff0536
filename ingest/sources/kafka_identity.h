#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "ingest/sources/kafka_client.h"
#include "ingest/sources/kafka_witness.h"
#include "ingest/stream_position.h"

struct rd_kafka_message_s;

namespace gradus {

/// Whether a topic still is the one that was read, and not another under its name. librdkafka 2.0.2
/// tells neither topic ids nor leader epochs, so records that were learned are read a second time:
/// - at every assignment, the marks of the position, before any record is given;
/// - after every error of the client and every pause of the process, likewise;
/// - every few seconds while records come, and at the end, beside the stream. The record that is
/// read
///   again then is older than those that came since: had the topic changed in between, it would be
///   another one. Only then does a newer record take its place.
/// Where the record is gone, the offsets that are held decide: before the first of them it fell to
/// retention, which is no change; beyond the last of them the topic is a new one; between them it
/// is for missing_offsets to say.
/// Threads: owned by the ingest thread.
class KafkaIdentity {
 public:
  KafkaIdentity(const KafkaSettings& settings, const std::string& run, const Clock& clock,
                Log& log);

  /// Reading begins at `from`, through `client`, which must stay until the next start. Errors:
  /// kBadConfig.
  Result<void> start(const StreamPosition& from, KafkaClient& client);
  /// A record that is about to be given; it must live until `note_seen`.
  void saw(const rd_kafka_message_s& message);
  /// Takes the marks of the records given since. To be called before they are destroyed.
  void note_seen();
  /// Asks what is due and takes the answers, for which it waits up to `wait`. Errors:
  /// kPositionGone.
  Result<void> look(Duration wait);
  /// True while no record may be given.
  bool holding() const { return holding_; }
  /// A last look, at all that was read; false while an answer is missing that may still come.
  Result<bool> confirm(Duration wait);
  /// Puts the marks into the partitions that `position` names.
  void mark(StreamPosition& position) const;

 private:
  struct Marks {
    StreamMark last;                           // of the newest record given
    StreamMark proved;                         // older, or the same: what is read again
    StreamMark candidate;                      // `last` when it was asked for `proved`
    const rd_kafka_message_s* seen = nullptr;  // newer than `last`, its digest not yet taken
  };

  Marks& marks_of(std::int32_t partition);
  bool progressed() const;
  Result<void> ask();
  Result<void> judge();
  Result<void> judge_partition(std::int32_t partition);
  Result<void> judge_missing(const KafkaMemory& memory);
  tl::unexpected<Error> changed(std::int32_t partition, const std::string& what) const;

  KafkaSettings settings_;
  const Clock& clock_;
  Log& log_;
  KafkaWitness witness_;
  KafkaClient* client_ = nullptr;  // of the stream
  std::vector<Marks> marks_;       // the index is the partition
  std::vector<KafkaMemory> asked_;
  bool asking_ = false;
  bool holding_ = false;
  bool confirming_ = false;  // the last look was begun
  std::uint64_t errors_met_ = 0;
  Duration last_look_{0};
  Duration last_answer_{0};
};

}  // namespace gradus
