#include "app/progress_json.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

#include "app/ladder_table.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN and no infinity: what is not a number is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json seconds(Timestamp time) {
  return time == Timestamp{} ? Json(nullptr) : Json(unix_seconds(time));
}

Json evidence_json(const Evidence& evidence) {
  return {{"log_e", number(evidence.log_e)}, {"threshold", number(evidence.threshold)}};
}

Json change_json(const VerdictChange& change) {
  return {{"from", verdict_name(change.from)},
          {"to", verdict_name(change.to)},
          {"step", change.step},
          {"own_step", change.own_step},
          {"time", seconds(change.time)},
          {"score", number(change.score)},
          {"window_from_step", change.window_from},
          {"slope_before", number(change.slope_before)},
          {"slope_now", number(change.slope_now)},
          {"evidence", evidence_json(change.evidence)},
          {"log_e_items", number(change.log_e_items)},
          {"items_lost", change.items_lost},
          {"items_gained", change.items_gained}};
}

Json annotated(const Annotation& annotation) {
  return {{"id", annotation.id},
          {"step", annotation.step},
          {"time", seconds(annotation.time)},
          {"text", annotation.text},
          {"rearm", annotation.rearm}};
}

Json facets_json(const TaskProgress& task) {
  Json facets = Json::array();
  for (const FacetProgress& facet : task.facets)
    facets.push_back(
        {{"name", facet.name}, {"score", number(facet.score)}, {"exact", number(facet.exact)}});
  return facets;
}

/// Forecast, belief and threshold are null until they exist: the words are part of the interface
/// from the start.
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
              {"slope_per_doubling", number(task.slope_per_doubling)},
              {"noise_sd", number(task.noise_sd)},
              {"autocorrelation", number(task.autocorrelation)},
              {"error_rate_claimed", task.strict_claim},
              {"stream_share", number(task.stream_share)},
              {"belief", nullptr},
              {"belief_ever", nullptr},
              {"facets", facets_json(task)},
              {"bottleneck", task.bottleneck.empty() ? Json(nullptr) : Json(task.bottleneck)},
              {"examples_to_target", nullptr},
              {"threshold", nullptr},
              {"evidence",
               {{"progress", evidence_json(task.progress)},
                {"stall", evidence_json(task.stall)},
                {"regress", evidence_json(task.regress)}}}};
  out["last_change"] = task.last_change ? change_json(*task.last_change) : Json(nullptr);
  return out;
}

Json learner_json(const RunView& view) {
  const auto stats = view.slots.learner.get();
  if (!stats) return nullptr;
  const auto n = static_cast<double>(stats->sums.examples);
  return {{"kind", view.facts.learner},
          {"examples", stats->sums.examples},
          {"correct", stats->sums.correct},
          {"mean_loss", n > 0 ? number(stats->sums.loss / n) : Json(nullptr)},
          {"mean_log_loss", n > 0 ? number(stats->sums.log_loss / n) : Json(nullptr)},
          {"learning_rate", number(stats->facts.learning_rate)},
          {"gradient_norm", number(stats->facts.gradient_norm)},
          {"weight_norm", number(stats->facts.weight_norm)},
          {"parameters", stats->facts.parameters},
          {"diverged", stats->diverged},
          {"last_checkpoint", seconds(stats->last_checkpoint)},
          {"last_checkpoint_step", stats->last_checkpoint_step}};
}

Json stream_json(const RunView& view) {
  const auto stats = view.slots.ingest.get();
  if (!stats) return nullptr;
  Json rejected = Json::object();
  for (int reason = 1; reason < kRejectCount; ++reason)
    if (stats->rejected[reason] > 0)
      rejected[std::string(reject_name(static_cast<Reject>(reason)))] = stats->rejected[reason];
  const auto learner = view.slots.learner.get();
  const auto pace = view.slots.pace.get();
  Json partitions = Json::array();
  std::optional<std::int64_t> lag = 0;  // nothing once it is not known of one partition
  for (const SourceFacts::Partition& each : stats->source.partitions) {
    std::int64_t next = 0;
    if (learner)
      for (const PartitionPosition& position : learner->position.partitions)
        if (position.partition == each.partition) next = position.next;
    const bool known = each.high_watermark >= 0;
    const std::int64_t behind = std::max<std::int64_t>(0, each.high_watermark - next);
    lag = known && lag ? std::optional(*lag + behind) : std::nullopt;
    partitions.push_back({{"partition", each.partition},
                          {"next_offset", next},
                          {"high_watermark", known ? Json(each.high_watermark) : Json(nullptr)},
                          {"lag", known ? Json(behind) : Json(nullptr)}});
  }
  return {{"topic", stats->topic},
          {"connected", stats->source.connected},
          {"messages", stats->messages},
          {"examples", stats->examples},
          {"examples_per_second", pace ? number(pace->examples_per_second) : Json(nullptr)},
          {"lag", lag && !partitions.empty() ? Json(*lag) : Json(nullptr)},
          {"rejected", rejected},
          {"gaps", stats->gaps},
          {"duplicates", stats->duplicates},
          {"partitions", partitions},
          {"ended", stats->ended},
          {"last_message", seconds(stats->last_message)}};
}

}  // namespace

std::string progress_json(const RunView& view) {
  const auto report = view.slots.progress.get();
  const auto learner = view.slots.learner.get();
  Json tasks = Json::array();
  Json tiers = Json::array();
  Json annotations = Json::array();
  if (report) {
    for (const Annotation& each : report->annotations) annotations.push_back(annotated(each));
    for (const TaskProgress& task : report->tasks) tasks.push_back(task_json(task));
    for (const TierProgress& tier : report->tiers)
      tiers.push_back({{"tier", tier.tier},
                       {"verdict", verdict_name(tier.verdict)},
                       {"score", number(tier.score)}});
  }
  const Json ladder =
      report ? Json{{"name", report->ladder}, {"version", report->ladder_version}} : Json(nullptr);
  const Json body = {{"run", view.facts.run},
                     {"headline", headline(view)},
                     {"attempt", report ? Json(report->attempt) : Json(1)},
                     {"step", learner ? learner->step : 0},
                     {"time", unix_seconds(view.clock.now())},
                     {"ladder", ladder},
                     {"tasks", tasks},
                     {"tiers", tiers},
                     {"annotations", annotations},
                     {"learner", learner_json(view)},
                     {"stream", stream_json(view)}};
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string history_json(std::string_view task, std::span<const CurvePoint> points) {
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
  return Json{{"task", task}, {"points", rows}}.dump(-1, ' ', false,
                                                     Json::error_handler_t::replace);
}

std::string error_json(std::string_view message) {
  return Json{{"error", message}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gradus
