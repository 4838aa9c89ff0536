#include <algorithm>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

/// Checks that a command line is refused as bad usage with one line that holds `part`.
void expect_usage_error(const std::vector<std::string>& arguments, const std::string& part) {
  const Finished refused = run_gradus(arguments);
  EXPECT_EQ(refused.code, 2) << ::testing::PrintToString(arguments);
  EXPECT_EQ(refused.output, "");
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(part));
}

// CLI11 reads -3 into an unsigned number as 2^64 - 3.
TEST(Usage, RefusesCountsThatAreNoWholeNumbersFromZero) {
  const std::string words = "a whole number from 0 is expected, not '";
  for (const std::string bad : {"-3", "1.5", "many", "", "0x10", "18446744073709551616"}) {
    expect_usage_error({"produce", "--ladder", "arithmetic", "--count", bad},
                       "--count: " + words + bad + "'");
    expect_usage_error({"demo", "--examples", bad}, "--examples: " + words + bad + "'");
    expect_usage_error({"run", "--config", "gradus.yaml", "--examples", bad},
                       "--examples: " + words + bad + "'");
  }
}

TEST(Usage, RefusesSeedsThatNoConfigurationTakes) {
  const std::string words = "--seed: a whole number from 0 to 4611686018427387904 is expected";
  for (const std::string bad : {"-1", "4611686018427387905", "x"}) {
    expect_usage_error({"produce", "--ladder", "arithmetic", "--seed", bad}, words);
    expect_usage_error({"demo", "--seed", bad}, words);
  }
}

TEST(Usage, RefusesTimesAndRatesBelowZeroInAShortLine) {
  for (const std::string bad : {"-1", "nan", "inf", "soon"}) {
    const std::string words = ": a number from 0 is expected, not '" + bad + "'";
    expect_usage_error({"demo", "--seconds", bad}, "--seconds" + words);
    expect_usage_error({"run", "--config", "gradus.yaml", "--seconds", bad}, "--seconds" + words);
    expect_usage_error({"produce", "--ladder", "arithmetic", "--rate", bad}, "--rate" + words);
  }
}

TEST(Usage, TakesZeroAndWholeNumbers) {
  const Finished three =
      run_gradus({"produce", "--ladder", "arithmetic", "--count", "3", "--seed", "0"});
  EXPECT_EQ(three.code, 0) << three.errors;
  EXPECT_EQ(std::count(three.output.begin(), three.output.end(), '\n'), 3);
}

TEST(Usage, ListsEverythingWhereNothingIsNamed) {
  const Finished all = run_gradus({"list"});
  EXPECT_EQ(all.code, 0) << all.errors;
  for (const std::string part : {"formats:", "json", "ladders:", "arithmetic", "learners:",
                                 "linear", "metrics:", "gradus_build_info", "sources:", "kafka"})
    EXPECT_THAT(all.output, HasSubstr(part));
}

TEST(Usage, WritesGzipToAFileThatIsCalledSo) {
  const TempDir folder;
  const std::string plain = folder / "a.jsonl", packed = folder / "a.jsonl.gz";
  for (const std::string& out : {plain, packed})
    ASSERT_EQ(run_gradus({"produce", "--ladder", "arithmetic", "--count", "50", "--out", out}).code,
              0);
  EXPECT_TRUE(read_file(packed).starts_with("\x1f\x8b"));
  const Finished unpacked = run_gradus({"produce", "--from", packed});
  EXPECT_EQ(unpacked.output, read_file(plain));
}

TEST(Usage, NamesTheNearestOptionAndWhoseHelpToRead) {
  expect_usage_error({"demo", "--secnds", "3"},
                     "--secnds; did you mean '--seconds'? (see gradus demo --help)");
  expect_usage_error({"watch", "--zzz"}, "--zzz (see gradus watch --help)");
}

TEST(Usage, NamesTheNearestLadder) {
  expect_usage_error({"check", "arithmetc"}, "did you mean arithmetic?");
}

TEST(Usage, ChecksTheSealedItemsOfALadder) {
  const Finished builtin = run_gradus({"check", "arithmetic"});
  EXPECT_EQ(builtin.code, 0) << builtin.errors;
  EXPECT_THAT(builtin.output, HasSubstr(" sealed items: copy 53, next 63, "));

  const TempDir folder;
  const std::string yaml =
      "format: 1\nname: own\nitems_file: items.jsonl\nsealed_file: sealed.jsonl\n"
      "tiers: [{name: low, tasks: [{name: add}, {name: sub}]}]\n";
  const std::string ladder = folder.write("ladder.yaml", yaml);
  const auto questions = [](const char* task, int from, int to) {
    std::string lines;
    for (int i = from; i < to; ++i)
      lines += std::string(R"({"task":")") + task + R"(","prompt":")" + std::to_string(i) +
               R"(=","answer":"1"})" + "\n";
    return lines;
  };
  folder.write("items.jsonl", questions("add", 0, 20) + questions("sub", 0, 20));
  folder.write("sealed.jsonl", questions("add", 20, 40));
  const Finished own = run_gradus({"check", ladder});
  EXPECT_EQ(own.code, 0) << own.errors;
  EXPECT_THAT(own.output, HasSubstr("# 20 sealed items: add 20; none of sub\n"));

  folder.write("sealed.jsonl", questions("add", 19, 40));
  expect_usage_error({"check", ladder}, "sealed.jsonl:1: the same question as ");
  folder.write("sealed.jsonl", questions("add", 20, 40) + R"({"task":"add","prompt":"Q"})");
  expect_usage_error({"check", ladder}, "sealed.jsonl:21: item 20 of task add ");
}

TEST(Usage, RefusesADirectoryAsConfiguration) {
  expect_usage_error({"check", "/"}, "/");
  expect_usage_error({"run", "--config", "/"}, "/");
}

/// A configuration with this text.
class BadConfiguration : public ::testing::Test {
 protected:
  void expect_refused(const std::string& text, const std::string& part) const {
    const std::string file = folder_.write("gradus.yaml", text);
    expect_usage_error({"check", file}, part);
    // A data directory of its own: the default one may be in use by the test beside.
    const std::string data = "data=" + (folder_ / "data").string();
    expect_usage_error({"run", "--config", file, "--set", data}, part);
  }
  const TempDir folder_;
};

TEST_F(BadConfiguration, IsRefusedWithFileLineAndKey) {
  const std::string place = (folder_ / "gradus.yaml").string();
  expect_refused("run: a\nstream:\n  source: kafka\n", place + ": stream.kafka.brokers: missing");
  expect_refused("run: a\nstream:\n  source: kafka\n  kafka:\n    topic: t\n",
                 place + ":4: stream.kafka.brokers: missing");
  expect_refused("stream: {source: file}\n", place + ": stream.file.path: missing");
  expect_refused("stream:\n  source: file\n  file: {path: /no/such.jsonl}\n",
                 place + ":3: stream.file.path: there is no file /no/such.jsonl");
  expect_refused("stream: {source: stdin}\nladder: arithmetc\n", place + ":2: ladder: no ladder");
  expect_refused("stream: {source: stdin}\nladder: ./none.yaml\n",
                 place + ":2: ladder: there is no file");
  expect_refused(
      "stream:\n  source: kafka\n  kafka:\n    brokers: b:1\n    topic: t\n"
      "    options: {sasl.password_file: /no/such}\n",
      place + ":6: stream.kafka.options.sasl.password_file: cannot read");
}

TEST_F(BadConfiguration, IsRefusedForItemsThatTheLearnerCannotRead) {
  const std::string task = "- {name: plural, chance: 0.03, target: 0.8}";
  folder_.write("words.yaml",
                "format: 1\nname: words\nitems_file: words.jsonl\ntiers:\n"
                "  - name: spelling\n    tasks:\n      " +
                    task + "\n");
  const std::string config =
      "stream: {source: stdin}\nladder: ./words.yaml\nlearner: {kind: transformer}\n";
  const std::string items = (folder_ / "words.jsonl").string();
  folder_.write("words.jsonl",
                "{\"task\":\"plural\",\"prompt\":\"12=\",\"answer\":\"3\"}\n"
                "{\"task\":\"plural\",\"prompt\":\"1mouse=\",\"answer\":\"3\"}\n");
  expect_refused(config, items + ":2: ");
  expect_refused(config, "character 'm' at 2 of the prompt");
  folder_.write("words.jsonl", "{\"task\":\"plurl\",\"prompt\":\"1=\",\"answer\":\"3\"}\n");
  expect_refused(config, items + ":1: no task");
  folder_.write("words.jsonl", "no json\n");
  expect_refused(config, items + ":1: not an item");
}

TEST_F(BadConfiguration, IsALadderWithoutTiersWhereItLooksLikeOne) {
  const std::string file =
      folder_.write("ladder.yaml", "format: 1\nname: a\ngenerator: arithmetic\n");
  expect_usage_error({"check", file}, "tiers: missing");
}

}  // namespace
}  // namespace gradus::test
