#include <nlohmann/json.hpp>

#include "report/html_report.h"
#include "report/json_report.h"
#include "report/markdown_report.h"
#include "report/report_format.h"

namespace gradus {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Curves from elsewhere: no learner, no stream, no origin.
ReportData curves_only() {
  ReportData data;
  data.run = "<script>alert(1)</script>";
  data.ladder = "school";
  data.headline = "First tier learning.";
  data.step = 5000;
  TierStory& tier = data.tiers.emplace_back();
  tier.now.tier = "first";
  tier.now.verdict = Verdict::kLearning;
  tier.title = "First";
  TaskStory& task = data.tasks.emplace_back();
  task.now.task = "a|b";
  task.now.tier = "first";
  task.now.verdict = Verdict::kLearning;
  task.now.items = 64;
  task.now.score = 0.5;
  task.title = "A & B";
  for (const Step step : {1000, 5000}) {
    task.curve.emplace_back().step = step;
    task.curve.back().own_step = step;
  }
  return data;
}

TEST(HtmlReport, NeedsNoLearnerStreamOrOrigin) {
  EXPECT_THAT(html_report(curves_only()),
              AllOf(HasSubstr("First tier learning."), Not(HasSubstr("Stream and learner")),
                    Not(HasSubstr("How it was run"))));
}

TEST(HtmlReport, EscapesEveryName) {
  const std::string report = html_report(curves_only());
  EXPECT_THAT(report, AllOf(Not(HasSubstr("<script")), HasSubstr("&lt;script&gt;"),
                            HasSubstr("A &amp; B")));
}

TEST(HtmlReport, NeedsNoOtherFile) {
  const std::string report = html_report(curves_only());
  for (const auto* outside : {"http:", "https:", "src=", "<link", "@import", "url("})
    EXPECT_THAT(report, Not(HasSubstr(outside)));
}

TEST(HtmlReport, OfARunWithoutALadderHasFactsOnly) {
  ReportData data;
  data.run = "plain";
  data.learner = LearnerFigures{.kind = "linear", .examples = 1000, .correct = 900};
  EXPECT_THAT(html_report(data), AllOf(HasSubstr("90.0 %"), Not(HasSubstr("The curves"))));
}

TEST(HtmlReport, StaysSmallWithManyTasks) {
  ReportData data = curves_only();
  TaskStory task = data.tasks.front();
  task.curve.assign(60, CurvePoint{.step = 123'456, .own_step = 12'345, .last = 0.123});
  data.tasks.assign(100, task);
  EXPECT_LE(html_report(data).size(), 2'000'000u);
}

TEST(MarkdownReport, KeepsNamesInTheirCells) {
  EXPECT_THAT(markdown_report(curves_only()), HasSubstr("| a\\|b |"));
}

TEST(JsonReport, UsesTheWordsOfTheApi) {
  const auto report = nlohmann::json::parse(json_report(curves_only()));
  EXPECT_EQ(report.at("format"), 1);
  const auto& task = report.at("tasks").at(0);
  for (const auto* key : {"task", "tier", "score", "lower", "upper", "verdict", "evidence",
                          "milestones", "changes", "points"})
    EXPECT_TRUE(task.contains(key)) << key;
  EXPECT_TRUE(report.at("learner").is_null());
}

TEST(ReportFormats, AreSortedAndFoundByName) {
  std::string_view before;
  for (const ReportFormat& format : report_formats()) {
    EXPECT_LT(before, format.name);
    EXPECT_EQ(report_formats().find(format.name), &format);
    before = format.name;
  }
  EXPECT_EQ(report_formats().find("pdf"), nullptr);
}

// Two doublings in four characters: the score rises at the beginning of the second doubling.
TEST(BlockCurve, DrawsEvenlyByDoublings) {
  const std::vector<CurvePoint> curve = {CurvePoint{.step = 1000, .last = 0},
                                         CurvePoint{.step = 2000, .last = 0.5},
                                         CurvePoint{.step = 4000, .last = 1}};
  EXPECT_EQ(block_curve(curve, 4), "▁▅▅█");
  EXPECT_EQ(block_curve({}, 4), "");
}

}  // namespace
}  // namespace gradus
