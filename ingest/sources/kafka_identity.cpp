#include "ingest/sources/kafka_identity.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "ingest/sources/kafka_topic.h"

namespace gradus {
namespace {

constexpr std::string_view kIdentityRoom = "ingest";
/// Between two looks while records come; and a pause of the process that calls for one.
constexpr Duration kLookEvery = std::chrono::seconds(5);
constexpr Duration kRangeTimeout = std::chrono::seconds(1);

/// What a position remembers of a partition.
std::vector<KafkaMemory> memories_of(const PartitionPosition& position) {
  std::vector<KafkaMemory> memories;
  for (const StreamMark& mark : {position.last, position.proved}) {
    if (mark.at < 0 || (!memories.empty() && memories.front().offset == mark.at)) continue;
    memories.push_back({.partition = position.partition, .offset = mark.at, .digest = mark.digest});
  }
  if (memories.empty() && position.next > 0 && position.last_timestamp_ms >= 0) {
    memories.push_back({.partition = position.partition,
                        .offset = position.next - 1,
                        .digest = std::nullopt,
                        .timestamp_ms = position.last_timestamp_ms});
  }
  return memories;
}

}  // namespace

KafkaIdentity::KafkaIdentity(const KafkaSettings& settings, const std::string& run,
                             const Clock& clock, Log& log)
    : settings_(settings), clock_(clock), log_(log), witness_(settings, run, log) {}

KafkaIdentity::Marks& KafkaIdentity::marks_of(std::int32_t partition) {
  const auto index = static_cast<std::size_t>(partition);
  if (index >= marks_.size()) marks_.resize(index + 1);
  return marks_[index];
}

Result<void> KafkaIdentity::start(const StreamPosition& from, KafkaClient& client) {
  client_ = &client;
  errors_met_ = client.events().disturbances;
  last_look_ = last_answer_ = clock_.elapsed();
  std::vector<KafkaMemory> memories;
  for (const PartitionPosition& position : from.partitions) {
    Marks& marks = marks_of(position.partition);
    marks.last = marks.candidate = position.last;
    marks.proved = position.proved;
    for (const KafkaMemory& memory : memories_of(position)) memories.push_back(memory);
  }
  asking_ = holding_ = !memories.empty();
  asked_ = std::move(memories);
  return witness_.ask(asked_);
}

void KafkaIdentity::saw(const rd_kafka_message_s& message) {
  marks_of(message.partition).seen = &message;
}

void KafkaIdentity::note_seen() {
  for (Marks& marks : marks_) {
    const auto* const message = std::exchange(marks.seen, nullptr);
    if (message == nullptr) continue;
    marks.last = {.at = message->offset, .digest = kafka_digest(*message)};
    if (marks.proved.at < 0) marks.proved = marks.last;
  }
}

bool KafkaIdentity::progressed() const {
  return std::any_of(marks_.begin(), marks_.end(),
                     [](const Marks& marks) { return marks.last != marks.proved; });
}

Result<void> KafkaIdentity::look(Duration wait) {
  if (client_ == nullptr) return {};
  const Duration now = clock_.elapsed();
  const bool paused = now - std::exchange(last_look_, now) >= kLookEvery;
  const bool disturbed = client_->events().disturbances != errors_met_;
  if (!asking_ && (paused || disturbed || (now - last_answer_ >= kLookEvery && progressed()))) {
    if (auto asked = ask(); !asked) return asked;
  }
  // What was fetched before the error or the pause may be given no more than what came after.
  if (asking_ && (paused || disturbed)) holding_ = true;
  if (!asking_ || !witness_.settled(wait)) return {};
  return judge();
}

Result<void> KafkaIdentity::ask() {
  std::vector<KafkaMemory> memories;
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    Marks& marks = marks_[i];
    marks.candidate = marks.last;
    if (marks.proved.at < 0) continue;
    memories.push_back({.partition = static_cast<std::int32_t>(i),
                        .offset = marks.proved.at,
                        .digest = marks.proved.digest});
  }
  errors_met_ = client_->events().disturbances;
  last_answer_ = clock_.elapsed();
  asking_ = !memories.empty();
  asked_ = std::move(memories);
  return witness_.ask(asked_);
}

Result<void> KafkaIdentity::judge() {
  std::set<std::int32_t> partitions;
  for (const KafkaWitness::Answer& answer : witness_.answers())
    partitions.insert(answer.memory.partition);
  for (const std::int32_t partition : partitions) {
    const auto same = judge_partition(partition);
    // Without the offsets that are held there is no verdict yet.
    if (!same && same.error().code == ErrorCode::kUnavailable) return witness_.ask(asked_);
    if (!same) return same;
  }
  for (Marks& marks : marks_) marks.proved = marks.candidate;
  asking_ = holding_ = false;
  errors_met_ = client_->events().disturbances;
  last_answer_ = last_look_ = clock_.elapsed();
  return {};
}

Result<void> KafkaIdentity::judge_partition(std::int32_t partition) {
  bool found = false;
  std::optional<KafkaMemory> missing;
  for (const KafkaWitness::Answer& answer : witness_.answers()) {
    const KafkaMemory& memory = answer.memory;
    if (memory.partition != partition) continue;
    if (answer.finding == KafkaWitness::Finding::kOther) {
      const std::string times = memory.digest
                                    ? ""
                                    : " (its timestamp is " + std::to_string(answer.timestamp_ms) +
                                          ", it was " + std::to_string(memory.timestamp_ms) + ")";
      return changed(partition, "record " + std::to_string(memory.offset) +
                                    " is not the one that was learned" + times);
    }
    found = found || answer.finding == KafkaWitness::Finding::kSame;
    if (answer.finding == KafkaWitness::Finding::kGone &&
        (!missing || missing->offset < memory.offset)) {
      missing = memory;
    }
  }
  return found || !missing ? Result<void>{} : judge_missing(*missing);
}

Result<void> KafkaIdentity::judge_missing(const KafkaMemory& memory) {
  const auto held =
      kafka_offset_range(client_->handle(), settings_.topic, memory.partition, kRangeTimeout);
  if (!held) return tl::unexpected(held.error());
  const std::string record = "record " + std::to_string(memory.offset);
  if (memory.offset >= held->high) {
    return changed(memory.partition, record +
                                         ", which was learned, lies behind the end of the log, " +
                                         std::to_string(held->high));
  }
  const std::string place =
      "kafka: " + settings_.topic + "/" + std::to_string(memory.partition) + ": ";
  if (memory.offset < held->low) {
    log_.info(kIdentityRoom, place + record +
                                 ", the last that was learned, is no longer held, so that it "
                                 "cannot be compared; going on");
    return {};
  }
  const std::string unknown = record +
                              ", the last that was learned, is missing between others: by "
                              "compaction, or because the topic was created again";
  if (settings_.missing_offsets == MissingOffsets::kSkip) {
    log_.warning(kIdentityRoom, place + unknown + "; going on, as missing_offsets: skip says");
    return {};
  }
  return fail(ErrorCode::kPositionGone,
              place + unknown +
                  "; start again with a new data directory, or set stream.kafka.missing_offsets: "
                  "skip if the topic is the same");
}

tl::unexpected<Error> KafkaIdentity::changed(std::int32_t partition,
                                             const std::string& what) const {
  return fail(ErrorCode::kPositionGone,
              "kafka: " + settings_.topic + "/" + std::to_string(partition) + ": " + what +
                  ": the topic was deleted and created again, or its log was rewritten; start "
                  "again with a new data directory, or set stream.kafka.topic to the topic that "
                  "the checkpoint was made from");
}

Result<bool> KafkaIdentity::confirm(Duration wait) {
  if (client_ == nullptr) return true;
  note_seen();
  // A question from before may have its answer from before, too: it is asked again.
  if (!asking_ && !std::exchange(confirming_, true)) {
    if (auto asked = ask(); !asked) return tl::unexpected(asked.error());
  }
  if (!asking_) return true;
  if (!client_->events().reachable) {
    log_.warning(kIdentityRoom, "kafka: no broker answers, so whether topic " + settings_.topic +
                                    " is still the same is checked at the next start");
    return true;
  }
  if (!witness_.settled(wait)) return false;
  if (auto judged = judge(); !judged) return tl::unexpected(judged.error());
  return confirming_ && !asking_;
}

void KafkaIdentity::mark(StreamPosition& position) const {
  for (PartitionPosition& entry : position.partitions) {
    const auto index = static_cast<std::size_t>(entry.partition);
    if (index >= marks_.size()) continue;
    entry.last = marks_[index].last;
    entry.proved = marks_[index].proved;
  }
}

}  // namespace gradus
