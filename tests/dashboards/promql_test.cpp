#include "tests/dashboards/promql.h"

namespace gradus::test {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

std::vector<std::string> metrics_of(std::string_view expression) {
  std::vector<std::string> names;
  for (const Selector& selector : selectors_of(expression)) names.push_back(selector.metric);
  return names;
}

TEST(PromQl, FindsTheMetricsAndNotTheLabelsOrFunctions) {
  EXPECT_THAT(metrics_of("sum by (job, run) (rate(a_total{x=\"b\"}[5m])) / on (job) group_left () "
                         "max(level:c:rate5m) > 0.5 and on (run) d"),
              ElementsAre("a_total", "level:c:rate5m", "d"));
  EXPECT_THAT(metrics_of("histogram_quantile(0.9, sum by (le) (rate(h_bucket[1m])))"),
              ElementsAre("h_bucket"));
  EXPECT_THAT(metrics_of("vector(1)"), IsEmpty());
  EXPECT_THAT(metrics_of("time() - a < 2 * $__interval_ms / 1000"), ElementsAre("a"));
}

TEST(PromQl, ReadsMatchersAndTheirValues) {
  const auto found = selectors_of(R"(up{job=~"$job", instance!="a:1,}", x !~ "y"})");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].has("job", "=~", "$job"));
  EXPECT_TRUE(found[0].has("instance", "!=", "a:1,}"));
  EXPECT_TRUE(found[0].has("x", "!~", "y"));
  EXPECT_FALSE(found[0].has("job", "=", "$job"));
}

TEST(PromQl, KnowsTheRangeAndTheFunctionAroundASelector) {
  const auto found = selectors_of("max(increase(a_total[$__rate_interval])) + b + (c)");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].range, "$__rate_interval");
  EXPECT_EQ(found[0].function, "increase");
  EXPECT_EQ(found[1].range, "");
  EXPECT_EQ(found[1].function, "");
  EXPECT_EQ(found[2].function, "");
}

TEST(PromQl, PassesOverTheRangeOfASubquery) {
  EXPECT_THAT(selectors_of("min_over_time((a and on (x) b == 1)[$__range:15s])"),
              ElementsAre(AllOf(Field(&Selector::metric, "a"), Field(&Selector::range, "")),
                          Field(&Selector::metric, "b")));
}

TEST(PromQl, TellsOpenBracketsAndQuotes) {
  EXPECT_TRUE(is_balanced(R"(sum(a{b="]"}[5m]))"));
  EXPECT_FALSE(is_balanced("sum(a"));
  EXPECT_FALSE(is_balanced("sum(a[5m)]"));
  EXPECT_FALSE(is_balanced("a{b=\"c}"));
  EXPECT_FALSE(is_balanced("a)"));
}

}  // namespace
}  // namespace gradus::test
