#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "describe/run_view.h"
#include "tests/probes/fakes.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

/// A view of a run whose slots the test fills: two tasks, a history of its own, a clock that stands
/// still.
class ViewFixture : public ::testing::Test {
 protected:
  ViewFixture() : log_(LogFormat::kText, LogLevel::kInfo, clock_, lines_) {
    facts_.run = "school";
    history_ = std::move(*History::open(folder_.path(), "school"));
    EXPECT_TRUE(history_->begin_attempt(0, clock_.now()).has_value());
  }

  /// A report with both tasks, the newest scores at this step.
  static ProgressReport report_at(Step step) {
    ProgressReport report;
    report.run = "school";
    report.ladder = "school";
    report.step = step;
    for (const char* name : {"add1", "sub1"}) {
      TaskProgress& task = report.tasks.emplace_back();
      task.task = name;
      task.tier = "first";
      task.step = step;
      task.items = 2;
      task.score = 0.5;
    }
    report.tiers.push_back({"first", Verdict::kDormant, 0.5});
    return report;
  }
  void publish(ProgressReport report) {
    slots_.progress.set(std::make_shared<const ProgressReport>(std::move(report)));
  }
  void publish_step(Step step) {
    LearnerStats stats;
    stats.step = step;
    slots_.learner.set(std::make_shared<const LearnerStats>(std::move(stats)));
  }

  const TempDir folder_;
  ManualClock clock_{Timestamp(std::chrono::seconds(1000))};
  std::string lines_;
  Log log_;
  RunFacts facts_;
  Ladder ladder_ = ladder_of({"add1", "sub1"});
  RunSlots slots_;
  std::unique_ptr<History> history_;
  RunView view_{facts_, &ladder_, slots_, nullptr, clock_, log_};
};

}  // namespace gradus::test
