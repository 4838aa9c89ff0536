#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// A real Prometheus on a free port that scrapes one address as the job gradus, and evaluates its
/// rules, every second.
class Prometheus {
 public:
  /// `target` is HOST:PORT; `rule_files` are paths from the root of the project.
  explicit Prometheus(const std::string& target, const std::vector<std::string>& rule_files = {});

  const std::string& url() const { return url_; }
  /// The samples of an instant query; none while it does not answer.
  nlohmann::json query(const std::string& expression) const;
  /// The series of a query over the last while, a point a second.
  nlohmann::json query_over(const std::string& expression, std::chrono::seconds last) const;

 private:
  nlohmann::json result_of(const std::string& path) const;

  const TempDir folder_;
  Process process_;
  std::string url_;
};

}  // namespace gradus::test
