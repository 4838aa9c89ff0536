#include <nlohmann/json.hpp>

#include "history/history.h"
#include "tests/e2e/checkpoint_file.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

constexpr Step kOldStep = 4906;
constexpr int kOldLines = 5000;

/// A copy of the directory that an older gradus wrote, to go on with.
class OlderDirectory : public ::testing::Test {
 protected:
  OlderDirectory() {
    const std::filesystem::path kept = "tests/e2e/data/before_events";
    std::filesystem::create_directories(data());
    std::filesystem::copy_file(kept / "checkpoint.gradus", data() / "checkpoint.gradus");
    const std::filesystem::path packed = data() / "history.db.gz";
    std::filesystem::copy_file(kept / "history.db.gz", packed);
    EXPECT_EQ(run_to_end({"gunzip", packed}).code, 0);
    folder_.write("gradus.yaml",
                  "run: old\nstream: {source: stdin, on_error: skip}\n"
                  "learner: {kind: linear, bits: 6, classes: 2}\nladder: " +
                      (std::filesystem::current_path() / kept / "ladder.yaml").string() +
                      "\ndata: " + data().string() +
                      "\nlog: {level: error}\nserve: {listen: '127.0.0.1:0'}\n");
  }

  std::filesystem::path data() const { return folder_ / "data"; }
  /// Resumes with `good` records and `bad` ones behind the lines that were read.
  Finished go_on(int good, int bad) const {
    std::string lines;
    for (int i = 0; i < kOldLines + bad; ++i) lines += "{\n";
    for (int i = 0; i < good; ++i)
      lines += R"({"task":"odd","features":{"a":1,"b":2},"y":1})"
               "\n";
    return run_gradus({"run", "--config", folder_ / "gradus.yaml", "--until-end"}, lines);
  }

  const TempDir folder_;
};

TEST_F(OlderDirectory, GoesOnAndItsHistoryIsWhole) {
  const Finished ended = go_on(900, 3);
  ASSERT_EQ(ended.code, 0) << ended.errors;
  const Checkpoint checkpoint = read_checkpoint(data());
  EXPECT_EQ(checkpoint.step, kOldStep + 900);
  EXPECT_EQ(checkpoint.sums.examples, kOldStep + 900);
  EXPECT_EQ(checkpoint.events_from, kOldStep);
  EXPECT_EQ(checkpoint.events.of(Reject::kMalformed), 3U);

  const auto history = HistoryReader::open(data());
  ASSERT_TRUE(history) << history.error().message;
  const auto spans = (*history)->stream_spans();
  ASSERT_TRUE(spans) << spans.error().message;
  StreamSpan sum;
  std::uint64_t rejected_before = 0;
  for (const StreamSpan& span : *spans) {
    EXPECT_EQ(span.from, sum.to);
    sum.to = span.to;
    sum.examples += span.examples;
    sum.log_loss += span.log_loss;
    if (span.from >= kOldStep) sum.events += span.events;
    if (span.from < kOldStep) rejected_before += span.events.of(Reject::kNone);
  }
  EXPECT_EQ(sum.to, checkpoint.step);
  EXPECT_EQ(sum.examples, checkpoint.step);
  EXPECT_NEAR(sum.log_loss, checkpoint.sums.log_loss.value(), 1e-9 * sum.log_loss);
  EXPECT_EQ(sum.events.of(Reject::kMalformed), 3U);
  EXPECT_EQ(rejected_before, 20U + 10U + 17U) << "what the older history knew stays as it is";
  EXPECT_EQ((*history)->attempts()->size(), 3U);
  EXPECT_EQ((*history)->scores()->front().step, 1085U);
}

}  // namespace
}  // namespace gradus::test
