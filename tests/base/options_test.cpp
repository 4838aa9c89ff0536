#include "base/options.h"

#include <array>
#include <limits>

namespace gradus {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::max();
constexpr std::array<std::string_view, 3> kFormats = {"csv", "json", "vw"};

/// A section "learner" with one key.
Options one(std::string key, std::string value) {
  Options options("learner");
  options.set(std::move(key), std::move(value), "gradus.yaml:12");
  return options;
}

std::string complaint(Options& options) {
  const Result<void> done = options.finish();
  return done ? "" : done.error().message;
}

TEST(Options, ReturnsFallbacksForAbsentKeys) {
  Options options("learner");
  EXPECT_EQ(options.text("kind", "linear"), "linear");
  EXPECT_EQ(options.choice("format", "json", kFormats), "json");
  EXPECT_EQ(options.number("rate", 0.5, 0, 1), 0.5);
  EXPECT_EQ(options.integer("bits", 18, 1, 30), 18);
  EXPECT_TRUE(options.flag("bias", true));
  EXPECT_EQ(options.seconds("every", 60, 0, 3600), 60);
  EXPECT_TRUE(options.finish());
}

TEST(Options, ReadsEveryKindOfValue) {
  Options options;
  options.set("kind", "mlp", "");
  options.set("format", "vw", "");
  options.set("rate", "2.5e-1", "");
  options.set("bits", "-3", "");
  options.set("bias", "false", "");
  EXPECT_EQ(options.text("kind", ""), "mlp");
  EXPECT_EQ(options.choice("format", "json", kFormats), "vw");
  EXPECT_EQ(options.number("rate", 0, 0, 1), 0.25);
  EXPECT_EQ(options.integer("bits", 0, -10, 10), -3);
  EXPECT_FALSE(options.flag("bias", true));
  EXPECT_TRUE(options.finish());
}

TEST(Options, ReadsTimesInTheirUnits) {
  EXPECT_DOUBLE_EQ(one("every", "500ms").seconds("every", 0, 0, kUnbounded), 0.5);
  EXPECT_EQ(one("every", "60s").seconds("every", 0, 0, kUnbounded), 60);
  EXPECT_EQ(one("every", "1.5m").seconds("every", 0, 0, kUnbounded), 90);
  EXPECT_EQ(one("every", "2h").seconds("every", 0, 0, kUnbounded), 7200);
  EXPECT_EQ(one("every", "7").seconds("every", 0, 0, kUnbounded), 7);
}

TEST(Options, ReadsSizesInTheirUnits) {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 60;
  EXPECT_EQ(one("memory", "512MB").bytes("memory", 0, 1, kLargest), 512u << 20);
  EXPECT_EQ(one("memory", "1.5GB").bytes("memory", 0, 1, kLargest), 3u << 29);
  EXPECT_EQ(one("memory", "64KB").bytes("memory", 0, 1, kLargest), 65'536u);
  EXPECT_EQ(one("memory", "100").bytes("memory", 0, 1, kLargest), 100u);
  EXPECT_EQ(Options().bytes("memory", 7, 1, kLargest), 7u);
  Options bad = one("memory", "much");
  EXPECT_EQ(bad.bytes("memory", 7, 1, 1024), 7u);
  EXPECT_EQ(
      bad.finish().error().message,
      "gradus.yaml:12: learner.memory: \"much\" is not a size such as 512MB or 2GB, from 1 to "
      "1024 bytes");
}

TEST(Options, NamesPlaceKeyValueAndWhatWouldBeRight) {
  Options options = one("bits", "99");
  EXPECT_EQ(options.integer("bits", 18, 1, 30), 18);
  EXPECT_EQ(complaint(options),
            "gradus.yaml:12: learner.bits: \"99\" is not an integer from 1 to 30");
}

TEST(Options, SaysOnlyTheBoundsThatBind) {
  Options below = one("rate", "-1");
  below.number("rate", 1, 0, kUnbounded);
  EXPECT_EQ(complaint(below), "gradus.yaml:12: learner.rate: \"-1\" is not a number of at least 0");
  Options above = one("rate", "2");
  above.number("rate", 1, -kUnbounded, 1);
  EXPECT_EQ(complaint(above), "gradus.yaml:12: learner.rate: \"2\" is not a number of at most 1");
  Options word = one("rate", "fast");
  word.number("rate", 1, -kUnbounded, kUnbounded);
  EXPECT_EQ(complaint(word), "gradus.yaml:12: learner.rate: \"fast\" is not a number");
}

class NoNumber : public testing::TestWithParam<const char*> {};

TEST_P(NoNumber, IsRefusedAsANumberAndAsAnInteger) {
  Options number = one("rate", GetParam());
  number.number("rate", 1, -kUnbounded, kUnbounded);
  EXPECT_FALSE(number.finish());
  Options integer = one("rate", GetParam());
  integer.integer("rate", 1, INT64_MIN, INT64_MAX);
  EXPECT_FALSE(integer.finish());
}

INSTANTIATE_TEST_SUITE_P(Options, NoNumber,
                         testing::Values("", " ", "nan", "inf", "-inf", "1e999", "0x10", "1,5",
                                         "12 ", " 12", "1_000", "99999999999999999999x"));

TEST(Options, RefusesFractionsAndOverflowAsIntegers) {
  Options fraction = one("bits", "1.5");
  fraction.integer("bits", 1, INT64_MIN, INT64_MAX);
  EXPECT_FALSE(fraction.finish());
  Options huge = one("bits", "9223372036854775808");
  huge.integer("bits", 1, INT64_MIN, INT64_MAX);
  EXPECT_FALSE(huge.finish());
}

TEST(Options, RefusesTimesOfUnknownUnitOrOutOfRange) {
  Options days = one("every", "3d");
  days.seconds("every", 60, 1, 3600);
  EXPECT_EQ(complaint(days),
            "gradus.yaml:12: learner.every: \"3d\" is not a time such as 500ms, 60s, 5m or 2h, "
            "from 1 to 3600 seconds");
  Options long_time = one("every", "2h");
  long_time.seconds("every", 60, 1, 3600);
  EXPECT_FALSE(long_time.finish());
}

TEST(Options, RefusesFlagsOtherThanTrueAndFalse) {
  Options options = one("bias", "yes");
  EXPECT_TRUE(options.flag("bias", true));
  EXPECT_EQ(complaint(options), "gradus.yaml:12: learner.bias: \"yes\" is not true or false");
}

TEST(Options, SuggestsTheNearestChoice) {
  Options options = one("format", "jsno");
  EXPECT_EQ(options.choice("format", "csv", kFormats), "csv");
  EXPECT_EQ(complaint(options),
            "gradus.yaml:12: learner.format: \"jsno\" is not one of csv, json, vw; did you mean "
            "json?");
}

TEST(Options, RefusesAKeyNobodyAskedForAndSuggestsTheNearest) {
  Options options = one("bitz", "18");
  options.integer("bits", 18, 1, 30);
  EXPECT_EQ(complaint(options), "gradus.yaml:12: learner.bitz: unknown key; did you mean bits?");
}

TEST(Options, ListsTheKnownKeysWhereNoneIsNear) {
  Options options = one("password", "secret");
  options.integer("bits", 18, 1, 30);
  options.text("kind", "linear");
  EXPECT_EQ(complaint(options),
            "gradus.yaml:12: learner.password: unknown key; known are bits, kind");
}

TEST(Options, SaysSoWhereASectionHasNoKeys) {
  Options options = one("bits", "1");
  EXPECT_EQ(complaint(options),
            "gradus.yaml:12: learner.bits: unknown key; this section has no keys");
}

TEST(Options, ReportsTheFirstOfSeveralErrors) {
  Options options("learner");
  options.set("bits", "many", "a:1");
  options.set("rate", "fast", "a:2");
  options.number("rate", 1, 0, 1);
  options.integer("bits", 18, 1, 30);
  EXPECT_EQ(complaint(options), "a:2: learner.rate: \"fast\" is not a number from 0 to 1");
}

TEST(Options, LetsALaterValueReplaceAnEarlierOne) {
  Options options = one("bits", "18");
  options.set("bits", "20", "--set");
  EXPECT_EQ(options.integer("bits", 1, 1, 30), 20);
  ASSERT_EQ(options.entries().size(), 1u);
  EXPECT_EQ(options.entries()[0].where, "--set");
}

TEST(Options, LeavesPlaceAndSectionOutWhereThereAreNone) {
  Options options;
  options.set("sed", "1", "");
  options.integer("seed", 1, 0, 10);
  EXPECT_EQ(complaint(options), "sed: unknown key; did you mean seed?");
}

TEST(Options, AskingWhetherAKeyIsThereDoesNotUseIt) {
  Options options = one("bits", "18");
  EXPECT_TRUE(options.has("bits"));
  EXPECT_FALSE(options.has("kind"));
  EXPECT_FALSE(options.finish());
}

TEST(Options, NamesTheOptionThatWasTypedInsteadOfTheKey) {
  Options options("serve");
  options.set("port", "x", "--port");
  options.set("hots", "a", "--set serve.hots");
  options.stands_at("gradus.yaml:3");
  EXPECT_EQ(options.refused("port", "bad").message, "--port: bad");
  EXPECT_EQ(options.refused("hosts", "missing").message, "gradus.yaml:3: serve.hosts: missing");
  options.integer("port", 1, 0, 9);
  EXPECT_EQ(options.finish().error().message, "--port: \"x\" is not an integer from 0 to 9");
  Options others("serve");
  others.set("hots", "a", "--set serve.hots");
  others.text("hosts", "");
  EXPECT_EQ(others.finish().error().message, "--set serve.hots: unknown key; did you mean hosts?");
}

}  // namespace
}  // namespace gradus
