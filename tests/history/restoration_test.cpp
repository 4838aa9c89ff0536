#include <cmath>
#include <vector>

#include "base/random.h"
#include "history/history.h"
#include "progress/tracker.h"
#include "tests/progress/score_builder.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr std::size_t kTasks = 3;
constexpr int kProbes = 300;

/// What one snapshot found: the third task is probed at every fourth snapshot only.
std::vector<Score> snapshot(int t, SplitMix64& random) {
  std::vector<Score> scores;
  const auto step = static_cast<Step>(1024 * std::exp2(t / 40.0));
  for (TaskIndex task = 0; task < kTasks; ++task) {
    if (task == 2 && t % 4 != 0) continue;
    const double rise = task == 0 ? 0.003 * std::min(t, 150) : task == 1 ? 0.004 * t : 0;
    const double q = std::clamp(0.1 + rise + 0.005 * random.normal(), 0.0, 1.0);
    scores.push_back(test::score_of(
        {.task = task, .step = step, .q = q, .exact = static_cast<unsigned>(q * 100)}));
  }
  return scores;
}

std::vector<std::vector<Score>> recorded_run() {
  SplitMix64 random(17);
  std::vector<std::vector<Score>> run;
  for (int t = 0; t < kProbes; ++t) run.push_back(snapshot(t, random));
  return run;
}

/// The tasks one by one first, so that a difference names its task.
void expect_same(const ProgressReport& one, const ProgressReport& other) {
  ASSERT_EQ(one.tasks.size(), other.tasks.size());
  for (std::size_t i = 0; i < one.tasks.size(); ++i)
    EXPECT_TRUE(one.tasks[i] == other.tasks[i]) << one.tasks[i].task << " at step " << one.step;
  EXPECT_TRUE(one == other) << "at step " << one.step;
}

TEST(Restoration, AllScoresAtOnceGiveTheSameStateAsOneByOne) {
  const auto run = recorded_run();
  Tracker live(test::ladder_of(kTasks), {}), rebuilt(test::ladder_of(kTasks), {});
  std::vector<Score> rows;
  for (const auto& scores : run) {
    live.update(scores);
    rows.insert(rows.end(), scores.begin(), scores.end());
  }
  expect_same(*live.report(), *rebuilt.update(rows));
}

/// The annotations of the recorded run, each with the snapshot before which it is taken: as it was
/// told, and late, when scores up to its step are still on their way.
std::vector<std::pair<int, Annotation>> recorded_annotations() {
  const auto step_of = [](int t) { return static_cast<Step>(1024 * std::exp2(t / 40.0)); };
  return {{60, {1, step_of(59), {}, "seen at once", true}},
          {120, {2, step_of(123), {}, "while the probes lag behind", true}},
          {121, {3, step_of(125), {}, "and another", true}},
          {200, {4, step_of(200), {}, "no reason to begin anew", false}}};
}

// The scores of a history come one by one, and all annotations before them.
TEST(Restoration, AnnotationsGivenFirstActWhereTheyWereDeclared) {
  const auto run = recorded_run();
  Tracker live(test::ladder_of(kTasks), {}), rebuilt(test::ladder_of(kTasks), {});
  const auto annotations = recorded_annotations();
  for (const auto& [before, annotation] : annotations) rebuilt.annotate(annotation);
  for (int t = 0; t < kProbes; ++t) {
    for (const auto& [before, annotation] : annotations)
      if (before == t) live.annotate(annotation);
    const auto& scores = run[static_cast<std::size_t>(t)];
    const auto report = live.update(scores);
    ProgressReport same = *rebuilt.update(scores);
    // Only the list differs, until the live tracker has been given all of it.
    same.annotations = report->annotations;
    same.annotated = report->annotated;
    expect_same(*report, same);
  }
  expect_same(*live.report(), *rebuilt.report());
}

TEST(Restoration, ATrackerRebuiltFromTheHistoryGoesOnAsIfNeverStopped) {
  const auto run = recorded_run();
  const test::TempDir directory;
  Tracker live(test::ladder_of(kTasks), {});
  auto history = History::open(directory.path(), "r");
  ASSERT_TRUE(history.has_value()) << history.error().message;
  ASSERT_TRUE((*history)->begin_attempt(0, Timestamp{}).has_value());
  for (int t = 0; t < 200; ++t) {
    const auto& scores = run[static_cast<std::size_t>(t)];
    ASSERT_TRUE((*history)->append(scores, *live.update(scores)).has_value());
  }
  Tracker rebuilt(test::ladder_of(kTasks), {});
  const auto rows = (*history)->scores();
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  expect_same(*live.report(), *rebuilt.update(*rows));
  for (int t = 200; t < kProbes; ++t) {
    const auto& scores = run[static_cast<std::size_t>(t)];
    expect_same(*live.update(scores), *rebuilt.update(scores));
  }
}

std::unique_ptr<Tracker> rebuilt_from(History& history) {
  auto tracker = std::make_unique<Tracker>(test::ladder_of(kTasks), TrackerOptions{});
  const auto rows = history.scores();
  EXPECT_TRUE(rows.has_value());
  if (rows) tracker->update(*rows);
  return tracker;
}

// Each attempt probes beyond its last checkpoint and is killed; the next one begins below and finds
// the same scores again, as the learner's bits are the same.
TEST(Restoration, ARunThatGoesBackAtEveryKillEndsAsOneNeverKilled) {
  const auto run = recorded_run();
  const test::TempDir directory;
  Tracker unbroken(test::ladder_of(kTasks), {});
  for (const auto& scores : run) unbroken.update(scores);
  auto history = History::open(directory.path(), "r");
  ASSERT_TRUE(history.has_value()) << history.error().message;
  std::uint64_t changed = 0;
  for (int checkpoint = 0; checkpoint < kProbes; checkpoint += 20) {
    const Step restored =
        checkpoint == 0 ? 0 : run[static_cast<std::size_t>(checkpoint - 1)][0].step;
    ASSERT_TRUE((*history)->begin_attempt(restored, Timestamp{}).has_value());
    const auto tracker = rebuilt_from(**history);
    EXPECT_LE(tracker->report()->changed, changed) << "going back told of a change";
    const int killed = std::min(kProbes, checkpoint + 33);
    for (int t = checkpoint; t < killed; ++t) {
      const auto& scores = run[static_cast<std::size_t>(t)];
      ASSERT_TRUE((*history)->append(scores, *tracker->update(scores)).has_value());
    }
    changed = tracker->report()->changed;
  }
  const auto last = rebuilt_from(**history);
  expect_same(*unbroken.report(), *last->report());
}

/// A learner whose scores are not the same when it learns a stretch again: a healthy rise with
/// AR(1) fluctuation, which goes on from what the checkpoint holds but with other noise.
class Relearner {
 public:
  explicit Relearner(std::uint64_t seed) : random_(seed) {}
  Score probe(int t) {
    fluctuation_ = 0.6 * fluctuation_ + 0.8 * 0.01 * random_.normal();
    const double q = std::clamp(0.1 + 0.0016 * t + fluctuation_, 0.0, 1.0);
    return test::score_of({.step = static_cast<Step>(1024 * std::exp2(t / 40.0)),
                           .q = q,
                           .exact = static_cast<unsigned>(q * 128)});
  }
  double state() const { return fluctuation_; }
  void restore(double state) { fluctuation_ = state; }

 private:
  SplitMix64 random_;
  double fluctuation_ = 0;
};

/// Whether a healthy run that is killed after every 13 probes, and each time goes back by five,
/// is called stalled or regressing.
bool alarms_when_killed(std::uint64_t seed) {
  Relearner learner(seed);
  std::vector<Score> rows;
  std::vector<double> states;
  for (int t = 0, lived = 0; t < 400; ++t, ++lived) {
    rows.push_back(learner.probe(t));
    states.push_back(learner.state());
    if (lived < 13 || t < 13) continue;
    t -= 5;
    lived = 0;
    rows.resize(static_cast<std::size_t>(t) + 1);
    states.resize(rows.size());
    learner.restore(states.back());
  }
  Tracker tracker(test::ladder_of(1), {.run = "test", .foretells = false});
  const TaskProgress& task = tracker.update(rows)->tasks[0];
  return task.stalled + task.regressed > 0;
}

// The stated rate is .05 a run; of 200 runs at most 10 + 1.96 sqrt(200 .05 .95) = 16.04 alarm.
TEST(Restoration, AttemptsThatScoreDifferentlyRaiseNoMoreAlarmsThanStated) {
  int alarms = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) alarms += alarms_when_killed(seed) ? 1 : 0;
  EXPECT_LE(alarms, 16);
  std::printf("[ measured ] runs of 200 with an alarm: %d\n", alarms);
}

// What a tracker that still holds the abandoned scores is given again changes nothing.
TEST(Restoration, ScoresThatRepeatOrGoBackChangeNothing) {
  const auto run = recorded_run();
  Tracker tracker(test::ladder_of(kTasks), {});
  for (const auto& scores : run) tracker.update(scores);
  const auto before = tracker.report();
  for (std::size_t t = 200; t < run.size(); ++t) tracker.update(run[t]);
  expect_same(*before, *tracker.report());
}

}  // namespace
}  // namespace gradus
