#include "progress/settled.h"

namespace gradus {

bool is_settled(const TaskProgress& task) {
  constexpr double kFirstSign = 1;  // nat
  if (!task.noise_sd) return false;
  if (task.verdict == Verdict::kMastered) return task.regress.log_e < kFirstSign;
  return task.verdict == Verdict::kDormant && task.progress.log_e < kFirstSign;
}

}  // namespace gradus
