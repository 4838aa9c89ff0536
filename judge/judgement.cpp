#include "judge/judgement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "describe/build_info.h"
#include "describe/error_rate_words.h"
#include "describe/words.h"
#include "judge/curve_points.h"
#include "judge/judge_words.h"
#include "progress/tracker.h"

namespace gradus {
namespace {

constexpr std::uint32_t kItemsAssumed = 1000;
constexpr unsigned kUsualProbes = 400;
constexpr std::size_t kMostCurves = 10'000;
constexpr std::size_t kPointsInAll = 6000, kMostPoints = 300, kFewestPoints = 12;

/// A file that names no tiers is one tier.
std::string tier_of(const FileCurve& curve) { return curve.tier.empty() ? "all" : curve.tier; }

Ladder ladder_of(const CurveFile& file, const JudgeOptions& options) {
  Ladder ladder;
  ladder.name = file.name;
  std::map<std::string, std::uint16_t> tiers;
  for (const FileCurve& curve : file.curves) {
    const auto [tier, is_new] =
        tiers.emplace(tier_of(curve), static_cast<std::uint16_t>(ladder.tiers.size()));
    if (is_new) ladder.tiers.push_back({tier->first, tier->first, {}});
    ladder.tiers[tier->second].tasks.push_back(static_cast<TaskIndex>(ladder.tasks.size()));
    Task task;
    task.name = task.title = curve.task;
    task.tier = tier->second;
    task.chance = curve.chance.value_or(0);
    task.floor = curve.floor.value_or(task.chance);
    task.target = curve.target.value_or(options.target);
    ladder.tasks.push_back(std::move(task));
  }
  return ladder;
}

bool items_known(const FileCurve& curve, const JudgeOptions& options) {
  return curve.items || options.items;
}

std::uint32_t items_of(const FileCurve& curve, const JudgeOptions& options) {
  if (curve.items) return static_cast<std::uint32_t>(*curve.items);
  return options.items.value_or(kItemsAssumed);
}

Score score_of(const CurveScoreRow& row, TaskIndex task, std::uint32_t items) {
  Score score;
  score.task = task;
  score.step = score.own_step = row.step;
  score.time = row.time;
  score.sums.items = items;
  score.sums.exact = static_cast<std::uint32_t>(std::lround(row.exact.value_or(0) * items));
  // As if each item were quite right or quite wrong: the largest spread that the mean allows.
  score.sums.q = score.sums.q_squared = row.score * items;
  return score;
}

struct Place {
  Step step;
  std::size_t curve, row;
};

/// The rows of all curves by their steps: what one snapshot of a run would have scored at once.
std::vector<Place> in_order(const CurveFile& file) {
  std::vector<Place> places;
  for (std::size_t curve = 0; curve < file.curves.size(); ++curve)
    for (std::size_t row = 0; row < file.curves[curve].scores.size(); ++row)
      places.push_back({file.curves[curve].scores[row].step, curve, row});
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.step < b.step; });
  return places;
}

unsigned planned_probes(const CurveFile& file, const JudgeOptions& options) {
  std::size_t longest = kUsualProbes;
  for (const FileCurve& curve : file.curves) longest = std::max(longest, curve.scores.size());
  return options.planned_probes.value_or(static_cast<unsigned>(longest));
}

/// Gives the tracker snapshot after snapshot and keeps every change.
std::shared_ptr<const ProgressReport> follow(const CurveFile& file, const JudgeOptions& options,
                                             Tracker& tracker, std::vector<JudgedChange>& changes) {
  const std::vector<Place> places = in_order(file);
  std::vector<Score> snapshot;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [step, curve, row] = places[i];
    snapshot.push_back(score_of(file.curves[curve].scores[row], static_cast<TaskIndex>(curve),
                                items_of(file.curves[curve], options)));
    if (i + 1 < places.size() && places[i + 1].step == step) continue;
    const auto report = tracker.update(snapshot);
    for (const Score& each : snapshot)
      if (const auto& change = report->tasks[each.task].last_change; change && change->step == step)
        changes.push_back({each.task, *change});
    snapshot.clear();
  }
  return tracker.report();
}

TaskStory story_of(const FileCurve& curve, const TaskProgress& now, const JudgeOptions& options,
                   std::size_t points) {
  const bool known = items_known(curve, options);
  TaskStory story;
  story.now = now;
  story.title = curve.task;
  story.known = {
      .items = known,
      .exact = std::any_of(curve.scores.begin(), curve.scores.end(),
                           [](const CurveScoreRow& row) { return row.exact.has_value(); }),
      .own_steps = false};
  const std::vector<CurvePoint> finest = points_of(curve, known ? items_of(curve, options) : 0);
  story.milestones.half = first_reached(finest, now.floor + (now.target - now.floor) / 2);
  story.milestones.target = first_reached(finest, now.target);
  story.curve = thinned(finest, points);
  return story;
}

void add_change(TaskStory& story, const VerdictChange& change) {
  story.changes.push_back(change);
  if (change.to == Verdict::kMastered && !story.milestones.mastered)
    story.milestones.mastered = Moment{change.step, change.own_step};
}

ReportData report_data(const CurveFile& file, const JudgeOptions& options,
                       const ProgressReport& report) {
  ReportData data;
  data.run = file.name;
  data.headline = judged_headline(report);
  data.error_budget = error_budget_words(report);
  data.step = report.step;
  data.time = report.time;
  data.source = "the curves in " + file.name;
  data.origin.version = gradus_version();
  for (const TierProgress& tier : report.tiers) data.tiers.push_back({tier, tier.tier});
  const std::size_t points =
      std::clamp(kPointsInAll / file.curves.size(), kFewestPoints, kMostPoints);
  for (std::size_t i = 0; i < file.curves.size(); ++i)
    data.tasks.push_back(story_of(file.curves[i], report.tasks[i], options, points));
  return data;
}

}  // namespace

Result<Judgement> judge_curves(const CurveFile& file, const JudgeOptions& options) {
  if (file.curves.size() > kMostCurves)
    return fail(ErrorCode::kBadConfig, file.name + ": " + with_thousands(file.curves.size()) +
                                           " curves; at most " + with_thousands(kMostCurves) +
                                           " are judged at once (--metric chooses)");
  Tracker tracker(ladder_of(file, options), {.run = file.name,
                                             .false_alarms_per_run = options.false_alarms_per_run,
                                             .planned_probes = planned_probes(file, options),
                                             .profile = options.profile});
  Judgement judgement;
  const auto report = follow(file, options, tracker, judgement.changes);
  judgement.data = report_data(file, options, *report);
  for (const auto& [task, change] : judgement.changes)
    add_change(judgement.data.tasks[task], change);
  return judgement;
}

}  // namespace gradus
