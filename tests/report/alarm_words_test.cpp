#include "report/alarm_words.h"

namespace gradus {
namespace {

using testing::HasSubstr;

VerdictChange fall() {
  VerdictChange change;
  change.from = Verdict::kLearning;
  change.to = Verdict::kRegressing;
  change.step = 200'000;
  change.alarm = Alarm{{9.4, 8.9}, 180'000, 0.08, -0.2};
  change.items_lost = {3, 8, 9};
  change.lost_answers = {{3, "12+34=", "46", "47"}, {8, "5+5=", "10", ""}};
  StreamSpan span{.from = 180'000, .to = 200'000};
  span.to_time = Timestamp(std::chrono::seconds(43));
  span.examples = 20'000;
  span.log_loss = 8'400;
  change.stream = StreamWindow{span, 0.40};
  return change;
}

TEST(AlarmWords, TellOfAStreamWithoutEvents) {
  EXPECT_EQ(stream_words(fall(), {}),
            "20,000 examples in 43 s, predicted at 0.42 nats each (0.40 over as many doublings "
            "before); no record left out, no restart, no silence");
}

TEST(AlarmWords, TellOfEverythingThatBefellTheStreamAndWasDeclared) {
  VerdictChange change = fall();
  StreamSpan& span = change.stream->span;
  span.events.of(Reject::kMalformed) = 1;
  span.events.gaps = 2;
  span.events.duplicates = 3;
  span.non_finite = 4;
  span.restarts = 1;
  span.silent_seconds = 61;
  const std::vector<Annotation> annotations = {{1, 179'999, {}, "too early", false},
                                               {2, 190'000, {}, "labels renamed", false},
                                               {3, 200'001, {}, "too late", false}};
  const std::string words = stream_words(change, annotations);
  EXPECT_THAT(words, HasSubstr("; 1 record rejected; 2 gaps in the offsets; 3 duplicates left "
                               "out; 4 numbers not finite; 1 restart; silent for 1 min 1 s; "
                               "\"labels renamed\" at step 190,000"));
  EXPECT_THAT(words, testing::Not(HasSubstr("too")));
}

TEST(AlarmWords, OfAStreamThatWasNotWatchedAreNone) {
  VerdictChange change = fall();
  change.stream.reset();
  EXPECT_EQ(stream_words(change, {}), "");
}

TEST(AlarmWords, NameTheItemsThatWereLost) {
  EXPECT_EQ(lost_words(fall()), "12+34= 46, answered 47; 5+5= 10, answered nothing; and 1 more");
  VerdictChange silent = fall();
  silent.lost_answers = {{3, "12+34=", "46", std::nullopt}};
  EXPECT_EQ(lost_words(silent), "12+34= 46; and 2 more");
  EXPECT_EQ(lost_words({}), "");
}

TEST(AlarmWords, AreOfTheNewestStallsAndFalls) {
  TaskStory task;
  for (int i = 0; i < 8; ++i) {
    task.changes.push_back(fall());
    task.changes.back().step = static_cast<Step>(i);
    task.changes.emplace_back().to = Verdict::kLearning;
  }
  const auto alarms = explained_alarms(task, {});
  ASSERT_EQ(alarms.size(), 6u);
  EXPECT_EQ(alarms.front().step, 2u);
  EXPECT_EQ(alarms.back().step, 7u);
  EXPECT_THAT(alarms.back().words, HasSubstr("fell"));
  EXPECT_THAT(alarms.back().stream, HasSubstr("20,000 examples"));
}

}  // namespace
}  // namespace gradus
