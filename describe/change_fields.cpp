#include "describe/change_fields.h"

namespace gradus {
namespace {

constexpr std::string_view kNoDetector = "no detector found the change";

void moment_fields(FieldVisitor& visit, VerdictChange& change) {
  visit.word({"from", "", "", "The verdict before."}, change.from, verdict_name, kVerdictCount);
  visit.word({"to", "", "", "The verdict after."}, change.to, verdict_name, kVerdictCount);
  visit.value({"step", "steps", "", "Step of the score at which the verdict changed."},
              change.step);
  visit.value({"own_step", "examples", "", "Examples of the task itself up to that step."},
              change.own_step);
  visit.value({"time", "s since 1970", "the time is not known", "Time of that score."},
              change.time);
  visit.value({"score", "share", "", "That score."}, change.score);
}

/// The alarm of a change. Documents of earlier versions have evidence below its threshold where no
/// detector had alarmed.
void alarm_fields(FieldVisitor& visit, VerdictChange& change) {
  std::optional<Step> from = change.window_from();
  visit.value({"window_from_step", "steps", "the score alone told of a rise",
               "Start of the window in which the cause lies."},
              from);
  visit.part(
      {"slope_before", "per doubling", kNoDetector, "Slope that was expected in the window."},
      change.alarm, &Alarm::slope_before);
  visit.part({"slope_now", "per doubling", kNoDetector, "Slope that was found in the window."},
             change.alarm, &Alarm::slope_now);
  std::optional<Evidence> evidence;
  if (change.alarm) evidence = change.alarm->evidence;
  visit.object(
      {"evidence", "", "", "The evidence of the detector that found the change."}, true, [&] {
        visit.part({"log_e", "nats", kNoDetector, "The evidence."}, evidence, &Evidence::log_e);
        visit.part({"threshold", "nats", kNoDetector, "Where it is an alarm."}, evidence,
                   &Evidence::threshold);
      });
  visit.value({"unchanged_since_step", "steps", "the change is no stall of a frozen model",
               "Since when the model has not changed, of a stall that this alone told of."},
              change.unchanged_since);
  const bool alarmed = evidence && evidence->log_e >= evidence->threshold;
  if (!alarmed) change.alarm.reset();
  if (alarmed) {
    if (!change.alarm) change.alarm.emplace();
    change.alarm->evidence = *evidence;
    change.alarm->window_from = from.value_or(0);
  } else if (!evidence && !change.unchanged_since) {
    change.left_target = from;
  }
}

}  // namespace

void fields(FieldVisitor& visit, Annotation& annotation) {
  visit.value({"id", "", "", "Number of the annotation within the run, from 1."}, annotation.id);
  visit.value({"step", "steps", "", "Examples learned when it was declared."}, annotation.step);
  visit.value({"time", "s since 1970", "the time is not known", "When it was declared."},
              annotation.time);
  visit.value({"text", "", "", "What happened, in the words of whoever declared it."},
              annotation.text);
  visit.value(
      {"rearm", "", "", "Whether the detectors start over at the first score above `step`."},
      annotation.rearm);
  visit.word({"kind", "", "", "Whether a person or program noted it, or the demo injected it."},
             annotation.kind, annotation_kind_name, 2);
}

void fields(FieldVisitor& visit, Evidence& evidence) {
  visit.value({"log_e", "nats", "", "The evidence."}, evidence.log_e);
  visit.value({"threshold", "nats", "", "Where it is an alarm."}, evidence.threshold);
}

void fields(FieldVisitor& visit, LostAnswer& lost) {
  visit.value({"item", "", "", "Number of the item."}, lost.item);
  visit.value({"question", "", "", "The question."}, lost.question);
  visit.value({"answer", "", "", "The right answer, which the best snapshot gave."}, lost.answer);
  visit.value({"given", "", "the learner does not say", "The answer given at the change."},
              lost.given);
}

void fields(FieldVisitor& visit, StreamWindow& window) {
  StreamSpan& span = window.span;
  visit.value({"from_step", "steps", "", "The window holds the examples after this step."},
              span.from);
  visit.value({"to_step", "steps", "", "The last step of the window."}, span.to);
  visit.value({"from_time", "s since 1970", "the time is not known", "When it began."},
              span.from_time);
  visit.value({"to_time", "s since 1970", "the time is not known", "When it ended."}, span.to_time);
  visit.value({"examples", "examples", "", "Examples predicted, each before it was learned."},
              span.examples);
  std::optional<double> mean = span.mean_log_loss();
  visit.value({"log_loss", "nats", "the window has no examples", "Their mean log loss."}, mean);
  if (mean != span.mean_log_loss())
    span.log_loss = mean.value_or(0) * static_cast<double>(span.examples);
  visit.value({"log_loss_before", "nats", "nothing was learned before the window",
               "Mean log loss over as many doublings before the window."},
              window.log_loss_before);
  visit.value(
      {"non_finite", "examples", "", "Inputs, losses, gradients and weights that were not finite."},
      span.non_finite);
  std::uint64_t rejected = span.events.undecodable();
  visit.value({"rejected", "records", "", "Records that could not be decoded."}, rejected);
  if (rejected != span.events.undecodable()) span.events.of(Reject::kNone) = rejected;
  visit.value({"gaps", "gaps", "", "Jumps of the offset over records that are gone."},
              span.events.gaps);
  visit.value({"duplicates", "records", "", "Records that were delivered again and left out."},
              span.events.duplicates);
  visit.value({"restarts", "attempts", "", "Attempts that began in the window."}, span.restarts);
  visit.value({"silent_seconds", "s", "", "Time spent in waits for data of five seconds or more."},
              span.silent_seconds);
}

void fields(FieldVisitor& visit, VerdictChange& change) {
  moment_fields(visit, change);
  alarm_fields(visit, change);
  visit.value(
      {"log_e_items", "nats", "", "Item-level evidence of losses against the best snapshot."},
      change.log_e_items);
  visit.value({"items_lost", "", "", "Items right at the best snapshot and wrong now."},
              change.items_lost);
  visit.value({"items_gained", "items", "", "Items wrong at the best snapshot and right now."},
              change.items_gained);
  visit.list({"lost_answers", "", "", "The answers to the first of `items_lost`."},
             change.lost_answers);
  visit.object({"stream", "", "the stream was not watched",
                "What the stream brought while the evidence gathered."},
               change.stream);
}

void fields(FieldVisitor& visit, TaskChange& change) {
  visit.value({"task", "", "", "Name of the task."}, change.task);
  visit.value({"tier", "", "", "Name of its tier."}, change.tier);
  moment_fields(visit, change.change);
}

}  // namespace gradus
