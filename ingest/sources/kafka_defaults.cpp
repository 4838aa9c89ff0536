#include "ingest/sources/kafka_defaults.h"

namespace gradus {

std::vector<KafkaDefault> consumer_defaults(const std::string& run) {
  return {
      {"allow.auto.create.topics", "false"},  // a mistyped name must fail, not make a topic
      {"check.crcs", "true"},
      {"client.id", "gradus-" + run},
      {"fetch.queue.backoff.ms", "10"},  // since 2.2: how long a full queue stops fetching
      {"fetch.wait.max.ms", "100"},
      {"isolation.level", "read_committed"},
      // Limits that are reached make versions before 2.2 fetch only once a second, so they bound
      // the rate: what is queued must last for a second. Four times librdkafka's default number let
      // a linear learner on 20 attributes take 3.3 times as much, for 150 MB more
      // (tests/bench/system_bench.py stream).
      {"queued.max.messages.kbytes", "131072"},
      {"queued.min.messages", "400000"},
      {"reconnect.backoff.max.ms", "2000"},
      {"socket.keepalive.enable", "true"},
      {"socket.nagle.disable", "true"},
      {"statistics.interval.ms", "5000"},
      // How late the partitions are noticed that a topic gains.
      {"topic.metadata.refresh.interval.ms", "60000"},
  };
}

std::vector<KafkaDefault> consumer_owned(const std::string& run) {
  return {
      // Never jump silently: where an offset is gone, the source decides.
      {"auto.offset.reset", "error"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"group.id", "gradus-" + run},
  };
}

}  // namespace gradus
