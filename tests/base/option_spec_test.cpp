#include "base/option_spec.h"

#include <array>

#include "base/options.h"

namespace gradus {
namespace {

constexpr std::array<std::string_view, 3> kColours = {"red", "green", "blue"};
constexpr OptionSpec kColour = choice_option("colour", kColours, "green", "what to paint with");
constexpr OptionSpec kCoats = integer_option("coats", 1, 9, "2", "how many layers of paint");
constexpr OptionSpec kWidth = number_option("width", 0.5, 12, "1.5", "of the brush");
constexpr OptionSpec kDry = flag_option("dry", "true", "whether to wait between coats");
constexpr OptionSpec kWait = seconds_option("wait", 1, 7200, "5m", "between coats");
constexpr OptionSpec kTin = bytes_option("tin", 1, 0x1p40, "2KB", "size of the tin");
constexpr OptionSpec kLabel = text_option("label", "any text", "", "written on the wall");

TEST(OptionSpec, GivesItsDefaultWhereTheKeyIsMissing) {
  Options options("paint");
  EXPECT_EQ(options.choice(kColour), "green");
  EXPECT_EQ(options.integer(kCoats), 2);
  EXPECT_EQ(options.number(kWidth), 1.5);
  EXPECT_TRUE(options.flag(kDry));
  EXPECT_EQ(options.seconds(kWait), 300);
  EXPECT_EQ(options.bytes(kTin), 2048u);
  EXPECT_EQ(options.text(kLabel), "");
  EXPECT_TRUE(options.finish().has_value());
}

TEST(OptionSpec, AllowsItsBoundsAndNothingBeyond) {
  for (const auto& [value, allowed] :
       {std::pair("1", true), {"9", true}, {"0", false}, {"10", false}}) {
    Options options("paint");
    options.set("coats", value, "wall.yaml:3");
    options.integer(kCoats);
    EXPECT_EQ(options.finish().has_value(), allowed) << value;
  }
  Options options("paint");
  options.set("width", "12.5", "wall.yaml:4");
  EXPECT_EQ(options.number(kWidth), 1.5);
  EXPECT_EQ(options.finish().error().message,
            "wall.yaml:4: paint.width: \"12.5\" is not a number from 0.5 to 12");
}

TEST(OptionSpec, TakesADefaultThatDependsOnOtherKeys) {
  Options options("paint");
  EXPECT_EQ(options.choice(kColour, "red"), "red");
  EXPECT_EQ(options.integer(kCoats, 7), 7);
  options.set("colour", "blu", "--set paint.colour");
  options.choice(kColour, "red");
  EXPECT_EQ(options.finish().error().message,
            "--set paint.colour: \"blu\" is not one of red, green, blue; did you mean blue?");
}

TEST(OptionSpec, DescribesItsValues) {
  EXPECT_EQ(describe_values(kColour), "`red`, `green` or `blue`");
  EXPECT_EQ(describe_values(kCoats), "1 to 9");
  EXPECT_EQ(describe_values(kWidth), "0.5 to 12");
  EXPECT_EQ(describe_values(integer_option("seed", 0, kAnyInteger, "", "")), "from 0");
  EXPECT_EQ(describe_values(number_option("pace", 1e-9, 1e9, "", "")), "1e-9 to 1e9");
  EXPECT_EQ(describe_values(kDry), "`true` or `false`");
  EXPECT_EQ(describe_values(kLabel), "any text");
}

TEST(OptionSpec, StandsForEveryKeyOfItsPattern) {
  const OptionSpec any = text_option("options.*", "text", "", "passed on");
  EXPECT_TRUE(is_key_of(any, "options.a.b"));
  EXPECT_FALSE(is_key_of(any, "options"));
  EXPECT_FALSE(is_key_of(any, "option.a"));
  EXPECT_TRUE(is_key_of(kLabel, "label"));
  EXPECT_FALSE(is_key_of(kLabel, "labels"));
}

}  // namespace
}  // namespace gradus
