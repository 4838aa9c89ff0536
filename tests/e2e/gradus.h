#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/process.h"

namespace gradus::test {

/// The command line of the binary under test, followed by these arguments.
std::vector<std::string> gradus_command(const std::vector<std::string>& arguments);

/// Runs gradus to its end.
Finished run_gradus(const std::vector<std::string>& arguments, std::string input = {});

/// Asks again and again until the condition holds; false where it does not within a minute.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds within = std::chrono::minutes(1));

/// A gradus that serves: started, and its address read from its first line.
class ServingGradus {
 public:
  explicit ServingGradus(const std::vector<std::string>& arguments, std::string input = {});

  const std::string& url() const { return url_; }
  /// The same without http://.
  std::string address() const { return url_.substr(std::string("http://").size()); }
  Process& process() { return process_; }
  /// The body of a page; empty unless the answer is 200.
  std::string body(const std::string& path) const;
  /// The status of a page; 0 where nobody answers.
  unsigned status(const std::string& path) const;
  /// The sum over the samples of a metric on /metrics whose labels contain `labels`; -1 where there
  /// is none.
  double metric(const std::string& name, const std::string& labels = {}) const;
  /// The examples learned since the run began, as /api/v1/progress says.
  std::uint64_t step() const;
  /// Sends the signal and waits for the end.
  Finished end_with(int signal);
  /// Waits for the end.
  Finished finish();

 private:
  Process process_;
  std::string url_;
};

}  // namespace gradus::test
