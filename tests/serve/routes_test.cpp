#include "serve/routes.h"

#include <nlohmann/json.hpp>

#include "serve/events.h"
#include "tests/describe/view_fixture.h"

namespace gradus {
namespace {

using Json = nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

class RoutesTest : public test::ViewFixture {
 protected:
  RoutesTest() : reader_(std::move(*HistoryReader::open(folder_.path()))) {
    publish(report_at(300));
  }

  HttpResponse get(const std::string& path, std::map<std::string, std::string> query = {}) {
    for (const HttpRoute& route : routes_)
      if (route.path == path) return route.get({path, std::move(query)});
    ADD_FAILURE() << "no route " << path;
    return {};
  }
  Json json(const HttpResponse& response) { return Json::parse(response.body, nullptr, false); }

  /// One score of add1, with a change of its verdict.
  void append_score() {
    Score score;
    score.task = 0;
    score.step = 300;
    score.sums = {.items = 2, .exact = 1, .q = 1, .q_squared = 0.5, .log_loss = 1};
    ProgressReport report = report_at(300);
    report.tasks[0].last_change.emplace().step = 300;
    report.tasks[0].last_change->to = Verdict::kLearning;
    ASSERT_TRUE(history_->append(std::vector{score}, report).has_value());
  }

  std::unique_ptr<HistoryReader> reader_;
  RunView served_{facts_, &ladder_, slots_, reader_.get(), clock_, log_};
  ServerStats stats_;
  LivePage page_{"page"};
  BoundedQueue<Annotation> queue_{4};
  AnnotationDesk desk_{served_, queue_};
  LiveEvents events_{served_};
  std::vector<HttpRoute> routes_ = run_routes({served_, stats_, page_, desk_, events_});
};

TEST_F(RoutesTest, GivesACurveWithTheChangesOfItsVerdict) {
  append_score();
  const Json curve = json(get("/api/v1/history", {{"task", "add1"}}));
  EXPECT_EQ(curve["points"].size(), 1u);
  EXPECT_EQ(curve["points"][0]["last"], 0.5);
  ASSERT_EQ(curve["changes"].size(), 1u);
  EXPECT_EQ(curve["changes"][0]["to"], "learning");
  EXPECT_EQ(curve["changes"][0]["step"], 300);
  EXPECT_TRUE(json(get("/api/v1/history", {{"task", "sub1"}}))["changes"].empty());
}

TEST_F(RoutesTest, NamesTheKnownTasksWhereOneIsUnknown) {
  for (const char* path : {"/api/v1/history", "/api/v1/items"}) {
    const HttpResponse answer = get(path, {{"task", "<mul9>"}});
    EXPECT_EQ(answer.status, 404u);
    EXPECT_EQ(json(answer)["error"], "unknown task '<mul9>'; there are: add1 sub1");
    EXPECT_EQ(get(path).status, 400u);
  }
}

TEST_F(RoutesTest, RefusesNumbersOutOfRange) {
  for (const char* points : {"0", "-1", "5001", "1e3", "99999999999999999999", ""})
    EXPECT_EQ(get("/api/v1/history", {{"task", "add1"}, {"points", points}}).status, 400u)
        << points;
}

TEST_F(RoutesTest, RefusesParametersThatItDoesNotKnow) {
  const HttpResponse history = get("/api/v1/history", {{"task", "add1"}, {"point", "5"}});
  EXPECT_EQ(history.status, 400u);
  EXPECT_EQ(json(history)["error"], "unknown parameter 'point'; there are: task from to points");
  const HttpResponse items = get("/api/v1/items", {{"task", "add1"}, {"step", "5"}});
  EXPECT_EQ(json(items)["error"], "unknown parameter 'step'; there are: task");
}

TEST_F(RoutesTest, GivesTheChangesWithinTheStepsAskedFor) {
  append_score();
  const auto changes = [&](const char* from, const char* to) {
    return json(get("/api/v1/history", {{"task", "add1"}, {"from", from}, {"to", to}}))["changes"]
        .size();
  };
  EXPECT_EQ(changes("300", "300"), 1u);
  EXPECT_EQ(changes("301", "900"), 0u);
  EXPECT_EQ(changes("0", "299"), 0u);
}

TEST_F(RoutesTest, GivesTheItemsWithTheAnswersNowAndAtTheBestSnapshot) {
  const std::vector<AskedItem> asked = {{"1+1=", "2"}, {"9+9=", "18"}};
  const auto given_at = [](Step step, std::vector<std::uint32_t> begin, std::string text) {
    return std::make_shared<const GivenAnswers>(GivenAnswers{.step = step,
                                                             .q = {1.00001f, 0.25f},
                                                             .exact_bits = {0b01},
                                                             .begin = std::move(begin),
                                                             .text = std::move(text)});
  };
  const auto items = std::make_shared<const std::vector<AskedItem>>(asked);
  slots_.answers.set(std::make_shared<const std::vector<TaskAnswers>>(std::vector<TaskAnswers>{
      {"add1", items, given_at(300, {0, 1, 3}, "217"), nullptr},
      {"sub1", items, given_at(300, {}, ""), given_at(200, {0, 1, 2}, "28")}}));
  EXPECT_EQ(json(get("/api/v1/items", {{"task", "add1"}})), Json::parse(R"({
    "task": "add1", "step": 300, "best_step": 0, "items": [
      {"question": "1+1=", "answer": "2", "given": "2", "exact": true,
       "best_given": null, "best_exact": null, "q": 1.0},
      {"question": "9+9=", "answer": "18", "given": "17", "exact": false,
       "best_given": null, "best_exact": null, "q": 0.25}]})"));
  const Json sub = json(get("/api/v1/items", {{"task", "sub1"}}));
  EXPECT_EQ(sub["items"][1]["given"], nullptr) << "this learner does not say";
  EXPECT_EQ(sub["items"][1]["best_given"], "8");
  EXPECT_EQ(sub["items"][1]["best_exact"], false);
}

TEST_F(RoutesTest, ServesTheSchemaOfItsAnswers) {
  const HttpResponse schema = get("/api/v1/schema");
  EXPECT_EQ(schema.content_type, "application/json");
  const Json tasks = json(schema)["$defs"]["progress"]["properties"]["tasks"];
  EXPECT_EQ(tasks["items"]["properties"]["score"]["unit"], "share");
}

TEST_F(RoutesTest, LetsThePageLoadNothingFromElsewhere) {
  const HttpResponse page = get("/");
  EXPECT_EQ(page.body, "page");
  ASSERT_FALSE(page.headers.empty());
  EXPECT_EQ(page.headers[0].first, "Content-Security-Policy");
  EXPECT_THAT(page.headers[0].second,
              AllOf(HasSubstr("default-src 'none'"), HasSubstr("connect-src 'self'")));
}

TEST_F(RoutesTest, CountsTheAnnotationsInTheProgress) {
  ProgressReport report = report_at(300);
  report.annotations = {{1, 120, clock_.now(), "new corpus", false}};
  report.annotated = 1;
  publish(std::move(report));
  const Json progress = json(get("/api/v1/progress"));
  EXPECT_EQ(progress["annotations"][0]["text"], "new corpus");
  EXPECT_EQ(progress["tasks"][0]["exact_floor"], 0);
  EXPECT_TRUE(progress["headline"].is_string());
  EXPECT_THAT(get("/metrics").body,
              HasSubstr("gradus_progress_annotations_total{run=\"school\"} 1"));
}

}  // namespace
}  // namespace gradus
