#include "serve/annotations.h"

#include "tests/describe/view_fixture.h"

namespace gradus {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class AnnotationDeskTest : public test::ViewFixture {
 protected:
  AnnotationDeskTest() {
    publish(report_at(300));
    publish_step(450);
  }

  BoundedQueue<Annotation> queue_{100};
  AnnotationDesk desk_{view_, queue_};
};

TEST_F(AnnotationDeskTest, HandsAnAnnotationToTheProbesAndAnswersWithIt) {
  const HttpResponse answer = desk_.post(R"({"text": "learning rate dropped", "rearm": true})");
  EXPECT_EQ(answer.status, 201u);
  EXPECT_EQ(answer.body,
            "{\"id\":1,\"step\":450,\"time\":1000.0,"
            "\"text\":\"learning rate dropped\",\"rearm\":true,\"kind\":\"note\"}\n");
  const auto taken = queue_.try_pop();
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->id, 1u);
  EXPECT_EQ(taken->step, 450u);
  EXPECT_EQ(taken->time, clock_.now());
  EXPECT_EQ(taken->text, "learning rate dropped");
  EXPECT_TRUE(taken->rearm);
}

TEST_F(AnnotationDeskTest, RearmsNothingUnlessAsked) {
  EXPECT_EQ(desk_.post(R"({"text": "new corpus"})").status, 201u);
  EXPECT_FALSE(queue_.try_pop()->rearm);
}

TEST_F(AnnotationDeskTest, CountsOnFromTheAnnotationsOfEarlierAttempts) {
  ASSERT_TRUE(history_->annotate({7, 10, clock_.now(), "earlier"}).has_value());
  const auto reader = std::move(*HistoryReader::open(folder_.path()));
  const RunView resumed{facts_, &ladder_, slots_, reader.get(), clock_, log_};
  AnnotationDesk desk(resumed, queue_);
  desk.post(R"({"text": "now"})");
  desk.post(R"({"text": "and then"})");
  EXPECT_EQ(queue_.try_pop()->id, 8u);
  EXPECT_EQ(queue_.try_pop()->id, 9u);
}

TEST_F(AnnotationDeskTest, SaysWhatIsWrongWithABody) {
  const auto why = [this](std::string_view body) {
    const HttpResponse answer = desk_.post(body);
    EXPECT_EQ(answer.status, 400u) << body;
    return answer.body;
  };
  EXPECT_THAT(why(""), HasSubstr("no JSON object"));
  EXPECT_THAT(why("[1]"), HasSubstr("no JSON object"));
  EXPECT_THAT(why("{\"text\": \"\xff\"}"), HasSubstr("no JSON object"));
  EXPECT_THAT(why("{}"), AllOf(HasSubstr("1 to 200 characters"), HasSubstr("learning rate")));
  EXPECT_THAT(why(R"({"text": "  "})"), HasSubstr("1 to 200"));
  EXPECT_THAT(why(R"({"text": 5})"), HasSubstr("text is no string"));
  EXPECT_THAT(why(R"({"text": "a\nb"})"), HasSubstr("one line"));
  EXPECT_THAT(why(R"({"text": "a", "rearm": 1})"), HasSubstr("neither true nor false"));
  EXPECT_THAT(why(R"({"text": "a", "step": 1})"), HasSubstr("unknown key 'step'"));
  EXPECT_EQ(queue_.size(), 0u);
}

TEST_F(AnnotationDeskTest, CountsCharactersNotBytes) {
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "ü";
  EXPECT_EQ(desk_.post("{\"text\": \"" + umlauts + "\"}").status, 201u);
  EXPECT_EQ(desk_.post("{\"text\": \"" + umlauts + "ü\"}").status, 400u);
}

TEST_F(AnnotationDeskTest, TakesSixtyAMinute) {
  for (int i = 0; i < 60; ++i) ASSERT_EQ(desk_.post(R"({"text": "again"})").status, 201u);
  EXPECT_EQ(desk_.post(R"({"text": "again"})").status, 429u);
  clock_.advance(std::chrono::minutes(1));
  EXPECT_EQ(desk_.post(R"({"text": "again"})").status, 201u);
}

TEST_F(AnnotationDeskTest, RefusesWhatNobodyWouldTake) {
  queue_.close();
  EXPECT_EQ(desk_.post(R"({"text": "too late"})").status, 503u);
  const RunView bare{facts_, nullptr, slots_, nullptr, clock_, log_};
  EXPECT_EQ(AnnotationDesk(bare, queue_).post(R"({"text": "no ladder"})").status, 404u);
}

TEST_F(AnnotationDeskTest, ListsWhatTheReportShows) {
  ProgressReport report = report_at(300);
  report.annotations = {{3, 120, clock_.now(), "new <corpus>", false}};
  publish(std::move(report));
  EXPECT_EQ(desk_.list().body,
            "{\"annotations\":[{\"id\":3,\"step\":120,\"time\":1000.0,"
            "\"text\":\"new <corpus>\",\"rearm\":false,\"kind\":\"note\"}]}\n");
}

}  // namespace
}  // namespace gradus
