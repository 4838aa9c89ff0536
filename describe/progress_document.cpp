#include "describe/progress_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "describe/forecast_document.h"
#include "describe/json_members.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Evidence evidence(const Json& object) {
  Evidence out;
  const Members members(object);
  members.read("log_e", out.log_e);
  members.read("threshold", out.threshold);
  return out;
}

/// None where no detector had alarmed; documents of earlier versions have evidence below its
/// threshold there.
std::optional<Alarm> alarm(const Members& change) {
  const Members found(change.object("evidence"));
  Alarm out{.evidence = evidence(change.object("evidence"))};
  if (!found.has("log_e") || out.evidence.log_e < out.evidence.threshold) return std::nullopt;
  change.read("window_from_step", out.window_from);
  change.read("slope_before", out.slope_before);
  change.read("slope_now", out.slope_now);
  return out;
}

std::optional<StreamWindow> stream(const Members& change) {
  if (!change.has("stream")) return std::nullopt;
  const Members members(change.object("stream"));
  StreamWindow window{};
  members.read("from_step", window.span.from);
  members.read("to_step", window.span.to);
  members.read("from_time", window.span.from_time);
  members.read("to_time", window.span.to_time);
  members.read("examples", window.span.examples);
  double mean = 0;
  members.read("log_loss", mean);
  window.span.log_loss = mean * static_cast<double>(window.span.examples);
  members.read("log_loss_before", window.log_loss_before);
  members.read("non_finite", window.span.non_finite);
  members.read("rejected", window.span.events.of(Reject::kNone));
  members.read("gaps", window.span.events.gaps);
  members.read("duplicates", window.span.events.duplicates);
  members.read("restarts", window.span.restarts);
  members.read("silent_seconds", window.span.silent_seconds);
  return window;
}

LostAnswer lost_answer(const Members& members) {
  LostAnswer out;
  members.read("item", out.item);
  members.read("question", out.question);
  members.read("answer", out.answer);
  if (members.has("given")) members.read("given", out.given.emplace());
  return out;
}

VerdictChange change(const Members& members) {
  VerdictChange out;
  members.read("from", out.from);
  members.read("to", out.to);
  members.read("step", out.step);
  members.read("own_step", out.own_step);
  members.read("time", out.time);
  members.read("score", out.score);
  out.alarm = alarm(members);
  std::optional<double> log_e;
  Members(members.object("evidence")).read("log_e", log_e);
  members.read("unchanged_since_step", out.unchanged_since);
  if (!log_e && !out.unchanged_since) members.read("window_from_step", out.left_target);
  members.read("log_e_items", out.log_e_items);
  members.read("items_gained", out.items_gained);
  if (const Json* lost = members.find("items_lost"); lost && lost->is_array())
    for (const Json& item : *lost)
      if (item.is_number_unsigned()) out.items_lost.push_back(item.get<std::uint32_t>());
  for (const Members& lost : members.list("lost_answers"))
    out.lost_answers.push_back(lost_answer(lost));
  out.stream = stream(members);
  return out;
}

void read_scores(const Members& members, TaskProgress& task) {
  members.read("score", task.score);
  members.read("lower", task.now.lower);
  members.read("upper", task.now.upper);
  const Members peek_safe(members.object("peek_safe"));
  peek_safe.read("lower", task.peek_safe.lower);
  peek_safe.read("upper", task.peek_safe.upper);
  std::string method = "dkw";
  peek_safe.read("method", method);
  task.peek_safe_monotone = method == "dkw";
  members.read("exact", task.exact);
  members.read("exact_lower", task.exact_now.lower);
  members.read("exact_upper", task.exact_now.upper);
  members.read("log_loss", task.log_loss);
  members.read("chance", task.chance);
  members.read("floor", task.floor);
  members.read("exact_floor", task.exact_floor);
  members.read("target", task.target);
  members.read("best", task.best);
  members.read("best_step", task.best_step);
}

SealedGap sealed_gap_of(const Members& members) {
  SealedGap out;
  members.read("step", out.step);
  members.read("items", out.items);
  members.read("score", out.score);
  members.read("gap", out.gap);
  members.read("lower", out.lower);
  members.read("upper", out.upper);
  return out;
}

Watch watch_of(const Members& members) {
  Watch out;
  members.read("probes", out.probes);
  members.read("probes_needed", out.probes_needed);
  members.read("probes_per_doubling", out.per_doubling);
  return out;
}

TaskProgress task_progress(const Members& members) {
  TaskProgress task;
  members.read("task", task.task);
  members.read("tier", task.tier);
  members.read("step", task.step);
  members.read("own_step", task.own_step);
  members.read("time", task.time);
  members.read("items", task.items);
  read_scores(members, task);
  members.read("verdict", task.verdict);
  members.read("since_step", task.since_step);
  members.read("rearmed_step", task.rearmed_step);
  members.read("slope_per_doubling", task.slope_per_doubling);
  members.read("slope_per_doubling_upper", task.slope_upper);
  members.read("noise_sd", task.noise_sd);
  members.read("autocorrelation", task.autocorrelation);
  members.read("error_rate_claimed", task.strict_claim);
  members.read("stream_share", task.stream_share);
  members.read("bottleneck", task.bottleneck);
  members.read("switched_on", task.switched_on);
  task.forecast = read_forecast(members);
  members.read("just_lost", task.just_lost);
  if (members.has("sealed")) task.sealed = sealed_gap_of(Members(members.object("sealed")));
  task.threshold = read_threshold(members);
  for (const Members& facet : members.list("facets")) {
    FacetProgress& added = task.facets.emplace_back();
    facet.read("name", added.name);
    facet.read("score", added.score);
    facet.read("exact", added.exact);
    added.threshold = read_threshold(facet);
  }
  const Members evidences(members.object("evidence"));
  task.progress = evidence(evidences.object("progress"));
  task.stall = evidence(evidences.object("stall"));
  task.watch = watch_of(Members(members.object("watch")));
  task.regress = evidence(evidences.object("regress"));
  if (members.has("last_change")) task.last_change = change(Members(members.object("last_change")));
  return task;
}

LearnerFigures learner_figures(const Members& members) {
  LearnerFigures out;
  members.read("kind", out.kind);
  members.read("examples", out.examples);
  members.read("correct", out.correct);
  members.read("mean_loss", out.mean_loss);
  members.read("mean_log_loss", out.mean_log_loss);
  members.read("learning_rate", out.learning_rate);
  members.read("gradient_norm", out.gradient_norm);
  members.read("weight_norm", out.weight_norm);
  members.read("parameters", out.parameters);
  members.read("diverged", out.diverged);
  members.read("last_checkpoint", out.last_checkpoint);
  members.read("last_checkpoint_step", out.last_checkpoint_step);
  return out;
}

StreamFigures stream_figures(const Members& members) {
  StreamFigures out;
  members.read("topic", out.topic);
  members.read("connected", out.connected);
  members.read("ended", out.ended);
  members.read("messages", out.messages);
  members.read("examples", out.examples);
  members.read("gaps", out.gaps);
  members.read("duplicates", out.duplicates);
  members.read("examples_per_second", out.examples_per_second);
  members.read("lag", out.lag);
  members.read("rejected", out.rejected);
  members.read("last_message", out.last_message);
  members.read("silent_seconds", out.silent_seconds);
  return out;
}

ProbingFigures probing_figures(const Members& members) {
  ProbingFigures out;
  members.read("waits", out.waits);
  members.read("cpu_seconds", out.cpu_seconds);
  members.read("cpu_share", out.cpu_share);
  members.read("allowed_share", out.allowed_share);
  members.read("snapshots_missed", out.snapshots_missed);
  return out;
}

RunOrigin run_origin(const Members& members) {
  RunOrigin out;
  const Members build(members.object("gradus"));
  build.read("version", out.version);
  build.read("revision", out.revision);
  build.read("compiler", out.compiler);
  build.read("instructions", out.instructions);
  build.read("librdkafka", out.librdkafka);
  members.read("seed", out.seed);
  members.read("start", out.start);
  members.read("configuration", out.configuration);
  members.read("tier_titles", out.tier_titles);
  members.read("task_titles", out.task_titles);
  return out;
}

ProgressReport progress_report(const Members& members) {
  ProgressReport report;
  members.read("run", report.run);
  members.read("attempt", report.attempt);
  members.read("time", report.time);
  members.read("false_alarms_per_run", report.false_alarms_per_run);
  members.read("unchanged_since_step", report.unchanged_since);
  report.calibration = read_calibration(Members(members.object("calibration")));
  const Members ladder(members.object("ladder"));
  ladder.read("name", report.ladder);
  ladder.read("version", report.ladder_version);
  for (const Members& task : members.list("tasks")) report.tasks.push_back(task_progress(task));
  for (const TaskProgress& task : report.tasks) report.step = std::max(report.step, task.step);
  for (const Members& tier : members.list("tiers")) {
    TierProgress& added = report.tiers.emplace_back();
    tier.read("tier", added.tier);
    tier.read("verdict", added.verdict);
    tier.read("score", added.score);
    if (const Members belief(tier.object("belief")); belief.has("lower")) {
      added.belief.emplace();
      belief.read("lower", added.belief->lower);
      belief.read("upper", added.belief->upper);
    }
  }
  for (const Members& each : members.list("annotations")) {
    Annotation& added = report.annotations.emplace_back();
    each.read("id", added.id);
    each.read("step", added.step);
    each.read("time", added.time);
    each.read("text", added.text);
    each.read("rearm", added.rearm);
    std::string kind;
    each.read("kind", kind);
    if (kind == annotation_kind_name(AnnotationKind::kFault)) added.kind = AnnotationKind::kFault;
  }
  return report;
}

}  // namespace

RunStatus run_status(const ProgressDocument& document) {
  RunStatus status;
  status.step = document.step;
  if (document.learner) status.diverged = document.learner->diverged;
  if (!document.stream) return status;
  status.examples_per_second = document.stream->examples_per_second.value_or(0);
  status.lag = document.stream->lag;
  status.connected = document.stream->connected;
  status.silent_seconds = document.stream->silent_seconds;
  for (const auto& [reason, count] : document.stream->rejected)
    if (reason != reject_name(Reject::kTombstone)) status.rejected += count;
  return status;
}

Result<ProgressDocument> read_progress_document(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  if (!parsed.is_object() || !parsed.contains("run") || !parsed.contains("step"))
    return fail(ErrorCode::kCorrupt, "not the progress of a run as JSON");
  const Members members(parsed);
  ProgressDocument document;
  document.report = progress_report(members);
  members.read("headline", document.headline);
  members.read("step", document.step);
  if (members.has("learner"))
    document.learner = learner_figures(Members(members.object("learner")));
  if (members.has("probing"))
    document.probing = probing_figures(Members(members.object("probing")));
  if (members.has("stream")) document.stream = stream_figures(Members(members.object("stream")));
  if (const Json* format = members.find("format"); format && format->is_number_integer())
    document.format = format->get<int>();
  document.origin = run_origin(members);
  return document;
}

std::vector<CurvePoint> read_history_document(std::string_view json) {
  const Json parsed = Json::parse(json, nullptr, false);
  std::vector<CurvePoint> points;
  if (!parsed.is_object()) return points;
  for (const Members& each : Members(parsed).list("points")) {
    CurvePoint& point = points.emplace_back();
    each.read("step", point.step);
    each.read("last", point.last);
  }
  return points;
}

}  // namespace gradus
