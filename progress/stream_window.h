#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "base/step.h"
#include "ingest/stream_events.h"

namespace gradus {

/// What the stream brought between two steps, and how well it was predicted before it was learned.
struct StreamSpan {
  Step from = 0;  ///< the examples after it
  Step to = 0;    ///< up to and with it
  Timestamp from_time{}, to_time{};
  std::uint64_t examples = 0;    ///< predicted, each before it was learned (prequential)
  double log_loss = 0;           ///< nats, summed over them
  std::uint64_t non_finite = 0;  ///< inputs, losses, gradients and weights that were no numbers
  /// What gave no example. Under kNone: rejected for a reason that was not kept.
  StreamEvents events{};
  std::uint64_t restarts = 0;  ///< attempts that began in it
  double silent_seconds = 0;   ///< in waits for data of five seconds or more

  std::optional<double> mean_log_loss() const {
    if (examples == 0) return std::nullopt;
    return log_loss / static_cast<double>(examples);
  }

  bool operator==(const StreamSpan&) const = default;
};

/// The stream while the evidence of a verdict change gathered.
struct StreamWindow {
  StreamSpan span;
  /// Mean prequential log loss over as many doublings before the window, in nats; none where none
  /// was learned then, and for a window that begins with the run.
  std::optional<double> log_loss_before;

  bool operator==(const StreamWindow&) const = default;
};

}  // namespace gradus
