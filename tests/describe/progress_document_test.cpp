#include "describe/progress_document.h"

namespace gradus {
namespace {

using testing::HasSubstr;

TEST(ProgressDocument, ReadsTasksTiersAndFigures) {
  const auto document = read_progress_document(R"({
    "run": "r", "headline": "h", "attempt": 3, "step": 900, "time": 12.5,
    "ladder": {"name": "school", "version": 4},
    "tasks": [{"task": "add", "tier": "first", "step": 800, "own_step": 80, "items": 64,
               "score": 0.5, "lower": 0.4, "upper": 0.6, "exact": 0.25, "verdict": "stalled",
               "since_step": 700, "rearmed_step": 750, "slope_per_doubling": null, "target": 0.9,
               "peek_safe": {"lower": 0.3, "upper": 0.7, "method": "alpha_spending"},
               "facets": [{"name": "units", "score": 0.1, "exact": 0}], "bottleneck": "units",
               "evidence": {"stall": {"log_e": 9.5, "threshold": 8.9}},
               "last_change": {"from": "learning", "to": "stalled", "step": 700,
                               "items_lost": [3], "slope_now": null,
                               "lost_answers": [{"item": 3, "question": "1+1=", "answer": "2",
                                                 "given": null}],
                               "stream": {"from_step": 500, "to_step": 700, "examples": 200,
                                          "log_loss": 0.5, "log_loss_before": null,
                                          "rejected": 4}}}],
    "tiers": [{"tier": "first", "verdict": "stalled", "score": 0.5}],
    "stream": {"examples_per_second": 100.5, "lag": 7, "connected": false,
               "rejected": {"malformed": 2, "tombstone": 5}},
    "learner": {"kind": "linear", "diverged": true}})");
  ASSERT_TRUE(document) << document.error().message;
  const TaskProgress& task = document->report.tasks.at(0);
  EXPECT_EQ(task.verdict, Verdict::kStalled);
  EXPECT_EQ(task.now.lower, 0.4);
  EXPECT_FALSE(task.peek_safe_monotone);
  EXPECT_EQ(task.rearmed_step, 750u);
  EXPECT_FALSE(task.slope_per_doubling);
  EXPECT_EQ(task.stall.log_e, 9.5);
  EXPECT_EQ(task.facets.at(0).name, "units");
  EXPECT_EQ(task.last_change->items_lost, std::vector<std::uint32_t>{3});
  EXPECT_EQ(task.last_change->lost_answers.at(0).question, "1+1=");
  EXPECT_FALSE(task.last_change->lost_answers.at(0).given);
  ASSERT_TRUE(task.last_change->stream);
  EXPECT_EQ(task.last_change->stream->span.mean_log_loss(), 0.5);
  EXPECT_EQ(task.last_change->stream->span.events.undecodable(), 4u);
  EXPECT_FALSE(task.last_change->stream->log_loss_before);
  EXPECT_EQ(document->report.step, 800u);
  EXPECT_EQ(document->report.tiers.at(0).verdict, Verdict::kStalled);
  EXPECT_EQ(document->report.ladder_version, 4);
  EXPECT_FALSE(document->format);
  const RunStatus status = run_status(*document);
  EXPECT_EQ(status.step, 900u);
  EXPECT_EQ(status.lag, 7u);
  EXPECT_EQ(status.rejected, 2u);  // a tombstone is skipped, not rejected
  EXPECT_FALSE(status.connected);
  EXPECT_TRUE(status.diverged);
}

TEST(ProgressDocument, ReadsWhereAFallThatTheBoundToldLeftTheTarget) {
  const auto document = read_progress_document(R"({
    "run": "r", "step": 900,
    "tasks": [{"task": "add", "last_change": {"from": "mastered", "to": "regressing", "step": 700,
               "window_from_step": 500, "evidence": {"log_e": null, "threshold": null}}}]})");
  ASSERT_TRUE(document) << document.error().message;
  const VerdictChange& change = *document->report.tasks.at(0).last_change;
  EXPECT_FALSE(change.alarm);
  EXPECT_EQ(change.left_target, 500u);
}

TEST(ProgressDocument, KeepsDefaultsWhereOtherVersionsSayLess) {
  const auto document = read_progress_document(
      R"({"run": "r", "step": 1, "tasks": [{"task": "add", "verdict": "sleeping"}, 7]})");
  ASSERT_TRUE(document);
  ASSERT_EQ(document->report.tasks.size(), 1u);
  EXPECT_EQ(document->report.tasks[0].verdict, Verdict::kDormant);
  EXPECT_EQ(document->report.tasks[0].target, 0.9);
  EXPECT_FALSE(document->stream);
}

TEST(ProgressDocument, IgnoresMembersOfAnotherType) {
  const auto document = read_progress_document(
      R"({"run": 5, "step": -3, "tasks": {}, "tiers": "x", "stream": [], "time": "now"})");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->step, 0u);
  EXPECT_TRUE(document->report.tasks.empty());
}

TEST(ProgressDocument, RefusesWhatIsNoProgress) {
  for (const auto* other : {"", "null", "[]", "{}", "{\"run\": \"r\"", "<html>"}) {
    const auto document = read_progress_document(other);
    ASSERT_FALSE(document) << other;
    EXPECT_EQ(document.error().code, ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace gradus
