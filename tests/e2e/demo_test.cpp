#include <csignal>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::size_t count_of(const std::string& part, const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++count;
  return count;
}

/// The keys that an object lacks.
std::vector<std::string> missing(const json& object, const std::vector<std::string>& keys) {
  std::vector<std::string> out;
  for (const std::string& key : keys)
    if (!object.contains(key)) out.push_back(key);
  return out;
}

/// Lines that are neither a comment nor a sample of the text format.
std::vector<std::string> bad_lines(const std::string& page) {
  const std::regex sample(R"re([a-zA-Z_:][a-zA-Z0-9_:]*(\{[^{}]*\})? [-+0-9.eInfNa]+)re");
  std::vector<std::string> bad;
  std::size_t from = 0;
  for (std::size_t end; (end = page.find('\n', from)) != std::string::npos; from = end + 1) {
    const std::string line = page.substr(from, end - from);
    if (!line.starts_with("# HELP ") && !line.starts_with("# TYPE ") &&
        !std::regex_match(line, sample))
      bad.push_back(line);
  }
  if (from != page.size()) bad.push_back(page.substr(from));
  return bad;
}

/// `gradus demo arithmetic` on a free port, with these arguments added.
std::vector<std::string> demo(std::vector<std::string> more) {
  std::vector<std::string> all = {"demo", "arithmetic", "--listen", "127.0.0.1:0"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(Demo, EndsWithASummaryForPeopleAndOneForMachines) {
  const TempDir folder;
  const std::string file = folder / "summary.json";
  const Finished run =
      run_gradus(demo({"--pace", "none", "--examples", "20000", "--summary", file}));
  EXPECT_EQ(run.code, 0) << run.errors;
  EXPECT_EQ(run.errors, "");
  EXPECT_THAT(run.output, StartsWith("listening on http://127.0.0.1:"));
  EXPECT_EQ(count_of("listening on", run.output), 1U);
  EXPECT_THAT(run.output, HasSubstr("\nLearned 20,000 examples in "));
  EXPECT_THAT(run.output, Not(HasSubstr("\x1b")));  // no terminal, so nothing redraws

  const json summary = json::parse(read_file(file));
  EXPECT_THAT(missing(summary, {"run", "examples", "correct", "accuracy", "mean_loss",
                                "mean_log_loss", "seconds", "examples_per_second", "rejected",
                                "skipped", "step", "position", "verdicts"}),
              IsEmpty());
  EXPECT_EQ(summary.at("examples"), 20000);
  EXPECT_EQ(summary.at("step"), 20000);
  EXPECT_EQ(summary.at("position"), json({{"0", 20000}}));
  EXPECT_EQ(summary.at("rejected"), json::object());
  EXPECT_EQ(summary.at("verdicts").size(), 17U);
}

TEST(Demo, ServesTheWholeReportWithNullForWhatIsUnknown) {
  ServingGradus demo_run(demo({}));
  ASSERT_TRUE(eventually([&] { return demo_run.step() >= 1000; }));
  const json report = json::parse(demo_run.body("/api/v1/progress"));
  EXPECT_THAT(missing(report, {"run", "attempt", "step", "time", "ladder", "tasks", "tiers",
                               "learner", "stream"}),
              IsEmpty());
  EXPECT_EQ(report.at("ladder").at("name"), "arithmetic");
  ASSERT_EQ(report.at("tasks").size(), 17U);
  ASSERT_EQ(report.at("tiers").size(), 5U);
  for (const json& tier : report.at("tiers"))
    EXPECT_THAT(missing(tier, {"tier", "verdict", "score", "belief"}), IsEmpty());
  for (const json& task : report.at("tasks")) {
    EXPECT_THAT(missing(task, {"task",       "tier",         "step",
                               "own_step",   "items",        "score",
                               "lower",      "upper",        "exact",
                               "log_loss",   "chance",       "floor",
                               "target",     "best",         "verdict",
                               "since_step", "rearmed_step", "slope_per_doubling",
                               "belief",     "belief_ever",  "facets",
                               "bottleneck", "switched_on",  "examples_to_target",
                               "threshold",  "evidence"}),
                IsEmpty());
    EXPECT_THAT(missing(task.at("evidence"), {"progress", "stall", "regress"}), IsEmpty());
    // A curve of a few probes foretells nothing and shows no threshold.
    for (const auto* forecast : {"belief", "belief_ever", "examples_to_target"})
      EXPECT_TRUE(task.at(forecast).is_null()) << forecast;
    if (!task.at("threshold").is_null()) {
      EXPECT_EQ(task.at("threshold").at("kind"), "undecided");
    }
    for (const json& facet : task.at("facets"))
      EXPECT_THAT(missing(facet, {"name", "score", "exact"}), IsEmpty());
    EXPECT_LE(task.at("lower"), task.at("score"));
    EXPECT_LE(task.at("score"), task.at("upper"));
  }
}

TEST(Demo, ServesMetricsReadinessAndAPage) {
  ServingGradus demo_run(demo({}));
  ASSERT_TRUE(eventually([&] { return demo_run.step() >= 1000; }));
  EXPECT_EQ(demo_run.status("/readyz"), 200U);
  EXPECT_EQ(demo_run.status("/healthz"), 200U);
  EXPECT_EQ(demo_run.status("/nothing"), 404U);
  EXPECT_THAT(demo_run.body("/"), HasSubstr("kindergarten"));
  EXPECT_THAT(bad_lines(demo_run.body("/metrics")), IsEmpty());
  EXPECT_GE(demo_run.metric("gradus_learner_examples_total"), 1000);
  const std::string address = demo_run.address();
  const std::string port = address.substr(address.rfind(':') + 1);
  for (const std::string& url : {demo_run.url(), demo_run.url() + "/", address, port, ":" + port}) {
    EXPECT_EQ(run_gradus({"healthcheck", url}).code, 0) << url;
    EXPECT_EQ(run_gradus({"watch", url, "--once"}).code, 0) << url;
    EXPECT_EQ(run_gradus({"annotate", "looked", "--url", url}).code, 0) << url;
  }
}

TEST(Demo, ServesTheCurveOfEachTask) {
  ServingGradus demo_run(demo({}));
  ASSERT_TRUE(eventually([&] { return demo_run.step() >= 2000; }));
  const json curve = json::parse(demo_run.body("/api/v1/history?task=add1&points=100"));
  EXPECT_EQ(curve.at("task"), "add1");
  ASSERT_FALSE(curve.at("points").empty());
  std::uint64_t before = 0;
  for (const json& point : curve.at("points")) {
    EXPECT_GT(point.at("step"), before);
    EXPECT_LE(point.at("min"), point.at("last"));
    EXPECT_LE(point.at("last"), point.at("max"));
    before = point.at("step");
  }
  EXPECT_EQ(demo_run.status("/api/v1/history"), 400U);
  EXPECT_EQ(demo_run.status("/api/v1/history?task=add1&points=0"), 400U);
  EXPECT_EQ(demo_run.status("/api/v1/history?task=nothing"), 404U);
}

TEST(Demo, EndsAtAnInterruptWithItsSummary) {
  ServingGradus demo_run(demo({}));
  ASSERT_TRUE(eventually([&] { return demo_run.step() >= 500; }));
  const Finished ended = demo_run.end_with(SIGINT);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_THAT(ended.output, HasSubstr("\nLearned "));
}

TEST(Demo, EndsAtATerminationWhileTheStreamIsSilent) {
  const TempDir folder;
  const std::string file = folder / "summary.json";
  ServingGradus demo_run(demo({"--fault", "silence@1024", "--summary", file}));
  ASSERT_TRUE(eventually([&] { return demo_run.step() == 1024; }));
  EXPECT_EQ(demo_run.status("/readyz"), 200U);  // a silent stream is no fault of ours
  const Finished ended = demo_run.end_with(SIGTERM);
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_EQ(json::parse(read_file(file)).at("examples"), 1024);
}

TEST(Demo, EndsByItselfAfterSecondsOfLearning) {
  const Finished ended = run_gradus(demo({"--seconds", "1"}));
  EXPECT_EQ(ended.code, 0) << ended.errors;
  EXPECT_THAT(ended.output, HasSubstr("\nLearned "));
}

TEST(Demo, RemovesItsTemporaryFolder) {
  const TempDir folder;
  const Finished ended =
      run_to_end({"env", "TMPDIR=" + folder.path().string(), GRADUS_BINARY, "demo", "arithmetic",
                  "--listen", "127.0.0.1:0", "--pace", "none", "--examples", "100"});
  EXPECT_EQ(ended.code, 0) << ended.errors;
  std::vector<std::string> left;
  for (const auto& each : std::filesystem::directory_iterator(folder.path()))
    left.push_back(each.path().filename());
  EXPECT_THAT(left, ElementsAre("gradus-demo.html"));  // the report stays
  EXPECT_THAT(ended.output,
              HasSubstr("The report is in " + (folder / "gradus-demo.html").string()));
}

TEST(Demo, RefusesAFaultThatItDoesNotKnow) {
  for (const auto* fault : {"explode@10", "stall", "stall@", "stall@x", "@5", "stall@-5"}) {
    const Finished ended = run_gradus(demo({"--fault", fault}));
    EXPECT_EQ(ended.code, 2) << fault;
    EXPECT_EQ(count_of("\n", ended.errors), 1U) << ended.errors;
    EXPECT_THAT(ended.errors, HasSubstr("KIND@STEP"));
  }
}

TEST(Demo, RefusesALadderThatThereIsNot) {
  const Finished ended = run_gradus({"demo", "arithmetics", "--listen", "127.0.0.1:0"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(count_of("\n", ended.errors), 1U) << ended.errors;
  EXPECT_THAT(ended.errors, HasSubstr("arithmetics"));
}

}  // namespace
}  // namespace gradus::test
