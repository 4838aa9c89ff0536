#include <algorithm>
#include <sstream>
#include <thread>
#include <vector>

#include "base/log.h"

namespace gradus {
namespace {

constexpr int kThreads = 4;
constexpr int kLines = 500;

TEST(LogThreads, NeverMixesTheLinesOfTwoThreads) {
  const ManualClock clock;
  std::string out;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, out);
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < kThreads; ++i) {
      writers.emplace_back([&log, i] {
        for (int line = 0; line < kLines; ++line) {
          log.info("app", std::string(50, static_cast<char>('a' + i)));
        }
      });
    }
  }
  EXPECT_EQ(log.written(LogLevel::kInfo), static_cast<std::uint64_t>(kThreads * kLines));
  std::istringstream lines(out);
  std::string line;
  int whole = 0;
  while (std::getline(lines, line)) {
    const std::string body = line.substr(line.size() - 50);
    whole += std::count(body.begin(), body.end(), body[0]) == 50 ? 1 : 0;
  }
  EXPECT_EQ(whole, kThreads * kLines);
}

TEST(LogThreads, CountsEveryLineWrittenOrHeldBack) {
  const ManualClock clock;
  std::string out;
  {
    Log log(LogFormat::kText, LogLevel::kInfo, clock, out);
    std::vector<std::jthread> writers;
    for (int i = 0; i < kThreads; ++i) {
      writers.emplace_back([&log] {
        for (int line = 0; line < kLines; ++line) {
          log.sampled(LogLevel::kInfo, "ingest", "nan", "x is NaN");
        }
      });
    }
  }
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
  EXPECT_THAT(out, testing::HasSubstr("nan: " + std::to_string(kThreads * kLines - 1) + " more"));
}

}  // namespace
}  // namespace gradus
