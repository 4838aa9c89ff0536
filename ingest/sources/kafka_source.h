#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ingest/source.h"
#include "ingest/sources/kafka_client.h"
#include "ingest/sources/kafka_identity.h"
#include "ingest/sources/kafka_topic.h"

namespace gradus {

/// Every partition of one topic, in the order in which records arrive.
/// Partitions are assigned by hand at the positions of the checkpoint; there is no group. Brokers
/// that do not answer are asked again in every poll, so `open` does not wait for them and `facts`
/// says that the source is not connected. A position that the brokers no longer hold is never left
/// silently: it fails, or skips where the configuration says so. Another cluster, or another topic
/// under the same name, is told by the records that were learned (KafkaIdentity). Partitions that
/// the topic gains are read from their beginning, except where reading stops at the end. Offsets
/// that are passed over in a topic that is not compacted held transaction markers or aborted
/// records, which nobody may read. Errors of poll: those of `open`, and kUnavailable once the
/// client is of no more use.
/// Threads: owned by the ingest thread.
class KafkaSource final : public Source, private RecordHeaders {
 public:
  KafkaSource(KafkaSettings settings, const SourceSetup& setup);
  ~KafkaSource() override;

  std::string identity() const override { return "kafka:" + settings_.topic; }
  std::string topic() const override { return settings_.topic; }
  Result<void> open(const StreamPosition& from) override;
  Result<std::span<const RawRecord>> poll(std::size_t limit, Duration wait) override;
  bool ended() const override;
  void mark(StreamPosition& position) override;
  Result<bool> confirm(Duration wait) override;
  SourceFacts facts() const override;
  void commit(const StreamPosition& position) override;
  std::span<const PartitionPosition> starts() const override { return starts_; }

 private:
  /// Where one partition stands; the index is its number.
  struct Partition {
    std::int64_t next = 0;   ///< the offset wanted next; it must come
    std::int64_t high = -1;  ///< end of the log when it was asked
    bool ended = false;      ///< only with until_end
  };

  std::vector<RecordHeader> headers_of(const RawRecord& record) const override;
  /// As try_connect, but brokers that do not answer are no failure: the next poll tries again.
  Result<void> connect(Duration timeout);
  /// Asks for the partitions and what they hold, and assigns them.
  Result<void> try_connect(Duration timeout);
  Result<void> locate(std::int32_t number, Partition& partition, Duration timeout);
  Result<void> assign();
  Result<void> check_cluster(Duration timeout);
  void fill(std::size_t limit, Duration wait);
  Result<void> check_client() const;
  void take(rd_kafka_message_s* message);
  void take_error(const rd_kafka_message_s& message);
  void end(Partition& partition);
  bool gained_partitions();
  void locate_again();
  void probe_again();
  Result<void> gone(std::int32_t number, std::int64_t wanted, OffsetRange held) const;
  void release();

  KafkaSettings settings_;
  std::string run_;
  bool until_end_;
  Log& log_;
  std::unique_ptr<KafkaClient> client_;
  KafkaIdentity identity_;
  StreamPosition from_;
  std::vector<Partition> partitions_;  // empty until assigned
  std::vector<PartitionPosition> starts_;
  std::size_t unfinished_ = 0;  // partitions that may still bring records
  std::vector<rd_kafka_message_s*> messages_;
  std::vector<RawRecord> records_;
  Result<void> failure_;  // met after records of the same poll, which go first
  std::uint64_t resets_ = 0;
  std::string cluster_;     // its id; empty: unknown
  bool keeps_all_ = false;  // retention may remove the oldest records, but none between others
};

Result<std::unique_ptr<Source>> make_kafka_source(Options& options, const SourceSetup& setup);

}  // namespace gradus
