#include "progress/task_curve.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "progress/bands.h"

namespace gradus {
namespace {

constexpr double kMostLost = 0.02;  // share of items lost in a doubling up to which DKW is shown

constexpr double kSlopeErrors = 2;  // standard errors from a slope to its upper end

constexpr double kSwitch = 0.5;  // doublings; what rises faster has switched on

/// A model whose answers are not numbers gives no right ones.
double sound(double value) { return std::isfinite(value) ? std::clamp(value, 0.0, 1.0) : 0; }

bool is_gradual(const std::optional<Threshold>& threshold) {
  return threshold && (threshold->kind == ThresholdKind::kContinuous ||
                       threshold->kind == ThresholdKind::kMetricArtefact);
}

/// How long a facet took to switch on, in doublings; empty where it did not, or is undecided.
std::optional<double> switch_width(const FacetProgress& facet) {
  if (!facet.threshold || facet.threshold->kind == ThresholdKind::kUndecided) return std::nullopt;
  const std::optional<double>& width = facet.threshold->width;
  return width && *width <= kSwitch ? width : std::nullopt;
}

/// A dormant task waits for its detectors, a mastered one is at its target by its score.
bool rests_on_detectors(Verdict verdict) {
  return verdict == Verdict::kLearning || verdict == Verdict::kStalled ||
         verdict == Verdict::kRegressing;
}

}  // namespace

TaskCurve::TaskCurve(const Task& task, std::string_view tier, MonitorOptions options)
    : options_(options) {
  options_.floor = task.floor;
  options_.target = task.target;
  progress_.task = task.name;
  progress_.tier = tier;
  progress_.chance = task.chance;
  progress_.floor = task.floor;
  progress_.exact_floor = task.exact_floor;
  progress_.target = task.target;
  forget_noise();
  const double threshold = alarm_threshold(options.planned_probes, options.alpha);
  progress_.progress = progress_.stall = progress_.regress = {0, threshold};
  progress_.watch.probes_needed = settings_of(options.profile).warm_up;
}

void TaskCurve::add(const Score& score, ForecastBook& book, const ExpectedMidpoint& expected,
                    std::optional<Step> unchanged_since) {
  if (score.sums.items == 0 || (memory_ && score.step <= newest_.step)) return;
  if (!memory_ || memory_->item_digest != score.item_digest) begin_curve(score);
  rearm_where_asked(score.step);
  describe_score(score);
  describe_bands(score);
  describe_facets(score);

  const TaskMonitor::Outcome outcome =
      memory_->curve.add({.step = score.step,
                          .score = progress_.score,
                          .exact = progress_.exact,
                          .item_sd = sound(score.sums.sd()),
                          .items = score.sums.items,
                          .peek_safe_lower = progress_.peek_safe.lower,
                          .peek_safe_upper = progress_.peek_safe.upper,
                          .unchanged_since = unchanged_since},
                         book, {.facets = score.facets, .midpoint = expected});
  memory_->slope.add(doublings(score.step), progress_.score);
  memory_->density.add(doublings(score.step));
  if (outcome.improved) {
    progress_.last_improvement = score.time;
    progress_.last_improvement_step = score.step;
  }
  if (outcome.move) record_move(*outcome.move, score);
  if (outcome.move || outcome.alarmed) progress_.rearmed_step.reset();
  keep_best(score);
  describe_statistics();
}

void TaskCurve::explain(Step step, std::vector<LostAnswer> lost_answers,
                        const std::optional<StreamWindow>& stream) {
  if (!progress_.last_change || progress_.last_change->step != step) return;
  progress_.last_change->lost_answers = std::move(lost_answers);
  progress_.last_change->stream = stream;
}

void TaskCurve::compare(const Score& open, const Score& sealed) {
  if (!memory_ || open.step != newest_.step || sealed.step != open.step) return;
  // The budget of both detectors once more: that of a task.
  progress_.sealed = sealed_gap(open, sealed, 2 * options_.alpha);
}

void TaskCurve::begin_curve(const Score& first) {
  memory_.emplace(
      Memory{.curve = CurveProgress(options_, progress_.exact_floor, first.sums.items),
             .facets = std::vector<ThresholdTest>(first.facets.size(), ThresholdTest(std::nullopt)),
             .item_digest = first.item_digest,
             .scores = 0,
             .lost = {},
             .slope = RecentSlope(),
             .density = {},
             .best_bits = {}});
  progress_.best = 0;
  progress_.since_step = 0;
  progress_.rearmed_step.reset();
  progress_.last_change.reset();
  progress_.forecast.reset();
  progress_.just_lost = false;
  progress_.sealed.reset();
  progress_.threshold.reset();
  progress_.last_improvement = {};
  progress_.last_improvement_step = 0;
  forget_noise();
}

void TaskCurve::forget_noise() {
  progress_.noise_sd.reset();
  progress_.autocorrelation.reset();
  progress_.strict_claim = options_.profile == Profile::kStrict;
}

void TaskCurve::rearm_where_asked(Step next) {
  // Not always in order: an attempt that went back may declare below an abandoned one's.
  const auto passed = rearm_above_.lower_bound(next);
  if (passed == rearm_above_.begin()) return;
  if (rests_on_detectors(progress_.verdict)) progress_.rearmed_step = *std::prev(passed);
  rearm_above_.erase(rearm_above_.begin(), passed);
  memory_->curve.rearm();
  memory_->slope = RecentSlope();
  forget_noise();
}

void TaskCurve::describe_score(const Score& score) {
  progress_.step = score.step;
  progress_.own_step = score.own_step;
  progress_.time = score.time;
  progress_.items = score.sums.items;
  progress_.score = sound(score.sums.mean());
  progress_.exact = score.sums.exact_share();
  progress_.log_loss = score.sums.mean_log_loss();

  const Position& since = before_.step > 0 ? before_ : newest_;
  if (since.step > 0 && score.own_step >= since.own_step)
    progress_.stream_share = static_cast<double>(score.own_step - since.own_step) /
                             static_cast<double>(score.step - since.step);
  before_ = newest_;
  newest_ = {score.step, score.own_step};
}

void TaskCurve::describe_bands(const Score& score) {
  const std::uint32_t items = score.sums.items;
  memory_->lost.add(doublings(score.step), score.exact_bits, items);
  progress_.peek_safe_monotone = memory_->lost.share() <= kMostLost;
  const double half_width = progress_.peek_safe_monotone
                                ? dkw_half_width(items)
                                : spending_half_width(items, memory_->scores);
  progress_.now = one_look(progress_.score, sound(score.sums.sd()), items);
  progress_.peek_safe = band(progress_.score, half_width);
  progress_.exact_now = wilson(progress_.exact, items);
  ++memory_->scores;
}

void TaskCurve::describe_facets(const Score& score) {
  progress_.facets.resize(score.facets.size());
  const FacetProgress* lowest = nullptr;
  for (std::size_t i = 0; i < score.facets.size(); ++i) {
    FacetProgress& facet = progress_.facets[i];
    facet.name = score.facets[i].name;
    facet.score = sound(score.facets[i].sums.mean());
    facet.exact = score.facets[i].sums.exact_share();
    const bool asked = score.facets[i].sums.items > 0;
    if (asked && i < memory_->facets.size()) {
      memory_->facets[i].add({.step = score.step,
                              .score = facet.score,
                              .exact = facet.exact,
                              .items = score.facets[i].sums.items});
      facet.threshold = memory_->facets[i].result();
    }
    if (asked && (lowest == nullptr || facet.score < lowest->score)) lowest = &facet;
  }
  progress_.bottleneck = lowest == nullptr ? std::string_view() : std::string_view(lowest->name);
}

void TaskCurve::describe_statistics() {
  const TaskMonitor& monitor = memory_->curve.monitor();
  progress_.verdict = monitor.verdict();
  progress_.progress = monitor.progress();
  progress_.stall = monitor.stall();
  progress_.regress = monitor.regress();
  describe_slope();
  progress_.watch = {.probes = monitor.noise().count(),
                     .probes_needed = monitor.warm_up(),
                     .per_doubling = memory_->density.per_doubling()};
  progress_.forecast = memory_->curve.forecast();
  progress_.just_lost = memory_->curve.just_lost();
  progress_.threshold = memory_->curve.threshold();
  describe_switch();
  if (!monitor.warm()) return;
  const double autocorrelation = monitor.noise().autocorrelation();
  progress_.noise_sd = std::sqrt(monitor.noise().value());
  progress_.autocorrelation = autocorrelation;
  progress_.strict_claim =
      options_.profile == Profile::kStrict && autocorrelation <= kMostAutocorrelation;
}

void TaskCurve::describe_slope() {
  progress_.slope_per_doubling.reset();
  progress_.slope_upper.reset();
  const std::optional<RecentLine> line = memory_->slope.line();
  if (!line) return;
  progress_.slope_per_doubling = line->slope;
  if (const auto noise = memory_->curve.noise())
    progress_.slope_upper = line->slope + kSlopeErrors * std::sqrt(*noise / line->spread);
}

void TaskCurve::describe_switch() {
  progress_.switched_on.clear();
  if (!is_gradual(progress_.threshold)) return;
  double narrowest = std::numeric_limits<double>::infinity();
  for (const FacetProgress& facet : progress_.facets) {
    const auto width = switch_width(facet);
    if (!width || *width >= narrowest) continue;
    narrowest = *width;
    progress_.switched_on = facet.name;
  }
}

void TaskCurve::record_move(const VerdictMove& move, const Score& score) {
  const ItemFlips flips = compare_items(memory_->best_bits, score.exact_bits);
  progress_.last_change =
      VerdictChange{.from = move.from,
                    .to = move.to,
                    .step = score.step,
                    .own_step = score.own_step,
                    .time = score.time,
                    .score = progress_.score,
                    .alarm = move.alarm,
                    .left_target = move.left_target,
                    .unchanged_since = move.unchanged_since,
                    .log_e_items = log_loss_evidence(flips),
                    .items_lost = lost_items(memory_->best_bits, score.exact_bits),
                    .items_gained = flips.gained};
  progress_.since_step = score.step;
  count_move(move);
}

void TaskCurve::count_move(const VerdictMove& move) {
  switch (move.to) {
    case Verdict::kLearning:
      ++(move.from == Verdict::kDormant ? progress_.improved : progress_.recovered);
      break;
    case Verdict::kStalled:
      ++progress_.stalled;
      break;
    case Verdict::kRegressing:
      ++progress_.regressed;
      break;
    case Verdict::kMastered:
      ++progress_.mastered;
      break;
    case Verdict::kDormant:
      break;
  }
}

void TaskCurve::keep_best(const Score& score) {
  // The comparison's snapshot is pinned before the score that it is compared with.
  if (memory_->scores > 1 && progress_.score <= progress_.best) return;
  progress_.best = progress_.score;
  progress_.best_step = score.step;
  memory_->best_bits.assign(score.exact_bits.begin(), score.exact_bits.end());
}

}  // namespace gradus
