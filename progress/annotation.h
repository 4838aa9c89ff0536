#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/step.h"

namespace gradus {

/// An event that somebody declared, marked on every curve: "learning rate dropped".
struct Annotation {
  std::uint64_t id = 0;  ///< 1, 2, ... within a run
  Step step = 0;         ///< examples learned when it was declared
  Timestamp time{};
  std::string text;
  bool rearm = false;  ///< the detectors of every task begin anew with the first score above `step`
};

}  // namespace gradus
