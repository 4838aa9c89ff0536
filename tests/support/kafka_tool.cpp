#include "tests/support/kafka_tool.h"

#include <librdkafka/rdkafka.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace gradus::test {
namespace {

constexpr int kTimeoutMs = 20'000;

template <auto destroy>
struct Destroy {
  template <typename T>
  void operator()(T* object) const {
    destroy(object);
  }
};
using Client = std::unique_ptr<rd_kafka_t, Destroy<rd_kafka_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroy<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroy<rd_kafka_event_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Destroy<rd_kafka_message_destroy>>;
using PartitionList = std::unique_ptr<rd_kafka_topic_partition_list_t,
                                      Destroy<rd_kafka_topic_partition_list_destroy>>;
using Text = std::array<char, 512>;

void require(bool ok, const std::string& what) {
  if (!ok) throw std::runtime_error(what);
}

void require(rd_kafka_resp_err_t error, const std::string& what) {
  require(error == RD_KAFKA_RESP_ERR_NO_ERROR, what + ": " + rd_kafka_err2str(error));
}

void on_delivered(rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) ++*static_cast<int*>(opaque);
}

Client open(rd_kafka_type_t type, const std::map<std::string, std::string>& properties,
            int* failures = nullptr) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  Text why{};
  for (const auto& [key, value] : properties) {
    require(rd_kafka_conf_set(conf, key.c_str(), value.c_str(), why.data(), why.size()) ==
                RD_KAFKA_CONF_OK,
            why.data());
  }
  rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
  if (failures != nullptr) {
    rd_kafka_conf_set_opaque(conf, failures);
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivered);
  }
  Client client(rd_kafka_new(type, conf, why.data(), why.size()));
  require(client != nullptr, why.data());
  return client;
}

/// Asks the brokers through `request(client, queue)` and waits for the answer.
template <typename Request>
Event administer(const std::string& brokers, Request request) {
  const Client client = open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers}});
  const Queue answers(rd_kafka_queue_new(client.get()));
  request(client.get(), answers.get());
  Event event(rd_kafka_queue_poll(answers.get(), kTimeoutMs));
  require(event != nullptr, "no broker answered");
  require(rd_kafka_event_error(event.get()), "request");
  return event;
}

std::optional<std::string> bytes(const void* data, std::size_t size) {
  if (data == nullptr) return std::nullopt;
  return std::string(static_cast<const char*>(data), size);
}

KafkaMessage copy_of(const rd_kafka_message_t& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  KafkaMessage copy{.partition = message.partition,
                    .offset = message.offset,
                    .key = bytes(message.key, message.key_len),
                    .value = bytes(message.payload, message.len),
                    .timestamp_ms = rd_kafka_message_timestamp(&message, &type),
                    .headers = {}};
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return copy;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i) {
    copy.headers.emplace_back(name, bytes(value, size));
  }
  return copy;
}

rd_kafka_headers_t* headers_of(const KafkaMessage& message) {
  rd_kafka_headers_t* headers = rd_kafka_headers_new(message.headers.size());
  for (const auto& [name, value] : message.headers) {
    rd_kafka_header_add(headers, name.c_str(), -1, value ? value->data() : nullptr,
                        value ? static_cast<ssize_t>(value->size()) : 0);
  }
  return headers;
}

void produce(rd_kafka_t* client, const std::string& topic, const KafkaMessage& message) {
  const auto data = [](const std::optional<std::string>& text) {
    return text ? const_cast<char*>(text->data()) : nullptr;
  };
  const std::size_t key_size = message.key ? message.key->size() : 0;
  const std::size_t value_size = message.value ? message.value->size() : 0;
  for (;;) {
    rd_kafka_headers_t* headers = headers_of(message);
    const auto error = rd_kafka_producev(
        client, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(message.partition),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(data(message.key), key_size),
        RD_KAFKA_V_VALUE(data(message.value), value_size),
        RD_KAFKA_V_TIMESTAMP(message.timestamp_ms), RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_END);
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    rd_kafka_headers_destroy(headers);
    if (error != RD_KAFKA_RESP_ERR__QUEUE_FULL) require(error, "produce");
    rd_kafka_poll(client, 100);
  }
}

}  // namespace

std::vector<KafkaMessage> messages_of(const std::vector<std::string>& values,
                                      std::int32_t partition) {
  std::vector<KafkaMessage> messages;
  for (const std::string& value : values) {
    messages.push_back({.partition = partition, .key = {}, .value = value, .headers = {}});
  }
  return messages;
}

std::vector<std::string> counted_values(int n) {
  std::vector<std::string> values;
  for (int i = 0; i < n; ++i) values.push_back(std::to_string(i));
  return values;
}

void KafkaTool::create_topic(const std::string& topic, int partitions,
                             const std::map<std::string, std::string>& configuration) const {
  const Event event = administer(brokers_, [&](rd_kafka_t* client, rd_kafka_queue_t* answers) {
    rd_kafka_NewTopic_t* wanted = rd_kafka_NewTopic_new(topic.c_str(), partitions, 1, nullptr, 0);
    for (const auto& [key, value] : configuration) {
      rd_kafka_NewTopic_set_config(wanted, key.c_str(), value.c_str());
    }
    rd_kafka_CreateTopics(client, &wanted, 1, nullptr, answers);
    rd_kafka_NewTopic_destroy(wanted);
  });
  std::size_t count = 0;
  const auto* const* topics =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  require(rd_kafka_topic_result_error(topics[0]), "create topic " + topic);
}

void KafkaTool::grow_topic(const std::string& topic, int partitions) const {
  Text why{};
  rd_kafka_NewPartitions_t* wanted = rd_kafka_NewPartitions_new(
      topic.c_str(), static_cast<std::size_t>(partitions), why.data(), why.size());
  require(wanted != nullptr, why.data());
  const Event event = administer(brokers_, [&](rd_kafka_t* client, rd_kafka_queue_t* answers) {
    rd_kafka_CreatePartitions(client, &wanted, 1, nullptr, answers);
  });
  rd_kafka_NewPartitions_destroy(wanted);
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreatePartitions_result(event.get());
  const auto* const topics = rd_kafka_CreatePartitions_result_topics(result, &count);
  require(count == 1, "no answer for " + topic);
  require(rd_kafka_topic_result_error(topics[0]), "grow " + topic);
}

void KafkaTool::delete_topic(const std::string& topic) const {
  administer(brokers_, [&](rd_kafka_t* client, rd_kafka_queue_t* answers) {
    rd_kafka_DeleteTopic_t* unwanted = rd_kafka_DeleteTopic_new(topic.c_str());
    rd_kafka_DeleteTopics(client, &unwanted, 1, nullptr, answers);
    rd_kafka_DeleteTopic_destroy(unwanted);
  });
}

void KafkaTool::delete_records(const std::string& topic, std::int32_t partition,
                               std::int64_t before) const {
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = before;
  const Event event = administer(brokers_, [&](rd_kafka_t* client, rd_kafka_queue_t* answers) {
    rd_kafka_DeleteRecords_t* request = rd_kafka_DeleteRecords_new(list.get());
    rd_kafka_DeleteRecords(client, &request, 1, nullptr, answers);
    rd_kafka_DeleteRecords_destroy(request);
  });
  const auto* result =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event.get()));
  require(result->elems[0].err, "delete records of " + topic);
}

void KafkaTool::send(const std::string& topic, const std::vector<KafkaMessage>& messages) const {
  int failures = 0;
  const Client client = open(RD_KAFKA_PRODUCER,
                             {{"bootstrap.servers", brokers_},
                              {"enable.idempotence", "true"},
                              {"message.max.bytes", "100000000"}},
                             &failures);
  for (const KafkaMessage& message : messages) produce(client.get(), topic, message);
  require(rd_kafka_flush(client.get(), kTimeoutMs), "flush to " + topic);
  require(failures == 0, std::to_string(failures) + " messages for " + topic + " failed");
}

void KafkaTool::send_in(Transaction end, const std::string& topic,
                        const std::vector<KafkaMessage>& messages) const {
  const Client client =
      open(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers_}, {"transactional.id", topic}});
  const auto done = [](rd_kafka_error_t* error) {
    require(error == nullptr, error != nullptr ? rd_kafka_error_string(error) : "");
  };
  done(rd_kafka_init_transactions(client.get(), kTimeoutMs));
  done(rd_kafka_begin_transaction(client.get()));
  for (const KafkaMessage& message : messages) produce(client.get(), topic, message);
  require(rd_kafka_flush(client.get(), kTimeoutMs), "flush to " + topic);
  done(end == Transaction::kCommit ? rd_kafka_commit_transaction(client.get(), kTimeoutMs)
                                   : rd_kafka_abort_transaction(client.get(), kTimeoutMs));
}

std::vector<KafkaMessage> KafkaTool::read(const std::string& topic, int partitions) const {
  const Client client = open(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers_},
                                                 {"group.id", "test"},
                                                 {"enable.partition.eof", "true"},
                                                 {"enable.auto.commit", "false"},
                                                 {"fetch.wait.max.ms", "10"}});
  rd_kafka_poll_set_consumer(client.get());
  const PartitionList list(rd_kafka_topic_partition_list_new(partitions));
  for (int i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), i)->offset =
        RD_KAFKA_OFFSET_BEGINNING;
  }
  require(rd_kafka_assign(client.get(), list.get()), "assign " + topic);
  std::vector<KafkaMessage> messages;
  for (int ended = 0; ended < partitions;) {
    const Message message(rd_kafka_consumer_poll(client.get(), kTimeoutMs));
    require(message != nullptr, "reading " + topic + " took too long");
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      ++ended;
    } else {
      require(message->err, "reading " + topic);
      messages.push_back(copy_of(*message));
    }
  }
  rd_kafka_consumer_close(client.get());
  return messages;
}

std::int64_t KafkaTool::committed(const std::string& group, const std::string& topic,
                                  std::int32_t partition) const {
  const Client client =
      open(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers_}, {"group.id", group}});
  const PartitionList list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  require(rd_kafka_committed(client.get(), list.get(), kTimeoutMs), "committed of " + group);
  return list->elems[0].offset;
}

}  // namespace gradus::test
