#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/assembly.h"
#include "base/result.h"

namespace gradus {

/// A fault of the demo, "KIND@STEP" or "KIND@STEP-END": what goes wrong, from which example on, and
/// before which one all is as before again.
///   stall    the learning rate drops to 0          diverge  the learning rate rises a hundredfold
///   shuffle  one primary task gets wrong answers   forget   the lowest tier leaves the stream
///   silence  the stream stops giving records; with an end: for the time that they would have taken
struct Fault {
  std::string kind;
  Step step = 0;
  std::optional<Step> end{};  ///< above `step`
};

/// Errors: kBadConfig with the form that is expected and the kinds there are.
Result<Fault> parse_fault(std::string_view text);

/// Writes the fault into the request: as an event of its curves, and as a change of the stream or
/// of the learning rate, or, where it is a silence, into the options of the generated stream
/// (source `generate`).
void apply_fault(const Fault& fault, const Ladder& ladder, Options& generated, RunRequest& request);

}  // namespace gradus
