#include "base/text.h"

#include <array>

namespace gradus {
namespace {

constexpr std::array<std::string_view, 4> kKeys = {"brokers", "format", "source", "topic"};

TEST(NearestName, ForgivesOneWrongLetter) {
  EXPECT_EQ(nearest_name("brokerz", kKeys), "brokers");
  EXPECT_EQ(nearest_name("topi", kKeys), "topic");
  EXPECT_EQ(nearest_name("fformat", kKeys), "format");
}

TEST(NearestName, CountsSwappedNeighboursAsOneMistake) {
  constexpr std::array<std::string_view, 1> kOne = {"kind"};
  EXPECT_EQ(nearest_name("knid", kOne), "kind");
}

TEST(NearestName, IsEmptyWhereNothingIsNear) { EXPECT_EQ(nearest_name("checkpoint", kKeys), ""); }

TEST(NearestName, AllowsMistakesOnAThirdOfTheLetters) {
  constexpr std::array<std::string_view, 1> kOne = {"abcdef"};
  EXPECT_EQ(nearest_name("abcdxy", kOne), "abcdef");
  EXPECT_EQ(nearest_name("abcxyz", kOne), "");
}

TEST(NearestName, TakesTheFirstOfEquals) {
  constexpr std::array<std::string_view, 2> kTwo = {"add2c", "add2n"};
  EXPECT_EQ(nearest_name("add2", kTwo), "add2c");
}

TEST(NearestName, IsEmptyWithoutCandidates) { EXPECT_EQ(nearest_name("kind", {}), ""); }

TEST(JsonEscaped, LeavesPlainTextAndUtf8Alone) {
  EXPECT_EQ(json_escaped("12+34="), "12+34=");
  EXPECT_EQ(json_escaped("\u00fc\u20ac\U0001F600"), "\u00fc\u20ac\U0001F600");
}

TEST(JsonEscaped, EscapesQuotesBackslashesAndControlCharacters) {
  EXPECT_EQ(json_escaped("a\"b\\c\nd\te\x01"), R"(a\"b\\c\nd\te\u0001)");
}

// Unicode 15, section 3.9, table 3-7: well-formed UTF-8 byte sequences.
TEST(JsonEscaped, ReplacesEachByteOfMalformedUtf8) {
  const std::string replaced = "\uFFFD";
  EXPECT_EQ(json_escaped("\xFF"), replaced);
  EXPECT_EQ(json_escaped("\xC0\xAF"), replaced + replaced);                 // overlong
  EXPECT_EQ(json_escaped("\xE0\x80\xAF"), replaced + replaced + replaced);  // overlong
  EXPECT_EQ(json_escaped("\xED\xA0\x80"), replaced + replaced + replaced);  // surrogate
  EXPECT_EQ(json_escaped("\xF4\x90\x80\x80").size(), 4 * replaced.size());  // beyond U+10FFFF
  EXPECT_EQ(json_escaped("\xE2\x82"), replaced + replaced);                 // cut short
  EXPECT_EQ(json_escaped("a\x80z"), "a" + replaced + "z");                  // stray continuation
}

TEST(JsonEscaped, EscapesWhatTerminalsObey) {
  EXPECT_EQ(json_escaped("a\xC2\x9B"
                         "2Jb"),
            R"(a\u009b2Jb)");
  EXPECT_EQ(json_escaped("a\u202Eb"), R"(a\u202eb)");
}

TEST(Printable, LeavesTextAlone) {
  EXPECT_EQ(printable("add3 \"größer\" \u2265 2 \U0001F600"),
            "add3 \"größer\" \u2265 2 \U0001F600");
}

// ECMA-48: C0, DEL and C1; UAX 9: what changes the direction of text.
TEST(Printable, ReplacesControlsAndWhatIsNoText) {
  EXPECT_EQ(printable(std::string("a\0b\x1b[2Jc\r\n\x7f\xC2\x9B"
                                  "d",
                                  14)),
            "a?b?[2Jc????d");
  EXPECT_EQ(printable("a\u202Eb\u2066c\u2028d"), "a?b?c?d");
  EXPECT_EQ(printable("a\xFF z"), "a\uFFFD z");
  EXPECT_FALSE(is_printable("a\xFF"));
  EXPECT_TRUE(is_printable("größer"));
}

TEST(Printable, KeepsLineFeedsWhereLinesAreWanted) {
  EXPECT_EQ(printable_lines("a\nb\x1b\n"), "a\nb?\n");
}

TEST(PrintableJson, EscapesInsideStringsAndKeepsTheValues) {
  EXPECT_EQ(printable_json("{\"a\":\"\xC2\x9B\"}\n"), "{\"a\":\"\\u009b\"}\n");
}

}  // namespace
}  // namespace gradus
