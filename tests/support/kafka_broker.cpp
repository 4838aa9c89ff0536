#include "tests/support/kafka_broker.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace gradus::test {
namespace {

/// What a command prints on standard output, without the last line break.
std::string output_of(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 256> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  if (::pclose(pipe) != 0) throw std::runtime_error(command + " failed");
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

}  // namespace

KafkaBroker::KafkaBroker() { start(); }

KafkaBroker::~KafkaBroker() {
  static_cast<void>(std::system(("scripts/broker stop " + directory_.path().string()).c_str()));
}

void KafkaBroker::start() {
  port_ = output_of("scripts/broker start " + directory_.path().string());
}

void KafkaBroker::stop() { output_of("scripts/broker stop " + directory_.path().string()); }

SharedBroker::SharedBroker() {
  const char* folder = std::getenv("GRADUS_TEST_BROKER");
  if (folder == nullptr) {
    own_ = std::make_unique<KafkaBroker>();
    brokers_ = own_->brokers();
    return;
  }
  std::string port = read_file(std::filesystem::path(folder) / "port");
  while (port.ends_with('\n')) port.pop_back();
  if (port.empty()) throw std::runtime_error(std::string("no broker in ") + folder);
  brokers_ = "127.0.0.1:" + port;
}

std::string topic_of_this_test() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  return std::string(test->name()) + "-" + std::to_string(::getpid());
}

}  // namespace gradus::test
