#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::vector<json> lines_of(const std::string& output) {
  std::vector<json> lines;
  std::istringstream in(output);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

void expect_one_line(const std::vector<std::string>& arguments, const std::string& part) {
  const Finished refused = run_gradus(arguments);
  EXPECT_EQ(refused.code, 2) << ::testing::PrintToString(arguments);
  EXPECT_EQ(refused.output, "");
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(part));
}

TEST(Plan, SaysWhatADecidableTaskShows) {
  const Finished planned = run_gradus({"plan", "--noise", "0.01"});
  EXPECT_EQ(planned.code, 0) << planned.errors;
  EXPECT_EQ(planned.errors, "");
  EXPECT_THAT(
      planned.output,
      AllOf(HasSubstr("\ndecidable: a stall is found within 4 doublings in "), HasSubstr("stall"),
            HasSubstr("times the examples"), HasSubstr("slowest progress that is decidable: 0."),
            HasSubstr("smallest loss at once that is found: 0."),
            HasSubstr("fewest items that decide 0.1 per doubling: "),
            HasSubstr("mastered from 0.9")));
}

TEST(Plan, CallsATooSmallTaskUndecidableAndSaysHowManyItemsWouldDo) {
  const std::vector<std::string> small{"plan", "--items", "8",    "--rate",
                                       "0.06", "--noise", "0.005"};
  const Finished planned = run_gradus(small);
  EXPECT_EQ(planned.code, 1);
  EXPECT_THAT(planned.output, AllOf(HasSubstr("\nundecidable: "), HasSubstr(" items decide it"),
                                    HasSubstr("never mastered: that takes 35 items")));
  auto as_json = small;
  as_json.insert(as_json.end(), {"--format", "json"});
  const Finished document = run_gradus(as_json);
  EXPECT_EQ(document.code, 1);
  const auto lines = lines_of(document.output);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].at("decidable"), false);
  EXPECT_EQ(lines[0].at("obstacle"), "items");
  EXPECT_GT(lines[0].at("fewest_items").get<int>(), 8);
  EXPECT_THAT(planned.output, HasSubstr(lines[0].at("words").get<std::string>()));
}

TEST(Plan, PrintsJsonWithEveryDelay) {
  const Finished planned = run_gradus({"plan", "--noise", "0.01", "--format", "json"});
  EXPECT_EQ(planned.code, 0) << planned.errors;
  const json plan = lines_of(planned.output).at(0);
  EXPECT_EQ(plan.at("decidable"), true);
  EXPECT_EQ(plan.at("options").at("items"), 128);
  for (const char* change : {"stall", "fall", "loss", "progress"}) {
    const json& delay = plan.at(change);
    EXPECT_GT(delay.at("found"), 0.8) << change;
    const json& median = delay.at("median");
    EXPECT_NEAR(median.at("probes").get<double>(), median.at("doublings").get<double>() * 40, 1e-9);
  }
}

TEST(Plan, TellsWhichTasksOfALadderCanBeJudged) {
  const TempDir folder;
  const std::string ladder = folder.write("ladder.yaml",
                                          "format: 1\nname: two\nitems_file: items.jsonl\n"
                                          "tiers:\n  - name: one\n    tasks:\n"
                                          "      - {name: large, items: 200, target: 0.9}\n"
                                          "      - {name: small, target: 0.9}\n");
  std::string items;
  for (int i = 0; i < 302; ++i)
    items += R"({"task":")" + std::string(i < 300 ? "large" : "small") + R"(","prompt":")" +
             std::to_string(i) + R"(=","answer":"1"})" + "\n";
  folder.write("items.jsonl", items);
  const Finished planned = run_gradus({"plan", "--ladder", ladder, "--noise", "0.01"});
  EXPECT_EQ(planned.code, 1) << planned.errors;
  EXPECT_THAT(planned.output,
              AllOf(HasSubstr("undecidable: "), HasSubstr("\nlarge    200  "),
                    HasSubstr("\nsmall      2  "), HasSubstr("1 of 2 tasks are decidable\n")));
  const Finished enough =
      run_gradus({"plan", "--ladder", ladder, "--noise", "0.01", "--items", "500"});
  EXPECT_EQ(enough.code, 0) << enough.output;
}

TEST(Plan, RefusesInOneLine) {
  expect_one_line({"plan", "--rate", "0"}, "--rate: a number from 0.001 to 10 is expected, not 0");
  expect_one_line({"plan", "--rate", "fast"}, "--rate");
  expect_one_line({"plan", "--items", "-3"}, "--items: a whole number from 0 to 100000 is");
  expect_one_line({"plan", "--items", "0"}, "--items: a number from 1 to 100000 is expected");
  expect_one_line({"plan", "--autocorrelation", "1"}, "--autocorrelation: a number from 0 to 0.99");
  expect_one_line({"plan", "--profile", "lax"}, "--profile");
  expect_one_line({"plan", "--format", "xml"}, "--format");
  expect_one_line({"plan", "--ladder", "arithmetc"}, "did you mean arithmetic?");
  expect_one_line({"plan", "--ladder", "arithmetic", "--target", "0.5"}, "--target");
}

TEST(Plan, ShowsExamplesInItsHelp) {
  const Finished help = run_gradus({"plan", "--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.output, AllOf(HasSubstr("gradus plan --items 128 --rate 0.1"),
                                 HasSubstr("gradus plan --ladder arithmetic"),
                                 HasSubstr("exits 1 where one is undecidable")));
}

}  // namespace
}  // namespace gradus::test
