#pragma once

#include <string_view>

namespace gradus {

/// "0.1.0".
std::string_view gradus_version();

/// The vector instructions that the learners use: the same on every machine of a kind, so that the
/// bits of a run do not depend on the processor.
std::string_view instructions();

/// The commit that was built: "ce7848900fd2"; "unknown" outside of a clone.
std::string_view gradus_revision();

}  // namespace gradus
