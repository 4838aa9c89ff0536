#include "terminal/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradus {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Keys, LettersAndControls) {
  KeyReader reader;
  EXPECT_THAT(reader.read("q?sy \r\x0cx"),
              ElementsAre(Key::kQuit, Key::kHelp, Key::kSort, Key::kYes, Key::kEnter, Key::kEnter,
                          Key::kRedraw, Key::kOther));
}

TEST(Keys, ArrowsAndPagesInTheFormsOfSeveralTerminals) {
  KeyReader reader;
  EXPECT_THAT(reader.read("\x1b[A\x1bOB\x1b[5~\x1b[6~\x1b[H\x1bOF\x1b[1~\x1b[8~\x1b[1;5A"),
              ElementsAre(Key::kUp, Key::kDown, Key::kPageUp, Key::kPageDown, Key::kHome, Key::kEnd,
                          Key::kHome, Key::kEnd, Key::kUp));
}

TEST(Keys, ASequenceMayComeInPieces) {
  KeyReader reader;
  EXPECT_THAT(reader.read("\x1b"), IsEmpty());
  EXPECT_TRUE(reader.waits());
  EXPECT_THAT(reader.read("["), IsEmpty());
  EXPECT_THAT(reader.read("B"), ElementsAre(Key::kDown));
  EXPECT_FALSE(reader.waits());
}

TEST(Keys, AnEscapeThatNothingFollowsIsTheKey) {
  KeyReader reader;
  EXPECT_THAT(reader.settle(), IsEmpty());
  EXPECT_THAT(reader.read("\x1b"), IsEmpty());
  EXPECT_THAT(reader.settle(), ElementsAre(Key::kEscape));
  EXPECT_THAT(reader.read("\x1b\x1b[A"), ElementsAre(Key::kEscape, Key::kUp));
}

TEST(Keys, UnknownSequencesAreOneKeyAndNoneOfTheirBytesIs) {
  KeyReader reader;
  EXPECT_THAT(reader.read("\x1b[200~"), ElementsAre(Key::kOther));
  EXPECT_THAT(reader.read("\x1bq"), ElementsAre(Key::kOther)) << "Alt-q ends nothing";
  EXPECT_THAT(reader.read("加"), ElementsAre(Key::kOther));
  EXPECT_THAT(reader.read("\x1b[;;;;;;;;;;;;;;;"), ElementsAre(Key::kOther)) << "without an end";
}

}  // namespace
}  // namespace gradus
