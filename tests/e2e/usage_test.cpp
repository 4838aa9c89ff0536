#include <algorithm>
#include <sstream>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;
using Words = std::vector<std::string>;

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

// What a newcomer chooses from fits on a screen; the metrics are asked for by name.
TEST(Usage, ListsWhatPeopleChooseFromWhereNothingIsNamed) {
  const Finished all = run_gradus({"list"});
  EXPECT_EQ(all.code, 0) << all.errors;
  for (const std::string part :
       {"learners (", "\nlinear ", "\nladders (", "\narithmetic ", "\nsources (", "\nkafka ",
        "\nformats (", "\njson ", "\nfaults (", "\nstall "})
    EXPECT_THAT(all.output, HasSubstr(part));
  EXPECT_THAT(all.output, ::testing::Not(HasSubstr("gradus_build_info")));
  EXPECT_LE(std::count(all.output.begin(), all.output.end(), '\n'), 30);
  EXPECT_THAT(run_gradus({"list", "metrics"}).output, HasSubstr("gradus_build_info"));
}

TEST(Usage, ListsTheKeysOfEachKindWhereAsked) {
  const std::string learners = run_gradus({"list", "learners", "--long"}).output;
  EXPECT_THAT(learners, HasSubstr("    learner.bits: 1 to 28, default 18\n"));
  EXPECT_THAT(learners, HasSubstr("    learner.layers: 1 to 8, default 2\n"));
  const std::string sources = run_gradus({"list", "sources", "--long"}).output;
  EXPECT_THAT(sources, HasSubstr("    stream.file.follow: true or false, default false\n"));
  std::istringstream lines(learners + sources);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100u) << line;
}

TEST(Usage, ShowsTheHelpOfACommandAndTheVersion) {
  const Finished help = run_gradus({"help", "watch"});
  EXPECT_EQ(help.code, 0);
  EXPECT_EQ(help.output, run_gradus({"watch", "--help"}).output);
  EXPECT_EQ(run_gradus({"help"}).output, run_gradus({"--help"}).output);
  const Finished version = run_gradus({"version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_EQ(version.output, run_gradus({"--version"}).output);
}

TEST(Usage, NamesTheNearestCommandAndWord) {
  expect_usage_error({"watc"}, "unknown command 'watc'; did you mean 'watch'?");
  expect_usage_error({"help", "wach"}, "COMMAND: 'wach' is not one of ");
  expect_usage_error({"help", "wach"}, "did you mean watch?");
  expect_usage_error({"list", "learner"}, "did you mean learners?");
  expect_usage_error({"demo", "--fault", "stal@3"}, "did you mean stall?");
  expect_usage_error({"--verson"}, "unknown option --verson; did you mean '--version'?");
}

// Whoever typed --listen is not told of serve.listen.
TEST(Usage, NamesTheOptionThatWasTyped) {
  const TempDir folder;
  const std::string config = folder.write("gradus.yaml", "stream: {source: stdin}\n");
  expect_usage_error({"demo", "--listen", "9630"},
                     "gradus: --listen: '9630' is not an address: HOST:PORT is expected, such as "
                     "127.0.0.1:9630");
  expect_usage_error({"run", config, "--listen", "9630"}, "gradus: --listen: '9630' is not");
  expect_usage_error({"demo", "--learner", "gpt"}, "gradus: --learner: 'gpt' is not one of ");
  expect_usage_error({"demo", "--seed", "x"}, "gradus: --seed: ");
  expect_usage_error({"demo", "arithmetc"}, "gradus: LADDER: no ladder \"arithmetc\"");
  expect_usage_error({"plan", "--ladder", "x"}, "gradus: --ladder: no ladder \"x\"");
  expect_usage_error({"produce", "--ladder", "./x.yaml"}, "gradus: --ladder: there is no file");
  for (const std::string command : {"run", "check"}) {
    const auto refused = [&](const std::string& set, const std::string& part) {
      expect_usage_error({command, config, "--set", set}, "gradus: --set " + part);
    };
    refused("serve.listen=1", "serve.listen: '1' is not an address");
    refused("learner.bits=99", "learner.bits: \"99\" is not an integer from 1 to 28");
    refused("learner.bitz=9", "learner.bitz: unknown key; did you mean bits?");
    refused("learner.classes=1", "learner.classes: 1: 2 or more are expected");
    refused("learner=linear",
            "learner: a section has keys, not a value; did you mean learner.kind?");
    refused("colour=red", "colour: unknown key; known are checkpoint, data, ");
    refused("ladder=arithmetc", "ladder: no ladder");
    refused("run=${GRADUS_NO_SUCH}", "run: the environment has no variable GRADUS_NO_SUCH");
    refused("bits", "bits: KEY=VALUE is expected");
    refused("=1", "=1: KEY=VALUE is expected");
  }
}

// CLI11's own words are for those who write programs.
TEST(Usage, SaysWhatIsWrongInItsOwnWords) {
  expect_usage_error({"demo", "--seconds"}, "gradus: --seconds: a value is missing");
  expect_usage_error({"demo", "--seconds", "1", "--seconds", "2"},
                     "gradus: --seconds: given more than once");
  expect_usage_error({"run"}, "gradus: FILE is missing");
  expect_usage_error({"run", "a.yaml", "--config", "b.yaml"}, "--config: given more than once");
  expect_usage_error({"run", "--until-end=x", "a.yaml"}, "gradus: --until-end: takes no value");
  expect_usage_error({"demo", "a", "b"}, "gradus: unexpected argument b");
  expect_usage_error({"plan", "--rate", "x"}, "gradus: --rate: a number is expected, not 'x'");
  expect_usage_error({"judge", "f", "--target", "3"},
                     "gradus: --target: a number from 0 to 1 is expected, not '3'");
  expect_usage_error({"produce"}, "gradus: one of --ladder and --from is expected");
  expect_usage_error({"produce", "--ladder", "a", "--from", "b"},
                     "gradus: one of --ladder and --from is expected");
  expect_usage_error({"produce", "--from", "f", "--items"},
                     "gradus: --items does not go with --from");
  expect_usage_error({"produce", "--ladder", "a", "--topic", "t"},
                     "gradus: --topic needs --brokers");
}

TEST(Usage, RefusesWhatIsNoAddressOfAGradus) {
  for (const Words& command :
       {Words{"watch"}, Words{"healthcheck"}, Words{"annotate", "x", "--url"}}) {
    const auto refused = [&](const std::string& url, const std::string& part) {
      Words all = command;
      all.push_back(url);
      expect_usage_error(all,
                         (command.size() > 1 ? "gradus: --url: '" : "gradus: URL: '") + url +
                             "' is not the address of a gradus: http://HOST:PORT, HOST:PORT or "
                             "PORT is expected" +
                             part);
    };
    refused("localhost", "; did you mean localhost:9630?");
    refused("https://localhost:9630", "; gradus itself speaks no TLS");
    refused("99999", " (see gradus ");
  }
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
                     "unknown option --secnds; did you mean '--seconds'? (see gradus demo --help)");
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
      place + ":6: stream.kafka.options.sasl.password_file: there is no file /no/such");
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
