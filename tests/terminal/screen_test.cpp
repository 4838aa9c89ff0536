#include "terminal/screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "terminal/screen_painter.h"

namespace gradus {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ScreenLine line(std::size_t width, std::string_view text) {
  ScreenLine out(width);
  out.add(text);
  return out;
}

TEST(ScreenLineOf, AWidthIsNeverWider) {
  ScreenLine out(6);
  out.add("abcd").add("efgh").add("ij");
  EXPECT_EQ(out.text(), "abcde…");
  EXPECT_EQ(out.left(), 0);
  EXPECT_EQ(ScreenLine(3).pad_to(9).used(), 3);
  EXPECT_EQ(ScreenLine(8).add_right("0.5", 5).text(), "  0.5");
  EXPECT_EQ(ScreenLine(8).add_field("abcdef", 4).add("|").text(), "abc…|");
}

TEST(ScreenLineOf, AStyleIsAColourUnlessThereAreNone) {
  ScreenLine out(20);
  out.add("stalled", Style::kStalled).add(" x");
  EXPECT_EQ(out.encoded(Palette::kColour), "\x1b[33mstalled\x1b[0m x");
  EXPECT_EQ(out.encoded(Palette::kNone), "\x1b[1mstalled\x1b[0m x");
}

TEST(ScreenLineOf, OtherCharactersThanAsciiCannotMoveWhatFollows) {
  ScreenLine out(20);
  out.add("加法").add("x");
  EXPECT_EQ(out.encoded(Palette::kNone), "加法\x1b[5Gx");
}

TEST(ScreenPainting, SendsOnlyLinesThatChanged) {
  ScreenPainter painter(Palette::kNone);
  const TerminalSize size{10, 3};
  EXPECT_THAT(painter.paint({line(10, "one"), line(10, "two")}, size),
              AllOf(HasSubstr("\x1b[2J"), HasSubstr("\x1b[1;1Hone"), HasSubstr("\x1b[2;1Htwo"),
                    Not(HasSubstr("\n"))));
  EXPECT_THAT(painter.paint({line(10, "one"), line(10, "two")}, size), IsEmpty());
  EXPECT_EQ(painter.paint({line(10, "one"), line(10, "2")}, size), "\x1b[2;1H2\x1b[2G\x1b[K");
  EXPECT_EQ(painter.paint({line(10, "one")}, size), "\x1b[2;1H\x1b[1G\x1b[K") << "cleared";
}

TEST(ScreenPainting, ALineThatFillsTheScreenIsNotErasedAtItsEnd) {
  ScreenPainter painter(Palette::kNone);
  EXPECT_THAT(painter.paint({line(3, "abc")}, {3, 1}), Not(HasSubstr("\x1b[K")));
}

TEST(ScreenPainting, BeginsAgainWithAnotherSizeOrWhenTold) {
  ScreenPainter painter(Palette::kNone);
  painter.paint({line(10, "one")}, {10, 2});
  EXPECT_THAT(painter.paint({line(10, "one")}, {12, 2}), HasSubstr("one"));
  painter.forget();
  EXPECT_THAT(painter.paint({line(10, "one")}, {12, 2}), HasSubstr("one"));
}

}  // namespace
}  // namespace gradus
