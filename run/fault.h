#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/registry.h"
#include "base/result.h"
#include "run/assembly.h"

namespace gradus {

/// A fault of the demo, "KIND@STEP" or "KIND@STEP-END": what goes wrong, from which example on, and
/// before which one all is as before again; a silence ends after the time that the records up to
/// there would have taken.
struct Fault {
  std::string kind;
  Step step = 0;
  std::optional<Step> end{};  ///< above `step`
};

/// A kind of fault, for lists and completion.
struct FaultKind {
  std::string_view name;
  std::string_view about;
};

/// All of them.
Registry<FaultKind> fault_kinds();

/// Errors: kBadConfig with the form that is expected and the kinds there are.
Result<Fault> parse_fault(std::string_view text);

/// Writes the fault into the request: as an event of its curves, and as a change of the stream or
/// of the learning rate, or, where it is a silence, into the options of the generated stream
/// (source `generate`).
void apply_fault(const Fault& fault, const Ladder& ladder, Options& generated, RunRequest& request);

}  // namespace gradus
