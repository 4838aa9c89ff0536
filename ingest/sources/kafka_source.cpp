#include "ingest/sources/kafka_source.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/kafka_version.h"
#include "ingest/sources/kafka_defaults.h"
#include "ingest/sources/kafka_message.h"

namespace gradus {
namespace {

constexpr Duration kRequestTimeout = std::chrono::seconds(1);
constexpr Duration kBetweenTries = std::chrono::milliseconds(100);
constexpr std::string_view kRoom = "ingest";

using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                      decltype(&rd_kafka_topic_partition_list_destroy)>;

PartitionList partition_list(std::size_t size) {
  return {rd_kafka_topic_partition_list_new(static_cast<int>(size)),
          &rd_kafka_topic_partition_list_destroy};
}

}  // namespace

KafkaSource::KafkaSource(KafkaSettings settings, const SourceSetup& setup)
    : settings_(std::move(settings)),
      run_(setup.run),
      until_end_(setup.until_end),
      log_(*setup.log),
      identity_(settings_, run_, *setup.clock, log_) {}

KafkaSource::~KafkaSource() { release(); }

Result<void> KafkaSource::open(const StreamPosition& from) {
  if (auto fits = require_stream(from, identity()); !fits) return fits;
  std::vector<KafkaDefault> owned = consumer_owned(run_);
  owned.push_back({"enable.partition.eof", until_end_ ? "true" : "false"});
  auto client =
      KafkaClient::open(KafkaRole::kConsumer, settings_, consumer_defaults(run_), owned, log_);
  if (!client) return tl::unexpected(client.error());
  client_ = std::move(*client);
  from_ = from;
  log_.info(kRoom, "kafka: librdkafka " + std::string(kafka_client_version()) + ", brokers " +
                       settings_.brokers + ", topic " + settings_.topic);
  warn_of_small_prefetch(settings_, log_);
  return connect(kRequestTimeout);
}

Result<std::span<const RawRecord>> KafkaSource::poll(std::size_t limit, Duration wait) {
  // Records that were held back are given now, or later.
  if (!identity_.holding()) release();
  if (!failure_) return tl::unexpected(failure_.error());
  if (gained_partitions()) locate_again();
  if (partitions_.empty()) failure_ = connect(kRequestTimeout);
  fill(limit, identity_.holding() ? Duration::zero() : wait);
  if (failure_) {
    failure_ = identity_.look(identity_.holding() ? wait : Duration::zero());
    if (!failure_) return tl::unexpected(failure_.error());
  }
  if (identity_.holding()) return std::span<const RawRecord>();
  if (records_.empty()) {
    if (failure_) failure_ = check_client();
    if (!failure_) return tl::unexpected(failure_.error());
    if (!partitions_.empty() && !client_->events().reachable) probe_again();
  }
  return std::span<const RawRecord>(records_);
}

void KafkaSource::fill(std::size_t limit, Duration wait) {
  int timeout = kafka_milliseconds(wait);
  while (records_.size() < limit && failure_ && unfinished_ > 0) {
    rd_kafka_message_t* message = rd_kafka_consumer_poll(client_->handle(), timeout);
    if (message == nullptr) break;
    timeout = 0;
    take(message);
  }
}

bool KafkaSource::ended() const {
  return until_end_ && failure_ && !partitions_.empty() && unfinished_ == 0 && !identity_.holding();
}

void KafkaSource::mark(StreamPosition& position) {
  identity_.note_seen();
  identity_.mark(position);
  position.origin = cluster_;
}

Result<bool> KafkaSource::confirm(Duration wait) {
  return failure_ ? identity_.confirm(wait) : true;
}

SourceFacts KafkaSource::facts() const {
  SourceFacts facts;
  facts.resets = resets_;
  facts.connected = client_ != nullptr && client_->events().reachable && !partitions_.empty();
  if (client_ == nullptr) return facts;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    OffsetRange cached{-1, -1};
    const auto number = static_cast<std::int32_t>(i);
    rd_kafka_get_watermark_offsets(client_->handle(), settings_.topic.c_str(), number, &cached.low,
                                   &cached.high);
    facts.partitions.push_back({.partition = number,
                                .high_watermark = std::max(cached.high, partitions_[i].high),
                                .start = starts_[i].next});
  }
  const KafkaStatistics& statistics = client_->events().statistics;
  facts.brokers_up = facts.connected ? std::max(statistics.brokers_up, 1) : 0;
  facts.broker_rtt_p50 = statistics.rtt_p50;
  facts.broker_rtt_p99 = statistics.rtt_p99;
  facts.prefetch_messages = statistics.prefetch_messages;
  facts.prefetch_bytes = statistics.prefetch_bytes;
  facts.client_errors = client_->events().errors;
  return facts;
}

void KafkaSource::commit(const StreamPosition& position) {
  if (partitions_.empty() || position.partitions.empty()) return;
  // A commit that no broker takes is kept and tried for a minute, and nothing would miss it.
  if (!client_->events().reachable) return;
  const PartitionList list = partition_list(position.partitions.size());
  for (const PartitionPosition& entry : position.partitions) {
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(), entry.partition)
        ->offset = entry.next;
  }
  const auto error = rd_kafka_commit(client_->handle(), list.get(), 1);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) client_->note_error(error, "commit for lag tools");
}

Result<void> KafkaSource::connect(Duration timeout) {
  const auto done = try_connect(timeout);
  if (done || done.error().code != ErrorCode::kUnavailable) return done;
  log_.sampled(LogLevel::kWarning, kRoom, "kafka unavailable",
               "kafka: brokers " + settings_.brokers + ": " + done.error().message + "; trying on");
  // Serves the callbacks; there is nothing assigned that could bring records.
  const int wait = kafka_milliseconds(kBetweenTries);
  if (auto* message = rd_kafka_consumer_poll(client_->handle(), wait)) {
    rd_kafka_message_destroy(message);
  }
  return check_client();
}

Result<void> KafkaSource::try_connect(Duration timeout) {
  const auto count = kafka_partitions(client_->handle(), settings_.topic, timeout);
  if (!count) return tl::unexpected(count.error());
  if (auto same = check_cluster(timeout); !same) return same;
  keeps_all_ = !kafka_compacted(client_->handle(), settings_.topic, timeout).value_or(true);
  std::vector<Partition> found(static_cast<std::size_t>(*count));
  for (const PartitionPosition& entry : from_.partitions) {
    if (entry.partition >= *count) return gone(entry.partition, entry.next, {});
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto located = locate(static_cast<std::int32_t>(i), found[i], timeout);
    if (!located) return located;
  }
  partitions_ = std::move(found);
  for (std::size_t i = starts_.size(); i < partitions_.size(); ++i) {
    starts_.push_back({.partition = static_cast<std::int32_t>(i), .next = partitions_[i].next});
  }
  return assign();
}

Result<void> KafkaSource::check_cluster(Duration timeout) {
  const std::string found = kafka_cluster(client_->handle(), timeout);
  if (!found.empty()) cluster_ = found;
  if (from_.origin.empty() || cluster_.empty() || cluster_ == from_.origin) return {};
  return fail(ErrorCode::kPositionGone,
              "kafka: the brokers are of the cluster " + cluster_ + ", topic " + settings_.topic +
                  " was read from the cluster " + from_.origin +
                  "; start again with a new data directory, or set stream.kafka.brokers to those "
                  "of that cluster");
}

Result<void> KafkaSource::locate(std::int32_t number, Partition& partition, Duration timeout) {
  const auto held = kafka_offset_range(client_->handle(), settings_.topic, number, timeout);
  if (!held) return tl::unexpected(held.error());
  partition.high = held->high;
  const PartitionPosition* const wanted = from_.find(number);
  // A run begins with what the topic holds. From then on its position names every partition, and
  // one that it does not name was added since: nothing of that was read, all of it is owed.
  const std::int64_t first = from_.partitions.empty() ? held->low : 0;
  partition.next = wanted == nullptr ? first : wanted->next;
  const bool missing = partition.next < held->low;
  if (partition.next > held->high ||
      (missing && settings_.missing_offsets == MissingOffsets::kFail)) {
    return gone(number, partition.next, *held);
  }
  if (missing) {
    log_.warning(kRoom, "kafka: " + settings_.topic + "/" + std::to_string(number) + ": offsets " +
                            std::to_string(partition.next) + " to " +
                            std::to_string(held->low - 1) + " are gone and left out");
    partition.next = held->low;
    ++resets_;
  }
  partition.ended = until_end_ && partition.next >= partition.high;
  return {};
}

Result<void> KafkaSource::assign() {
  const PartitionList list = partition_list(partitions_.size());
  unfinished_ = 0;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    const Partition& partition = partitions_[i];
    rd_kafka_topic_partition_list_add(list.get(), settings_.topic.c_str(),
                                      static_cast<std::int32_t>(i))
        ->offset = partition.next;
    unfinished_ += partition.ended ? 0 : 1;
  }
  const auto error = rd_kafka_assign(client_->handle(), list.get());
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return fail(ErrorCode::kInternal,
                std::string("kafka: partitions cannot be assigned: ") + rd_kafka_err2str(error));
  }
  client_->events().reachable = true;
  log_.info(kRoom, "kafka: reading " + settings_.topic + ", " + std::to_string(partitions_.size()) +
                       " partitions");
  return identity_.start(from_, *client_);
}

Result<void> KafkaSource::check_client() const {
  const KafkaEvents& events = client_->events();
  if (events.fatal) return tl::unexpected(*events.fatal);
  // Once records flowed, wrong credentials are an incident at the brokers, which may pass.
  if (events.refused && partitions_.empty()) return tl::unexpected(*events.refused);
  return {};
}

void KafkaSource::take(rd_kafka_message_t* message) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    take_error(*message);
    rd_kafka_message_destroy(message);
    return;
  }
  client_->events().reachable = true;
  Partition& partition = partitions_[static_cast<std::size_t>(message->partition)];
  if (partition.ended) {
    rd_kafka_message_destroy(message);
    return;
  }
  if (until_end_ && message->offset + 1 >= partition.high) end(partition);
  if (until_end_ && message->offset >= partition.high) {
    rd_kafka_message_destroy(message);
    return;
  }
  const std::int64_t unreadable = keeps_all_ ? message->offset - partition.next : 0;
  partition.next = message->offset + 1;
  messages_.push_back(message);
  records_.push_back(kafka_record(*message));
  records_.back().headers = this;
  records_.back().unreadable_before = unreadable;
  identity_.saw(*message);
}

void KafkaSource::end(Partition& partition) {
  if (partition.ended) return;
  partition.ended = true;
  --unfinished_;
}

void KafkaSource::take_error(const rd_kafka_message_t& message) {
  switch (message.err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      if (until_end_) end(partitions_[static_cast<std::size_t>(message.partition)]);
      return;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      client_->note_error(message.err, rd_kafka_message_errstr(&message));
      locate_again();
      return;
    default:
      client_->note_error(message.err, rd_kafka_message_errstr(&message));
  }
}

// From the metadata that librdkafka refreshes by itself: nothing is asked here.
bool KafkaSource::gained_partitions() {
  const auto known =
      static_cast<std::size_t>(std::exchange(client_->events().statistics.partitions, 0));
  if (until_end_ || partitions_.empty() || known <= partitions_.size()) return false;
  log_.info(kRoom, "kafka: topic " + settings_.topic + " has " + std::to_string(known) +
                       " partitions, " + std::to_string(known - partitions_.size()) +
                       " more than before: they are read from their beginning");
  return true;
}

// All are located and assigned anew in the next connection, where a position that is gone fails or
// skips as it does at the start: librdkafka has stopped the partition whose offset is gone, or
// there are more than before.
void KafkaSource::locate_again() {
  from_.partitions.clear();
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    from_.at(static_cast<std::int32_t>(i)).next = partitions_[i].next;
  }
  mark(from_);
  partitions_.clear();
  unfinished_ = 0;
}

// Nothing tells that a broker is back while there are no records.
void KafkaSource::probe_again() {
  const auto answer = kafka_partitions(client_->handle(), settings_.topic, kRequestTimeout);
  if (answer || answer.error().code != ErrorCode::kUnavailable) {
    client_->events().reachable = true;
  }
}

Result<void> KafkaSource::gone(std::int32_t number, std::int64_t wanted, OffsetRange held) const {
  const std::string range = held.low < held.high
                                ? std::to_string(held.low) + " to " + std::to_string(held.high - 1)
                                : "none, and the next one will be " + std::to_string(held.high);
  const std::string other_way = wanted < held.low
                                    ? "missing_offsets: skip to leave the gap out, counted"
                                    : "topic to the topic that the checkpoint was taken from";
  return fail(ErrorCode::kPositionGone,
              "kafka: " + settings_.topic + "/" + std::to_string(number) +
                  ": the run goes on at offset " + std::to_string(wanted) + ", the brokers hold " +
                  range + "; start again with a new data directory, or set stream.kafka." +
                  other_way);
}

std::vector<RecordHeader> KafkaSource::headers_of(const RawRecord& record) const {
  const auto found =
      std::find_if(messages_.begin(), messages_.end(), [&](const rd_kafka_message_t* message) {
        return message->offset == record.offset && message->partition == record.partition;
      });
  return found == messages_.end() ? std::vector<RecordHeader>{} : kafka_headers(**found);
}

void KafkaSource::release() {
  identity_.note_seen();
  for (rd_kafka_message_t* message : messages_) rd_kafka_message_destroy(message);
  messages_.clear();
  records_.clear();
}

Result<std::unique_ptr<Source>> make_kafka_source(Options& options, const SourceSetup& setup) {
  auto settings = read_kafka_settings(options);
  if (!settings) return tl::unexpected(settings.error());
  return std::make_unique<KafkaSource>(std::move(*settings), setup);
}

}  // namespace gradus
