#include "progress/verdict_machine.h"

namespace gradus {

Verdict VerdictMachine::next(const Signals& signals) {
  ever_progressed_ = ever_progressed_ || signals.progress;
  missed_in_a_row_ = signals.peek_safe_upper < target_ ? missed_in_a_row_ + 1 : 0;
  const Verdict decided = decide(signals, mastered_at(signals));
  if (decided != verdict_) {
    const bool alarm = decided == Verdict::kStalled || decided == Verdict::kRegressing;
    alarm_score_ = alarm ? signals.score : 0;
    if (alarm) in_a_row_ = 0;
  }
  if (decided != Verdict::kStalled)
    stood_still_ = false;
  else if (verdict_ == Verdict::kLearning)
    stood_still_ = signals.unchanged;
  verdict_ = decided;
  return verdict_;
}

bool VerdictMachine::mastered_at(const Signals& signals) {
  const bool counts = signals.wilson_lower >= target_ && signals.score >= alarm_score_;
  in_a_row_ = counts ? in_a_row_ + 1 : 0;
  return in_a_row_ >= kProbesInARow ||
         (signals.peek_safe_lower >= target_ && signals.score >= alarm_score_);
}

Verdict VerdictMachine::decide(const Signals& signals, bool mastered) const {
  const bool at_target = signals.score >= target_;
  switch (verdict_) {
    case Verdict::kDormant:
      if (mastered) return Verdict::kMastered;
      return ever_progressed_ && signals.above_floor ? Verdict::kLearning : Verdict::kDormant;
    case Verdict::kLearning:
      if (signals.regress) return Verdict::kRegressing;
      if (mastered) return Verdict::kMastered;
      if (signals.unchanged) return Verdict::kStalled;
      return signals.stall && !at_target ? Verdict::kStalled : Verdict::kLearning;
    case Verdict::kStalled:
      if (signals.regress) return Verdict::kRegressing;
      if (mastered) return Verdict::kMastered;
      if (stood_still_) return signals.unchanged ? Verdict::kStalled : Verdict::kLearning;
      return signals.progress || at_target ? Verdict::kLearning : Verdict::kStalled;
    case Verdict::kRegressing:
      if (signals.regress) return Verdict::kRegressing;
      if (mastered) return Verdict::kMastered;
      return signals.progress ? Verdict::kLearning : Verdict::kRegressing;
    case Verdict::kMastered:
      break;
  }
  // As many as mastery takes: one bad probe of an otherwise mastered task is no fall.
  const bool missed = missed_in_a_row_ >= kProbesInARow;
  return signals.regress || missed ? Verdict::kRegressing : Verdict::kMastered;
}

}  // namespace gradus
