#include "tests/e2e/gradus.h"

#include <gtest/gtest.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "serve/http_client.h"

namespace gradus::test {
namespace {

constexpr std::string_view kListening = "listening on ";
constexpr auto kStart = std::chrono::minutes(1);
constexpr auto kEnd = std::chrono::minutes(10);  // whatever else the machine has to do
constexpr auto kBetweenLooks = std::chrono::milliseconds(10);

}  // namespace

std::vector<std::string> gradus_command(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{GRADUS_BINARY};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

Finished run_gradus(const std::vector<std::string>& arguments, std::string input) {
  return run_to_end(gradus_command(arguments), std::move(input), kEnd);
}

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds within) {
  const auto deadline = std::chrono::steady_clock::now() + within;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

ServingGradus::ServingGradus(const std::vector<std::string>& arguments, std::string input)
    : process_(gradus_command(arguments), std::move(input)) {
  const auto line = process_.read_line(kStart);
  if (line && line->starts_with(kListening))
    url_ = line->substr(kListening.size());
  else
    ADD_FAILURE() << "gradus does not say where it listens; " << line.value_or("")
                  << process_.errors();
}

std::string ServingGradus::body(const std::string& path) const {
  const auto page = fetch(url_ + path);
  return page && page->status == 200 ? page->body : "";
}

unsigned ServingGradus::status(const std::string& path) const {
  const auto page = fetch(url_ + path);
  return page ? page->status : 0;
}

double ServingGradus::metric(const std::string& name, const std::string& labels) const {
  const std::string page = body("/metrics");
  double sum = -1;
  for (std::size_t at = 0; (at = page.find("\n" + name, at)) != std::string::npos; ++at) {
    const std::size_t after = at + 1 + name.size();
    if (page[after] != ' ' && page[after] != '{') continue;
    const std::string line = page.substr(after, page.find('\n', after) - after);
    if (line.find(labels) == std::string::npos) continue;
    const std::size_t value = line.rfind(' ') + 1;
    sum = (sum < 0 ? 0 : sum) + std::strtod(line.c_str() + value, nullptr);
  }
  return sum;
}

std::uint64_t ServingGradus::step() const {
  const auto progress = nlohmann::json::parse(body("/api/v1/progress"), nullptr, false);
  return progress.is_object() ? progress.at("step").get<std::uint64_t>() : 0;
}

Finished ServingGradus::end_with(int signal) {
  process_.send(signal);
  return finish();
}

Finished ServingGradus::finish() {
  const auto code = process_.wait(kEnd);
  if (!code) ADD_FAILURE() << "gradus has not ended; " << process_.errors();
  return {code.value_or(-1), process_.output(), process_.errors()};
}

}  // namespace gradus::test
