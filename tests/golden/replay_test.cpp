#include "tests/golden/replay.h"
#include "tests/golden/same_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using Json = nlohmann::ordered_json;

constexpr Step kExamples = 6000;
constexpr auto kGolden = "tests/golden/data/replay.json";

/// Three digits: the most on which builds agree. Sums in other orders (vector width, fused multiply
/// and add, -O1 under the sanitizers) differ by 1e-7 at first, and 190 updates of the network carry
/// that to about 1e-4.
Json rounded(double value) { return std::round(value * 1000) / 1000; }
/// A value on the edge of its last digit may be rounded either way.
constexpr double kTolerance = 0.0015;

/// What is kept of the report: everything that people read.
Json essence(const Replay& replay) {
  const Json report = Json::parse(replay.report);
  Json tasks = Json::array();
  for (const Json& task : report.at("tasks")) {
    Json facets = Json::object();
    for (const Json& facet : task.at("facets"))
      facets[facet.at("name").get<std::string>()] = rounded(facet.at("score"));
    Json kept;
    for (const auto* key : {"task", "tier", "step", "own_step", "items", "verdict"})
      kept[key] = task.at(key);
    for (const auto* key : {"score", "lower", "upper", "log_loss"})
      kept[key] = rounded(task.at(key));
    kept["facets"] = facets;
    tasks.push_back(kept);
  }
  return {{"step", report.at("step")}, {"tasks", tasks}, {"tiers", report.at("tiers").size()}};
}

/// The curve of a task as pairs of step and score.
Json curve(const Replay& replay, TaskIndex task) {
  Json points = Json::array();
  for (const Score& score : replay.scores)
    if (score.task == task) points.push_back({score.step, rounded(score.sums.mean())});
  return points;
}

TEST(Replay, ComesToTheReportUnderReview) {
  const Replay done = replay(kExamples);
  const Json actual = {
      {"report", essence(done)}, {"copy", curve(done, 0)}, {"add1", curve(done, 4)}};
  if (std::getenv("GRADUS_UPDATE_GOLDEN") != nullptr)
    std::ofstream(kGolden) << actual.dump(1) << "\n";
  const Json expected = Json::parse(read_file(kGolden), nullptr, false);
  ASSERT_FALSE(expected.is_discarded()) << "no " << kGolden << "; GRADUS_UPDATE_GOLDEN=1 writes it";
  expect_same(actual, expected, kTolerance);
}

TEST(Replay, GivesTheSameBitsTwice) {
  const Replay first = replay(2000), second = replay(2000);
  ASSERT_FALSE(first.scores.empty());
  EXPECT_EQ(first.report, second.report);
  ASSERT_EQ(first.scores.size(), second.scores.size());
  for (std::size_t i = 0; i < first.scores.size(); ++i) {
    EXPECT_EQ(first.scores[i].sums.q, second.scores[i].sums.q);
    EXPECT_EQ(first.scores[i].sums.log_loss, second.scores[i].sums.log_loss);
    EXPECT_EQ(first.scores[i].exact_bits, second.scores[i].exact_bits);
  }
}

}  // namespace
}  // namespace gradus::test
