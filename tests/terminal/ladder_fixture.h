#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "terminal/display.h"
#include "terminal/score_trails.h"

namespace gradus::test {

/// A ladder of three tiers with six tasks, the first tier mastered, at step 100,000.
inline ProgressReport three_tiers() {
  ProgressReport report;
  report.ladder = "school";
  report.step = 100'000;
  const std::vector<std::pair<std::string, std::vector<std::string>>> tiers = {
      {"first", {"copy", "odd"}}, {"second", {"add", "sub"}}, {"third", {"mul", "solve"}}};
  for (const auto& [tier, tasks] : tiers) {
    const bool first = tier == "first", second = tier == "second";
    const Verdict verdict = first    ? Verdict::kMastered
                            : second ? Verdict::kLearning
                                     : Verdict::kDormant;
    for (const std::string& name : tasks) {
      TaskProgress& task = report.tasks.emplace_back();
      task.task = name;
      task.tier = tier;
      task.step = report.step;
      task.own_step = 10'000;
      task.items = 128;
      task.score = first ? 0.97 : second ? 0.5 : 0.2;
      task.now = {task.score - 0.02, task.score + 0.02};
      task.verdict = verdict;
      task.since_step = first ? 20'000 : second ? 40'000 : 0;
    }
    report.tiers.push_back({tier, verdict, report.tasks.back().score});
  }
  return report;
}

inline DisplayFrame frame_of(ProgressReport report) {
  DisplayFrame frame;
  frame.headline = "First tier: all 2 mastered; Second tier: learning, add at 0.50 [0.48, 0.52].";
  frame.run = "demo";
  frame.url = "http://127.0.0.1:9630";
  frame.status.step = report.step;
  frame.status.examples_per_second = 1234;
  frame.report = std::make_shared<const ProgressReport>(std::move(report));
  return frame;
}

}  // namespace gradus::test
