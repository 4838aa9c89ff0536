#include "describe/progress_json.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

#include "describe/error_rate_words.h"
#include "describe/ladder_table.h"
#include "describe/task_json.h"
#include "ingest/lag.h"
#include "progress/report_tiers.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::optional<double>& value) { return json_number(value); }
Json seconds(Timestamp time) { return json_seconds(time); }

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json list_of(std::span<const Annotation> annotations) {
  Json list = Json::array();
  for (const Annotation& each : annotations) list.push_back(annotation_json(each));
  return list;
}

Json given_json(const GivenAnswers* given, std::size_t i) {
  return given == nullptr || !given->has_text() ? Json(nullptr) : Json(given->answer(i));
}

template <typename Titled>
Json titles_json(const std::vector<Titled>& all) {
  Json out = Json::object();
  for (const Titled& each : all) out[each.name] = each.title;
  return out;
}

std::optional<LearnerFigures> learner_figures(const RunView& view) {
  const auto stats = view.slots.learner.get();
  if (!stats) return std::nullopt;
  LearnerFigures out;
  out.kind = view.facts.learner;
  out.examples = stats->sums.examples;
  out.correct = stats->sums.correct;
  if (const auto n = static_cast<double>(stats->sums.examples); n > 0) {
    out.mean_loss = stats->sums.loss.value() / n;
    out.mean_log_loss = stats->sums.log_loss.value() / n;
  }
  out.learning_rate = stats->facts.learning_rate;
  out.gradient_norm = stats->facts.gradient_norm;
  out.weight_norm = stats->facts.weight_norm;
  out.parameters = stats->facts.parameters;
  out.diverged = stats->diverged;
  out.last_checkpoint = stats->last_checkpoint;
  out.last_checkpoint_step = stats->last_checkpoint_step;
  return out;
}

}  // namespace

std::optional<ProbingFigures> probing_figures(const RunView& view) {
  const auto probes = view.slots.probes.get();
  if (!probes) return std::nullopt;
  ProbingFigures out;
  out.waits = probes->waits;
  out.cpu_seconds = probes->cpu_seconds;
  out.allowed_share = probes->allowed_share;
  out.snapshots_missed = probes->snapshots_missed;
  const auto learner = view.slots.learner.get();
  const double all = probes->cpu_seconds + (learner ? learner->cpu_seconds : 0);
  if (all > 0) out.cpu_share = probes->cpu_seconds / all;
  return out;
}

namespace {

Json stream_json(const RunView& view) {
  const auto stats = view.slots.ingest.get();
  if (!stats) return nullptr;
  Json rejected = Json::object();
  for (int reason = 1; reason < kRejectCount; ++reason)
    if (stats->rejected[reason] > 0)
      rejected[std::string(reject_name(static_cast<Reject>(reason)))] = stats->rejected[reason];
  const auto learner = view.slots.learner.get();
  const auto pace = view.slots.pace.get();
  const StreamPosition applied = learner ? learner->position : StreamPosition{};
  const auto json_count = [](const auto& count) { return count ? Json(*count) : Json(nullptr); };
  Json partitions = Json::array();
  for (const SourceFacts::Partition& each : stats->source.partitions) {
    const bool known = each.high_watermark >= 0;
    partitions.push_back({{"partition", each.partition},
                          {"next_offset", next_offset(each, applied)},
                          {"high_watermark", known ? Json(each.high_watermark) : Json(nullptr)},
                          {"lag", json_count(lag_of(each, applied))}});
  }
  return {{"topic", stats->topic},
          {"connected", stats->source.connected},
          {"messages", stats->messages},
          {"examples", stats->examples},
          {"examples_per_second", pace ? number(pace->examples_per_second) : Json(nullptr)},
          {"lag", json_count(total_lag(stats->source, applied))},
          {"rejected", rejected},
          {"gaps", stats->gaps},
          {"duplicates", stats->duplicates},
          {"partitions", partitions},
          {"ended", stats->ended},
          {"silent_seconds", number(silent_seconds(*stats, view.clock.now()))},
          {"last_message", seconds(stats->last_message)}};
}

/// How the history is kept; null without one.
Json history_stats_json(const RunView& view) {
  const auto history = view.slots.history.get();
  if (!history) return nullptr;
  return {{"write_failures", history->write_failures},
          {"scores_waiting", history->scores_waiting},
          {"scores_dropped", history->scores_dropped}};
}

}  // namespace

std::string progress_json(const RunView& view) {
  const auto report = view.slots.progress.get();
  const auto learner = view.slots.learner.get();
  Json tasks = Json::array();
  Json tiers = Json::array();
  Json annotations = Json::array();
  Json frontier = nullptr;
  if (report) {
    annotations = list_of(annotations_until(*report, learner ? learner->step : report->step));
    for (const TaskProgress& task : report->tasks) tasks.push_back(task_json(task));
    for (const TierProgress& tier : report->tiers)
      tiers.push_back({{"tier", tier.tier},
                       {"verdict", verdict_name(tier.verdict)},
                       {"score", number(tier.score)},
                       {"belief", tier.belief ? Json{{"lower", number(tier.belief->lower)},
                                                     {"upper", number(tier.belief->upper)}}
                                              : Json(nullptr)}});
    if (const TierProgress* tier = frontier_of(report->tiers)) frontier = tier->tier;
  }
  const Json ladder =
      report ? Json{{"name", report->ladder}, {"version", report->ladder_version}} : Json(nullptr);
  Json body = {
      {"run", view.facts.run},
      {"headline", headline(view)},
      {"attempt", report ? Json(report->attempt) : Json(1)},
      {"step", learner ? learner->step : 0},
      {"time", unix_seconds(view.clock.now())},
      {"ladder", ladder},
      {"false_alarms_per_run", report ? Json(report->false_alarms_per_run) : Json(nullptr)},
      {"error_budget", report ? Json(error_budget_words(*report)) : Json(nullptr)},
      {"unchanged_since_step",
       report && report->unchanged_since ? Json(*report->unchanged_since) : Json(nullptr)},
      {"probing", report ? probing_json(probing_figures(view), *report) : Json(nullptr)},
      {"calibration", report ? calibration_json(report->calibration) : Json(nullptr)},
      {"tasks", tasks},
      {"tiers", tiers},
      {"frontier", frontier},
      {"annotations", annotations},
      {"learner", learner_json(learner_figures(view))},
      {"stream", stream_json(view)},
      {"history", history_stats_json(view)}};
  if (view.ladder != nullptr) {
    body["tier_titles"] = titles_json(view.ladder->tiers);
    body["task_titles"] = titles_json(view.ladder->tasks);
  }
  return text_of(body);
}

std::string history_json(std::string_view task, std::span<const CurvePoint> points,
                         std::span<const VerdictChange> changes) {
  Json moves = Json::array();
  for (const VerdictChange& change : changes) moves.push_back(change_json(change));
  return text_of({{"task", task}, {"points", curve_json(points)}, {"changes", moves}});
}

std::string items_json(const TaskProgress& task, const TaskAnswers& answers) {
  Json items = Json::array();
  for (std::size_t i = 0; i < answers.items->size(); ++i) {
    const AskedItem& item = (*answers.items)[i];
    const GivenAnswers* now = answers.newest.get();
    const GivenAnswers* best = answers.best.get();
    items.push_back({{"question", item.question},
                     {"answer", item.answer},
                     {"given", given_json(now, i)},
                     {"exact", now == nullptr ? Json(nullptr) : Json(now->exact(i))},
                     {"best_given", given_json(best, i)},
                     {"best_exact", best == nullptr ? Json(nullptr) : Json(best->exact(i))},
                     {"q", now == nullptr ? Json(nullptr) : number(std::min(now->q[i], 1.0f))}});
  }
  return text_of({{"task", answers.task},
                  {"step", answers.newest ? Json(answers.newest->step) : Json(nullptr)},
                  {"best_step", task.step > 0 ? Json(task.best_step) : Json(nullptr)},
                  {"items", items}});
}

std::string change_event_json(const TaskChange& of) {
  const VerdictChange& change = of.change;
  return text_of({{"task", of.task},
                  {"tier", of.tier},
                  {"from", verdict_name(change.from)},
                  {"to", verdict_name(change.to)},
                  {"step", change.step},
                  {"own_step", change.own_step},
                  {"time", seconds(change.time)},
                  {"score", number(change.score)}});
}

std::string annotation_body(const Annotation& annotation) {
  return text_of(annotation_json(annotation));
}

std::string annotations_body(std::span<const Annotation> annotations) {
  return text_of({{"annotations", list_of(annotations)}});
}

}  // namespace gradus
