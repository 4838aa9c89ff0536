#include "tests/e2e/records.h"

#include <gtest/gtest.h>

#include <array>

#include "base/random.h"
#include "tests/e2e/gradus.h"

namespace gradus::test {

std::vector<std::string> attribute_records(std::size_t count, std::uint64_t seed) {
  SplitMix64 random(seed);
  std::array<std::int64_t, 20> rule{};
  for (std::int64_t& each : rule) each = random.between(-9, 9);
  std::vector<std::string> records(count);
  for (std::string& record : records) {
    std::int64_t sum = 0;
    record = R"({"features":{)";
    for (std::size_t i = 0; i < rule.size(); ++i) {
      const std::int64_t value = random.between(-50, 50);
      sum += rule[i] * value;
      record += (i == 0 ? "\"f" : ",\"f") + std::to_string(i) + "\":" + std::to_string(value);
    }
    record += sum > 0 ? R"(},"y":1})" : R"(},"y":0})";
  }
  return records;
}

std::string as_lines(const std::vector<std::string>& records) {
  std::string lines;
  for (const std::string& record : records) lines += record + "\n";
  return lines;
}

std::string question_lines(std::size_t count) {
  const Finished made =
      run_gradus({"produce", "--ladder", "arithmetic", "--count", std::to_string(count)});
  EXPECT_EQ(made.code, 0) << made.errors;
  return made.output;
}

}  // namespace gradus::test
