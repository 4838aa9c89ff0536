#include "describe/run_fields.h"

#include <algorithm>

#include "describe/change_fields.h"
#include "describe/error_rate_words.h"
#include "describe/forecast_fields.h"
#include "describe/task_fields.h"
#include "describe/watch_words.h"
#include "progress/report_tiers.h"

namespace gradus {
namespace {

constexpr std::string_view kNoLadder = "the run has no ladder, or has just begun";
constexpr std::string_view kNotOfThisLearner = "the learner does not know it";
constexpr std::string_view kNothingLearned = "nothing was learned yet";

void report_fields(FieldVisitor& visit, ProgressDocument& document) {
  ProgressReport& report = document.report;
  document.probed =
      visit.object({"ladder", "", kNoLadder, "The ladder of the run."}, document.probed, [&] {
        visit.value({"name", "", "", "Its name."}, report.ladder);
        visit.value({"version", "", "", "Its version."}, report.ladder_version);
      });
  visit.value_if(document.probed,
                 {"false_alarms_per_run", "runs", kNoLadder,
                  "The share of healthy runs that may have a false alarm."},
                 report.false_alarms_per_run);
  visit.derived({"error_budget", "", kNoLadder, "How that share is split, in words."}, [&] {
    return document.probed ? std::optional(error_budget_words(report)) : std::nullopt;
  });
  visit.value({"unchanged_since_step", "steps", "the model changes",
               "Step since which no score of any task has changed."},
              report.unchanged_since);
  visit.object({"probing", "", kNoLadder, "What probes cost and whether they keep pace."},
               document.probing.has_value(), [&] {
                 if (!document.probing) document.probing.emplace();
                 probing_fields(visit, *document.probing, report);
               });
  visit.object({"calibration", "", kNoLadder, "What became of the forecasts so far."},
               document.probed, [&] { fields(visit, report.calibration); });
  visit.list({"tasks", "", "", "The tasks, in ladder order."}, report.tasks);
  visit.list({"tiers", "", "", "The tiers, in ladder order."}, report.tiers);
  visit.derived({"frontier", "", "no tier is being learned", "The tier that is being learned."},
                [&] {
                  const TierProgress* tier = frontier_of(report.tiers);
                  return tier ? std::optional(tier->tier) : std::nullopt;
                });
  visit.list({"annotations", "", "", "The newest 100 events that were declared."},
             report.annotations);
}

}  // namespace

void fields(FieldVisitor& visit, CurvePoint& point) {
  visit.value({"step", "steps", "", "Step of the last score in the bucket."}, point.step);
  visit.value({"own_step", "examples", "", "Examples of the task itself up to that step."},
              point.own_step);
  visit.value({"time", "s since 1970", "the time is not known", "Time of the last score."},
              point.time);
  visit.value({"min", "share", "", "Lowest score in the bucket."}, point.min);
  visit.value({"max", "share", "", "Highest score in the bucket."}, point.max);
  visit.value({"last", "share", "", "Last score in the bucket."}, point.last);
  visit.value({"exact", "share", "", "Share of items answered exactly, of the last score."},
              point.exact);
  visit.value({"lower", "share", "", "Lower end of the last score's interval."}, point.lower);
  visit.value({"upper", "share", "", "Upper end of the last score's interval."}, point.upper);
  visit.value({"count", "scores", "", "Scores in the bucket."}, point.count);
}

void fields(FieldVisitor& visit, HistoryDocument& document) {
  visit.value({"task", "", "", "Name of the task."}, document.task);
  visit.list({"points", "", "", "The curve, with the range of each bucket."}, document.points);
  visit.list({"changes", "", "", "The changes of the verdict in these steps."}, document.changes);
}

void fields(FieldVisitor& visit, HistoryStats& history) {
  visit.value({"write_failures", "writes", "", "Writes that failed, each retry counted."},
              history.write_failures);
  visit.value({"scores_waiting", "scores", "", "Scores in memory that could not be written yet."},
              history.scores_waiting);
  visit.value({"scores_dropped", "scores", "", "Scores for which there was no room in memory."},
              history.scores_dropped);
}

void fields(FieldVisitor& visit, LearnerFigures& learner) {
  visit.value({"kind", "", "", "Kind of the learner."}, learner.kind);
  visit.value({"examples", "examples", "", "Examples learned."}, learner.examples);
  visit.value({"correct", "examples", "", "Examples predicted right before they were learned."},
              learner.correct);
  visit.value({"mean_loss", "", kNothingLearned, "Mean loss, each example predicted first."},
              learner.mean_loss);
  visit.value({"mean_log_loss", "nats", kNothingLearned, "Mean log loss of the same predictions."},
              learner.mean_log_loss);
  visit.value({"learning_rate", "", kNotOfThisLearner, "Learning rate."}, learner.learning_rate);
  visit.value({"gradient_norm", "", kNotOfThisLearner, "Norm of the newest gradient."},
              learner.gradient_norm);
  visit.value({"weight_norm", "", kNotOfThisLearner, "Norm of the weights."}, learner.weight_norm);
  visit.value({"parameters", "", "", "Number of parameters."}, learner.parameters);
  visit.value({"diverged", "", "", "Whether the weights are no longer finite."}, learner.diverged);
  visit.value({"last_checkpoint", "s since 1970", "there is no checkpoint yet",
               "When the newest checkpoint was written."},
              learner.last_checkpoint);
  visit.value({"last_checkpoint_step", "steps", "", "Step of the newest checkpoint."},
              learner.last_checkpoint_step);
}

void fields(FieldVisitor& visit, PartitionFigures& partition) {
  visit.value({"partition", "", "", "Number of the partition."}, partition.partition);
  visit.value({"next_offset", "", "", "Offset of the record that is learned next."},
              partition.next_offset);
  visit.value({"high_watermark", "", "the end is not known", "End of the partition, as last seen."},
              partition.high_watermark);
  visit.value({"lag", "records", "the end is not known", "Records that are not learned yet."},
              partition.lag);
}

void fields(FieldVisitor& visit, StreamFigures& stream) {
  visit.value({"topic", "", "", "Name of the stream."}, stream.topic);
  visit.value({"connected", "", "", "Whether the source can be reached."}, stream.connected);
  visit.value({"messages", "records", "", "Records read."}, stream.messages);
  visit.value({"examples", "examples", "", "Examples decoded from them."}, stream.examples);
  visit.value({"examples_per_second", "1/s", "the run has just begun",
               "Examples learned per second of late."},
              stream.examples_per_second);
  visit.value({"lag", "records", "the end of a partition is not known",
               "Records that are not learned yet."},
              stream.lag);
  visit.value({"rejected", "records", "", "Records that gave no example, by reason."},
              stream.rejected);
  visit.value({"gaps", "gaps", "", "Jumps of the offset over records that are gone."}, stream.gaps);
  visit.value({"duplicates", "records", "", "Records that were delivered again and left out."},
              stream.duplicates);
  visit.list({"partitions", "", "", "The partitions of the stream."}, stream.partitions);
  visit.value({"ended", "", "", "Whether the stream has ended."}, stream.ended);
  visit.value({"silent_seconds", "s", "records arrive, or it is less than five seconds",
               "Time since the last record while gradus waits for the next."},
              stream.silent_seconds);
  visit.value(
      {"last_message", "s since 1970", "no record was read yet", "When the last record was read."},
      stream.last_message);
}

void probing_fields(FieldVisitor& visit, ProbingFigures& probing, const ProgressReport& report) {
  visit.value({"waits", "", "", "Whether the learner waits for its probes."}, probing.waits);
  visit.value({"cpu_seconds", "s", "", "CPU time of the probes."}, probing.cpu_seconds);
  visit.value({"cpu_share", "share", "no CPU time was used yet",
               "Their share of the CPU time of learning and probing."},
              probing.cpu_share);
  visit.value(
      {"allowed_share", "share", "",
       "The share they may have: of the same where the learner waits, else of the machine."},
      probing.allowed_share);
  visit.value({"snapshots_missed", "snapshots", "", "Snapshots that were not probed in time."},
              probing.snapshots_missed);
  visit.derived({"tasks", "tasks", "", "Tasks that are probed."},
                [&] { return std::uint64_t{report.tasks.size()}; });
  visit.derived({"tasks_armed", "tasks", "", "Tasks whose detectors run."}, [&] {
    return static_cast<std::uint64_t>(
        std::count_if(report.tasks.begin(), report.tasks.end(),
                      [](const TaskProgress& task) { return task.watch.armed(); }));
  });
  visit.derived({"words", "", "", "The same in words."},
                [&] { return watch_words(report) + " " + probing_words(probing); });
}

void fields(FieldVisitor& visit, ProgressDocument& document) {
  ProgressReport& report = document.report;
  visit.value({"run", "", "", "Name of the run."}, report.run);
  visit.value({"headline", "", "", "Where learning stands, in one sentence."}, document.headline);
  visit.value({"attempt", "", "", "Number of the process within the run, from 1."}, report.attempt);
  visit.value({"step", "steps", "", "Examples learned."}, document.step);
  visit.value({"time", "s since 1970", "", "When this was written."}, report.time);
  report_fields(visit, document);
  visit.object({"learner", "", "the learner has not begun", "How the learner stands."},
               document.learner);
  visit.object({"stream", "", "reading has not begun", "How the stream stands."}, document.stream);
  visit.object({"history", "", "nothing was kept yet", "How the history is kept."},
               document.history);
  visit.value(
      {"tier_titles", "", "", "Titles of the tiers, by name; absent without a ladder.", true},
      document.origin.tier_titles);
  visit.value(
      {"task_titles", "", "", "Titles of the tasks, by name; absent without a ladder.", true},
      document.origin.task_titles);
  visit.value({"unchanged_suspected", "", "", "Whether the newest snapshot showed no change."},
              report.unchanged_suspected);
  visit.value({"changed", "changes", "", "Changes of verdicts of the whole run."}, report.changed);
  visit.value({"annotated", "notes", "", "Notes of the whole run, faults not counted."},
              report.annotated);
}

void origin_fields(FieldVisitor& visit, ProgressDocument& document) {
  RunOrigin& origin = document.origin;
  std::optional<std::uint64_t> format = document.format;
  visit.value({"format", "", "", "Format of the file."}, format);
  if (format) document.format = static_cast<int>(*format);
  visit.object({"gradus", "", "", "The program."}, true, [&] {
    visit.value({"version", "", "", "Its version."}, origin.version);
    visit.value({"revision", "", "", "Its revision."}, origin.revision);
    visit.value({"compiler", "", "", "What compiled it."}, origin.compiler);
    visit.value({"instructions", "", "", "The processor instructions it uses."},
                origin.instructions);
    visit.value({"librdkafka", "", "", "Version of librdkafka."}, origin.librdkafka);
  });
  visit.value({"seed", "", "", "Seed of the run."}, origin.seed);
  visit.value({"start", "s since 1970", "", "When the newest attempt began."}, origin.start);
  visit.value({"configuration", "", "", "The keys that were given, secrets hidden."},
              origin.configuration);
}

}  // namespace gradus
