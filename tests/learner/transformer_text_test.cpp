#include "learner/learners/transformer_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/learner/transformer_questions.h"

namespace gradus {
namespace {

using ::testing::ElementsAre;

PackedText pack_two() {
  ExampleBatch batch;
  testing::add_question(batch, {"copy 5=", "5"});
  testing::add_question(batch, {"7+8=", "15"}, 2.0F);
  PackedText text;
  text.pack(batch, 0, 2);
  return text;
}

TEST(PackedText, PutsSequencesSideBySideWithoutPaddingOrEndTokens) {
  const PackedText text = pack_two();
  EXPECT_THAT(text.token, ElementsAre(21, 5, 15, 5, 7, 10, 8, 15, 1, 5));
  EXPECT_THAT(text.token_begin, ElementsAre(0, 4, 10));
}

TEST(PackedText, CountsPositionsFromZeroInEachSequence) {
  EXPECT_THAT(pack_two().position, ElementsAre(0, 1, 2, 3, 0, 1, 2, 3, 4, 5));
}

TEST(PackedText, ExpectsTheAnswerThenTheEnd) {
  const PackedText text = pack_two();
  EXPECT_THAT(text.target, ElementsAre(5, kEndToken, 1, 5, kEndToken));
  EXPECT_THAT(text.answer_begin, ElementsAre(0, 2, 5));
}

TEST(PackedText, GivesEveryAnswerPositionTheWeightOfItsExample) {
  EXPECT_THAT(pack_two().target_weight, ElementsAre(1, 1, 2, 2, 2));
}

TEST(PackedText, PacksOnlyTheExamplesAskedFor) {
  const ExampleBatch batch = testing::question_batch(17);
  PackedText text;
  text.pack(batch, 3, 5);  // odd 12= 0; 47+5= 52
  EXPECT_EQ(text.sequences(), 2U);
  EXPECT_THAT(text.target, ElementsAre(0, kEndToken, 5, 2, kEndToken));
}

TEST(PackedText, ForgetsWhatItHeldBefore) {
  const ExampleBatch batch = testing::question_batch(17);
  PackedText text;
  text.pack(batch, 0, 17);
  text.pack(batch, 0, 0);
  EXPECT_EQ(text.sequences(), 0U);
  EXPECT_EQ(text.tokens(), 0);
  EXPECT_EQ(text.answers(), 0);
}

}  // namespace
}  // namespace gradus
