#pragma once

#include <string>

#include "progress/report.h"

namespace gradus {

/// Whether the items that are probed are known better than sealed ones of the same kind: "No sign
/// of overfitting to the probes (gap +0.01 [-0.03, 0.05], 128 sealed items)."; empty where no
/// sealed items were asked.
std::string sealed_words(const TaskProgress& task);

}  // namespace gradus
