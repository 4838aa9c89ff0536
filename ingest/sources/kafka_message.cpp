#include "ingest/sources/kafka_message.h"

#include <librdkafka/rdkafka.h>

namespace gradus {

RawRecord kafka_record(const rd_kafka_message_s& message) {
  rd_kafka_timestamp_type_t type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
  return {
      .bytes = {static_cast<const char*>(message.payload), message.len},
      .key = {static_cast<const char*>(message.key), message.key_len},
      .tombstone = message.payload == nullptr,
      .partition = message.partition,
      .offset = message.offset,
      .timestamp_ms = rd_kafka_message_timestamp(&message, &type),
      .headers = nullptr,
  };
}

std::vector<RecordHeader> kafka_headers(const rd_kafka_message_s& message) {
  std::vector<RecordHeader> headers;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(list, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i) {
    headers.push_back({.name = name, .value = std::nullopt});
    if (value != nullptr) headers.back().value.emplace(static_cast<const char*>(value), size);
  }
  return headers;
}

}  // namespace gradus
