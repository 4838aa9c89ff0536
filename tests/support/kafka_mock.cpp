#include "tests/support/kafka_mock.h"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <future>
#include <stdexcept>

namespace gradus::test {
namespace {

constexpr std::int32_t kBroker = 1;

/// Opens a connection to the first broker and closes it again.
void knock(const std::string& brokers) {
  const std::size_t colon = brokers.find(':');
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(brokers.substr(colon + 1))));
  ::inet_pton(AF_INET, brokers.substr(0, colon).c_str(), &address.sin_addr);
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::close(descriptor);
}

}  // namespace

KafkaMock::KafkaMock(int brokers) {
  std::array<char, 512> why{};
  rd_kafka_conf_t* conf = rd_kafka_conf_new();
  rd_kafka_conf_set(conf, "log_level", "0", nullptr, 0);
  rd_kafka_t* host = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why.data(), why.size());
  if (host == nullptr) throw std::runtime_error(why.data());
  cluster_ = rd_kafka_mock_cluster_new(host, brokers);
}

// The mock's thread looks for work only once a second or when something comes over the network.
void KafkaMock::wake_for(const std::function<void()>& action) const {
  const std::string address = brokers();
  const auto done = std::async(std::launch::async, action);
  while (done.wait_for(std::chrono::milliseconds(5)) != std::future_status::ready) knock(address);
}

std::string KafkaMock::brokers() const { return rd_kafka_mock_cluster_bootstraps(cluster_); }

void KafkaMock::create_topic(const std::string& topic, int partitions) {
  rd_kafka_mock_topic_create(cluster_, topic.c_str(), partitions, 1);
}

void KafkaMock::set_topic_error(const std::string& topic, int error) {
  const auto code = static_cast<rd_kafka_resp_err_t>(error);
  wake_for([&] { rd_kafka_mock_topic_set_error(cluster_, topic.c_str(), code); });
}

void KafkaMock::set_down() {
  wake_for([this] { rd_kafka_mock_broker_set_down(cluster_, kBroker); });
}
void KafkaMock::set_up() {
  wake_for([this] { rd_kafka_mock_broker_set_up(cluster_, kBroker); });
}

void KafkaMock::push_errors(std::int16_t api, const std::vector<int>& errors) {
  std::vector<rd_kafka_resp_err_t> codes;
  for (const int error : errors) codes.push_back(static_cast<rd_kafka_resp_err_t>(error));
  rd_kafka_mock_push_request_errors_array(cluster_, api, codes.size(), codes.data());
}

void KafkaMock::set_versions(std::int16_t api, std::int16_t low, std::int16_t high) {
  wake_for([&] { rd_kafka_mock_set_apiversion(cluster_, api, low, high); });
}

}  // namespace gradus::test
