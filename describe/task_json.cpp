#include "describe/task_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

#include "describe/error_rate_words.h"
#include "describe/sealed_words.h"
#include "describe/watch_words.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return json_number(value); }
Json number(const std::optional<double>& value) { return json_number(value); }
Json seconds(Timestamp time) { return json_seconds(time); }

Json evidence_json(const Evidence& evidence) {
  return {{"log_e", number(evidence.log_e)}, {"threshold", number(evidence.threshold)}};
}

Json evidence_json(const std::optional<Alarm>& alarm) {
  if (alarm) return evidence_json(alarm->evidence);
  return {{"log_e", nullptr}, {"threshold", nullptr}};
}

template <typename Field>
Json field_of(const std::optional<Alarm>& alarm, Field Alarm::*field) {
  return alarm ? Json((*alarm).*field) : Json(nullptr);
}

Json to_target_json(const std::optional<Forecast>& forecast) {
  if (!forecast || !forecast->examples_to_target) return nullptr;
  const ExamplesToTarget& examples = *forecast->examples_to_target;
  return {
      {"p10", number(examples.p10)}, {"p50", number(examples.p50)}, {"p90", number(examples.p90)}};
}

Json threshold_json(const std::optional<Threshold>& threshold) {
  if (!threshold) return nullptr;
  return {{"kind", threshold_name(threshold->kind)},
          {"share_of_jump", number(threshold->share_of_jump)},
          {"share_of_jump_exact", number(threshold->share_of_jump_exact)},
          {"jump_step", threshold->jump_step},
          {"hidden_progress", number(threshold->hidden_progress)},
          {"width", number(threshold->width)},
          {"width_exact", number(threshold->width_exact)},
          {"resolution", number(threshold->resolution)}};
}

Json horizon_json(const HorizonCalibration& horizon) {
  Json out = {{"doublings", horizon.doublings}, {"resolved", horizon.resolved}};
  for (std::size_t i = 0; i < kForecasters; ++i) {
    Json bins = Json::array();
    for (const CalibrationBin& bin : horizon.bins[i])
      bins.push_back(
          {{"count", bin.count}, {"forecast", bin.forecast}, {"happened", bin.happened}});
    out[std::string(forecaster_name(static_cast<Forecaster>(i)))] = {
        {"brier", horizon.scores[i].brier},
        {"log_loss", horizon.scores[i].log_loss},
        {"bins", std::move(bins)}};
  }
  return out;
}

Json sealed_json(const TaskProgress& task) {
  if (!task.sealed) return nullptr;
  const SealedGap& sealed = *task.sealed;
  return {{"step", sealed.step},           {"items", sealed.items},
          {"score", number(sealed.score)}, {"gap", number(sealed.gap)},
          {"lower", number(sealed.lower)}, {"upper", number(sealed.upper)},
          {"overfit", sealed.overfit()},   {"words", sealed_words(task)}};
}

Json watch_json(const TaskProgress& task) {
  const auto from = task.watch.armed_from(task.step);
  return {{"armed", task.watch.armed()},
          {"probes", task.watch.probes},
          {"probes_needed", task.watch.probes_needed},
          {"probes_per_doubling", json_number(task.watch.per_doubling)},
          {"armed_from_step", from ? Json(*from) : Json(nullptr)},
          {"words", watch_words(task.watch, task.step)}};
}

Json facets_json(const TaskProgress& task) {
  Json facets = Json::array();
  for (const FacetProgress& facet : task.facets)
    facets.push_back({{"name", facet.name},
                      {"score", number(facet.score)},
                      {"exact", number(facet.exact)},
                      {"threshold", threshold_json(facet.threshold)}});
  return facets;
}

Json stream_json(const std::optional<StreamWindow>& window) {
  if (!window) return nullptr;
  const StreamSpan& span = window->span;
  return {{"from_step", span.from},
          {"to_step", span.to},
          {"from_time", seconds(span.from_time)},
          {"to_time", seconds(span.to_time)},
          {"examples", span.examples},
          {"log_loss", number(span.mean_log_loss())},
          {"log_loss_before", number(window->log_loss_before)},
          {"non_finite", span.non_finite},
          {"rejected", span.events.undecodable()},
          {"gaps", span.events.gaps},
          {"duplicates", span.events.duplicates},
          {"restarts", span.restarts},
          {"silent_seconds", number(span.silent_seconds)}};
}

Json lost_json(const std::vector<LostAnswer>& lost) {
  Json out = Json::array();
  for (const LostAnswer& each : lost)
    out.push_back({{"item", each.item},
                   {"question", each.question},
                   {"answer", each.answer},
                   {"given", each.given ? Json(*each.given) : Json(nullptr)}});
  return out;
}

}  // namespace

Json json_number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json json_number(const std::optional<double>& value) {
  return value ? json_number(*value) : Json(nullptr);
}

Json json_seconds(Timestamp time) {
  return time == Timestamp{} ? Json(nullptr) : Json(unix_seconds(time));
}

Json change_json(const VerdictChange& change) {
  const auto from = change.window_from();
  return {{"from", verdict_name(change.from)},
          {"to", verdict_name(change.to)},
          {"step", change.step},
          {"own_step", change.own_step},
          {"time", seconds(change.time)},
          {"score", number(change.score)},
          {"window_from_step", from ? Json(*from) : Json(nullptr)},
          {"slope_before", field_of(change.alarm, &Alarm::slope_before)},
          {"slope_now", field_of(change.alarm, &Alarm::slope_now)},
          {"evidence", evidence_json(change.alarm)},
          {"unchanged_since_step",
           change.unchanged_since ? Json(*change.unchanged_since) : Json(nullptr)},
          {"log_e_items", number(change.log_e_items)},
          {"items_lost", change.items_lost},
          {"items_gained", change.items_gained},
          {"lost_answers", lost_json(change.lost_answers)},
          {"stream", stream_json(change.stream)}};
}

Json annotation_json(const Annotation& annotation) {
  return {{"id", annotation.id},
          {"step", annotation.step},
          {"time", seconds(annotation.time)},
          {"text", annotation.text},
          {"rearm", annotation.rearm},
          {"kind", annotation_kind_name(annotation.kind)}};
}

Json calibration_json(const ForecastCalibration& calibration) {
  Json horizons = Json::array();
  for (const HorizonCalibration& each : calibration.horizons)
    horizons.push_back(horizon_json(each));
  Json pit = Json::object();
  for (std::size_t i = 0; i < kForecasters; ++i)
    pit[std::string(forecaster_name(static_cast<Forecaster>(i)))] = calibration.pit[i];
  const IntervalCalibration& intervals = calibration.intervals;
  return {{"made", calibration.made},
          {"resolved", calibration.resolved},
          {"calibrated", calibration.calibrated()},
          {"shown", forecaster_name(calibration.shown)},
          {"horizons", std::move(horizons)},
          {"pit", std::move(pit)},
          {"intervals",
           {{"resolved", intervals.resolved},
            {"covered", intervals.covered},
            {"covered_unwidened", intervals.covered_unwidened},
            {"given_up", intervals.given_up},
            {"median_error", intervals.median_error},
            {"widening", intervals.widening}}}};
}

Json task_json(const TaskProgress& task) {
  const bool scored = task.step > 0 || task.items > 0;
  const auto when_scored = [&](double value) { return scored ? number(value) : Json(nullptr); };
  Json out = {{"task", task.task},
              {"tier", task.tier},
              {"step", task.step},
              {"own_step", task.own_step},
              {"time", seconds(task.time)},
              {"items", task.items},
              {"score", when_scored(task.score)},
              {"lower", when_scored(task.now.lower)},
              {"upper", when_scored(task.now.upper)},
              {"peek_safe",
               {{"lower", when_scored(task.peek_safe.lower)},
                {"upper", when_scored(task.peek_safe.upper)},
                {"method", task.peek_safe_monotone ? "dkw" : "alpha_spending"}}},
              {"exact", when_scored(task.exact)},
              {"exact_lower", when_scored(task.exact_now.lower)},
              {"exact_upper", when_scored(task.exact_now.upper)},
              {"log_loss", when_scored(task.log_loss)},
              {"chance", task.chance},
              {"floor", task.floor},
              {"exact_floor", task.exact_floor},
              {"target", task.target},
              {"best", when_scored(task.best)},
              {"best_step", task.best_step},
              {"verdict", verdict_name(task.verdict)},
              {"since_step", task.since_step},
              {"rearmed_step", task.rearmed_step ? Json(*task.rearmed_step) : Json(nullptr)},
              {"slope_per_doubling", number(task.slope_per_doubling)},
              {"slope_per_doubling_upper", number(task.slope_upper)},
              {"noise_sd", number(task.noise_sd)},
              {"autocorrelation", number(task.autocorrelation)},
              {"error_rate_claimed", task.strict_claim},
              {"error_rate", error_rate_words(task)},
              {"stream_share", number(task.stream_share)},
              {"sealed", sealed_json(task)},
              {"belief", task.forecast ? number(task.forecast->belief) : Json(nullptr)},
              {"belief_ever", task.forecast ? number(task.forecast->belief_ever) : Json(nullptr)},
              {"forecast_source",
               task.forecast ? Json(forecaster_name(task.forecast->source)) : Json(nullptr)},
              {"just_lost", task.just_lost},
              {"facets", facets_json(task)},
              {"bottleneck", task.bottleneck.empty() ? Json(nullptr) : Json(task.bottleneck)},
              {"switched_on", task.switched_on.empty() ? Json(nullptr) : Json(task.switched_on)},
              {"examples_to_target", to_target_json(task.forecast)},
              {"threshold", threshold_json(task.threshold)},
              {"evidence",
               {{"progress", evidence_json(task.progress)},
                {"stall", evidence_json(task.stall)},
                {"regress", evidence_json(task.regress)}}},
              {"watch", watch_json(task)}};
  out["last_change"] = task.last_change ? change_json(*task.last_change) : Json(nullptr);
  return out;
}

Json learner_json(const std::optional<LearnerFigures>& learner) {
  if (!learner) return nullptr;
  return {{"kind", learner->kind},
          {"examples", learner->examples},
          {"correct", learner->correct},
          {"mean_loss", json_number(learner->mean_loss)},
          {"mean_log_loss", json_number(learner->mean_log_loss)},
          {"learning_rate", json_number(learner->learning_rate)},
          {"gradient_norm", json_number(learner->gradient_norm)},
          {"weight_norm", json_number(learner->weight_norm)},
          {"parameters", learner->parameters},
          {"diverged", learner->diverged},
          {"last_checkpoint", json_seconds(learner->last_checkpoint)},
          {"last_checkpoint_step", learner->last_checkpoint_step}};
}

Json probing_json(const std::optional<ProbingFigures>& probing, const ProgressReport& report) {
  if (!probing) return nullptr;
  const auto armed = std::count_if(report.tasks.begin(), report.tasks.end(),
                                   [](const TaskProgress& task) { return task.watch.armed(); });
  return {{"waits", probing->waits},
          {"cpu_seconds", json_number(probing->cpu_seconds)},
          {"cpu_share", json_number(probing->cpu_share)},
          {"allowed_share", json_number(probing->allowed_share)},
          {"snapshots_missed", probing->snapshots_missed},
          {"tasks", report.tasks.size()},
          {"tasks_armed", armed},
          {"words", watch_words(report) + " " + probing_words(*probing)}};
}

Json curve_json(std::span<const CurvePoint> points) {
  Json rows = Json::array();
  for (const CurvePoint& point : points)
    rows.push_back({{"step", point.step},
                    {"own_step", point.own_step},
                    {"time", seconds(point.time)},
                    {"min", number(point.min)},
                    {"max", number(point.max)},
                    {"last", number(point.last)},
                    {"exact", number(point.exact)},
                    {"lower", number(point.lower)},
                    {"upper", number(point.upper)},
                    {"count", point.count}});
  return rows;
}

}  // namespace gradus
