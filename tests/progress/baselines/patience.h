#pragma once

#include "tests/progress/baselines/rule.h"

namespace gradus::test {

/// Stops when no score for `patience` probes was above the best by more than `min_delta`. Keras'
/// and Lightning's EarlyStopping in mode "max".
/// Source: keras.io/api/callbacks/early_stopping (the manual's min_delta is 0; its users mostly
/// give 1e-4) and lightning.ai EarlyStopping (patience 3, min_delta 0).
class EarlyStopping final : public ScoreRule {
 public:
  EarlyStopping(unsigned patience, double min_delta);
  bool add(double u, double score) override;

 private:
  unsigned patience_, waited_ = 0;
  double min_delta_, best_;
};

/// Lowers the learning rate after more than `patience` scores that are not above the best by the
/// share `threshold` of it, and then counts anew. torch.optim.lr_scheduler.ReduceLROnPlateau, mode
/// "max", threshold_mode "rel", no cooldown.
/// Source: its manual: patience 10, threshold 1e-4.
class ReduceOnPlateau final : public ScoreRule {
 public:
  explicit ReduceOnPlateau(unsigned patience = 10, double threshold = 1e-4);
  bool add(double u, double score) override;

 private:
  unsigned patience_, bad_ = 0;
  double threshold_, best_;
};

/// The score is below the best so far by more than `drop`.
class BelowBest final : public ScoreRule {
 public:
  explicit BelowBest(double drop) : drop_(drop) {}
  bool add(double u, double score) override;

 private:
  double drop_, best_ = 0;
};

/// Alarms at every score.
class AlwaysFire final : public ScoreRule {
 public:
  bool add(double, double) override { return true; }
};

class NeverFire final : public ScoreRule {
 public:
  bool add(double, double) override { return false; }
};

}  // namespace gradus::test
