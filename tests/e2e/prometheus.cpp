#include "tests/e2e/prometheus.h"

#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>

#include "serve/http_client.h"

namespace gradus::test {
namespace {

using nlohmann::json;

std::string escaped(const std::string& text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

std::string configuration(const TempDir& folder, const std::string& target,
                          const std::vector<std::string>& rule_files) {
  json rules = json::array();
  for (const std::string& file : rule_files) rules.push_back(std::filesystem::absolute(file));
  const json config = {
      {"global", {{"scrape_interval", "1s"}, {"evaluation_interval", "1s"}}},
      {"rule_files", rules},
      {"scrape_configs", {{{"job_name", "gradus"}, {"static_configs", {{{"targets", {target}}}}}}}},
  };
  return folder.write("prometheus.yml", config.dump());
}

}  // namespace

Prometheus::Prometheus(const std::string& target, const std::vector<std::string>& rule_files)
    : process_({"prometheus", "--config.file=" + configuration(folder_, target, rule_files),
                "--storage.tsdb.path=" + (folder_ / "data").string(),
                "--web.listen-address=127.0.0.1:0"}) {
  while (const auto line = process_.read_error_line(std::chrono::minutes(1))) {
    const std::string listening = "msg=\"Listening on\" address=";
    const std::size_t at = line->find(listening);
    if (at == std::string::npos) continue;
    url_ = "http://" + line->substr(at + listening.size());
    return;
  }
  ADD_FAILURE() << "Prometheus does not start: " << process_.errors();
}

json Prometheus::query(const std::string& expression) const {
  return result_of("/api/v1/query?query=" + escaped(expression));
}

json Prometheus::query_over(const std::string& expression, std::chrono::seconds last) const {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto seconds = [](auto time) { return std::to_string(time.time_since_epoch().count()); };
  return result_of("/api/v1/query_range?query=" + escaped(expression) +
                   "&start=" + seconds(now - last) + "&end=" + seconds(now) + "&step=1");
}

json Prometheus::result_of(const std::string& path) const {
  const auto page = fetch(url_ + path);
  const json answer =
      page ? json::parse(page->body, nullptr, false) : json(json::value_t::discarded);
  return answer.is_object() && answer.contains("data") ? answer.at("data").at("result")
                                                       : json::array();
}

}  // namespace gradus::test
