#include "ladders/yaml_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

namespace gradus {
namespace {

using testing::HasSubstr;

constexpr std::size_t kMostOfText = 2000;

Result<YAML::Node> parse_text(const std::string& yaml) {
  return parse_yaml(yaml, "my.yaml", kMostOfText);
}

std::string yaml_error(const std::string& yaml) {
  const auto root = parse_text(yaml);
  if (root) return "no error";
  EXPECT_EQ(root.error().code, ErrorCode::kBadConfig);
  EXPECT_EQ(root.error().message.find('\n'), std::string::npos) << "must be one line";
  return root.error().message;
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(YamlText, GivesTheDocument) {
  const auto root = parse_text("---\na: [1, 2]\nb: {c: x}\n...\n");
  ASSERT_TRUE(root) << root.error().message;
  EXPECT_EQ((*root)["a"][1].Scalar(), "2");
  EXPECT_EQ((*root)["b"]["c"].Scalar(), "x");
}

TEST(YamlText, GivesNullForAnEmptyText) {
  EXPECT_TRUE(parse_text("").value().IsNull());
  EXPECT_TRUE(parse_text("# a comment\n").value().IsNull());
}

TEST(YamlText, NamesTheLineThatIsNoYaml) {
  EXPECT_EQ(yaml_error("a: 1\nb: [\n"),
            "my.yaml:3: not valid YAML: end of sequence flow not found");
}

class SecondDocument : public testing::TestWithParam<const char*> {};
TEST_P(SecondDocument, IsRefusedByItsLine) {
  EXPECT_THAT(yaml_error(GetParam()),
              HasSubstr("my.yaml:2: the YAML document ends before this line"));
}
// After the comma yaml-cpp gives empty documents without end: it never takes the comma away.
INSTANTIATE_TEST_SUITE_P(All, SecondDocument,
                         testing::Values("  a: 1\n,\nb: 2\n", "  a: 1\n, b: 2\n",
                                         "a: 1\n---\nb: 1\n", "[1, 2]\n[3]\n"));

TEST(YamlText, LetsAnAliasStandForItsAnchor) {
  const auto root = parse_text("a: &some [1, 2]\nb: *some\n");
  ASSERT_TRUE(root) << root.error().message;
  EXPECT_EQ((*root)["b"][1].Scalar(), "2");
}

TEST(YamlText, CountsAnAliasAsOftenAsItIsUsed) {
  std::string yaml = "a0: &a0 [x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    const std::string name = "a" + std::to_string(i);
    yaml += name + ": &" + name + " [" + before + repeated(", " + before, 7) + "]\n";
  }
  EXPECT_EQ(yaml_error(yaml), "my.yaml:4: more than 2000 values");
}

TEST(YamlText, RefusesAnAliasWithinItsOwnAnchor) {
  EXPECT_EQ(yaml_error("a: &a\n  b: *a\n"),
            "my.yaml:2: an alias within the anchor that it refers to");
}

TEST(YamlText, RefusesWhatIsNestedTooDeep) {
  EXPECT_EQ(parse_text(repeated("[", 64) + repeated("]", 64)).has_value(), true);
  EXPECT_EQ(yaml_error(repeated("[", 65) + repeated("]", 65)),
            "my.yaml:1: nested more than 64 levels deep");
  // Deeper than yaml-cpp itself goes.
  EXPECT_EQ(yaml_error(repeated("[", 5000)), "my.yaml:1: nested more than 64 levels deep");
  const std::string half = repeated("[", 40) + "x" + repeated("]", 40);
  EXPECT_EQ(
      yaml_error("- &a " + half + "\n- " + repeated("[", 40) + "*a" + repeated("]", 40) + "\n"),
      "my.yaml:2: nested more than 64 levels deep");
}

TEST(YamlText, RefusesTooManyValuesAndKeys) {
  EXPECT_EQ(parse_text(repeated("- a\n", kMostOfText - 1)).has_value(), true);
  EXPECT_EQ(yaml_error(repeated("- a\n", kMostOfText)), "my.yaml:2000: more than 2000 values");
  std::string keys;
  for (int i = 0; i < 1001; ++i) keys += "k" + std::to_string(i) + ":\n";
  EXPECT_EQ(parse_yaml(keys, "my.yaml", 10 * kMostOfText).error().message,
            "my.yaml:1001: more than 1000 keys in one mapping");
}

TEST(YamlText, RefusesMoreBytesThanAFileMayHave) {
  EXPECT_EQ(yaml_error(std::string(kMostYamlBytes + 1, '#')), "my.yaml: more than 512 KB of YAML");
}

// Whatever is typed over a good text: parsing ends, and ends with a document or one line.
TEST(YamlText, EndsOnAnyDamagedText) {
  const std::string good =
      "# sums\nformat: 1\nname: sums\ndefaults: &d {items: 100, chance: 0.03846}\ntiers:\n  - "
      "name: "
      "first\n    title: \"First sums\"\n    tasks:\n      - {name: add1, weight: 3}\n      - *d\n";
  constexpr std::string_view kTyped = ",[]{}:-&*!|>?%@`'\"#\n \t~x0";
  std::uint64_t state = 14;
  const auto draw = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state >> 33) % below;
  };
  std::size_t refused = 0;
  constexpr std::size_t kTexts = 4000;
  for (std::size_t i = 0; i < kTexts; ++i) {
    std::string text = good;
    for (std::size_t edits = 1 + draw(6); edits > 0; --edits) {
      const std::size_t at = draw(text.size());
      if (draw(2) == 0)
        text[at] = kTyped[draw(kTyped.size())];
      else
        text.insert(at, 1, kTyped[draw(kTyped.size())]);
    }
    const auto root = parse_text(text);
    refused += root ? 0 : 1;
    EXPECT_TRUE(root || root.error().message.find('\n') == std::string::npos) << text;
  }
  EXPECT_GT(refused, kTexts / 10);
  EXPECT_LT(refused, kTexts);
}

}  // namespace
}  // namespace gradus
