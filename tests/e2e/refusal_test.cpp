#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/e2e/gradus.h"
#include "tests/e2e/records.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A data directory with a run of 1,000 attribute records in it, and what is refused there.
class Refusal : public ::testing::Test {
 protected:
  Refusal() {
    folder_.write("records.jsonl", as_lines(attribute_records(1000, 1)));
    folder_.write("gradus.yaml",
                  "run: test\n"
                  "stream:\n"
                  "  source: file\n"
                  "  file: {path: " +
                      (folder_ / "records.jsonl").string() +
                      "}\n"
                      "learner: {kind: linear, bits: 10, classes: 2}\n"
                      "log: {level: warning}\n"
                      "data: " +
                      data().string() + "\n");
  }

  std::filesystem::path data() const { return folder_ / "data"; }
  std::filesystem::path checkpoint() const { return data() / "checkpoint.gradus"; }
  Finished run(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all = {"run", folder_ / "gradus.yaml", "--until-end", "--set",
                                    "serve.listen=127.0.0.1:0"};
    all.insert(all.end(), more.begin(), more.end());
    return run_gradus(all);
  }
  /// Learns all records once.
  void learn() const {
    const Finished ended = run();
    ASSERT_EQ(ended.code, 0) << ended.errors;
  }
  void write_checkpoint(const std::string& bytes) const {
    folder_.write("data/checkpoint.gradus", bytes);
  }
  /// Checks that a run is refused with one line that holds `part`, and changes nothing on disk.
  void expect_refused(int code, const std::string& part,
                      const std::vector<std::string>& more = {}) const {
    const std::string before = read_file(checkpoint());
    const Finished refused = run(more);
    EXPECT_EQ(refused.code, code);
    EXPECT_EQ(refused.output, "");
    EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
    EXPECT_THAT(refused.errors, HasSubstr(part));
    EXPECT_EQ(read_file(checkpoint()), before);
  }

  const TempDir folder_;
};

TEST_F(Refusal, OfADamagedCheckpoint) {
  learn();
  std::string bytes = read_file(checkpoint());
  bytes[bytes.size() / 2] ^= 1;
  write_checkpoint(bytes);
  expect_refused(1, checkpoint().string() + " is damaged");
}

TEST_F(Refusal, OfACheckpointThatIsCutOff) {
  learn();
  const std::string bytes = read_file(checkpoint());
  write_checkpoint(bytes.substr(0, bytes.size() / 2));
  expect_refused(1, checkpoint().string() + " is cut off");
}

TEST_F(Refusal, OfACheckpointOfANewerVersion) {
  learn();
  std::string bytes = read_file(checkpoint());
  bytes[8] = 99;  // the version stands behind eight bytes of magic
  write_checkpoint(bytes);
  expect_refused(1, checkpoint().string() + " was written by a newer gradus");
}

TEST_F(Refusal, OfAFileThatIsNoCheckpoint) {
  learn();
  write_checkpoint("not one of ours");
  expect_refused(1, checkpoint().string() + " is not a checkpoint");
}

TEST_F(Refusal, OfADirectoryThatLostItsNewestCheckpoint) {
  learn();
  learn();  // the end is a checkpoint again, and the first becomes the previous one
  std::filesystem::rename(checkpoint(), data() / "checkpoint.previous");
  const Finished refused = run();
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.errors, AllOf(HasSubstr(checkpoint().string() + " is missing"),
                                    HasSubstr((data() / "checkpoint.previous").string())));
  EXPECT_FALSE(std::filesystem::exists(checkpoint()));
}

// --fresh would be refused next: the directory holds a run.
TEST_F(Refusal, OfATextThatIsShorterThanThePositionNamesTheOnlyWayOut) {
  learn();
  folder_.write("records.jsonl", as_lines(attribute_records(10, 1)));
  expect_refused(3, "start again with a new data directory");
}

TEST_F(Refusal, OfASummaryThatCannotBeWrittenBeforeAnythingIsLearned) {
  const std::string nowhere = folder_ / "nowhere/summary.json";
  const Finished refused = run({"--summary", nowhere});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.output, "");
  EXPECT_THAT(refused.errors, HasSubstr("--summary " + nowhere));
  EXPECT_FALSE(std::filesystem::exists(checkpoint()));
}

TEST_F(Refusal, OfAnotherRunsDirectory) {
  learn();
  expect_refused(1, "belongs to the run 'test', not to 'other'", {"--set", "run=other"});
}

TEST_F(Refusal, OfAnotherConfiguration) {
  learn();
  expect_refused(1, "learner.bits was '10' and is '11'", {"--set", "learner.bits=11"});
  expect_refused(1, "learner.seed was '1' and is '2'", {"--set", "learner.seed=2"});
}

TEST_F(Refusal, IsNotForADefaultThatIsWrittenOut) {
  learn();
  const Finished again = run({"--set", "learner.power_t=0.50", "--set", "learner.seed=1"});
  EXPECT_EQ(again.code, 0) << again.errors;
}

TEST_F(Refusal, OfAnEarlierRunWhereItMustBeFresh) {
  learn();
  expect_refused(2, "already holds run 'test' at step 1000", {"--fresh"});
}

TEST_F(Refusal, OfASecondProcessOnTheSameDirectory) {
  ServingGradus first({"run", "--config", folder_ / "gradus.yaml", "--listen", "127.0.0.1:0",
                       "--set", "stream.file.follow=true"});
  ASSERT_TRUE(eventually([&] { return first.step() == 1000; }));
  expect_refused(1, "is in use by process " + std::to_string(first.process().pid()));
  EXPECT_EQ(first.end_with(SIGTERM).code, 0);
}

TEST_F(Refusal, OfAPortThatIsTaken) {
  ServingGradus first({"run", "--config", folder_ / "gradus.yaml", "--listen", "127.0.0.1:0",
                       "--set", "stream.file.follow=true"});
  const std::string address = first.url().substr(std::string("http://").size());
  expect_refused(1, address, {"--listen", address, "--set", "data=" + (folder_ / "b").string()});
  EXPECT_EQ(first.end_with(SIGTERM).code, 0);
}

TEST_F(Refusal, OfADataDirectoryThatCannotBe) {
  expect_refused(1, "records.jsonl/data",
                 {"--set", "data=" + (folder_ / "records.jsonl/data").string()});
}

TEST_F(Refusal, OfAFileThatThereIsNot) {
  expect_refused(2, "nothing.jsonl",
                 {"--set", "stream.file.path=" + (folder_ / "nothing.jsonl").string()});
}

TEST_F(Refusal, OfAnUnknownKeyWithItsPlaceAndTheNearestName) {
  folder_.write("gradus.yaml", "run: test\nstream:\n  souce: file\n");
  expect_refused(2, "gradus.yaml:3: stream.souce: unknown key; did you mean source?");
}

TEST_F(Refusal, OfAValueOfTheWrongType) {
  folder_.write("gradus.yaml", "run: test\nprobes:\n  per_doubling: many\n");
  expect_refused(2, "gradus.yaml:3: probes.per_doubling");
}

TEST_F(Refusal, OfAnUnknownLearner) {
  expect_refused(2, "linear", {"--set", "learner.kind=liner"});
}

TEST_F(Refusal, OfAnUnknownCommand) {
  const Finished refused = run_gradus({"lern"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
}

TEST_F(Refusal, OfHealthWhereNobodyAnswers) {
  ServingGradus gone({"run", "--config", folder_ / "gradus.yaml", "--listen", "127.0.0.1:0",
                      "--set", "stream.file.follow=true"});
  EXPECT_TRUE(eventually([&] { return run_gradus({"healthcheck", gone.url()}).code == 0; }));
  EXPECT_EQ(gone.end_with(SIGTERM).code, 0);
  const Finished unhealthy = run_gradus({"healthcheck", gone.url()});
  EXPECT_EQ(unhealthy.code, 1);
  EXPECT_EQ(std::count(unhealthy.errors.begin(), unhealthy.errors.end(), '\n'), 1);
}

}  // namespace
}  // namespace gradus::test
