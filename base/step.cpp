#include "base/step.h"

#include <algorithm>
#include <cmath>

namespace gradus {

double doublings(Step step) { return std::log2(static_cast<double>(std::max<Step>(step, 1))); }

}  // namespace gradus
