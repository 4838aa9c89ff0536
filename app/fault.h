#pragma once

#include <string>
#include <string_view>

#include "app/assembly.h"
#include "base/result.h"

namespace gradus {

/// A fault of the demo, "KIND@STEP": what goes wrong and from which example on.
///   stall    the learning rate drops to 0          diverge  the learning rate rises a hundredfold
///   shuffle  one primary task gets wrong answers   forget   the lowest tier leaves the stream
///   silence  the stream stops giving records
struct Fault {
  std::string kind;
  Step step = 0;
};

/// Errors: kBadConfig with the kinds there are.
Result<Fault> parse_fault(std::string_view text);

/// Writes the fault into the request: as a change of the stream, of the learning rate or of the
/// source's options.
void apply_fault(const Fault& fault, const Ladder& ladder, RunRequest& request);

}  // namespace gradus
