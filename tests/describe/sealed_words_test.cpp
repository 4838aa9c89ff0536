#include "describe/sealed_words.h"

#include <nlohmann/json.hpp>

#include "describe/task_json.h"

namespace gradus {
namespace {

TaskProgress compared(double gap, double lower, double upper) {
  TaskProgress task;
  task.sealed = SealedGap{
      .step = 4096, .items = 128, .score = 0.5, .gap = gap, .lower = lower, .upper = upper};
  return task;
}

TEST(SealedWords, AreEmptyWithoutSealedItems) {
  EXPECT_EQ(sealed_words({}), "");
  EXPECT_TRUE(task_json({}).at("sealed").is_null());
}

TEST(SealedWords, SayThatThereIsNoSignWhereTheGapMayBeNone) {
  EXPECT_EQ(sealed_words(compared(0.01, -0.03, 0.05)),
            "No sign of overfitting to the probes (gap +0.01 [-0.03, 0.05], 128 sealed items).");
  EXPECT_EQ(sealed_words(compared(-0.02, -0.06, 0.02)),
            "No sign of overfitting to the probes (gap -0.02 [-0.06, 0.02], 128 sealed items).");
}

TEST(SealedWords, SayThatProbeItemsAreKnownBetterWhereTheGapIsSure) {
  EXPECT_EQ(sealed_words(compared(0.3, 0.12, 0.48)),
            "The probe items are known better than new ones of the same kind (gap +0.30 [0.12, "
            "0.48]): the score of this task is too high.");
}

TEST(SealedWords, StandInTheApiWithTheirFigures) {
  const auto json = task_json(compared(0.3, 0.12, 0.48)).at("sealed");
  EXPECT_EQ(json.at("gap"), 0.3);
  EXPECT_EQ(json.at("overfit"), true);
  EXPECT_EQ(json.at("items"), 128);
  EXPECT_EQ(json.at("words"), sealed_words(compared(0.3, 0.12, 0.48)));
}

}  // namespace
}  // namespace gradus
