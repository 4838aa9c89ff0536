#include "run/resumed_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "base/clock.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ResumedHistory : public ::testing::Test {
 protected:
  /// Opens the history and resumes it from a checkpoint at `step`; 0: without one.
  std::unique_ptr<History> resumed(Step step) {
    auto history = std::move(*History::open(folder_.path(), "school"));
    std::optional<Checkpoint> checkpoint;
    if (step > 0) {
      checkpoint.emplace();
      checkpoint->step = checkpoint->sums.examples = step;
      checkpoint->events.of(Reject::kMalformed) = 7;
    }
    EXPECT_TRUE(resume_history(*history, checkpoint, clock_.now(), clock_.now(), log_));
    return history;
  }

  const test::TempDir folder_;
  ManualClock clock_{Timestamp(std::chrono::seconds(1700000000))};
  std::string lines_;
  Log log_{LogFormat::kText, LogLevel::kInfo, clock_, lines_};
};

TEST_F(ResumedHistory, BeginsQuietlyWithTheRun) {
  const auto history = resumed(0);
  EXPECT_THAT(*history->annotations(), SizeIs(0));
  EXPECT_EQ(lines_, "");
}

TEST_F(ResumedHistory, ReportsOnceThatItWasLostBesideItsCheckpoint) {
  {
    const auto history = resumed(5000);
    EXPECT_THAT(lines_, HasSubstr("step 5,000"));
    ASSERT_THAT(*history->annotations(), SizeIs(1));
    EXPECT_EQ(history->annotations()->front().step, 5000U);
    EXPECT_THAT(history->annotations()->front().text, HasSubstr("history.db was missing"));
    const auto spans = history->stream_spans();
    ASSERT_THAT(*spans, SizeIs(1));
    EXPECT_EQ(spans->front().examples, 5000U);
    EXPECT_EQ(spans->front().events.of(Reject::kMalformed), 7U);
  }
  lines_.clear();
  const auto again = resumed(6000);
  EXPECT_EQ(lines_, "");
  EXPECT_THAT(*again->annotations(), SizeIs(1));
  EXPECT_THAT(*again->stream_spans(), SizeIs(2));
}

}  // namespace
}  // namespace gradus
