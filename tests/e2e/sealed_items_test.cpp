#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

/// A transformer that learns one task from a file.
class SealedItems : public ::testing::Test {
 protected:
  SealedItems() {
    folder_.write("one.ladder.yaml",
                  "format: 1\nname: one\ngenerator: arithmetic\ntiers:\n  - name: only\n"
                  "    tasks: [{name: add3, items: 128}]\n");
    folder_.write(
        "gradus.yaml",
        "run: test\nstream: {source: file, file: {path: " + (folder_ / "records.jsonl").string() +
            "}}\nlearner: {kind: transformer}\nladder: " + ladder() + "\nlog: {level: warning}\n");
  }

  std::string ladder() const { return folder_ / "one.ladder.yaml"; }
  std::string produced(const std::vector<std::string>& more) const {
    std::vector<std::string> arguments = {"produce", "--ladder", ladder()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished made = run_gradus(arguments);
    EXPECT_EQ(made.code, 0) << made.errors;
    return made.output;
  }
  /// What the report says of the task after these records were learned.
  json task_after(const std::string& lines) const {
    folder_.write("records.jsonl", lines);
    const Finished ended =
        run_gradus({"run", "--config", folder_ / "gradus.yaml", "--listen", "127.0.0.1:0",
                    "--until-end", "--set", "data=" + (folder_ / "data").string()});
    EXPECT_EQ(ended.code, 0) << ended.errors;
    const Finished report =
        run_gradus({"report", folder_ / "data", "--format", "json", "--out", "-"});
    EXPECT_EQ(report.code, 0) << report.errors;
    return json::parse(report.output).at("tasks").at(0);
  }

  const TempDir folder_;
};

TEST_F(SealedItems, ShowThatProbeItemsLeakedIntoTheStream) {
  const std::string items = produced({"--items"});
  std::string lines;
  for (int time = 0; time < 160; ++time) lines += items;
  const json task = task_after(lines);
  EXPECT_EQ(task.at("sealed").at("items"), 128);
  EXPECT_EQ(task.at("sealed").at("step"), 160 * 128);
  EXPECT_TRUE(task.at("sealed").at("overfit")) << task.at("sealed");
  EXPECT_THAT(task.at("sealed").at("words"), HasSubstr("known better than new ones"));
}

TEST_F(SealedItems, ShowNoSignWhereTheStreamIsClean) {
  const json task = task_after(produced({"--count", "20480"}));
  EXPECT_FALSE(task.at("sealed").at("overfit")) << task.at("sealed");
  EXPECT_THAT(task.at("sealed").at("words"), HasSubstr("No sign of overfitting"));
}

}  // namespace
}  // namespace gradus::test
