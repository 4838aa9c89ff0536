#pragma once

#include <memory>
#include <string>

#include "tests/support/temp_dir.h"

namespace gradus::test {

/// A real broker of its own, through scripts/broker; ended with the object. Run tests from the
/// root of the project. Every failure throws std::runtime_error.
class KafkaBroker {
 public:
  /// Returns when the broker answers, after about 3 s.
  KafkaBroker();
  ~KafkaBroker();
  KafkaBroker(const KafkaBroker&) = delete;
  KafkaBroker& operator=(const KafkaBroker&) = delete;

  std::string brokers() const { return "127.0.0.1:" + port_; }
  void stop();
  /// Starts again with the same data on the same port.
  void start();

 private:
  TempDir directory_;
  std::string port_;
};

/// The broker that ctest keeps for all tests that neither stop nor change it (BROKER in their
/// CMakeLists.txt; GRADUS_TEST_BROKER is its folder); one of its own where a test is run by hand.
/// Topics need names of their own. Every failure throws std::runtime_error.
class SharedBroker {
 public:
  SharedBroker();

  const std::string& brokers() const { return brokers_; }

 private:
  std::unique_ptr<KafkaBroker> own_;
  std::string brokers_;
};

/// The name of a topic that no other test has, nor an earlier run of this one.
std::string topic_of_this_test();

}  // namespace gradus::test
