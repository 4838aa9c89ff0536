#include "tests/stack/alert_pipeline.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "serve/http_client.h"
#include "tests/e2e/gradus.h"

namespace gradus::test {
namespace {

constexpr auto kStart = std::chrono::minutes(1);

/// The address of the first line that names one; empty where none comes.
std::string address_in(const std::optional<std::string>& line) {
  std::smatch found;
  if (line && std::regex_search(*line, found, std::regex("127\\.0\\.0\\.1:[1-9][0-9]*")))
    return found.str();
  return {};
}

std::string logged_address(Process& process) {
  while (const auto line = process.read_error_line(kStart))
    if (line->find("Listening on") != std::string::npos) return address_in(line);
  ADD_FAILURE() << "does not start: " << process.errors();
  return {};
}

std::string alertmanager_configuration(const TempDir& folder, Process& webhook) {
  const std::string address = address_in(webhook.read_line(kStart));
  const std::string example = read_file("dashboards/alertmanager/alertmanager.demo.yml");
  return folder.write(
      "alertmanager.yml",
      std::regex_replace(example, std::regex("http://[^ \"]*:9631/"), "http://" + address + "/"));
}

std::string prometheus_configuration(const TempDir& folder, Process& alertmanager,
                                     const std::vector<std::string>& targets) {
  std::string quoted;
  for (const std::string& target : targets) quoted += "\"" + target + "\", ";
  const std::string rules = std::filesystem::absolute("dashboards/prometheus").string();
  return folder.write("prometheus.yml",
                      "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
                      "rule_files: [\"" +
                          rules + "/gradus.rules.demo.yml\", \"" + rules +
                          "/gradus.alerts.demo.yml\"]\n"
                          "alerting: {alertmanagers: [{static_configs: [{targets: [\"" +
                          logged_address(alertmanager) +
                          "\"]}]}]}\n"
                          "scrape_configs:\n"
                          "  - {job_name: gradus, static_configs: [{targets: [" +
                          quoted + "]}]}\n");
}

}  // namespace

AlertPipeline::AlertPipeline(const std::vector<std::string>& targets)
    : webhook_({"scripts/webhook", "--listen", "127.0.0.1:0"}),
      alertmanager_({"prometheus-alertmanager",
                     "--config.file=" + alertmanager_configuration(folder_, webhook_),
                     "--storage.path=" + (folder_ / "alertmanager").string(),
                     "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="}),
      prometheus_({"prometheus",
                   "--config.file=" + prometheus_configuration(folder_, alertmanager_, targets),
                   "--storage.tsdb.path=" + (folder_ / "prometheus").string(),
                   "--web.listen-address=127.0.0.1:0"}) {
  // It may take seconds to look for its targets.
  const std::string up = "http://" + logged_address(prometheus_) + "/api/v1/query?query=count(up)";
  const std::string all = ",\"" + std::to_string(targets.size()) + "\"]";
  EXPECT_TRUE(eventually([&] {
    const auto answer = fetch(up);
    return answer && answer->body.find(all) != std::string::npos;
  }));
}

std::string AlertPipeline::wait_for(const std::string& status, const std::string& alert,
                                    std::chrono::seconds within) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  for (auto now = std::chrono::steady_clock::now(); now < deadline;
       now = std::chrono::steady_clock::now()) {
    const auto line =
        webhook_.read_line(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now));
    if (!line) break;
    if (line->find(status) != std::string::npos && line->find(alert) != std::string::npos)
      return *line;
  }
  return {};
}

}  // namespace gradus::test
