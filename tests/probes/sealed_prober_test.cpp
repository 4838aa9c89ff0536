#include "probes/sealed_prober.h"

#include "tests/probes/fakes.h"

namespace gradus {
namespace {

/// Two tasks of which the first has sealed items, and a model that says 0.25 of each.
class SealedProberTest : public ::testing::Test {
 protected:
  SealedProberTest() : log_(LogFormat::kText, LogLevel::kInfo, clock_, lines_) {
    const std::vector<Item> sealed(20, test::item(0, "add1 1+1= 2"));
    prober_.emplace(std::move(*SealedProber::make(ladder_, sealed, decoder_, log_)));
  }

  enum class Which : std::uint8_t { kMore, kLast };
  std::vector<Score> probe(Step step, Which which = Which::kMore, float q = 0.25f) {
    Snapshot snapshot;
    snapshot.step = step;
    snapshot.last = which == Which::kLast;
    snapshot.predictor = std::make_shared<test::ScriptedPredictor>(
        [q](const ExampleBatch& items, ItemScores& out) { test::say(items, q, out); });
    std::vector<Score> scores(2);
    for (TaskIndex task = 0; task < 2; ++task) {
      scores[task].task = task;
      scores[task].step = step;
      scores[task].own_step = step / 2;
    }
    return prober_->probe(snapshot, scores);
  }

  ManualClock clock_{Timestamp{}};
  std::string lines_;
  Log log_;
  Ladder ladder_ = test::ladder_of({"add1", "sub1"});
  test::WordsDecoder decoder_{ladder_};
  std::optional<SealedProber> prober_;
};

TEST_F(SealedProberTest, ScoresOnlyTasksThatHaveSealedItems) {
  const auto scores = probe(1000);
  ASSERT_EQ(scores.size(), 1u);
  EXPECT_EQ(scores[0].task, 0);
  EXPECT_EQ(scores[0].step, 1000u);
  EXPECT_EQ(scores[0].own_step, 500u);
  EXPECT_EQ(scores[0].sums.items, 20u);
  EXPECT_EQ(scores[0].sums.mean(), 0.25);
}

TEST_F(SealedProberTest, AsksOnceADoublingHoweverOftenTheFirstSetIsAsked) {
  std::vector<Step> asked;
  for (Step step = 500; step < 9000; step += 20)
    if (!probe(step).empty()) asked.push_back(step);
  EXPECT_EQ(asked, (std::vector<Step>{500, 520, 1040, 2060, 4100, 8200}));
}

TEST_F(SealedProberTest, AsksTheLastSnapshotToo) {
  probe(1100);
  EXPECT_TRUE(probe(1200).empty());
  EXPECT_EQ(probe(1300, Which::kLast).size(), 1u);
}

TEST_F(SealedProberTest, LogsAScoreThatCannotBeAndTriesAgainADoublingLater) {
  EXPECT_TRUE(probe(1100, Which::kMore, 7.0f).empty());
  EXPECT_NE(lines_.find("sealed items of add1 at step 1100"), std::string::npos) << lines_;
  EXPECT_TRUE(probe(1200).empty());
  EXPECT_EQ(probe(2100).size(), 1u);
}

TEST_F(SealedProberTest, NamesAnItemThatCannotBeDecoded) {
  const auto made =
      SealedProber::make(ladder_, std::vector<Item>{test::item(1, "nonsense")}, decoder_, log_);
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::kBadData);
}

}  // namespace
}  // namespace gradus
