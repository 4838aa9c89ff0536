#include "learner/predictor.h"

namespace gradus {

void ItemScores::clear() {
  q.clear();
  log_loss.clear();
  exact.clear();
  position_begin.clear();
  position_q.clear();
  position_log_loss.clear();
  position_exact.clear();
  given_begin.clear();
  given.clear();
}

}  // namespace gradus
