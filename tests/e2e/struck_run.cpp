#include "tests/e2e/struck_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "history/history.h"
#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/gradus.h"
#include "tests/e2e/records.h"

namespace gradus::test {
namespace {

using nlohmann::json;

constexpr std::size_t kRecords = 4000;
constexpr std::size_t kBadEvery = 97;
constexpr int kKilled = 128 + SIGKILL;

/// Records of two tasks; every 97th is bad, in one of three ways.
std::vector<std::string> records_with_bad_ones() {
  auto records = attribute_records(kRecords, 14);
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::string& record = records[i];
    record.insert(1, i % 2 == 0 ? R"("task":"even",)" : R"("task":"odd",)");
    if (i == 0 || i % kBadEvery != 0) continue;
    if (i % 3 == 0) record = "{";
    if (i % 3 == 1) record = R"({"task":"even","features":{"f1":1}})";
    if (i % 3 == 2) record = R"({"task":"none of them","features":{"f1":1},"y":1})";
  }
  return records;
}

/// Forty items of each task.
std::string ladder_items() {
  std::string lines;
  const auto records = attribute_records(80, 15);
  for (std::size_t i = 0; i < records.size(); ++i) {
    json record = json::parse(records[i]);
    record["task"] = i % 2 == 0 ? "even" : "odd";
    lines += record.dump() + "\n";
  }
  return lines;
}

}  // namespace

StruckRun::StruckRun() {
  folder_.write("records.jsonl", as_lines(records_with_bad_ones()));
  folder_.write("items.jsonl", ladder_items());
  folder_.write("ladder.yaml",
                "format: 1\nname: signs\nitems_file: items.jsonl\ntiers:\n  - name: only\n"
                "    tasks: [{name: even, target: 0.9}, {name: odd, target: 0.9}]\n");
  folder_.write("gradus.yaml",
                "run: struck\nstream:\n  source: file\n  on_error: dead_letter\n  file: {path: " +
                    (folder_ / "records.jsonl").string() +
                    "}\nlearner: {kind: linear, bits: 10, classes: 2}\nladder: " +
                    (folder_ / "ladder.yaml").string() +
                    "\ncheckpoint: {every: 10ms}\nlog: {level: error}\n"
                    "serve: {listen: '127.0.0.1:0'}\n");
  const auto start = std::chrono::steady_clock::now();
  const Finished unbroken = run_watched("unbroken", {.kind = "count", .call = "none"});
  seconds_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  EXPECT_EQ(unbroken.code, 0) << unbroken.errors;
  std::istringstream report(read_file(report_of("unbroken")));
  unsigned count = 0;
  for (std::string call; report >> call >> count;) calls_[call] = count;
  check_history("unbroken");
}

Finished StruckRun::run(const std::string& data,
                        const std::vector<std::string>& environment) const {
  std::vector<std::string> command{"env"};
  command.insert(command.end(), environment.begin(), environment.end());
  for (const std::string& word :
       gradus_command({"run", "--config", folder_ / "gradus.yaml", "--until-end", "--set",
                       "data=" + path(data).string()}))
    command.push_back(word);
  return run_to_end(command);
}

Finished StruckRun::run_watched(const std::string& data, const DiskFault& fault) const {
  return run(data,
             {"LD_PRELOAD=" GRADUS_DISK_FAULTS, "GRADUS_FAULT_DIR=" + path(data).string(),
              "GRADUS_FAULT_REPORT=" + report_of(data).string(), "GRADUS_FAULT_KIND=" + fault.kind,
              "GRADUS_FAULT_CALL=" + fault.call, "GRADUS_FAULT_AT=" + std::to_string(fault.at)});
}

bool StruckRun::strike(const std::string& data, const DiskFault& fault) const {
  std::filesystem::remove(report_of(data));
  const Finished attempt = run_watched(data, fault);
  const bool struck = read_file(report_of(data)).find("struck") != std::string::npos;
  if (struck && (fault.kind == "kill" || fault.kind == "tear"))
    EXPECT_EQ(attempt.code, kKilled) << attempt.errors;
  else if (struck)  // a write of the history that fails once is tried again
    EXPECT_TRUE(attempt.code == 0 || attempt.code == 1) << attempt.code << attempt.errors;
  else
    EXPECT_EQ(attempt.code, 0) << attempt.errors;
  return struck;
}

void StruckRun::kill_after(const std::string& data, double share) const {
  Process attempt(gradus_command({"run", "--config", folder_ / "gradus.yaml", "--until-end",
                                  "--set", "data=" + path(data).string()}));
  std::this_thread::sleep_for(std::chrono::duration<double>(share * seconds_));
  attempt.send(SIGKILL);
  attempt.wait(std::chrono::minutes(1));
}

void StruckRun::finish_and_check(const std::string& data) const {
  const Finished ended = run(data, {});
  ASSERT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(ended.errors, "");
  EXPECT_TRUE(read_file(path(data) / "checkpoint.gradus") ==
              read_file(path("unbroken") / "checkpoint.gradus"))
      << "the checkpoint differs from that of an unbroken run";
  const auto progress = json::parse(read_file(path(data) / "progress.json"), nullptr, false);
  EXPECT_TRUE(progress.is_object() && progress.at("step") == read_checkpoint(path(data)).step);
  check_dead_letters(data);
  check_history(data);
}

// Each bad record at least once: those since the last checkpoint are written again.
void StruckRun::check_dead_letters(const std::string& data) const {
  std::set<std::int64_t> offsets;
  std::istringstream lines(read_file(path(data) / "dead_letters.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const json letter = json::parse(line, nullptr, false);
    // A kill may leave half a line, which is never the only one of its record.
    if (letter.is_object()) offsets.insert(letter.at("offset").get<std::int64_t>());
  }
  EXPECT_EQ(offsets.size(), (kRecords - 1) / kBadEvery);
}

void StruckRun::check_history(const std::string& data) const {
  const auto history = HistoryReader::open(path(data));
  ASSERT_TRUE(history) << history.error().message;
  const Checkpoint checkpoint = read_checkpoint(path(data));
  const auto spans = (*history)->stream_spans();
  ASSERT_TRUE(spans) << spans.error().message;
  StreamSpan sum;
  for (const StreamSpan& span : *spans) {
    EXPECT_EQ(span.from, sum.to) << "a hole in the stream, or a piece of it twice";
    sum.to = span.to;
    sum.examples += span.examples;
    sum.log_loss += span.log_loss;
    sum.events += span.events;
  }
  EXPECT_EQ(sum.to, checkpoint.step);
  EXPECT_EQ(sum.examples, checkpoint.sums.examples);
  EXPECT_TRUE(sum.events == checkpoint.events) << "rejected records were lost or counted twice";
  EXPECT_NEAR(sum.log_loss, checkpoint.sums.log_loss.value(), 1e-9 * sum.log_loss);
  const auto scores = (*history)->scores();
  ASSERT_TRUE(scores) << scores.error().message;
  // The model at the end of the stream is asked by each attempt that ends there.
  std::map<std::pair<TaskIndex, Step>, double> scored;
  for (const Score& score : *scores) {
    EXPECT_LE(score.step, checkpoint.step);
    const auto [first, is_new] = scored.emplace(std::pair(score.task, score.step), score.sums.q);
    EXPECT_EQ(first->second, score.sums.q) << "another model at step " << score.step;
  }
}

void check_readable(const std::filesystem::path& data) {
  const TempDir copy;
  std::error_code ignored;
  std::filesystem::copy(data, copy.path(), std::filesystem::copy_options::recursive, ignored);
  const auto history = HistoryReader::open(copy.path());
  EXPECT_TRUE(history || history.error().code == ErrorCode::kNotFound) << history.error().message;
}

}  // namespace gradus::test
