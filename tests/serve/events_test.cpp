#include "serve/events.h"

#include "tests/describe/view_fixture.h"

namespace gradus {
namespace {

using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

TaskChange change_at(Step step, Verdict to) {
  VerdictChange change;
  change.to = to;
  change.step = step;
  return {"add1", "first", change};
}

class LiveEventsTest : public test::ViewFixture {
 protected:
  bool tick_after(milliseconds time) {
    clock_.advance(time);
    return events_.tick();
  }
  void publish_changes(std::vector<TaskChange> newest, std::uint64_t all) {
    ProgressReport report = report_at(1000 + all);
    report.changes = std::move(newest);
    report.changed = all;
    publish(std::move(report));
  }

  LiveEvents events_{view_};
};

TEST_F(LiveEventsTest, GivesANewClientTheProgressAtOnce) {
  publish(report_at(300));
  std::uint64_t seen = 0;
  const auto texts = events_.next(seen);
  ASSERT_THAT(texts, SizeIs(1));
  EXPECT_THAT(*texts[0], AllOf(StartsWith("event: progress\ndata: {\"run\":\"school\""),
                               HasSubstr("\"step\":300"), EndsWith("}\n\n")));
  EXPECT_THAT(events_.next(seen), IsEmpty()) << "until there is something new";
}

TEST_F(LiveEventsTest, TellsANewReportAfterASecondAtTheSoonest) {
  publish(report_at(300));
  EXPECT_FALSE(tick_after(milliseconds(999)));
  EXPECT_TRUE(tick_after(milliseconds(1)));
  publish(report_at(400));
  EXPECT_FALSE(tick_after(milliseconds(200)));
}

TEST_F(LiveEventsTest, TellsTheStreamsHealthEveryTwoSecondsWithoutAReport) {
  EXPECT_FALSE(tick_after(milliseconds(1999)));
  EXPECT_TRUE(tick_after(milliseconds(1)));
  EXPECT_FALSE(tick_after(milliseconds(1999)));
  EXPECT_TRUE(tick_after(milliseconds(1)));
}

TEST_F(LiveEventsTest, SharesOneTextAmongAllClients) {
  publish(report_at(300));
  std::uint64_t one = 0, other = 0;
  EXPECT_EQ(events_.next(one)[0], events_.next(other)[0]);
}

TEST_F(LiveEventsTest, TellsEachChangeOfAVerdictBeforeTheProgressThatShowsIt) {
  publish(report_at(300));
  std::uint64_t seen = 0;
  events_.next(seen);
  publish_changes({change_at(400, Verdict::kLearning), change_at(500, Verdict::kMastered)}, 2);
  EXPECT_TRUE(tick_after(milliseconds(1000)));
  const auto texts = events_.next(seen);
  ASSERT_THAT(texts, SizeIs(3));
  EXPECT_THAT(*texts[0],
              AllOf(StartsWith("event: change\ndata: {\"task\":\"add1\",\"tier\":\"first\","),
                    HasSubstr("\"to\":\"learning\",\"step\":400")));
  EXPECT_THAT(*texts[1], HasSubstr("\"to\":\"mastered\",\"step\":500"));
  EXPECT_THAT(*texts[2], StartsWith("event: progress\n"));
}

TEST_F(LiveEventsTest, GivesASlowClientTheNewestProgressAndEveryChangeItMissed) {
  publish(report_at(300));
  std::uint64_t seen = 0;
  events_.next(seen);
  for (std::uint64_t n = 1; n <= 3; ++n) {
    publish_changes({change_at(n, Verdict::kLearning)}, n);
    EXPECT_TRUE(tick_after(milliseconds(1000)));
  }
  const auto texts = events_.next(seen);
  ASSERT_THAT(texts, SizeIs(4));
  EXPECT_THAT(*texts[0], HasSubstr("\"step\":1,"));
  EXPECT_THAT(*texts[2], HasSubstr("\"step\":3,"));
  EXPECT_THAT(*texts[3], HasSubstr("\"step\":1003"));
}

TEST_F(LiveEventsTest, TellsNobodyWhatHappenedBeforeHeCame) {
  publish_changes({change_at(400, Verdict::kLearning)}, 1);
  LiveEvents later(view_);
  clock_.advance(milliseconds(2000));
  EXPECT_TRUE(later.tick());
  std::uint64_t seen = 1;
  EXPECT_THAT(later.next(seen), SizeIs(1)) << "changes of an earlier attempt";
  publish_changes({change_at(400, Verdict::kLearning), change_at(500, Verdict::kMastered)}, 2);
  clock_.advance(milliseconds(1000));
  EXPECT_TRUE(later.tick());
  std::uint64_t fresh = 0;
  EXPECT_THAT(later.next(fresh), SizeIs(1));
}

TEST_F(LiveEventsTest, EndsWithWhatStandsAtTheEnd) {
  publish(report_at(300));
  std::uint64_t seen = 0;
  events_.next(seen);
  publish(report_at(900));
  events_.finish();
  EXPECT_THAT(*events_.next(seen).back(), HasSubstr("\"step\":900"));
  EXPECT_EQ(events_.farewell(), "event: bye\ndata: {}\n\n");
}

}  // namespace
}  // namespace gradus
