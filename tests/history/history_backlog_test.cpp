#include "history/history_backlog.h"

#include <gtest/gtest.h>

#include "tests/history/history_scores.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;
using test::report_of;
using test::score_at;

class HistoryBacklogTest : public ::testing::Test {
 protected:
  HistoryBacklogTest() : history_(std::move(*History::open(dir_.path(), "school"))) {
    EXPECT_TRUE(history_->begin_attempt(0, at_second(1)));
  }
  std::vector<Step> steps() const {
    std::vector<Step> found;
    const auto scores = history_->scores();
    EXPECT_TRUE(scores);
    for (const Score& score : *scores) found.push_back(score.step);
    return found;
  }

  const test::TempDir dir_;
  std::unique_ptr<History> history_;
};

TEST_F(HistoryBacklogTest, WritesLaterWhatCouldNotBeWritten) {
  HistoryBacklog backlog(*history_);
  backlog.add(std::vector{score_at(10, 0.5)}, report_of({"add"}));
  backlog.add(Annotation{.id = 1, .step = 10, .time = at_second(1), .text = "note"});
  {
    const test::FileSizeLimit full(4096);
    EXPECT_FALSE(backlog.write());
  }
  EXPECT_EQ(backlog.stats().write_failures, 1U);
  EXPECT_EQ(backlog.stats().scores_waiting, 1U);
  backlog.add(std::vector{score_at(20, 0.5)}, report_of({"add"}));
  ASSERT_TRUE(backlog.write());
  EXPECT_EQ(steps(), (std::vector<Step>{10, 20}));
  EXPECT_EQ(history_->annotations()->size(), 1U);
  EXPECT_TRUE(backlog.is_empty());
  EXPECT_EQ(backlog.stats().scores_waiting, 0U);
  EXPECT_EQ(backlog.stats().scores_dropped, 0U);
}

TEST_F(HistoryBacklogTest, DropsTheOldestScoresWhereThereIsNoRoomAndCountsThem) {
  HistoryBacklog backlog(*history_, 2);
  for (const Step step : {10, 20, 30})
    backlog.add(std::vector{score_at(step, 0.5)}, report_of({"add"}));
  EXPECT_EQ(backlog.stats().scores_waiting, 2U);
  EXPECT_EQ(backlog.stats().scores_dropped, 1U);
  ASSERT_TRUE(backlog.write());
  EXPECT_EQ(steps(), (std::vector<Step>{20, 30}));
}

}  // namespace
}  // namespace gradus
