#pragma once

#include <cstdint>

#include "describe/progress_document.h"

namespace gradus::test {

/// A document with every member drawn at random, among the values that can occur. Each type is
/// taken apart by name, so a new member that is not drawn here does not compile.
ProgressDocument arbitrary_document(std::uint64_t seed);

}  // namespace gradus::test
