#include "judge/judgement.h"

#include <nlohmann/json.hpp>

#include "base/random.h"
#include "describe/outlook_words.h"
#include "judge/curve_bytes.h"
#include "judge/curve_formats.h"
#include "judge/curve_points.h"
#include "judge/judge_words.h"
#include "report/html_report.h"
#include "report/json_report.h"
#include "report/markdown_report.h"

namespace gradus {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

CurveFile recorded(const std::string& name) {
  const auto bytes = read_curve_bytes("tests/judge/data/" + name);
  return read_curves(bytes.value_or(""), name, "", CurveChoice{}).value_or(CurveFile{});
}

Judgement judged(const CurveFile& file, const JudgeOptions& options = {}) {
  auto judgement = judge_curves(file, options);
  EXPECT_TRUE(judgement);
  return judgement.value_or(Judgement{});
}

/// The verdicts of one task in order.
std::vector<std::string> verdicts_of(const Judgement& judgement, std::string_view task) {
  std::vector<std::string> verdicts;
  for (const JudgedChange& each : judgement.changes)
    if (judgement.data.tasks[each.task].now.task == task)
      verdicts.emplace_back(verdict_name(each.change.to));
  return verdicts;
}

/// 500 scores of a line with white noise of .01, 40 a doubling from step 1,024.
FileCurve line(double from, double rate) {
  SplitMix64 random(7);
  FileCurve curve{.task = "line"};
  for (int i = 0; i < 500; ++i)
    curve.scores.push_back({static_cast<Step>(1024 * std::exp2(i / 40.0)),
                            from + rate * i / 40 + 0.01 * random.normal(),
                            std::nullopt,
                            {}});
  return curve;
}

// Copy was mastered and sub2 and add1 were learning when the learning rate became 0 at step
// 200,000.
TEST(Judgement, FindsTheRecordedStall) {
  const Judgement judgement = judged(recorded("curves.csv.gz"));
  EXPECT_EQ(verdicts_of(judgement, "copy"), (std::vector<std::string>{"learning", "mastered"}));
  EXPECT_EQ(verdicts_of(judgement, "add1"), (std::vector<std::string>{"learning", "stalled"}));
  for (const JudgedChange& each : judgement.changes)
    if (each.change.to == Verdict::kStalled) {
      EXPECT_GT(each.change.step, 200'000u);
      EXPECT_LT(each.change.step, 400'000u);
    }
}

TEST(Judgement, IsTheSameForEveryForm) {
  const JudgeOptions options{.items = 128};
  const auto steps = [&](const char* name) {
    std::vector<std::pair<Step, Verdict>> all;
    for (const JudgedChange& each : judged(recorded(name), options).changes)
      all.emplace_back(each.change.step, each.change.to);
    return all;
  };
  const auto csv = steps("curves.csv.gz");
  EXPECT_EQ(csv.size(), 7u);
  EXPECT_EQ(steps("curves.jsonl.gz"), csv);
  EXPECT_EQ(steps("wandb.csv.gz"), csv);
  EXPECT_EQ(steps("tensors.tfevents.gz"), csv);
}

TEST(Judgement, KeepsTheTiersOfTheFile) {
  const Judgement judgement = judged(recorded("curves.csv.gz"));
  ASSERT_EQ(judgement.data.tiers.size(), 2u);
  EXPECT_EQ(judgement.data.tiers[0].now.tier, "kindergarten");
  EXPECT_EQ(judgement.data.tiers[0].now.verdict, Verdict::kMastered);
}

TEST(Judgement, SplitsTheFalseAlarmsOverAllCurves) {
  CurveFile file{.name = "f", .curves = {line(.1, .05), line(.1, .05)}};
  file.curves[1].task = "other";
  // ln(T / (4 alpha)) with alpha = .05 / (2 detectors * 2 curves) and T = 500, the longest curve.
  EXPECT_NEAR(judged(file).data.tasks[0].now.stall.threshold, std::log(500 * 4 / (4 * 0.05)), 1e-9);
}

TEST(Judgement, GivesNoIntervalWithoutItems) {
  const Judgement judgement = judged({.name = "f", .curves = {line(.1, .05)}});
  const json task = json::parse(summary_line(judgement.data.tasks[0], 500));
  EXPECT_EQ(task.at("summary"), true);
  for (const char* key : {"items", "lower", "upper", "peek_safe", "exact", "own_step", "log_loss"})
    EXPECT_TRUE(task.at(key).is_null()) << key;
  EXPECT_EQ(task.at("verdict"), "learning");
  EXPECT_EQ(task.at("scores"), 500);
}

TEST(Judgement, SaysVerdictsInTheWordsOfTheApi) {
  const Judgement judgement = judged(recorded("curves.csv.gz"));
  const json change = json::parse(change_line(judgement.data, judgement.changes[0]));
  EXPECT_EQ(change.at("task"), "copy");
  EXPECT_EQ(change.at("verdict"), "learning");
  EXPECT_EQ(change.at("from"), "dormant");
  EXPECT_GE(change.at("evidence").at("log_e"), change.at("evidence").at("threshold"));
  const json summary = json::parse(summary_line(judgement.data.tasks[1], 378));
  for (const char* key : {"task", "tier", "step", "items", "score", "lower", "upper", "verdict",
                          "since_step", "slope_per_doubling", "belief", "belief_ever",
                          "examples_to_target", "threshold", "evidence"})
    EXPECT_TRUE(summary.contains(key)) << key;
}

TEST(Judgement, HeadlineNamesWhatAsksForAttention) {
  EXPECT_EQ(judged(recorded("curves.csv.gz")).data.headline,
            "Of 3 curves: 1 mastered, 1 stalled (add1) and 1 regressing (sub2).");
}

TEST(Judgement, HeadlineAndTableForetellTheCurveThatComesNext) {
  const Judgement judgement = judged({.name = "f", .curves = {line(.1, .05)}});
  ASSERT_TRUE(is_foretold(judgement.data.tasks[0].now));
  const std::string foretold = short_forecast_words(judgement.data.tasks[0].now);
  EXPECT_THAT(judgement.data.headline, HasSubstr(": " + foretold + "."));
  EXPECT_THAT(judged_table(judgement.data), HasSubstr("; " + foretold + "\n"));
}

TEST(Judgement, TableSaysWhereAFallBeganThatTheBoundTold) {
  Judgement judgement = judged({.name = "f", .curves = {line(.1, .05)}});
  EXPECT_THAT(judged_table(judgement.data), Not(HasSubstr("last at its target")));
  judgement.data.tasks[0].now.last_change.emplace().left_target = 300;
  EXPECT_THAT(judged_table(judgement.data), HasSubstr(", last at its target at step 300"));
}

TEST(Judgement, MakesEveryReportWithoutClaimingWhatItDoesNotKnow) {
  const Judgement judgement = judged({.name = "f", .curves = {line(.1, .05)}});
  const std::string html = html_report(judgement.data);
  EXPECT_THAT(
      html, AllOf(HasSubstr("class=\"score\""), Not(HasSubstr("nan")), Not(HasSubstr("task's own")),
                  Not(HasSubstr("polygon class=\"interval")), HasSubstr("from the curves in f")));
  EXPECT_THAT(markdown_report(judgement.data), Not(HasSubstr("nan")));
  const json report = json::parse(json_report(judgement.data));
  EXPECT_TRUE(report.at("tasks").at(0).at("lower").is_null());
  EXPECT_TRUE(report.at("origin").is_null());
}

TEST(Judgement, RefusesMoreCurvesThanItCanShow) {
  CurveFile file{.name = "f"};
  file.curves.assign(10'001, line(.1, .05));
  const auto judgement = judge_curves(file, {});
  ASSERT_FALSE(judgement);
  EXPECT_THAT(judgement.error().message, HasSubstr("10,001 curves"));
}

TEST(CurvePoints, ThinOutButKeepTheExtremes) {
  const FileCurve curve = line(.1, .05);
  const auto all = points_of(curve, 128);
  const auto few = thinned(all, 20);
  EXPECT_LE(few.size(), 20u);
  std::uint32_t count = 0;
  double lowest = 1, least = 1;
  for (const CurvePoint& each : few) {
    count += each.count;
    lowest = std::min(lowest, each.min);
  }
  for (const CurvePoint& each : all) least = std::min(least, each.last);
  EXPECT_EQ(count, 500u);
  EXPECT_EQ(lowest, least);
  EXPECT_EQ(few.back().step, all.back().step);
}

}  // namespace
}  // namespace gradus
