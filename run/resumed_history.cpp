#include "run/resumed_history.h"

#include <algorithm>
#include <string>

#include "describe/words.h"

namespace gradus {
namespace {

/// What a checkpoint says of the stream up to its step.
StreamSpan stream_of(const Checkpoint& checkpoint, Timestamp began, Timestamp saved) {
  StreamSpan span{.from = 0, .to = checkpoint.step, .from_time = began, .to_time = saved};
  span.examples = checkpoint.sums.examples;
  span.log_loss = checkpoint.sums.log_loss.value();
  span.non_finite = checkpoint.sums.non_finite();
  span.events = checkpoint.events;
  return span;
}

Result<void> report_loss(History& history, const Attempt& first, Log& log) {
  const std::string text = "history.db was missing: the curves begin here";
  const auto annotations = history.annotations();
  if (!annotations) return tl::unexpected(annotations.error());
  const bool reported =
      std::any_of(annotations->begin(), annotations->end(),
                  [&](const Annotation& annotation) { return annotation.text == text; });
  if (reported) return {};
  log.warning("progress", "the data directory has a checkpoint at step " +
                              with_thousands(first.step) +
                              " and no history.db: earlier scores and verdicts are lost, and the "
                              "curves begin here");
  return history.annotate(
      {.id = 1, .step = first.step, .time = first.time, .text = text, .rearm = false});
}

}  // namespace

Result<std::uint32_t> resume_history(History& history, const std::optional<Checkpoint>& resumed,
                                     Timestamp saved, Timestamp now, Log& log) {
  const Checkpoint at = resumed.value_or(Checkpoint{});
  const auto attempt = history.begin_attempt(at.step, now);
  if (!attempt) return attempt;
  const auto attempts = history.attempts();
  if (!attempts) return tl::unexpected(attempts.error());
  const Attempt& first = attempts->front();
  const StreamSpan whole = stream_of(at, std::min(first.time, saved), saved);
  if (auto done = history.complete_stream(whole, at.events_from); !done)
    return tl::unexpected(done.error());
  if (first.step > 0)
    if (auto done = report_loss(history, first, log); !done) return tl::unexpected(done.error());
  return attempt;
}

}  // namespace gradus
