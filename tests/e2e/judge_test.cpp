#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/step.h"
#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr const char* kCurves = "tests/judge/data/curves.csv.gz";

std::vector<json> lines_of(const std::string& output) {
  std::vector<json> lines;
  std::istringstream in(output);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

void expect_one_line(const Finished& refused, int code, const std::string& part) {
  EXPECT_EQ(refused.code, code);
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(part));
  EXPECT_EQ(refused.output, "");
}

TEST(Judge, PrintsChangesThenOneSummaryForEachCurve) {
  const Finished judged = run_gradus({"judge", kCurves});
  ASSERT_EQ(judged.code, 0) << judged.errors;
  EXPECT_EQ(judged.errors, "");
  const auto lines = lines_of(judged.output);
  ASSERT_EQ(lines.size(), 10u);
  Step last = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    for (const char* key : {"task", "step", "verdict", "score", "evidence"})
      EXPECT_TRUE(lines[i].contains(key)) << key;
    EXPECT_GE(lines[i].at("step").get<Step>(), last);
    last = lines[i].at("step").get<Step>();
  }
  for (std::size_t i = 7; i < 10; ++i) EXPECT_EQ(lines[i].at("summary"), true);
}

TEST(Judge, ReadsStandardInput) {
  const Finished judged = run_gradus({"judge", "-"}, read_file(kCurves));
  EXPECT_EQ(judged.code, 0) << judged.errors;
  EXPECT_EQ(judged.output, run_gradus({"judge", kCurves}).output);
}

TEST(Judge, WritesTheReportThatItsNameAsksFor) {
  const TempDir folder;
  for (const auto& [name, begins] :
       {std::pair("r.html", "<!doctype html>"), {"r.md", "# "}, {"r.json", "{"}}) {
    const std::string file = folder / name;
    const Finished judged = run_gradus({"judge", kCurves, "--report", file});
    EXPECT_EQ(judged.code, 0) << judged.errors;
    EXPECT_THAT(judged.errors, HasSubstr("The report is in " + file));
    EXPECT_THAT(read_file(file), StartsWith(begins));
  }
}

TEST(Judge, NamesBadRowsAndJudgesTheOthers) {
  const Finished judged =
      run_gradus({"judge", "-"}, "step,task,score\n1,a,.5\n2,a,1.5\n3,a,.5\n3,a,.6\n");
  EXPECT_EQ(judged.code, 0);
  EXPECT_THAT(judged.errors, AllOf(HasSubstr("standard input:3: score 1.5 is outside [0, 1]"),
                                   HasSubstr("standard input:5: step 3 is not above 3"),
                                   HasSubstr("2 of 4 rows left out")));
  EXPECT_EQ(lines_of(judged.output).back().at("scores"), 2);
}

TEST(Judge, RefusesInOneLine) {
  const TempDir folder;
  expect_one_line(run_gradus({"judge", folder / "none.csv"}), 2, "there is no file");
  expect_one_line(run_gradus({"judge", folder.path()}), 2, "is a directory");
  expect_one_line(run_gradus({"judge", "-"}, "hello\n"), 2, "standard input: neither CSV");
  expect_one_line(run_gradus({"judge", kCurves, "--report", "a.pdf"}), 2, ".html, .md or .json");
  expect_one_line(run_gradus({"judge", kCurves, "--items", "0"}), 2, "--items");
  expect_one_line(run_gradus({"judge", kCurves, "--target", "2"}), 2, "--target");
  expect_one_line(run_gradus({"judge", kCurves, "--format", "xml"}), 2, "--format");
  expect_one_line(run_gradus({"judge", folder.write("cut.gz", read_file(kCurves).substr(0, 4000))}),
                  1, "the gzip data is damaged or cut off");
}

}  // namespace
}  // namespace gradus::test
