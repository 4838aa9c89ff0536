#include "terminal/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradus {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Cells, CountWhatATerminalDraws) {
  EXPECT_EQ(cell_count("add1"), 4);
  EXPECT_EQ(cell_count("é▁█│"), 4);
  EXPECT_EQ(cell_count("加法"), 4) << "each takes two";
  EXPECT_EQ(cell_count("e\u0301"), 1) << "a combining mark takes none";
  EXPECT_EQ(cell_count("😀"), 2);
}

TEST(Cells, NothingThatATerminalObeysIsSafe) {
  EXPECT_EQ(safe_text("a\x1b[2Jb\nc\rd\te\x7f"), "a?[2Jb?c?d?e?");
  EXPECT_EQ(safe_text("\u0085x\u009b"), "?x?") << "C1 controls";
  EXPECT_EQ(safe_text("\u202Eabc\u2066\uFEFF\u200B"), "?abc???") << "direction, no width";
}

TEST(Cells, BytesThatAreNotUtf8AreReplacedOneByOne) {
  EXPECT_EQ(safe_text("a\xffz"), "a?z");
  EXPECT_EQ(safe_text("\xc0\xaf"), "??") << "an overlong slash";
  EXPECT_EQ(safe_text("\xed\xa0\x80"), "???") << "half of a surrogate pair";
  EXPECT_EQ(safe_text("\xe5\x8a"), "??") << "cut off";
  EXPECT_EQ(safe_text("\xf5\x80\x80\x80"), "????") << "beyond Unicode";
}

TEST(Cells, ACharacterKeepsTwoMarksAndTheBeginningNone) {
  EXPECT_EQ(safe_text("\u0301e\u0301\u0302\u0303\u0304"), "e\u0301\u0302");
}

TEST(Cells, WhatIsCutEndsWithAnEllipsis) {
  EXPECT_EQ(cut_text("twostep", 7), "twostep");
  EXPECT_EQ(cut_text("twostep", 5), "twos…");
  EXPECT_EQ(cut_text("加法加", 5), "加法…") << "no half of a character";
  EXPECT_EQ(cut_text("加法加", 4), "加…");
  EXPECT_EQ(cut_text("twostep", 1), "…");
  EXPECT_EQ(cut_text("twostep", 0), "");
}

TEST(Cells, LinesBreakBetweenWords) {
  EXPECT_THAT(wrap_text("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrap_text("one two", 3), ElementsAre("one", "two"));
  EXPECT_THAT(wrap_text("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
  EXPECT_THAT(wrap_text("加", 1), ElementsAre("加")) << "it cannot be broken";
  EXPECT_THAT(wrap_text("", 8), IsEmpty());
}

}  // namespace
}  // namespace gradus
