// How many records of 200 bytes a second come from a real broker: written by KafkaWriter, polled
// through KafkaSource, and beside it, in turns, by the bare librdkafka loop that it is built on.
// Usage, from the root of the project: poll_bench [records] [partitions] [rounds]

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "ingest/kafka_writer.h"
#include "ingest/sources/kafka_source.h"
#include "tests/support/kafka_broker.h"

namespace gradus {
namespace {

constexpr std::size_t kRecordBytes = 200;
constexpr std::size_t kMiniBatch = 512;

struct Bench {
  SystemClock clock;
  std::string lines;
  Log log{LogFormat::kText, LogLevel::kWarning, clock, lines};
  std::string brokers;
  std::uint64_t records = 0;
  int partitions = 0;
};

/// One pass over the topic, from its first record to its last.
struct Round {
  double per_second = 0;       ///< records
  double cpu_nanoseconds = 0;  ///< of the polling thread, a record
};

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "poll_bench: %s\n", why.c_str());
  std::exit(1);
}

/// Counts from the first record on: librdkafka takes half a second to get there.
class Stopwatch {
 public:
  explicit Stopwatch(const Clock& clock) : clock_(clock) {}
  void start() {
    wall_ = clock_.elapsed();
    cpu_ = clock_.thread_cpu();
  }
  Round stop_after(std::uint64_t records) const {
    const auto seconds = std::chrono::duration<double>(clock_.elapsed() - wall_).count();
    const auto cpu = static_cast<double>((clock_.thread_cpu() - cpu_).count());
    return {static_cast<double>(records) / seconds, cpu / static_cast<double>(records)};
  }

 private:
  const Clock& clock_;
  Duration wall_{0};
  Duration cpu_{0};
};

Options section(const Bench& bench) {
  Options options("stream.kafka");
  options.set("brokers", bench.brokers, "bench");
  options.set("topic", "bench", "bench");
  return options;
}

/// Text like JSON, with decimals that compress as badly as real ones.
std::string record_text(SplitMix64& random) {
  std::string text = R"({"x":[)";
  while (text.size() < kRecordBytes - 8) {
    text += "0." + std::to_string(random.between(1000, 9999)) + ",";
  }
  text.resize(kRecordBytes - 7);
  return text + R"(],"y":1)";
}

Round write_all(Bench& bench) {
  SplitMix64 random(1);
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) texts.push_back(record_text(random));
  Options options = section(bench);
  auto writer = KafkaWriter::open(options, bench.partitions, bench.log);
  if (!writer) stop(writer.error().message);
  Stopwatch watch(bench.clock);
  watch.start();
  for (std::uint64_t i = 0; i < bench.records; ++i) {
    while (!(*writer)->write(texts[i % texts.size()])) {
    }
  }
  if (const auto flushed = (*writer)->flush(std::chrono::minutes(5)); !flushed) {
    stop(flushed.error().message);
  }
  return watch.stop_after((*writer)->delivered());
}

Round poll_through_source(Bench& bench) {
  Options options = section(bench);
  SourceSetup setup;
  setup.run = "bench";
  setup.until_end = true;
  setup.clock = &bench.clock;
  setup.log = &bench.log;
  auto source = make_kafka_source(options, setup);
  if (!source) stop(source.error().message);
  if (const auto opened = (*source)->open({}); !opened) stop(opened.error().message);
  Stopwatch watch(bench.clock);
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  while (!(*source)->ended()) {
    const auto records = (*source)->poll(kMiniBatch, std::chrono::milliseconds(100));
    if (!records) stop(records.error().message);
    if (count == 0 && !records->empty()) watch.start();
    for (const RawRecord& record : *records) sum += static_cast<unsigned char>(record.bytes[0]);
    count += records->size();
  }
  if (count != bench.records || sum != count * '{') stop("the source lost records");
  return watch.stop_after(count);
}

rd_kafka_t* bare_consumer(const Bench& bench) {
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  for (const auto& [key, value] :
       std::vector<std::pair<std::string, std::string>>{{"bootstrap.servers", bench.brokers},
                                                        {"group.id", "bare"},
                                                        {"enable.auto.commit", "false"},
                                                        {"enable.auto.offset.store", "false"},
                                                        {"check.crcs", "true"},
                                                        {"fetch.wait.max.ms", "100"}}) {
    rd_kafka_conf_set(conf, key.c_str(), value.c_str(), nullptr, 0);
  }
  rd_kafka_t* client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, nullptr, 0);
  rd_kafka_poll_set_consumer(client);
  rd_kafka_topic_partition_list_t* list = rd_kafka_topic_partition_list_new(bench.partitions);
  for (int i = 0; i < bench.partitions; ++i) {
    rd_kafka_topic_partition_list_add(list, "bench", i)->offset = RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(client, list);
  rd_kafka_topic_partition_list_destroy(list);
  return client;
}

Round poll_bare(Bench& bench) {
  rd_kafka_t* client = bare_consumer(bench);
  Stopwatch watch(bench.clock);
  std::uint64_t count = 0;
  std::uint64_t sum = 0;
  while (count < bench.records) {
    rd_kafka_message_t* message = rd_kafka_consumer_poll(client, 100);
    if (message == nullptr) continue;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) stop(rd_kafka_message_errstr(message));
    if (count == 0) watch.start();
    sum += static_cast<const unsigned char*>(message->payload)[0];
    ++count;
    rd_kafka_message_destroy(message);
  }
  const Round round = watch.stop_after(count);
  if (sum != count * '{') stop("the bare client lost records");
  rd_kafka_consumer_close(client);
  rd_kafka_destroy(client);
  return round;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double report(const char* name, const std::vector<Round>& rounds) {
  std::vector<double> rates;
  std::vector<double> cpu;
  for (const Round& round : rounds) {
    rates.push_back(round.per_second * 1e-6);
    cpu.push_back(round.cpu_nanoseconds);
  }
  const auto [low, high] = std::minmax_element(rates.begin(), rates.end());
  std::printf("%-12s %.2f M records/s (%.2f-%.2f), %.0f ns of CPU a record on the polling thread\n",
              name, median(rates), *low, *high, median(cpu));
  return median(rates);
}

}  // namespace
}  // namespace gradus

int main(int argc, char** argv) {
  using namespace gradus;
  const test::KafkaBroker broker;
  Bench bench;
  bench.brokers = broker.brokers();
  bench.records = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
  bench.partitions = argc > 2 ? std::atoi(argv[2]) : 16;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 7;
  report("written", {write_all(bench)});
  std::vector<Round> source;
  std::vector<Round> bare;
  poll_bare(bench);  // fills the page cache
  for (int i = 0; i < rounds; ++i) {
    source.push_back(poll_through_source(bench));
    bare.push_back(poll_bare(bench));
  }
  const double through_source = report("source", source);
  const double through_bare = report("bare client", bare);
  std::printf("source / bare client: %.2f\n", through_source / through_bare);
  return 0;
}
