#include <set>
#include <string>
#include <vector>

#include "metrics/exposition.h"

namespace gradus {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Rules of names: prometheus.io/docs/practices/naming.

template <typename Wanted>
std::vector<std::string> names_where(Wanted wanted) {
  std::vector<std::string> names;
  for (const MetricInfo& metric : metric_catalogue()) {
    if (wanted(metric)) names.emplace_back(metric.name);
  }
  return names;
}

std::vector<std::string> all_names() {
  return names_where([](const MetricInfo&) { return true; });
}

std::vector<std::string> names_of(MetricType type) {
  return names_where([type](const MetricInfo& metric) { return metric.type == type; });
}

std::vector<std::string> names_with_run() {
  return names_where([](const MetricInfo& metric) { return metric.labels.starts_with("run"); });
}

TEST(Catalogue, NamesTheOwnerOfEachMetric) {
  EXPECT_THAT(all_names(), Each(AnyOf(StartsWith("gradus_"), StartsWith("process_"))));
}

TEST(Catalogue, HasNoNameTwice) {
  const std::vector<std::string> names = all_names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

TEST(Catalogue, EndsCountersAndOnlyThoseInTotal) {
  EXPECT_THAT(names_of(MetricType::kCounter), Each(EndsWith("_total")));
  EXPECT_THAT(names_of(MetricType::kGauge), Each(Not(EndsWith("_total"))));
}

TEST(Catalogue, MeasuresHistogramsInSeconds) {
  EXPECT_THAT(names_of(MetricType::kHistogram), Each(EndsWith("_seconds")));
}

// The serializer does not escape help texts: a backslash or a line break would break the page, and
// a bar the table of the document.
TEST(Catalogue, HelpsInOnePlainSentence) {
  for (const MetricInfo& metric : metric_catalogue()) {
    EXPECT_THAT(std::string(metric.help), EndsWith(".")) << metric.name;
    EXPECT_EQ(metric.help.find_first_of("\\\n|"), std::string_view::npos) << metric.name;
  }
}

TEST(Catalogue, UsesOnlyLabelsOfFewValues) {
  const std::set<std::string> allowed = {
      "run",      "learner",  "topic",      "partition", "tier",       "task",
      "verdict",  "reason",   "outcome",    "thread",    "type",       "code",
      "stat",     "where",    "path",       "level",     "version",    "config_hash",
      "revision", "compiler", "librdkafka", "facet",     "forecaster", "doublings"};
  for (const MetricInfo& metric : metric_catalogue()) {
    std::string label;
    for (const char c : std::string(metric.labels) + ",") {
      if (c != ',') {
        label += c;
        continue;
      }
      EXPECT_TRUE(label.empty() || allowed.contains(label)) << metric.name << ": " << label;
      label.clear();
    }
  }
}

// Runs must be comparable; the stream and the process have no run of their own.
TEST(Catalogue, CarriesTheRunWhereLearningIsConcerned) {
  const auto of_learning = names_where([](const MetricInfo& metric) {
    return metric.name.starts_with("gradus_learner_") || metric.name.starts_with("gradus_probe_") ||
           metric.name.starts_with("gradus_progress_") || metric.name.starts_with("gradus_tier_");
  });
  const std::vector<std::string> with_run = names_with_run();
  for (const std::string& name : of_learning) EXPECT_THAT(with_run, Contains(name));
  EXPECT_THAT(with_run, Each(Not(AnyOf(StartsWith("gradus_ingest_"), StartsWith("process_"),
                                       StartsWith("gradus_http_")))));
}

TEST(Catalogue, StandsWholeInTheDocument) {
  const std::string document = metrics_document();
  for (const std::string& name : all_names())
    EXPECT_THAT(document, HasSubstr("| `" + name + "` | "));
}

}  // namespace
}  // namespace gradus
