#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/step.h"
#include "progress/stream_window.h"

namespace gradus {

/// How the learning of a task stands. The numbers are those of the recording rule
/// `task:gradus_progress_verdict:code`.
enum class Verdict : std::uint8_t { kDormant, kLearning, kStalled, kRegressing, kMastered };
inline constexpr int kVerdictCount = 5;
std::string_view verdict_name(Verdict verdict);

/// The evidence of a detector against its threshold, in nats; an alarm is when log_e reaches it.
struct Evidence {
  double log_e = 0;
  double threshold = 0;

  bool operator==(const Evidence&) const = default;
};

/// What a detector had found when it alarmed.
struct Alarm {
  Evidence evidence;
  Step window_from = 0;     ///< start of the window that carries the evidence
  double slope_before = 0;  ///< per doubling, what was expected in that window
  double slope_now = 0;     ///< per doubling, what was found in it

  bool operator==(const Alarm&) const = default;
};

/// An item that was right at the best snapshot and is wrong at a change of the verdict.
struct LostAnswer {
  std::uint32_t item = 0;
  std::string question;
  std::string answer;                ///< the right one, which was given then
  std::optional<std::string> given;  ///< at the change; none where the learner does not say

  bool operator==(const LostAnswer&) const = default;
};

/// What changed a verdict and when, kept until the next change.
struct VerdictChange {
  Verdict from = Verdict::kDormant;
  Verdict to = Verdict::kDormant;
  Step step = 0;
  Step own_step = 0;
  Timestamp time{};
  double score = 0;
  /// Of the detector behind the change; none where the score alone did it: at the target, or surely
  /// below it again.
  std::optional<Alarm> alarm;
  /// The last probe at the target, of a fall that the bound alone told of.
  std::optional<Step> left_target{};
  /// Since when the model has not changed, of a stall that this alone told of.
  std::optional<Step> unchanged_since{};
  double log_e_items = 0;  ///< item-level evidence of losses against the best snapshot
  std::vector<std::uint32_t> items_lost;  ///< items right at the best snapshot and wrong now
  std::uint32_t items_gained = 0;
  std::vector<LostAnswer> lost_answers{};  ///< of the first of `items_lost`, where they are known
  std::optional<StreamWindow> stream{};    ///< of the window, where the stream was watched

  /// Start of the window in which the cause lies; none of a rise that the score alone told of.
  std::optional<Step> window_from() const {
    if (alarm) return alarm->window_from;
    return left_target ? left_target : unchanged_since;
  }

  bool operator==(const VerdictChange&) const = default;
};

/// A change of the verdict of one task.
struct TaskChange {
  std::string task;
  std::string tier;
  VerdictChange change;

  bool operator==(const TaskChange&) const = default;
};

}  // namespace gradus
