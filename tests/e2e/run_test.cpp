#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/curves.h"
#include "tests/e2e/gradus.h"
#include "tests/e2e/kills.h"
#include "tests/e2e/records.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// `gradus run` on a configuration of its own in a folder of its own.
class Run : public ::testing::Test {
 protected:
  /// The linear learner on the attribute records of `lines`.
  void write_attributes(const std::string& lines) {
    folder_.write("records.jsonl", lines);
    write_config("learner: {kind: linear, bits: 12, classes: 2}\n");
  }
  /// The transformer on questions of the arithmetic ladder.
  void write_questions(const std::string& lines) {
    folder_.write("records.jsonl", lines);
    write_config("learner: {kind: transformer}\nladder: arithmetic\n");
  }

  /// The arguments of a run on the file into the data directory `data`, with keys replaced.
  std::vector<std::string> arguments(const std::string& data,
                                     const std::vector<std::string>& set = {}) const {
    std::vector<std::string> all = {"run",
                                    "--config",
                                    folder_ / "gradus.yaml",
                                    "--listen",
                                    "127.0.0.1:0",
                                    "--until-end",
                                    "--summary",
                                    folder_ / (data + ".json"),
                                    "--set",
                                    "data=" + (folder_ / data).string()};
    for (const std::string& each : set) all.insert(all.end(), {"--set", each});
    return all;
  }
  /// The summary of a run to the end.
  json summary_of(const std::string& data, const std::vector<std::string>& set = {},
                  const std::string& input = {}) const {
    const Finished ended = run_gradus(arguments(data, set), input);
    EXPECT_EQ(ended.code, 0) << ended.errors;
    const std::string summary = read_file(folder_ / (data + ".json"));
    EXPECT_TRUE(ended.output.ends_with("\n" + summary)) << ended.output;
    return json::parse(summary, nullptr, false);
  }
  std::string lines() const { return read_file(folder_ / "records.jsonl"); }
  std::string key_of_path(const std::string& name) const {
    return "stream.file.path=" + (folder_ / name).string();
  }

  const TempDir folder_;

 private:
  void write_config(const std::string& learner) const {
    folder_.write(
        "gradus.yaml",
        "run: test\nstream: {source: file, file: {path: " + (folder_ / "records.jsonl").string() +
            "}}\ncheckpoint: {every: 10ms}\nlog: {level: warning}\n" + learner);
  }
};

/// What must agree between two runs over the same records, however they came.
json figures(const json& summary) {
  json out;
  for (const auto* key : {"examples", "correct", "accuracy", "mean_loss", "mean_log_loss",
                          "rejected", "skipped", "step", "position"})
    out[key] = summary.at(key);
  return out;
}

TEST_F(Run, LearnsAFileAGzipFileAndAPipeAlike) {
  write_attributes(as_lines(attribute_records(20000, 1)));
  ASSERT_EQ(run_to_end({"gzip", "-k", folder_ / "records.jsonl"}).code, 0);
  const json plain = summary_of("plain");
  const json gzip = summary_of("gzip", {key_of_path("records.jsonl.gz")});
  const json pipe = summary_of("pipe", {"stream.source=stdin"}, lines());
  EXPECT_EQ(plain.at("examples"), 20000);
  EXPECT_EQ(plain.at("step"), 20000);
  EXPECT_EQ(plain.at("position"), json({{"0", 20000}}));
  EXPECT_GT(plain.at("accuracy"), 0.9);
  EXPECT_EQ(figures(gzip), figures(plain));
  EXPECT_EQ(figures(pipe), figures(plain));
  EXPECT_EQ(read_checkpoint(folder_ / "gzip").state, read_checkpoint(folder_ / "plain").state);
  EXPECT_EQ(read_checkpoint(folder_ / "pipe").state, read_checkpoint(folder_ / "plain").state);
}

/// What was asked at which step, and how it was answered: which probes there were, not when.
using Rows = std::map<std::pair<Step, TaskIndex>, double>;
Rows rows_in(const std::filesystem::path& data) {
  Rows rows;
  for (const Score& score : scores_in(data)) {
    EXPECT_TRUE(rows.emplace(std::pair(score.step, score.task), score.sums.q).second)
        << "asked twice at step " << score.step;
  }
  return rows;
}

TEST_F(Run, AsksTheLadderWhileItLearnsFromAFile) {
  write_questions(question_lines(4000));
  const json file = summary_of("file");
  const json pipe = summary_of("pipe", {"stream.source=stdin"}, lines());
  EXPECT_EQ(file.at("step"), 4000);
  EXPECT_THAT(file.at("verdicts"), SizeIs(17));
  EXPECT_EQ(figures(pipe), figures(file));
  EXPECT_EQ(rows_in(folder_ / "pipe"), rows_in(folder_ / "file"));
  const json kept = json::parse(read_file(folder_ / "file" / "progress.json"), nullptr, false);
  EXPECT_EQ(kept.at("configuration").at("until_end"), "true");
}

TEST_F(Run, EndsWithTheSameBitsAfterTwentyKills) {
  write_attributes(as_lines(attribute_records(400'000, 2)));
  const json unbroken = summary_of("unbroken");
  const auto steps = end_after_kills({.arguments = arguments("killed", {"stream.file.follow=true"}),
                                      .data = folder_ / "killed",
                                      .records = 400'000,
                                      .unbroken_seconds = unbroken.at("seconds"),
                                      .seed = 20},
                                     20);
  EXPECT_GT(steps.size(), 5U);  // the kills fell on different steps
  const Checkpoint killed = read_checkpoint(folder_ / "killed");
  EXPECT_EQ(killed.step, 400'000U);
  EXPECT_EQ(killed.sums.examples, 400'000U);
  EXPECT_TRUE(read_file(folder_ / "killed" / "checkpoint.gradus") ==
              read_file(folder_ / "unbroken" / "checkpoint.gradus"));
}

// A learner with a fixed minibatch forms the same batches however often it begins anew: the whole
// file is the same.
TEST_F(Run, WritesTheSameCheckpointAfterKillsWhereMinibatchesAreFixed) {
  write_questions(question_lines(8192));
  const json unbroken = summary_of("unbroken");
  end_after_kills({.arguments = arguments("killed", {"stream.file.follow=true"}),
                   .data = folder_ / "killed",
                   .records = 8192,
                   .unbroken_seconds = unbroken.at("seconds"),
                   .seed = 21},
                  8);
  EXPECT_TRUE(read_file(folder_ / "killed" / "checkpoint.gradus") ==
              read_file(folder_ / "unbroken" / "checkpoint.gradus"));
}

// No checkpoint is ahead of what was asked before it, and nothing is asked twice at one step.
TEST_F(Run, AsksTheSameAfterKills) {
  write_questions(question_lines(8192));
  summary_of("unbroken");
  for (int kill = 0; kill < 5; ++kill) {
    const Step before = read_checkpoint(folder_ / "killed").step;
    ServingGradus attempt(arguments("killed"));
    ASSERT_TRUE(eventually([&] { return read_checkpoint(folder_ / "killed").step > before; }));
    attempt.end_with(SIGKILL);
  }
  summary_of("killed");
  EXPECT_EQ(rows_in(folder_ / "killed"), rows_in(folder_ / "unbroken"));
  summary_of("killed");
  EXPECT_EQ(rows_in(folder_ / "killed"), rows_in(folder_ / "unbroken"));
}

// Nobody gives the probe thread a core of its own: the learner waits for it.
TEST_F(Run, AsksTheSameBesideOtherPrograms) {
  write_questions(question_lines(4096));
  summary_of("alone");
  const std::string loop = "while :; do :; done";
  const Process first({"sh", "-c", loop}), second({"sh", "-c", loop}), third({"sh", "-c", loop});
  summary_of("beside");
  EXPECT_EQ(rows_in(folder_ / "beside"), rows_in(folder_ / "alone"));
}

TEST_F(Run, HasNothingToDoWhereItStandsAtTheEnd) {
  write_attributes(as_lines(attribute_records(1000, 3)));
  summary_of("data");
  const json again = summary_of("data");
  EXPECT_EQ(again.at("examples"), 0);
  EXPECT_EQ(again.at("step"), 1000);
}

TEST_F(Run, LearnsOnlyTheLinesThatWereAddedSince) {
  const auto records = attribute_records(3000, 4);
  write_attributes(as_lines(records));
  summary_of("whole", {key_of_path("records.jsonl")});
  folder_.write("records.jsonl", as_lines({records.begin(), records.begin() + 1000}));
  summary_of("grown");
  folder_.write("records.jsonl", as_lines(records));
  EXPECT_EQ(summary_of("grown").at("examples"), 2000);
  EXPECT_TRUE(read_checkpoint(folder_ / "grown").state == read_checkpoint(folder_ / "whole").state);
}

TEST_F(Run, EndsWithCodeThreeWhereTheFileLostWhatWasLearned) {
  const auto records = attribute_records(1000, 5);
  write_attributes(as_lines(records));
  summary_of("data");
  folder_.write("records.jsonl", as_lines({records.begin(), records.begin() + 400}));
  const Finished ended = run_gradus(arguments("data"));
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.errors, HasSubstr("1000"));
  EXPECT_THAT(ended.errors, HasSubstr("400"));
}

TEST_F(Run, EndsWithCodeThreeWhereAnotherFileTookTheName) {
  write_attributes(as_lines(attribute_records(1000, 5)));
  summary_of("data");
  folder_.write("records.jsonl", as_lines(attribute_records(2000, 6)));
  const Finished ended = run_gradus(arguments("data"));
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.errors, HasSubstr("the first 1000 lines are not those"));
  EXPECT_EQ(read_checkpoint(folder_ / "data").step, 1000U);
}

TEST_F(Run, EndsWithCodeThreeWhereTheFileItFollowsIsRotated) {
  write_attributes(as_lines(attribute_records(1000, 5)));
  auto following = arguments("data", {"stream.file.follow=true"});
  std::erase(following, "--until-end");
  ServingGradus run(following);
  ASSERT_TRUE(eventually([&] { return run.step() == 1000; }));
  std::filesystem::rename(folder_ / "records.jsonl", folder_ / "records.jsonl.1");
  folder_.write("records.jsonl", as_lines(attribute_records(5000, 6)));
  const Finished ended = run.finish();
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.errors, HasSubstr("another file took this name"));
  EXPECT_EQ(read_checkpoint(folder_ / "data").step, 1000U);
}

TEST_F(Run, LearnsAHalfLineOnceItIsCompleted) {
  const std::string lines = as_lines(attribute_records(1000, 5));
  write_attributes(lines.substr(0, lines.size() - 20));
  const json cut = summary_of("data", {"stream.on_error=skip"});
  EXPECT_EQ(cut.at("step"), 999);
  EXPECT_EQ(cut.at("position"), json({{"0", 999}}));
  folder_.write("records.jsonl", lines);
  EXPECT_EQ(summary_of("data", {"stream.on_error=skip"}).at("step"), 1000);
}

TEST_F(Run, StopsInOrderAtATerminationAndGoesOn) {
  write_attributes("");
  auto following = arguments("data", {"stream.file.follow=true"});
  std::erase(following, "--until-end");
  ServingGradus run(following);
  const auto records = attribute_records(2000, 6);
  folder_.write("records.jsonl", as_lines({records.begin(), records.begin() + 1200}));
  ASSERT_TRUE(eventually([&] { return run.step() == 1200; }));
  const Finished ended = run.end_with(SIGTERM);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(read_checkpoint(folder_ / "data").step, 1200U);
  folder_.write("records.jsonl", as_lines(records));
  EXPECT_EQ(summary_of("data").at("examples"), 800);
}

}  // namespace
}  // namespace gradus::test
