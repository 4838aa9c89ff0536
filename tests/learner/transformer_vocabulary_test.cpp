#include "learner/learners/transformer_vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/learner/transformer_questions.h"

namespace gradus {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  EXPECT_TRUE(tokenize(text, tokens)) << text;
  return tokens;
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  for (const Token token : tokens_of(text)) pieces.emplace_back(token_text(token));
  return pieces;
}

TEST(TransformerVocabulary, NumbersDigitsSignsWordsAndEndInTheOrderOfTheSpecification) {
  EXPECT_THAT(tokens_of("0123456789"), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  EXPECT_THAT(tokens_of("+-*()= x,"), ElementsAre(10, 11, 12, 13, 14, 15, 16, 17, 18));
  EXPECT_THAT(tokens_of("max next copy odd gcd  mod "), ElementsAre(19, 20, 21, 22, 23, 24));
  EXPECT_EQ(token_text(kEndToken), "");
  EXPECT_EQ(kEndToken + 1, kVocabulary);
}

TEST(TransformerVocabulary, GivesTheSpaceAfterAWordToTheWord) {
  EXPECT_THAT(pieces_of("copy 5="), ElementsAre("copy ", "5", "="));
}

TEST(TransformerVocabulary, MakesTheSpaceBetweenOperandsATokenOfItsOwn) {
  EXPECT_THAT(pieces_of("max 3 9 4="), ElementsAre("max ", "3", " ", "9", " ", "4", "="));
}

TEST(TransformerVocabulary, TakesModWithBothSpacesAsOneToken) {
  EXPECT_THAT(pieces_of("45+67 mod 9="), ElementsAre("4", "5", "+", "6", "7", " mod ", "9", "="));
}

TEST(TransformerVocabulary, ReadsTheUnknownOfAnEquationAsACharacter) {
  EXPECT_THAT(pieces_of("2x+3=9,x="), ElementsAre("2", "x", "+", "3", "=", "9", ",", "x", "="));
}

TEST(TransformerVocabulary, TakesAQuestionOfEveryTask) {
  for (const auto& [prompt, answer] : testing::kQuestions) {
    EXPECT_EQ(check_transformer_text(prompt, answer), Reject::kNone) << prompt;
  }
}

TEST(TransformerVocabulary, TakesAnyTextMadeOfItsTokens) {
  EXPECT_EQ(check_transformer_text("odd gcd  mod ", "),(x"), Reject::kNone);
}

TEST(TransformerVocabulary, RejectsACharacterThatNoTokenBeginsWith) {
  for (const std::string_view prompt : {"12/3=", "1.5=", "a=", "Copy 5=", "5\t=", "\xc3\xa9="}) {
    EXPECT_EQ(check_transformer_text(prompt, "1"), Reject::kUnknownCharacter) << prompt;
  }
  EXPECT_EQ(check_transformer_text(std::string_view("\0=", 2), "1"), Reject::kUnknownCharacter);
}

TEST(TransformerVocabulary, RejectsAWordWithoutItsSpace) {
  EXPECT_EQ(check_transformer_text("copy5=", "5"), Reject::kUnknownCharacter);
  EXPECT_EQ(check_transformer_text("7mod 3=", "1"), Reject::kUnknownCharacter);
}

TEST(TransformerVocabulary, RejectsAnUnknownCharacterInTheAnswer) {
  EXPECT_EQ(check_transformer_text("1+1=", "two"), Reject::kUnknownCharacter);
}

TEST(TransformerVocabulary, RejectsAQuestionWithoutPromptOrAnswer) {
  EXPECT_EQ(check_transformer_text("1+1=", ""), Reject::kMissingField);
  EXPECT_EQ(check_transformer_text("", "2"), Reject::kMissingField);
}

TEST(TransformerVocabulary, TakesSixteenInputTokensAndNoMore) {
  const std::string answer(4, '9');
  EXPECT_EQ(check_transformer_text("copy 1234567890=", answer), Reject::kNone);
  EXPECT_EQ(check_transformer_text("copy 12345678901=", answer), Reject::kTooLong);
}

TEST(TransformerVocabulary, ExplainsWhatItRefuses) {
  EXPECT_THAT(explain_transformer_text("12m=", "2"), HasSubstr("character 'm' at 3 of the prompt"));
  EXPECT_THAT(explain_transformer_text("1+1=", "\xC3\xA9"), HasSubstr("at 1 of the answer"));
  EXPECT_THAT(explain_transformer_text("copy 12345678901=", "9999"),
              HasSubstr("have 17 characters and words, the transformer takes 16"));
}

TEST(TransformerVocabulary, NamesTheUnknownCharacterBeforeTheLength) {
  EXPECT_EQ(check_transformer_text(std::string(40, '?'), "1"), Reject::kUnknownCharacter);
}

}  // namespace
}  // namespace gradus
