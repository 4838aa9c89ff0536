#include "tests/metrics/full_sample.h"

namespace gradus {
namespace {

using test::FullSample;
using test::value_of;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ForecastMetrics, SaysNothingOfTheTargetBeforeThereIsAForecast) {
  FullSample full;
  full.progress.tasks[1].forecast.reset();
  const std::string page = full.page().text;
  EXPECT_EQ(value_of(page, R"(gradus_progress_belief_ratio{run="demo",tier="first",task="copy"})"),
            "1");
  for (const char* metric : {"gradus_progress_belief_ratio", "gradus_progress_belief_ever_ratio",
                             "gradus_progress_examples_to_target"})
    EXPECT_THAT(page,
                Not(HasSubstr(std::string(metric) + R"({run="demo",tier="first",task="max")")))
        << metric;
}

TEST(ForecastMetrics, NeedsInfinitelyManyExamplesWhereNoWayLeadsToTheTarget) {
  FullSample full;
  full.progress.tasks[2].forecast->examples_to_target.reset();
  const std::string page = full.page().text;
  const std::string add = R"({run="demo",tier="second",task="add"})";
  const std::string max = R"({run="demo",tier="first",task="max"})";
  EXPECT_EQ(value_of(page, "gradus_progress_examples_to_target" + add), "+Inf");
  EXPECT_EQ(value_of(page, "gradus_progress_examples_to_target_upper" + add), "+Inf");
  EXPECT_EQ(value_of(page, "gradus_progress_examples_to_target" + max), "9000");
  EXPECT_EQ(value_of(page, "gradus_progress_examples_to_target_lower" + max), "4000");
  EXPECT_EQ(value_of(page, "gradus_progress_examples_to_target_upper" + max), "30000");
}

TEST(ForecastMetrics, SaysWhatIsForetoldOfATierAndWhichOneToWatch) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(value_of(page, R"(gradus_tier_belief_lower_ratio{run="demo",tier="first"})"), "0.125");
  EXPECT_EQ(value_of(page, R"(gradus_tier_belief_upper_ratio{run="demo",tier="first"})"), "0.25");
  EXPECT_THAT(page, Not(HasSubstr(R"(gradus_tier_belief_lower_ratio{run="demo",tier="second")")));
  EXPECT_EQ(value_of(page, R"(gradus_tier_frontier{run="demo",tier="first"})"), "1");
  EXPECT_EQ(value_of(page, R"(gradus_tier_frontier{run="demo",tier="second"})"), "0");
}

TEST(SealedMetrics, CompareOnlyTasksWhoseSealedItemsWereAsked) {
  const std::string page = FullSample().page().text;
  const std::string copy = R"({run="demo",tier="first",task="copy"})";
  EXPECT_EQ(value_of(page, "gradus_progress_sealed_gap_ratio" + copy), "0.25");
  EXPECT_EQ(value_of(page, "gradus_progress_sealed_gap_lower_ratio" + copy), "0.125");
  EXPECT_EQ(value_of(page, "gradus_progress_sealed_gap_upper_ratio" + copy), "0.375");
  EXPECT_THAT(
      page,
      Not(HasSubstr(R"(gradus_progress_sealed_gap_ratio{run="demo",tier="first",task="max")")));
}

TEST(ForecastMetrics, NamesTheBottleneckOfATask) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(
      value_of(
          page,
          R"(gradus_progress_bottleneck_ratio{run="demo",tier="second",task="add",facet="units"})"),
      "0.125");
  EXPECT_THAT(page, Not(HasSubstr(R"(facet="tens")")));
}

TEST(ForecastMetrics, KeepsTheOrderOfTheLadder) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(value_of(page, R"(gradus_tier_task_order{run="demo",tier="first",task="copy"})"), "1");
  EXPECT_EQ(value_of(page, R"(gradus_tier_task_order{run="demo",tier="second",task="add"})"), "3");
}

TEST(ForecastMetrics, ScoresForecastersBesideEachOtherOnceForecastsAreResolved) {
  FullSample full;
  full.progress.calibration.horizons[2].resolved = 0;
  const std::string page = full.page().text;
  const std::string brier = R"(gradus_progress_forecast_brier_ratio{run="demo",forecaster=)";
  EXPECT_EQ(value_of(page, brier + R"("curve_filter",doublings="1"})"), "0.125");
  EXPECT_EQ(value_of(page, brier + R"("persistence",doublings="2"})"), "0.375");
  EXPECT_EQ(value_of(page, brier + R"("linear",doublings="4"})"), "");
  const std::string resolved = R"(gradus_progress_forecasts_resolved_total{run="demo",doublings=)";
  EXPECT_EQ(value_of(page, resolved + R"("2"})"), "12");
  EXPECT_EQ(value_of(page, resolved + R"("4"})"), "0");
  const std::string intervals = R"(gradus_progress_forecast_intervals_total{run="demo",outcome=)";
  EXPECT_EQ(value_of(page, intervals + R"("inside"})"), "8");
  EXPECT_EQ(value_of(page, intervals + R"("outside"})"), "2");
}

TEST(ForecastMetrics, CountNothingAsResolvedBeforeTheFirstReport) {
  const FullSample full;
  const ServerStats server;
  const MetricsSample nothing{full.facts, &full.ladder, nullptr, nullptr, nullptr,
                              nullptr,    nullptr,      server,  full.now};
  const std::string page = render_metrics(nothing).text;
  const std::string resolved = R"(gradus_progress_forecasts_resolved_total{run="demo",doublings=)";
  for (const char* doublings : {R"("1"})", R"("2"})", R"("4"})"})
    EXPECT_EQ(value_of(page, resolved + doublings), "0") << doublings;
  EXPECT_THAT(page, Not(HasSubstr("gradus_progress_forecast_brier_ratio")));
}

}  // namespace
}  // namespace gradus
