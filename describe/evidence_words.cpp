#include "describe/evidence_words.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "describe/words.h"

namespace gradus {
namespace {

std::string signed_slope(double slope) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%+.3f", slope);
  return text.data();
}

std::string nats(const Evidence& evidence) {
  return "evidence " + two_digits(evidence.log_e) + " against " + two_digits(evidence.threshold) +
         " nats";
}

std::string since(const Alarm& alarm) {
  return alarm.window_from > 0 ? " since step " + with_thousands(alarm.window_from) : "";
}

/// Where the evidence lies and how strong it is; nothing where the score alone decided.
std::string window(const std::optional<Alarm>& alarm) {
  return alarm ? since(*alarm) + "; " + nats(alarm->evidence) : "";
}

std::string stall_words(const VerdictChange& change) {
  if (change.unchanged_since)
    return "the model has not changed since step " + with_thousands(*change.unchanged_since);
  const std::optional<Alarm>& alarm = change.alarm;
  if (!alarm) return "too slow";
  return "grew by " + signed_slope(alarm->slope_now) + " per doubling where at least " +
         signed_slope(alarm->slope_before) + " was expected" + window(alarm);
}

std::string fall_words(const VerdictChange& change, double target) {
  if (const auto& alarm = change.alarm)
    return "fell: " + signed_slope(alarm->slope_now) + " per doubling" + window(alarm);
  return "its upper bound stayed below the target of " + two_digits(target) +
         (change.left_target ? ", where it was last at step " + with_thousands(*change.left_target)
                             : "");
}

std::string growth_words(const VerdictChange& change, double target) {
  if (change.from == Verdict::kDormant) return "progress found" + window(change.alarm);
  if (change.alarm) return "recovered" + window(change.alarm);
  return change.score >= target ? "back at its target" : "the model changes again";
}

std::string items(const VerdictChange& change) {
  if (change.items_lost.empty()) return "";
  const std::size_t lost = change.items_lost.size();
  return "; against its best snapshot " + std::to_string(lost) + (lost == 1 ? " item" : " items") +
         " lost and " + std::to_string(change.items_gained) + " gained";
}

std::string of_nats(const char* what, const Evidence& evidence) {
  return std::string(what) + " " + two_digits(evidence.log_e) + " of " +
         two_digits(evidence.threshold);
}

std::string dormant_words(const TaskProgress& task) {
  if (task.progress.threshold > 0 && task.progress.log_e < task.progress.threshold)
    return "No progress found yet: evidence " + two_digits(task.progress.log_e) + " of the " +
           two_digits(task.progress.threshold) + " nats that it takes.";
  return "Not surely above " + two_digits(task.floor) +
         ", what knowing the form of the answers gives.";
}

std::string learning_words(const TaskProgress& task) {
  std::string out;
  if (task.slope_per_doubling)
    out = "Moves by " + signed_slope(*task.slope_per_doubling) +
          " per doubling of the examples of late. ";
  if (task.stall.threshold > 0)
    out += "Evidence in nats: " + of_nats("of a stall", task.stall) + ", " +
           of_nats("of a fall", task.regress) + ".";
  return out;
}

/// What the verdict of a task that was probed rests on.
std::string ground_words(const TaskProgress& task) {
  const std::string since = "Since step " + with_thousands(task.since_step) + ": ";
  switch (task.verdict) {
    case Verdict::kDormant:
      return dormant_words(task);
    case Verdict::kLearning:
      return learning_words(task);
    case Verdict::kStalled:
    case Verdict::kRegressing:
      return task.last_change ? since + change_words(*task.last_change, task.target) + "." : since;
    case Verdict::kMastered:
      return since + "its lower bound reached the target of " + two_digits(task.target) +
             ". The interval that holds for all looks at once is [" +
             two_digits(task.peek_safe.lower) + ", " + two_digits(task.peek_safe.upper) + "]. " +
             (task.regress.threshold > 0
                  ? "Evidence in nats: " + of_nats("of a fall", task.regress) + "."
                  : "");
  }
  return "";
}

std::string rearmed_words(const TaskProgress& task) {
  if (!task.rearmed_step) return "";
  return " The detectors were re-armed at step " + with_thousands(*task.rearmed_step) +
         "; the verdict is from before.";
}

}  // namespace

std::string change_words(const VerdictChange& change, double target) {
  switch (change.to) {
    case Verdict::kDormant:
      return "no longer above its floor";
    case Verdict::kLearning:
      return growth_words(change, target);
    case Verdict::kStalled:
      return stall_words(change) + items(change);
    case Verdict::kRegressing:
      return fall_words(change, target) + items(change);
    case Verdict::kMastered:
      return "its lower bound reached the target of " + two_digits(target);
  }
  return "";
}

std::string change_sentence(const TaskChange& of) {
  const VerdictChange& change = of.change;
  const std::string evidence =
      change.alarm ? ", " + nats(change.alarm->evidence) + since(*change.alarm) : "";
  return "step " + with_thousands(change.step) + ": " + of.tier + "/" + of.task + " is " +
         std::string(verdict_name(change.to)) + " (" + verdict_meaning(change.to) + "), was " +
         std::string(verdict_name(change.from)) + ", score " + two_digits(change.score) + evidence +
         left_words(change);
}

std::string left_words(const VerdictChange& change) {
  if (change.unchanged_since)
    return ", the model has not changed since step " + with_thousands(*change.unchanged_since);
  return change.left_target ? ", last at its target at step " + with_thousands(*change.left_target)
                            : "";
}

std::string verdict_words(const TaskProgress& task) {
  if (task.items == 0) return "Not probed yet.";
  return ground_words(task) + rearmed_words(task);
}

std::string lateness_words(Lateness lateness) {
  switch (lateness) {
    case Lateness::kNotReached:
      return "";
    case Lateness::kEarly:
      return "among the first";
    case Lateness::kMerelyRare:
      return "merely rare";
    case Lateness::kPartlyRare:
      return "rarer, and needs more";
    case Lateness::kNeedsMore:
      return "needs more of its own";
  }
  return "";
}

const FacetProgress* bottleneck_of(const TaskProgress& task) {
  constexpr double kNoticeably = 0.05;
  for (const FacetProgress& facet : task.facets)
    if (facet.name == task.bottleneck && facet.score + kNoticeably < task.score &&
        facet.score < task.target)
      return &facet;
  return nullptr;
}

std::string bottleneck_words(const TaskProgress& task) {
  const FacetProgress* facet = bottleneck_of(task);
  return facet == nullptr ? ""
                          : "Its bottleneck is " + spoken(facet->name) + ", at " +
                                two_digits(facet->score) + ".";
}

}  // namespace gradus
