#include "describe/error_rate_words.h"

#include <nlohmann/json.hpp>

#include "describe/ladder_table.h"
#include "describe/task_json.h"
#include "judge/judge_words.h"

namespace gradus {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TaskProgress task_of(const std::string& name, double autocorrelation) {
  TaskProgress task;
  task.task = name;
  task.items = 128;
  task.autocorrelation = autocorrelation;
  task.strict_claim = autocorrelation <= 0.8;
  return task;
}

ProgressReport report_of(std::vector<TaskProgress> tasks) {
  ProgressReport report;
  report.tasks = std::move(tasks);
  return report;
}

TEST(ErrorRateWords, ClaimTheRateUpToTheLimit) {
  EXPECT_EQ(error_rate_words(task_of("add", 0.8)),
            "claimed: false alarms stay within the run's budget");
  EXPECT_EQ(withdrawn_words(task_of("add", 0.8)), "");
}

TEST(ErrorRateWords, SayTheBudgetAndHowItIsSplit) {
  EXPECT_EQ(error_budget_words(report_of({task_of("add", 0.3), task_of("sub", 0.5)})),
            "At most 5 % of healthy runs have a false alarm: the budget is split evenly over 4 "
            "detectors, of a stall and of a fall for each of 2 tasks.");
  EXPECT_EQ(error_budget_words(report_of({})), "");
}

TEST(ErrorRateWords, StateNoRateOfThePracticalProfile) {
  TaskProgress task = task_of("add", 0.3);
  task.strict_claim = false;
  EXPECT_EQ(error_budget_words(report_of({task})),
            "The practical profile states no rate of false alarms; its thresholds come from a "
            "budget of 5 % a run, split evenly over 2 detectors, of a stall and of a fall for one "
            "task.");
}

TEST(ErrorRateWords, WithdrawItAboveTheLimitWithTheEstimate) {
  EXPECT_EQ(error_rate_words(task_of("add", 0.91)),
            "not claimed: neighbouring scores are too alike (autocorrelation 0.91, above 0.80)");
  EXPECT_EQ(withdrawn_words(task_of("add", 0.91)),
            "Its rate of false alarms is not claimed: neighbouring scores are too alike "
            "(autocorrelation 0.91, above 0.80).");
}

TEST(ErrorRateWords, NeverShowAnEstimateAboveTheLimitAsEqualToIt) {
  EXPECT_THAT(error_rate_words(task_of("add", 0.8004)), HasSubstr("0.81, above 0.80"));
}

TEST(ErrorRateWords, DoNotBlameTheScoresWhereTheProfileHasNoRate) {
  TaskProgress task = task_of("add", 0.3);
  task.strict_claim = false;
  EXPECT_EQ(error_rate_words(task), "not claimed: the practical profile has no stated rate");
  EXPECT_EQ(withdrawn_words(task), "");
}

TEST(ErrorRateWords, OfARunNameTheTasks) {
  EXPECT_EQ(withdrawn_words(report_of({task_of("a", 0.5), task_of("b", 0.79)})), "");
  EXPECT_THAT(withdrawn_words(report_of({task_of("a", 0.9), task_of("b", 0.5)})),
              HasSubstr("not claimed for a: neighbouring"));
  EXPECT_THAT(withdrawn_words(report_of({task_of("a", 0.9), task_of("b", 0.85)})),
              HasSubstr("for a and b: "));
  EXPECT_THAT(withdrawn_words(report_of({task_of("a", 0.9), task_of("b", 0.9), task_of("c", 0.9),
                                         task_of("d", 0.9), task_of("e", 0.9)})),
              HasSubstr("for a, b, c and 2 more: "));
}

TEST(ErrorRateWords, OfTheBudgetClaimNothingForTasksThatAreTooAlike) {
  EXPECT_THAT(error_budget_words(report_of({task_of("a", 0.9), task_of("b", 0.5)})),
              EndsWith("It is not claimed for a."));
  EXPECT_THAT(error_budget_words(report_of({task_of("a", 0.5), task_of("b", 0.5)})),
              Not(HasSubstr("not claimed")));
  TaskProgress practical = task_of("b", 0.5);
  practical.strict_claim = false;
  EXPECT_THAT(error_budget_words(report_of({task_of("a", 0.9), practical})),
              StartsWith("The practical profile states no rate"));
}

TEST(ErrorRateWords, StandInTheApiBesideTheEstimate) {
  const auto json = task_json(task_of("add", 0.91));
  EXPECT_EQ(json.at("autocorrelation"), 0.91);
  EXPECT_EQ(json.at("error_rate_claimed"), false);
  EXPECT_EQ(json.at("error_rate"), error_rate_words(task_of("add", 0.91)));
}

TEST(ErrorRateWords, StandUnderTheTableOfWatchAndInTheHeadlineOfJudge) {
  const ProgressReport alike = report_of({task_of("add", 0.91)});
  const ProgressReport sound = report_of({task_of("add", 0.5)});
  EXPECT_THAT(ladder_table(alike), EndsWith("  " + withdrawn_words(alike) + "\n"));
  EXPECT_THAT(ladder_table(sound), Not(HasSubstr("claimed")));
  EXPECT_THAT(judged_headline(alike), EndsWith(withdrawn_words(alike)));
  EXPECT_THAT(judged_headline(sound), Not(HasSubstr("claimed")));
}

}  // namespace
}  // namespace gradus
