#include "describe/progress_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "describe/json_writer.h"
#include "describe/ladder_table.h"
#include "describe/run_fields.h"
#include "describe/task_json.h"
#include "ingest/lag.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

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
FieldVisitor::Texts titles_of(const std::vector<Titled>& all) {
  FieldVisitor::Texts out;
  for (const Titled& each : all) out.emplace_back(each.name, each.title);
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

std::vector<PartitionFigures> partition_figures(const SourceFacts& source,
                                                const StreamPosition& applied) {
  std::vector<PartitionFigures> out;
  for (const SourceFacts::Partition& each : source.partitions) {
    PartitionFigures& added = out.emplace_back();
    added.partition = each.partition;
    added.next_offset = next_offset(each, applied);
    if (each.high_watermark >= 0)
      added.high_watermark = static_cast<std::uint64_t>(each.high_watermark);
    added.lag = lag_of(each, applied);
  }
  return out;
}

std::optional<StreamFigures> stream_figures(const RunView& view) {
  const auto stats = view.slots.ingest.get();
  if (!stats) return std::nullopt;
  StreamFigures out;
  const auto learner = view.slots.learner.get();
  const StreamPosition applied = learner ? learner->position : StreamPosition{};
  out.topic = stats->topic;
  out.connected = stats->source.connected;
  out.ended = stats->ended;
  out.messages = stats->messages;
  out.examples = stats->examples;
  out.gaps = stats->gaps;
  out.duplicates = stats->duplicates;
  if (const auto pace = view.slots.pace.get()) out.examples_per_second = pace->examples_per_second;
  out.lag = total_lag(stats->source, applied);
  for (int reason = 1; reason < kRejectCount; ++reason)
    if (stats->rejected[reason] > 0)
      out.rejected.emplace_back(reject_name(static_cast<Reject>(reason)), stats->rejected[reason]);
  out.partitions = partition_figures(stats->source, applied);
  out.last_message = stats->last_message;
  out.silent_seconds = silent_seconds(*stats, view.clock.now());
  return out;
}

ProgressDocument document_of(const RunView& view) {
  ProgressDocument out;
  const auto report = view.slots.progress.get();
  const auto learner = view.slots.learner.get();
  if (report) {
    out.report = *report;
    out.report.annotations = annotations_until(*report, learner ? learner->step : report->step);
    out.probing = probing_figures(view);
  }
  out.probed = report != nullptr;
  out.report.run = view.facts.run;
  out.report.time = view.clock.now();
  out.headline = headline(view);
  out.step = learner ? learner->step : 0;
  out.learner = learner_figures(view);
  out.stream = stream_figures(view);
  if (const auto history = view.slots.history.get()) out.history = *history;
  if (view.ladder != nullptr) {
    out.origin.tier_titles = titles_of(view.ladder->tiers);
    out.origin.task_titles = titles_of(view.ladder->tasks);
  }
  return out;
}

}  // namespace

std::string progress_json(const RunView& view) {
  ProgressDocument document = document_of(view);
  return text_of(write_json([&](FieldVisitor& visit) { fields(visit, document); }));
}

std::string history_json(std::string_view task, std::span<const CurvePoint> points,
                         std::span<const VerdictChange> changes) {
  HistoryDocument document{
      std::string(task), {points.begin(), points.end()}, {changes.begin(), changes.end()}};
  return text_of(write_json([&](FieldVisitor& visit) { fields(visit, document); }));
}

std::string items_json(const TaskProgress& task, const TaskAnswers& answers) {
  Json items = Json::array();
  for (std::size_t i = 0; i < answers.items->size(); ++i) {
    const AskedItem& item = (*answers.items)[i];
    const GivenAnswers* now = answers.newest.get();
    const GivenAnswers* best = answers.best.get();
    items.push_back(
        {{"question", item.question},
         {"answer", item.answer},
         {"given", given_json(now, i)},
         {"exact", now == nullptr ? Json(nullptr) : Json(now->exact(i))},
         {"best_given", given_json(best, i)},
         {"best_exact", best == nullptr ? Json(nullptr) : Json(best->exact(i))},
         {"q", now == nullptr ? Json(nullptr) : json_number(std::min(now->q[i], 1.0f))}});
  }
  return text_of({{"task", answers.task},
                  {"step", answers.newest ? Json(answers.newest->step) : Json(nullptr)},
                  {"best_step", task.step > 0 ? Json(task.best_step) : Json(nullptr)},
                  {"items", items}});
}

std::string change_event_json(const TaskChange& of) { return text_of(task_change_json(of)); }

std::string annotation_body(const Annotation& annotation) {
  return text_of(annotation_json(annotation));
}

std::string annotations_body(std::span<const Annotation> annotations) {
  return text_of({{"annotations", list_of(annotations)}});
}

}  // namespace gradus
