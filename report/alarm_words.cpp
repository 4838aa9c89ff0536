#include "report/alarm_words.h"

#include <cmath>

#include "describe/evidence_words.h"
#include "describe/words.h"

namespace gradus {
namespace {

constexpr std::size_t kShownAlarms = 6;

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return with_thousands(count) + " " + (count == 1 ? one : many);
}

std::string loss_words(const StreamWindow& window) {
  const auto loss = window.span.mean_log_loss();
  if (!loss || !std::isfinite(*loss)) return "";
  std::string out = ", predicted at " + two_digits(*loss) + " nats each";
  if (window.log_loss_before && std::isfinite(*window.log_loss_before))
    out += " (" + two_digits(*window.log_loss_before) + " over as many doublings before)";
  return out;
}

/// What befell the stream; "nothing was left out" where nothing did.
std::string event_words(const StreamSpan& span) {
  std::string out;
  const auto tell = [&](std::uint64_t count, const char* one, const char* many) {
    if (count > 0) out += "; " + counted(count, one, many);
  };
  tell(span.events.undecodable(), "record rejected", "records rejected");
  tell(span.events.gaps, "gap in the offsets", "gaps in the offsets");
  tell(span.events.duplicates, "duplicate left out", "duplicates left out");
  tell(span.non_finite, "number not finite", "numbers not finite");
  tell(span.restarts, "restart", "restarts");
  if (span.silent_seconds > 0) out += "; silent for " + short_duration(span.silent_seconds);
  return out.empty() ? "; no record left out, no restart, no silence" : out;
}

}  // namespace

std::string stream_words(const VerdictChange& change, std::span<const Annotation> annotations) {
  if (!change.stream) return "";
  const StreamSpan& span = change.stream->span;
  const std::chrono::duration<double> took = span.to_time - span.from_time;
  std::string out = counted(span.examples, "example", "examples") + " in " +
                    short_duration(took.count()) + loss_words(*change.stream) + event_words(span);
  for (const Annotation& each : annotations)
    if (each.step >= span.from && each.step <= span.to)
      out += "; \"" + each.text + "\" at step " + with_thousands(each.step);
  return out;
}

std::string lost_words(const VerdictChange& change) {
  std::string out;
  for (const LostAnswer& each : change.lost_answers) {
    out += (out.empty() ? "" : "; ") + each.question + " " + each.answer;
    if (each.given) out += ", answered " + (each.given->empty() ? "nothing" : *each.given);
  }
  if (change.items_lost.size() > change.lost_answers.size() && !out.empty())
    out +=
        "; and " + with_thousands(change.items_lost.size() - change.lost_answers.size()) + " more";
  return out;
}

std::vector<ExplainedAlarm> explained_alarms(const TaskStory& task,
                                             std::span<const Annotation> annotations) {
  std::vector<ExplainedAlarm> alarms;
  for (const VerdictChange& change : task.changes) {
    if (change.to != Verdict::kStalled && change.to != Verdict::kRegressing) continue;
    alarms.push_back({change.step, change.to, change_words(change, task.now.target),
                      stream_words(change, annotations), lost_words(change)});
  }
  if (alarms.size() > kShownAlarms) alarms.erase(alarms.begin(), alarms.end() - kShownAlarms);
  return alarms;
}

}  // namespace gradus
