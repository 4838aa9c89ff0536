#include "ingest/sources/kafka_topic.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace gradus {
namespace {

constexpr std::size_t kTopicsShown = 5;
constexpr std::string_view kCleanupPolicy = "cleanup.policy";
constexpr Duration kBetweenLooks = std::chrono::milliseconds(50);

template <auto destroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Topic = std::unique_ptr<rd_kafka_topic_t, Destroy<rd_kafka_topic_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Destroy<rd_kafka_metadata_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroy<rd_kafka_NewTopic_destroy>>;
using ConfigResource =
    std::unique_ptr<rd_kafka_ConfigResource_t, Destroy<rd_kafka_ConfigResource_destroy>>;
using AdminOptions =
    std::unique_ptr<rd_kafka_AdminOptions_t, Destroy<rd_kafka_AdminOptions_destroy>>;

tl::unexpected<Error> failed(ErrorCode code, std::string_view what, rd_kafka_resp_err_t error) {
  return fail(code, std::string(what) + ": " + rd_kafka_err2str(error));
}

/// Metadata of one topic, or of all where `topic` is null.
Result<Metadata> ask(rd_kafka_s* client, rd_kafka_topic_t* topic, Duration timeout) {
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error = rd_kafka_metadata(client, topic == nullptr ? 1 : 0, topic, &answer,
                                       kafka_milliseconds(timeout));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return failed(ErrorCode::kUnavailable, "no broker answers", error);
  }
  return Metadata(answer);
}

/// "did you mean", or some of the topics that exist.
std::string near_topics(rd_kafka_s* client, const std::string& topic, Duration timeout) {
  const auto all = ask(client, nullptr, timeout);
  if (!all) return {};
  std::vector<std::string_view> names;
  for (int i = 0; i < (*all)->topic_cnt; ++i) {
    const std::string_view name = (*all)->topics[i].topic;
    if (name != topic && !name.starts_with("__")) names.push_back(name);
  }
  if (names.empty()) return "; they have none";
  const std::string_view nearest = nearest_name(topic, names);
  if (!nearest.empty()) return "; did you mean " + std::string(nearest) + "?";
  std::sort(names.begin(), names.end());
  std::string list = "; they have ";
  for (std::size_t i = 0; i < std::min(names.size(), kTopicsShown); ++i) {
    list.append(i > 0 ? ", " : "").append(names[i]);
  }
  return list + (names.size() > kTopicsShown ? ", ..." : "");
}

Result<int> count_partitions(const rd_kafka_metadata_topic_t& topic) {
  for (int i = 0; i < topic.partition_cnt; ++i) {
    if (topic.partitions[i].leader >= 0) continue;
    return fail(ErrorCode::kUnavailable, "partition " + std::to_string(topic.partitions[i].id) +
                                             " of topic " + topic.topic + " has no leader now");
  }
  if (topic.partition_cnt > 0) return topic.partition_cnt;
  return fail(ErrorCode::kUnavailable, std::string("topic ") + topic.topic + " is not ready yet");
}

/// What the brokers say of the one topic that they were asked to create.
Result<void> creation_result(rd_kafka_event_t* event) {
  const auto* result = rd_kafka_event_CreateTopics_result(event);
  std::size_t count = 0;
  const auto* const topics =
      result != nullptr ? rd_kafka_CreateTopics_result_topics(result, &count) : nullptr;
  if (count == 0) {
    return failed(ErrorCode::kUnavailable, "no broker answers", rd_kafka_event_error(event));
  }
  switch (const auto error = rd_kafka_topic_result_error(topics[0])) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
      return {};
    default: {
      const char* why = rd_kafka_topic_result_error_string(topics[0]);
      return fail(ErrorCode::kBadConfig, why != nullptr ? why : rd_kafka_err2str(error));
    }
  }
}

Result<void> request_topic(rd_kafka_s* client, const std::string& topic, int partitions,
                           Duration timeout) {
  std::array<char, 256> why{};
  const NewTopic wanted(
      rd_kafka_NewTopic_new(topic.c_str(), partitions, -1, why.data(), why.size()));
  if (wanted == nullptr) return fail(ErrorCode::kBadConfig, why.data());
  const AdminOptions options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS));
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kafka_milliseconds(timeout), why.data(),
                                            why.size());
  const Queue answers(rd_kafka_queue_new(client));
  std::array<rd_kafka_NewTopic_t*, 1> list{wanted.get()};
  rd_kafka_CreateTopics(client, list.data(), list.size(), options.get(), answers.get());
  const Event event(rd_kafka_queue_poll(answers.get(), kafka_milliseconds(timeout)));
  if (event == nullptr) return fail(ErrorCode::kUnavailable, "no broker answers");
  return creation_result(event.get());
}

}  // namespace

int kafka_milliseconds(Duration time) {
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return static_cast<int>(std::clamp<std::int64_t>(whole, 0, std::numeric_limits<int>::max()));
}

Result<int> kafka_partitions(rd_kafka_s* client, const std::string& topic, Duration timeout) {
  const Topic handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
  if (handle == nullptr) {
    return failed(ErrorCode::kBadConfig, "topic " + topic, rd_kafka_last_error());
  }
  const auto answer = ask(client, handle.get(), timeout);
  if (!answer) return tl::unexpected(answer.error());
  if ((*answer)->topic_cnt < 1) return fail(ErrorCode::kUnavailable, "no broker knows its topics");
  const rd_kafka_metadata_topic_t& found = (*answer)->topics[0];
  switch (found.err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
    case RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE:
      return count_partitions(found);
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
      return fail(ErrorCode::kNotFound,
                  "the brokers have no topic " + topic + near_topics(client, topic, timeout));
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
      return failed(ErrorCode::kBadConfig, "topic " + topic, found.err);
    default:
      return failed(ErrorCode::kUnavailable, "topic " + topic, found.err);
  }
}

Result<bool> kafka_compacted(rd_kafka_s* client, const std::string& topic, Duration timeout) {
  const ConfigResource wanted(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  const AdminOptions options(rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS));
  std::array<char, 256> why{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), kafka_milliseconds(timeout), why.data(),
                                            why.size());
  const Queue answers(rd_kafka_queue_new(client));
  std::array<rd_kafka_ConfigResource_t*, 1> list{wanted.get()};
  rd_kafka_DescribeConfigs(client, list.data(), list.size(), options.get(), answers.get());
  const Event event(rd_kafka_queue_poll(answers.get(), kafka_milliseconds(timeout)));
  const auto* const result =
      event != nullptr ? rd_kafka_event_DescribeConfigs_result(event.get()) : nullptr;
  std::size_t resources = 0, entries = 0;
  const auto* const found =
      result != nullptr ? rd_kafka_DescribeConfigs_result_resources(result, &resources) : nullptr;
  if (resources == 0) return fail(ErrorCode::kUnavailable, "no broker describes topic " + topic);
  const auto* const configs = rd_kafka_ConfigResource_configs(found[0], &entries);
  for (std::size_t i = 0; i < entries; ++i) {
    const char* const value = rd_kafka_ConfigEntry_value(configs[i]);
    if (value == nullptr || rd_kafka_ConfigEntry_name(configs[i]) != kCleanupPolicy) continue;
    return std::string_view(value).find("compact") != std::string_view::npos;
  }
  return fail(ErrorCode::kUnavailable, "no broker tells the cleanup.policy of topic " + topic);
}

std::string kafka_cluster(rd_kafka_s* client, Duration timeout) {
  char* const id = rd_kafka_clusterid(client, kafka_milliseconds(timeout));
  if (id == nullptr) return {};
  std::string name(id);
  rd_kafka_mem_free(client, id);
  return name;
}

Result<OffsetRange> kafka_offset_range(rd_kafka_s* client, const std::string& topic,
                                       std::int32_t partition, Duration timeout) {
  OffsetRange range;
  const auto error = rd_kafka_query_watermark_offsets(client, topic.c_str(), partition, &range.low,
                                                      &range.high, kafka_milliseconds(timeout));
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return range;
  return failed(ErrorCode::kUnavailable,
                "the offsets of topic " + topic + ", partition " + std::to_string(partition),
                error);
}

Result<void> create_kafka_topic(rd_kafka_s* client, const std::string& topic, int partitions,
                                Duration timeout) {
  if (const auto made = request_topic(client, topic, partitions, timeout); !made) {
    return fail(made.error().code,
                "topic " + topic + " could not be created: " + made.error().message);
  }
  // Brokers learn of a new topic one after the other, and until then say that it is unknown.
  for (Duration waited{0};; waited += kBetweenLooks) {
    const auto ready = kafka_partitions(client, topic, timeout);
    if (ready) return {};
    if (waited >= timeout) return tl::unexpected(ready.error());
    rd_kafka_poll(client, kafka_milliseconds(kBetweenLooks));
  }
}

Result<int> ensure_kafka_topic(rd_kafka_s* client, const std::string& topic, int partitions,
                               Duration timeout) {
  const auto found = kafka_partitions(client, topic, timeout);
  if (found || found.error().code != ErrorCode::kNotFound) return found;
  const auto made = create_kafka_topic(client, topic, partitions, timeout);
  if (!made) return tl::unexpected(made.error());
  return partitions;
}

}  // namespace gradus
