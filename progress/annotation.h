#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/step.h"

namespace gradus {

/// Who declared an event: somebody who watches the run, or the demo that breaks it on purpose.
enum class AnnotationKind : std::uint8_t { kNote, kFault };

/// The word of the API: note, fault.
std::string_view annotation_kind_name(AnnotationKind kind);

/// An event that was declared, marked on every curve: "learning rate dropped".
struct Annotation {
  std::uint64_t id = 0;  ///< 1, 2, ... within a run
  Step step = 0;         ///< examples learned when it was declared
  Timestamp time{};
  std::string text;
  bool rearm = false;  ///< the detectors of every task start over at the first score above `step`
  AnnotationKind kind = AnnotationKind::kNote;

  bool operator==(const Annotation&) const = default;
};

/// False for a fault that lies ahead at `step`: it is declared when the run begins.
bool has_happened(const Annotation& annotation, Step step);

}  // namespace gradus
