#pragma once

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

}  // namespace gradus::test
