#include "ladders/ladder_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "ladders/data/builtin.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::TempDir;

std::string error_of(const std::string& yaml) {
  const auto ladder = parse_ladder(yaml, "my.yaml", {});
  if (ladder) return "no error";
  EXPECT_EQ(ladder.error().code, ErrorCode::kBadConfig);
  EXPECT_EQ(ladder.error().message.find('\n'), std::string::npos) << "must be one line";
  return ladder.error().message;
}

/// A good ladder with one task, whose line 7 is that task.
std::string with_task(const std::string& task) {
  return "format: 1\nname: mine\ngenerator: arithmetic\ntiers:\n  - name: low\n    tasks:\n      "
         "- " +
         task + "\n";
}

/// A good ladder whose line 4 is given.
std::string with_line(const std::string& line) {
  return "format: 1\nname: mine\ngenerator: arithmetic\n" + line +
         "\ntiers: [{name: low, tasks: [{name: copy}]}]\n";
}

TEST(LadderFile, ReadsEveryKey) {
  const Ladder ladder = parse_ladder(R"(
format: 1
name: mine-2
version: 3
items_file: data/items.jsonl
sealed_file: data/sealed.jsonl
defaults: {weight: 2, items: 5, chance: 0.1, floor: 0.2, exact_floor: 0.3, target: 0.8}
tiers:
  - name: low
    title: The low tier
    tasks:
      - {name: easy, title: An easy task}
      - {name: odd, weight: 1, items: 6, chance: 0.5, floor: 0.6, exact_floor: 0.4, target: 0.95,
         choices: [0, 1]}
  - {name: high, tasks: [{name: hard}]}
)",
                                     "mine.yaml", "/folder")
                            .value();
  EXPECT_EQ(ladder.name, "mine-2");
  EXPECT_EQ(ladder.version, 3);
  EXPECT_EQ(ladder.generator, "");
  EXPECT_EQ(ladder.items_file, "/folder/data/items.jsonl");
  EXPECT_EQ(ladder.sealed_file, "/folder/data/sealed.jsonl");
  ASSERT_EQ(ladder.tiers.size(), 2u);
  EXPECT_EQ(ladder.tiers[0].title, "The low tier");
  EXPECT_EQ(ladder.tiers[0].tasks, (std::vector<TaskIndex>{0, 1}));
  EXPECT_EQ(ladder.tiers[1].title, "high");
  ASSERT_EQ(ladder.tasks.size(), 3u);
  const Task& easy = ladder.tasks[0];
  EXPECT_EQ(easy.title, "An easy task");
  EXPECT_EQ(easy.weight, 2);
  EXPECT_EQ(easy.items, 5u);
  EXPECT_EQ(easy.chance, 0.1);
  EXPECT_EQ(easy.floor, 0.2);
  EXPECT_EQ(easy.exact_floor, 0.3);
  EXPECT_EQ(easy.target, 0.8);
  EXPECT_TRUE(easy.choices.empty());
  const Task& odd = ladder.tasks[1];
  EXPECT_EQ(odd.title, "odd");
  EXPECT_EQ(odd.weight, 1);
  EXPECT_EQ(odd.items, 6u);
  EXPECT_EQ(odd.chance, 0.5);
  EXPECT_EQ(odd.floor, 0.6);
  EXPECT_EQ(odd.exact_floor, 0.4);
  EXPECT_EQ(odd.target, 0.95);
  EXPECT_EQ(odd.choices, (std::vector<std::string>{"0", "1"}));
  EXPECT_EQ(ladder.tasks[2].tier, 1);
}

TEST(LadderFile, AsksForTheUsualNumberOfGeneratedItemsAndAllOfAFile) {
  EXPECT_EQ(parse_ladder(with_task("{name: copy}"), "my.yaml", {}).value().tasks[0].items, 128u);
  const std::string own =
      "format: 1\nname: own\nitems_file: i.jsonl\ntiers: [{name: low, tasks: [{name: a}]}]\n";
  EXPECT_EQ(parse_ladder(own, "my.yaml", {}).value().tasks[0].items, 0u);
}

struct BadFile {
  std::string yaml;
  std::string message;
};

/// What GoogleTest shows of a parameter.
void PrintTo(const BadFile& bad, std::ostream* out) { *out << bad.message; }

class BadLadderFile : public testing::TestWithParam<BadFile> {};

TEST_P(BadLadderFile, IsRefusedInOneLine) {
  EXPECT_EQ(error_of(GetParam().yaml), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    WholeFile, BadLadderFile,
    testing::Values(
        BadFile{"", "my.yaml: must be a mapping of keys to values"},
        BadFile{"[1, 2]", "my.yaml:1: must be a mapping of keys to values"},
        BadFile{"just text", "my.yaml:1: must be a mapping of keys to values"},
        BadFile{"format: 1\nname: [\n",
                "my.yaml:3: not valid YAML: end of sequence flow not found"},
        BadFile{"format: 1\nname: x\nname: y\n", "my.yaml:3: name: given twice"},
        BadFile{"name: mine\ntiers: []\n", "my.yaml:1: format: missing"},
        BadFile{"format: 1\ngenerator: arithmetic\ntiers: []\n", "my.yaml:1: name: missing"},
        BadFile{"format: 2\nname: mine\ntiers: []\n",
                "my.yaml:1: format: is 2, this program reads 1"},
        BadFile{"format: one\nname: mine\ntiers: []\n",
                "my.yaml:1: format: \"one\" is not an integer from 1 to 2147483647"},
        BadFile{"format: 1\nname: My Ladder\ngenerator: arithmetic\ntiers: []\n",
                "my.yaml:2: name: must be lower-case letters, digits and '_', at most 64, with a "
                "letter first"},
        BadFile{"format: 1\nname: mine\ntiers: []\n",
                "my.yaml:1: a ladder needs either a generator or an items_file"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\nsealed_file: a\ntiers: []\n",
                "my.yaml:4: sealed_file: leave it out: a generator draws its own sealed items"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\nitems_file: a\ntiers: []\n",
                "my.yaml:1: a ladder needs either a generator or an items_file"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetik\ntiers: []\n",
                "my.yaml:3: generator: \"arithmetik\" is not one of arithmetic; did you mean "
                "arithmetic?"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\n", "my.yaml:1: tiers: missing"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\nteirs: []\n",
                "my.yaml:4: teirs: unknown key; did you mean tiers?"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\ntiers: []\n",
                "my.yaml:4: tiers: must be a list of at least one tier"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\ntiers: {}\n",
                "my.yaml:4: tiers: must be a list of at least one tier"},
        BadFile{"format: 1\nname: mine\ngenerator: arithmetic\ntiers: none\n",
                "my.yaml:4: tiers: must be a list or a mapping"},
        BadFile{with_line("version: 0"),
                "my.yaml:4: version: \"0\" is not an integer from 1 to 2147483647"},
        BadFile{with_line("version: [1]"),
                "my.yaml:4: version: \"[...]\" is not an integer from 1 to 2147483647"},
        BadFile{with_line("defaults: 3"), "my.yaml:4: defaults: must be a list or a mapping"},
        BadFile{with_line("defaults: {wieght: 3}"),
                "my.yaml:4: defaults.wieght: unknown key; did you mean weight?"},
        BadFile{with_line("defaults: {target: 0}"),
                "my.yaml:5: copy.floor: is 0, must be below the target 0"}));

INSTANTIATE_TEST_SUITE_P(
    TiersAndTasks, BadLadderFile,
    testing::Values(
        BadFile{with_task("{title: Copy}"), "my.yaml:7: tiers[0].tasks[0].name: missing"},
        BadFile{with_task("copy"),
                "my.yaml:7: tiers[0].tasks[0]: must be a mapping of keys to values"},
        BadFile{
            with_task("{name: add5}"),
            "my.yaml:7: add5.name: \"add5\" is not one of copy, max, next, odd, add1, sub1, add2n, "
            "add2c, sub2, add3, twostep, modadd, mul, expr, gcd, solve, add4; did you mean add1?"},
        BadFile{with_task("{name: copy, tittle: Copy}"),
                "my.yaml:7: copy.tittle: unknown key; did you mean title?"},
        BadFile{with_task("{name: copy, title: [a]}"),
                "my.yaml:7: copy.title: must be a single value"},
        BadFile{with_task("{name: copy, weight: -1}"),
                "my.yaml:7: copy.weight: \"-1\" is not a number from 0 to 1e+09"},
        BadFile{with_task("{name: copy, weight: .nan}"),
                "my.yaml:7: copy.weight: \".nan\" is not a number from 0 to 1e+09"},
        BadFile{with_task("{name: copy, weight: 0}"),
                "my.yaml:4: tiers: no task has a weight above 0"},
        BadFile{with_task("{name: copy, items: 0}"),
                "my.yaml:7: copy.items: \"0\" is not an integer from 1 to 1000000"},
        BadFile{with_task("{name: copy, items: many}"),
                "my.yaml:7: copy.items: \"many\" is not an integer from 1 to 1000000"},
        BadFile{with_task("{name: copy, items: 182}"),
                "my.yaml:7: copy.items: is 182, there are only 181 held-out questions"},
        BadFile{with_task("{name: copy, floor: 1.5}"),
                "my.yaml:7: copy.floor: \"1.5\" is not a number from 0 to 1"},
        BadFile{with_task("{name: copy, floor: 0.95}"),
                "my.yaml:7: copy.floor: is 0.95, must be below the target 0.9"},
        BadFile{with_task("{name: copy, chance: 0.5, target: 0.4}"),
                "my.yaml:7: copy.chance: is 0.5, must be below the target 0.4"},
        BadFile{with_task("{name: odd, choices: 0}"),
                "my.yaml:7: odd.choices: must be a list or a mapping"},
        BadFile{with_task("{name: odd, choices: [0]}"),
                "my.yaml:7: odd.choices: must be a list of 2 to 1000 different answers"},
        BadFile{with_task("{name: odd, choices: [0, 1, 0]}"),
                "my.yaml:7: odd.choices: must be a list of 2 to 1000 different answers"},
        BadFile{with_task("{name: odd, choices: [0, [1]]}"),
                "my.yaml:7: odd.choices: must be a list of 2 to 1000 different answers"},
        BadFile{with_task("{name: copy}\n      - {name: copy}"),
                "my.yaml:8: copy.name: another task has this name"},
        BadFile{with_task("{name: copy}\n  - {name: low, tasks: [{name: odd}]}"),
                "my.yaml:8: low.name: another tier has this name"},
        BadFile{with_task("{name: copy}\n  - {name: Low, tasks: [{name: odd}]}"),
                "my.yaml:8: tiers[1].name: must be lower-case letters, digits and '_', at most 64, "
                "with a letter first"},
        BadFile{with_task("{name: copy}\n  - {name: high, tasks: []}"),
                "my.yaml:8: high.tasks: must be a list of at least one task"},
        BadFile{with_task("{name: copy}\n  - {name: high}"), "my.yaml:8: high.tasks: missing"},
        BadFile{with_task("{name: copy}\n  - high"),
                "my.yaml:8: tiers[1]: must be a mapping of keys to values"}));

TEST(LadderFile, RefusesOneTaskTooMany) {
  std::string yaml = "format: 1\nname: many\nitems_file: i\ntiers:\n  - name: low\n    tasks:\n";
  for (int i = 0; i < 1000; ++i) yaml += "      - {name: t" + std::to_string(i) + "}\n";
  EXPECT_EQ(parse_ladder(yaml, "my.yaml", {}).value().tasks.size(), 1000u);
  EXPECT_EQ(error_of(yaml + "      - {name: last}\n"),
            "my.yaml:1007: last: one task more than 1000");
}

TEST(LadderFile, SurvivesNestingAliasesAndControlCharacters) {
  EXPECT_NE(error_of(std::string(10'000, '[')), "no error");
  EXPECT_NE(error_of(std::string(10'000, '{')), "no error");
  EXPECT_NE(error_of("&a [*a]"), "no error");
  EXPECT_NE(error_of("format: 1\nname: \"a\\nb\"\ngenerator: arithmetic\ntiers: []\n"), "no error");
  EXPECT_NE(error_of("\"a\\nb\": 1\n"), "no error");
  EXPECT_NE(error_of("name: *nowhere\n"), "no error");
  EXPECT_NE(error_of(std::string("format: 1\0name", 14)), "no error");
}

TEST(LadderFile, LoadsFromAPathAndResolvesItemsBesideIt) {
  const TempDir folder;
  folder.write(
      "own.yaml",
      "format: 1\nname: own\nitems_file: own.jsonl\ntiers: [{name: low, tasks: [{name: a}]}]\n");
  folder.write("own.jsonl", "{\"task\":\"a\",\"prompt\":\"1\",\"answer\":\"2\"}\n");
  const Ladder ladder = load_ladder((folder / "own.yaml").string()).value();
  EXPECT_EQ(ladder.name, "own");
  EXPECT_EQ(ladder_items(ladder).value().size(), 1u);
}

TEST(LadderFile, NamesTheFileInMessages) {
  const TempDir folder;
  const std::string path = folder.write("bad.yml", "format: 1\n").string();
  EXPECT_EQ(load_ladder(path).error().message, path + ":1: name: missing");
}

TEST(LadderFile, SaysWhichLaddersThereAre) {
  const auto missing = load_ladder("arithmetik");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(
      missing.error().message,
      "no ladder \"arithmetik\"; built in: arithmetic; a file's name holds a '/' or ends in .yaml; "
      "did you mean arithmetic?");
  EXPECT_EQ(load_ladder("./no/such.yaml").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(load_ladder("").error().code, ErrorCode::kNotFound);
}

TEST(BuiltinLadders, AreSortedAndNamedAsTheirFiles) {
  const std::vector<std::string_view> names = builtin_ladders();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const std::string_view name : names) {
    const auto ladder = load_ladder(name);
    ASSERT_TRUE(ladder) << ladder.error().message;
    EXPECT_EQ(ladder->name, name);
  }
}

TEST(BuiltinLadders, AreTheFilesOfTheSourceTree) {
  for (const BuiltinLadder& builtin : builtin_ladder_texts()) {
    const std::string path = "ladders/data/" + std::string(builtin.name) + ".yaml";
    EXPECT_EQ(test::read_file(path), builtin.yaml) << path;
  }
}

// docs/ladders.md: tiers in this order, weights 16/8/4/4/1 per task and 2 for add4.
TEST(BuiltinLadders, ArithmeticHasItsTiersWeightsAndTargets) {
  const Ladder ladder = load_ladder("arithmetic").value();
  std::vector<std::string> tiers;
  double weight = 0;
  for (const Tier& tier : ladder.tiers) tiers.push_back(tier.name);
  EXPECT_EQ(tiers,
            (std::vector<std::string>{"kindergarten", "primary", "middle", "high", "advanced"}));
  constexpr double kTierWeight[] = {16, 8, 4, 4, 1};
  for (const Task& task : ladder.tasks) {
    EXPECT_EQ(task.weight, task.name == "add4" ? 2 : kTierWeight[task.tier]) << task.name;
    EXPECT_EQ(task.items, 128u);
    EXPECT_NEAR(task.chance, 1.0 / 26, 5e-6);
    EXPECT_EQ(task.target, 0.9);
    weight += task.weight;
  }
  EXPECT_EQ(ladder.tasks.size(), 17u);
  EXPECT_EQ(weight, 107);
}

TEST(BuiltinLadders, ArithmeticOffersChoicesWhereAnswersAreOneDigit) {
  const Ladder ladder = load_ladder("arithmetic").value();
  for (const auto& [name, choices] :
       {std::pair{"odd", 2u}, {"max", 10u}, {"modadd", 9u}, {"gcd", 0u}}) {
    EXPECT_EQ(ladder.tasks[*ladder.find(name)].choices.size(), choices) << name;
  }
}

/// The fenced YAML block of the manual that begins with this line.
std::string example_beginning(const std::string& manual, const std::string& line) {
  const std::size_t begin = manual.find("```yaml\n" + line);
  if (begin == std::string::npos) return {};
  const std::size_t text = begin + std::string("```yaml\n").size();
  return manual.substr(text, manual.find("```", text) - text);
}

TEST(LadderManual, ShowsExamplesThatLoad) {
  const std::string manual = test::read_file("docs/ladders.md");
  const auto sums = parse_ladder(example_beginning(manual, "# sums.yaml"), "sums.yaml", {});
  ASSERT_TRUE(sums) << sums.error().message;
  EXPECT_TRUE(ladder_items(*sums));
  const auto squares =
      parse_ladder(example_beginning(manual, "# squares.yaml"), "squares.yaml", {});
  ASSERT_TRUE(squares) << squares.error().message;
}

TEST(LadderManual, ShowsTheTableOfTheBuiltInLadder) {
  const std::string manual = test::read_file("docs/ladders.md");
  const Ladder ladder = load_ladder("arithmetic").value();
  for (const Task& task : ladder.tasks) {
    const auto cell = [](double value, const char* form) {
      std::array<char, 16> text{};
      std::snprintf(text.data(), text.size(), form, value);
      return std::string(text.data());
    };
    const std::size_t row = manual.find("| " + task.name + " |");
    ASSERT_NE(row, std::string::npos) << task.name;
    const std::string line = manual.substr(row, manual.find('\n', row) - row);
    EXPECT_TRUE(line.ends_with("| " + cell(task.weight, "%.0f") + " | " + cell(task.floor, "%.3f") +
                               " | " + cell(task.exact_floor, "%.3f") + " |"))
        << line;
  }
}

}  // namespace
}  // namespace gradus
