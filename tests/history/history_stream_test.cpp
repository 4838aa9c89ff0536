#include <algorithm>
#include <cmath>

#include "history/history.h"
#include "history/restore.h"
#include "tests/history/history_scores.h"
#include "tests/history/tamper.h"
#include "tests/progress/score_builder.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;
using test::TempDir;

std::unique_ptr<History> begun(const TempDir& dir, Step step = 0) {
  auto history = History::open(dir.path(), "school");
  EXPECT_TRUE(history) << history.error().message;
  EXPECT_TRUE((*history)->begin_attempt(step, at_second(1)));
  return std::move(*history);
}

/// A span in which each example cost `loss` nats.
StreamSpan span_of(Step from, Step to, double loss) {
  StreamSpan span{.from = from, .to = to};
  span.from_time = at_second(static_cast<std::int64_t>(from));
  span.to_time = at_second(static_cast<std::int64_t>(to));
  span.examples = to - from;
  span.log_loss = loss * static_cast<double>(span.examples);
  return span;
}

TEST(HistoryStream, AddsUpTheSpansOfAWindowAndTheLossBeforeIt) {
  const TempDir dir;
  auto history = begun(dir);
  StreamSpan met = span_of(400, 800, 0.5);
  met.events.of(Reject::kMalformed) = 3;
  met.events.gaps = 1;
  met.events.duplicates = 2;
  met.non_finite = 4;
  met.restarts = 1;
  met.silent_seconds = 6.5;
  for (const StreamSpan& span : {span_of(0, 100, 9.0), span_of(100, 200, 2.0),
                                 span_of(200, 400, 1.0), met, span_of(800, 1600, 0.25)})
    ASSERT_TRUE(history->note_stream(span));

  const auto window = history->stream_window(400, 1600);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->span.from, 400u);
  EXPECT_EQ(window->span.to, 1600u);
  EXPECT_EQ(window->span.from_time, at_second(400));
  EXPECT_EQ(window->span.to_time, at_second(1600));
  EXPECT_EQ(window->span.examples, 1200u);
  EXPECT_DOUBLE_EQ(*window->span.mean_log_loss(), (400 * 0.5 + 800 * 0.25) / 1200);
  EXPECT_EQ(window->span.events.undecodable(), 3u);
  EXPECT_EQ(window->span.events.gaps, 1u);
  EXPECT_EQ(window->span.events.duplicates, 2u);
  EXPECT_EQ(window->span.non_finite, 4u);
  EXPECT_EQ(window->span.restarts, 1u);
  EXPECT_EQ(window->span.silent_seconds, 6.5);
  // Two doublings before step 400: the examples from 100 on.
  ASSERT_TRUE(window->log_loss_before);
  EXPECT_DOUBLE_EQ(*window->log_loss_before, (100 * 2.0 + 200 * 1.0) / 300);
}

TEST(HistoryStream, HasNoLossBeforeTheBeginningNorOfNoExamples) {
  const TempDir dir;
  auto history = begun(dir);
  ASSERT_TRUE(history->note_stream(span_of(0, 100, 2.0)));
  EXPECT_FALSE(history->stream_window(0, 100)->log_loss_before);
  const auto later = history->stream_window(200, 400);
  EXPECT_EQ(later->span.examples, 0u);
  EXPECT_FALSE(later->span.mean_log_loss());
}

TEST(HistoryStream, LeavesOutWhatAnAbandonedAttemptBrought) {
  const TempDir dir;
  auto history = begun(dir);
  ASSERT_TRUE(history->note_stream(span_of(0, 100, 2.0)));
  ASSERT_TRUE(history->note_stream(span_of(100, 200, 2.0)));
  ASSERT_TRUE(history->begin_attempt(100, at_second(5)));
  ASSERT_TRUE(history->note_stream(span_of(100, 150, 1.0)));
  EXPECT_EQ(history->stream_window(0, 200)->span.examples, 150u);
}

TEST(HistoryStream, TellsOfTheWindowAndTheAnswersOfAChangeAlsoAfterARestart) {
  const TempDir dir;
  auto history = begun(dir);
  for (const StreamSpan& span : {span_of(0, 20, 3.0), span_of(20, 40, 1.5)})
    ASSERT_TRUE(history->note_stream(span));
  const Ladder ladder = test::ladder_of(1);
  ProgressReport report = test::report_of({ladder.tasks[0].name});
  VerdictChange& change = report.tasks[0].last_change.emplace();
  change.to = Verdict::kRegressing;
  change.step = 40;
  change.alarm = Alarm{.evidence = {8.5, 7.25}, .window_from = 20};
  change.items_lost = {2};
  change.lost_answers = {{2, "1+1=", "2", "3"}, {3, "2+2=", "4", std::nullopt}};
  ASSERT_TRUE(history->append(std::vector{test::score_at(40, 0.3)}, report));

  const auto changes = history->changes();
  ASSERT_TRUE(changes);
  const VerdictChange& kept = changes->at(0).second;
  ASSERT_TRUE(kept.stream);
  EXPECT_EQ(kept.stream->span.examples, 20u);
  EXPECT_DOUBLE_EQ(*kept.stream->span.mean_log_loss(), 1.5);
  ASSERT_EQ(kept.lost_answers.size(), 2u);
  EXPECT_EQ(kept.lost_answers[0].item, 2u);
  EXPECT_EQ(kept.lost_answers[0].question, "1+1=");
  EXPECT_EQ(kept.lost_answers[0].answer, "2");
  EXPECT_EQ(kept.lost_answers[0].given, "3");
  EXPECT_FALSE(kept.lost_answers[1].given);
}

TEST(HistoryStream, TellsOfTheWindowOfAFallThatTheBoundTold) {
  const TempDir dir;
  auto history = begun(dir);
  for (const StreamSpan& span : {span_of(0, 20, 3.0), span_of(20, 40, 1.5)})
    ASSERT_TRUE(history->note_stream(span));
  ProgressReport report = test::report_of({"add"});
  report.tasks[0].last_change.emplace().step = 40;
  report.tasks[0].last_change->left_target = 20;
  ASSERT_TRUE(history->append(std::vector{test::score_at(40, 0.3)}, report));
  const VerdictChange kept = history->changes()->at(0).second;
  EXPECT_FALSE(kept.alarm);
  EXPECT_EQ(kept.left_target, 20u);
  ASSERT_TRUE(kept.stream);
  EXPECT_EQ(kept.stream->span.examples, 20u);
}

TEST(HistoryStream, SaysSoWhenLostAnswersAreDamaged) {
  const TempDir dir;
  auto history = begun(dir);
  ProgressReport report = test::report_of({"add"});
  report.tasks[0].last_change.emplace().step = 40;
  report.tasks[0].last_change->lost_answers = {{0, "1+1=", "2", "3"}};
  ASSERT_TRUE(history->append(std::vector{test::score_at(40, 0.3)}, report));
  EXPECT_EQ(history->changes()->at(0).second.lost_answers.size(), 1u);
  test::tamper(dir, "UPDATE changes SET lost_answers = x'0500000000000000ff'");
  EXPECT_EQ(history->changes().error().code, ErrorCode::kCorrupt);
}

/// A run of one task that rises and then falls, with its stream; the report at its end.
std::shared_ptr<const ProgressReport> fall(Tracker& tracker, History& history) {
  Step before = 0;
  for (int t = 0; t < 240; ++t) {
    const auto step = static_cast<Step>(1024 * std::exp2(t / 40.0));
    const double q = t < 160 ? 0.1 + 0.004 * t : std::max(0.3, 0.74 - 0.01 * (t - 160));
    const auto exact = static_cast<unsigned>(100 * q);
    const std::vector scores = {test::score_of({.task = 0, .step = step, .q = q, .exact = exact})};
    EXPECT_TRUE(history.note_stream(span_of(before, step, 1 - q)));
    auto report = tracker.update(scores);
    const auto& change = report->tasks[0].last_change;
    if (change && change->step == step && change->alarm) {
      const ChangeExplanation explanation{0,
                                          step,
                                          {{1, "1+1=", "2", "3"}},
                                          *history.stream_window(change->alarm->window_from, step)};
      report = tracker.explain(std::span(&explanation, 1));
    }
    EXPECT_TRUE(history.append(scores, *report));
    before = step;
  }
  return tracker.report();
}

TEST(HistoryStream, ARestoredTrackerKnowsWhatTheLiveOneKnew) {
  const TempDir dir;
  auto history = begun(dir);
  const Ladder ladder = test::ladder_of(1);
  Tracker live(ladder, {}), restored(ladder, {});
  const auto before = fall(live, *history);
  ASSERT_TRUE(restore_tracker(restored, ladder, *history));
  const auto after = restored.report();
  ASSERT_TRUE(before->tasks[0].last_change && after->tasks[0].last_change);
  const VerdictChange &was = *before->tasks[0].last_change, &is = *after->tasks[0].last_change;
  ASSERT_EQ(was.to, Verdict::kRegressing);
  ASSERT_TRUE(was.stream && is.stream);
  EXPECT_EQ(was.stream->span.from, was.alarm->window_from);
  EXPECT_EQ(was.stream->span.examples, is.stream->span.examples);
  EXPECT_EQ(was.stream->span.log_loss, is.stream->span.log_loss);
  EXPECT_EQ(was.stream->log_loss_before, is.stream->log_loss_before);
  ASSERT_EQ(is.lost_answers.size(), 1u);
  EXPECT_EQ(is.lost_answers[0].given, "3");
  ASSERT_EQ(before->changes.size(), after->changes.size());
  for (std::size_t i = 0; i < after->changes.size(); ++i)
    EXPECT_EQ(before->changes[i].change.stream.has_value(),
              after->changes[i].change.stream.has_value());
}

}  // namespace
}  // namespace gradus
