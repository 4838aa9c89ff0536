#include "metrics/exposition.h"

#include <algorithm>
#include <limits>
#include <set>
#include <sstream>

#include "metrics/series_limit.h"
#include "tests/metrics/full_sample.h"

namespace gradus {
namespace {

using test::FullSample;
using test::value_of;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::set<std::string> names_on(const std::string& page) {
  std::set<std::string> names;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("# TYPE ", 0) == 0) names.insert(line.substr(7, line.find(' ', 7) - 7));
  }
  return names;
}

std::set<std::string> names_in_catalogue() {
  std::set<std::string> names;
  for (const MetricInfo& metric : metric_catalogue()) names.emplace(metric.name);
  return names;
}

std::size_t value_lines(const std::string& page) {
  std::istringstream lines(page);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) count += line[0] != '#' ? 1 : 0;
  return count;
}

TEST(MetricsPage, ShowsExactlyTheNamesOfTheCatalogue) {
  EXPECT_EQ(names_on(FullSample().page().text), names_in_catalogue());
}

TEST(MetricsPage, CountsItsSeries) {
  const MetricsPage page = FullSample().page();
  EXPECT_EQ(page.series, value_lines(page.text));
  EXPECT_EQ(page.dropped, 0u);
}

TEST(MetricsPage, ShowsKnownSeriesBeforeAnythingWasPublished) {
  const FullSample full;
  const ServerStats server;
  const MetricsSample nothing{full.facts, &full.ladder, nullptr, nullptr, nullptr,
                              nullptr,    nullptr,      server,  full.now};
  const std::string page = render_metrics(nothing).text;
  EXPECT_EQ(value_of(page, R"(gradus_ingest_messages_total{topic="examples"})"), "0");
  EXPECT_EQ(
      value_of(page, R"(gradus_ingest_decode_errors_total{topic="examples",reason="malformed"})"),
      "0");
  EXPECT_EQ(
      value_of(page, R"(gradus_ingest_dead_letters_total{topic="examples",outcome="failed"})"),
      "0");
  EXPECT_EQ(value_of(page, R"(gradus_learner_examples_total{run="demo"})"), "0");
  EXPECT_EQ(
      value_of(page, R"(gradus_learner_task_examples_total{run="demo",tier="second",task="add"})"),
      "0");
  EXPECT_EQ(
      value_of(page,
               R"(gradus_progress_verdict{run="demo",tier="second",task="add",verdict="dormant"})"),
      "1");
  EXPECT_EQ(
      value_of(
          page,
          R"(gradus_progress_verdict{run="demo",tier="second",task="add",verdict="mastered"})"),
      "0");
  EXPECT_EQ(
      value_of(
          page,
          R"(gradus_progress_events_total{run="demo",tier="second",task="add",type="stalled"})"),
      "0");
  EXPECT_EQ(value_of(page, R"(gradus_tier_tasks{run="demo",tier="first",verdict="dormant"})"), "2");
  EXPECT_EQ(value_of(page, R"(gradus_log_messages_total{level="error"})"), "0");
}

// metrics that an alert compares with time(): 0 would fire at once, an absent one never.
TEST(MetricsPage, BeginsMomentsAtTheStartOfTheProcess) {
  const FullSample full;
  const ServerStats server;
  const MetricsSample nothing{full.facts, &full.ladder, nullptr, nullptr, nullptr,
                              nullptr,    nullptr,      server,  full.now};
  const std::string page = render_metrics(nothing).text;
  for (
      const char* series :
      {R"(gradus_ingest_last_message_timestamp_seconds{topic="examples"})",
       R"(gradus_ingest_last_event_timestamp_seconds{topic="examples"})",
       "gradus_checkpoint_last_success_timestamp_seconds",
       R"(gradus_thread_heartbeat_timestamp_seconds{thread="learner"})",
       R"(gradus_progress_last_improvement_timestamp_seconds{run="demo",tier="first",task="max"})"}) {
    EXPECT_EQ(value_of(page, series), "1700000000") << series;
  }
}

TEST(MetricsPage, LeavesOutWhatIsNotKnownYet) {
  FullSample full;
  full.progress.tasks[1].step = 0;
  full.progress.tasks[1].slope_per_doubling.reset();
  full.progress.tasks[1].slope_upper.reset();
  full.ingest.source.partitions[0].high_watermark = -1;
  full.ingest.source.broker_rtt_p50 = -1;
  const std::string page = full.page().text;
  EXPECT_THAT(page, HasSubstr(R"(gradus_probe_score_ratio{run="demo",tier="first",task="copy"})"));
  EXPECT_THAT(page,
              Not(HasSubstr(R"(gradus_probe_score_ratio{run="demo",tier="first",task="max"})")));
  EXPECT_THAT(
      page,
      Not(HasSubstr(R"(gradus_progress_slope_per_doubling{run="demo",tier="first",task="max"})")));
  EXPECT_THAT(
      page,
      Not(HasSubstr(
          R"(gradus_progress_slope_per_doubling_upper{run="demo",tier="first",task="max"})")));
  EXPECT_THAT(
      page,
      Not(HasSubstr(R"(gradus_ingest_consumer_lag_messages{topic="examples",partition="0"})")));
  EXPECT_THAT(page, Not(HasSubstr(R"(stat="p50")")));
}

TEST(MetricsPage, LeavesOutATierScoreBeforeAnyOfItsTasksIsScored) {
  FullSample full;
  full.progress.tasks[2].step = 0;
  const std::string page = full.page().text;
  EXPECT_THAT(page, HasSubstr(R"(gradus_tier_score_ratio{run="demo",tier="first"})"));
  EXPECT_THAT(page, Not(HasSubstr(R"(gradus_tier_score_ratio{run="demo",tier="second"})")));
}

TEST(MetricsPage, ShowsOneVerdictOfATaskAsOne) {
  const std::string page = FullSample().page().text;
  const std::string task =
      R"(gradus_progress_verdict{run="demo",tier="second",task="add",verdict=")";
  for (const char* other : {"dormant", "learning", "regressing", "mastered"}) {
    EXPECT_EQ(value_of(page, task + other + "\"}"), "0");
  }
  EXPECT_EQ(value_of(page, task + "stalled\"}"), "1");
}

TEST(MetricsPage, CountsFromTheStartOfTheProcessNotOfTheRun) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(value_of(page, R"(gradus_learner_examples_total{run="demo"})"), "2000");
  EXPECT_EQ(
      value_of(page, R"(gradus_learner_task_examples_total{run="demo",tier="first",task="copy"})"),
      "900");
}

TEST(MetricsPage, MeasuresLagFromWhatTheLearnerHasApplied) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(
      value_of(page, R"(gradus_ingest_consumer_lag_messages{topic="examples",partition="0"})"),
      "100");
  EXPECT_EQ(
      value_of(page, R"(gradus_ingest_consumer_lag_messages{topic="examples",partition="1"})"),
      "0");
}

TEST(MetricsPage, CountsTombstonesAsSkippedNotAsErrors) {
  const std::string page = FullSample().page().text;
  EXPECT_EQ(value_of(page, R"(gradus_ingest_skipped_total{topic="examples",reason="tombstone"})"),
            "14");
  EXPECT_THAT(
      page,
      Not(HasSubstr(R"(gradus_ingest_decode_errors_total{topic="examples",reason="tombstone"})")));
  EXPECT_THAT(page, Not(HasSubstr(R"(reason="none")")));
}

TEST(MetricsPage, CumulatesHistogramsUpToInfinity) {
  const std::string page = FullSample().page().text;
  const std::string bucket =
      R"(gradus_probe_duration_seconds_bucket{run="demo",tier="second",le=")";
  EXPECT_EQ(value_of(page, bucket + "0.001\"}"), "0");
  EXPECT_EQ(value_of(page, bucket + "0.1\"}"), "0");
  EXPECT_EQ(value_of(page, bucket + "+Inf\"}"), "1");
  EXPECT_EQ(value_of(page, R"(gradus_probe_duration_seconds_sum{run="demo",tier="second"})"),
            "0.5");
  EXPECT_EQ(value_of(page, R"(gradus_probe_duration_seconds_count{run="demo",tier="second"})"),
            "1");
  EXPECT_EQ(
      value_of(page, R"(gradus_probe_duration_seconds_bucket{run="demo",tier="first",le="0.01"})"),
      "1");
}

TEST(MetricsPage, WritesInfinityAsPrometheusReadsIt) {
  FullSample full;
  full.process.max_fds = std::numeric_limits<double>::infinity();
  EXPECT_EQ(value_of(full.page().text, "process_max_fds"), "+Inf");
}

TEST(MetricsPage, EscapesWhatARunMayBeCalled) {
  FullSample full;
  full.facts.run = "a\"b\\c\nd";
  EXPECT_EQ(value_of(full.page().text, R"(gradus_learner_updates_total{run="a\"b\\c?d"})"), "62");
}

TEST(MetricsPage, LeavesOutCheckpointsWhereARunKeepsNone) {
  FullSample full;
  full.facts.has_checkpoints = false;
  EXPECT_THAT(full.page().text, Not(HasSubstr("gradus_checkpoint_")));
}

TEST(MetricsPage, HearsNoHeartbeatOfAThreadThatHasDoneItsWork) {
  FullSample full;
  full.ingest.ended = true;
  full.learner.finished = true;
  const std::string page = full.page().text;
  EXPECT_THAT(page, Not(HasSubstr(R"(thread="ingest")")));
  EXPECT_THAT(page, Not(HasSubstr(R"(thread="learner")")));
  EXPECT_EQ(value_of(page, R"(gradus_thread_heartbeat_timestamp_seconds{thread="http"})"),
            "1700000095");
}

TEST(MetricsPage, HasNoTasksAndNoProbesWithoutALadder) {
  FullSample full;
  const MetricsSample sample{full.facts,
                             nullptr,
                             std::make_shared<IngestStats>(full.ingest),
                             std::make_shared<LearnerStats>(full.learner),
                             nullptr,
                             nullptr,
                             nullptr,
                             full.server,
                             full.now,
                             full.process};
  const std::string page = render_metrics(sample).text;
  EXPECT_THAT(page, Not(HasSubstr("task=")));
  EXPECT_THAT(page, Not(HasSubstr("gradus_probe_")));
  EXPECT_THAT(page, Not(HasSubstr("gradus_history_")));
  EXPECT_THAT(page, Not(HasSubstr(R"(thread="probes")")));
  EXPECT_THAT(page, HasSubstr("gradus_learner_examples_total"));
}

/// The names of the metrics that have a series of this task.
std::vector<std::string> metrics_of(const std::string& page, const std::string& task) {
  std::vector<std::string> names;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);)
    if (line.find("task=\"" + task + "\"") != std::string::npos)
      names.push_back(line.substr(0, line.find('{')));
  return names;
}

TEST(MetricsPage, LeavesOutWholeMetricsBeyondTheSeriesLimitAndCountsTheirSeries) {
  FullSample full;
  const MetricsPage all = full.page();
  full.facts.max_series = all.series - 1;
  const MetricsPage page = full.page();
  EXPECT_THAT(page.left_out, ElementsAre(first_left_out().front()));
  EXPECT_THAT(page.text, Not(HasSubstr(std::string(first_left_out().front()))));
  EXPECT_EQ(page.series, value_lines(page.text));
  EXPECT_EQ(page.series + page.dropped, all.series) << "the first to go has no histogram";
}

TEST(MetricsPage, KeepsEachMetricOfAThousandTasksForAllOfThemOrForNone) {
  FullSample full;
  for (int i = 0; full.ladder.tasks.size() < 1000; ++i) {
    full.ladder.tasks.push_back(full.ladder.tasks.front());
    full.ladder.tasks.back().name = "task-" + std::to_string(i);
  }
  const MetricsSample sample{full.facts, &full.ladder, nullptr,     nullptr, nullptr,
                             nullptr,    nullptr,      full.server, full.now};
  for (const std::size_t most : {std::size_t{2000}, std::size_t{7000}}) {
    full.facts.max_series = most;
    const MetricsPage page = render_metrics(sample);
    EXPECT_LE(value_lines(page.text), most);
    EXPECT_FALSE(page.left_out.empty());
    EXPECT_EQ(metrics_of(page.text, "task-7"), metrics_of(page.text, "task-970")) << most;
    EXPECT_THAT(page.text, HasSubstr("gradus_metrics_series_dropped_total"));
  }
}

TEST(MetricsPage, RanksEveryMetricOfATask) {
  for (const MetricInfo& each : metric_catalogue()) {
    const std::string labels = "," + std::string(each.labels) + ",";
    if (labels.find(",task,") == std::string::npos) continue;
    EXPECT_THAT(first_left_out(), Contains(each.name)) << "metrics/series_limit.cpp";
  }
}

// Both of a run of which all is known: one partition more takes an offset, an end and a lag, and
// the full sample has met errors and routes.
TEST(MetricsPage, KnowsAtTheStartHowManySeriesARunWillHave) {
  FullSample full;
  full.ingest.source.partitions.resize(1);
  full.learner.position.partitions.resize(1);
  full.ingest.source.client_errors.clear();
  full.server.requests.clear();
  full.server.log_lines.clear();
  for (TaskProgress& task : full.progress.tasks) task.sealed.emplace();
  for (TierProgress& tier : full.progress.tiers) tier.belief.emplace();
  ProbeStats fresh = full.probes;
  for (Histogram& seconds : fresh.seconds_by_tier) seconds = Histogram(seconds.bounds());
  const SeriesOutlook outlook =
      series_outlook(full.facts, &full.ladder, std::make_shared<const ProbeStats>(fresh));
  EXPECT_EQ(outlook.series, full.page().series);
  EXPECT_THAT(outlook.left_out, IsEmpty());
}

TEST(MetricsPage, KnowsTheSeriesOfARunWithoutALadder) {
  const FullSample full;
  EXPECT_LT(series_outlook(full.facts, nullptr, nullptr).series,
            series_outlook(full.facts, &full.ladder, nullptr).series);
}

TEST(MetricsPage, NeverCutsAHistogramInTwo) {
  FullSample full;
  const std::size_t all = full.page().series;
  for (std::size_t limit = 0; limit < all; limit += 7) {
    full.facts.max_series = limit;
    const MetricsPage page = full.page();
    EXPECT_LE(page.series, limit);
    EXPECT_EQ(value_lines(page.text), page.series);
    const auto count_of = [&](const std::string& part) {
      std::size_t count = 0;
      for (std::size_t at = page.text.find(part); at != std::string::npos;
           at = page.text.find(part, at + 1)) {
        ++count;
      }
      return count;
    };
    EXPECT_EQ(count_of("le=\"+Inf\""),
              count_of("_duration_seconds_count") + count_of("_delay_seconds_count"));
  }
}

TEST(MetricsPage, KeepsTheVitalSignsWhenTheLadderIsTooLarge) {
  FullSample full;
  full.facts.max_series = 200;
  const std::string page = full.page().text;
  EXPECT_THAT(page, HasSubstr("process_resident_memory_bytes "));
  EXPECT_THAT(page, HasSubstr("gradus_learner_diverged{"));
  EXPECT_THAT(page, HasSubstr("gradus_ingest_consumer_lag_messages{"));
}

}  // namespace
}  // namespace gradus
