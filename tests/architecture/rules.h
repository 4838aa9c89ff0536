#pragma once

#include <string>
#include <vector>

#include "tests/architecture/source_tree.h"

namespace gradus::test {

/// What breaks a rule: "path:line: why", one entry each.
using Violations = std::vector<std::string>;
using SourceTree = std::vector<SourceFile>;

/// A room includes only itself and the rooms to its left; what is included exists; folders below a
/// room are private to it.
Violations check_room_order(const SourceTree& tree);

/// Third-party headers and the standard's thread headers only in the rooms that own them; nothing
/// unknown; heavy ones never in a header.
Violations check_third_party(const SourceTree& tree);

/// No room, its kinds' subfolder apart, holds more than 15 % of the lines of all rooms.
Violations check_room_sizes(const SourceTree& tree);

/// Files, functions and lines end where the style says they must.
Violations check_lengths(const SourceTree& tree);

/// No notes for later, no catch (...), no throw, no `using namespace` in headers, no mutable state
/// outside of objects, no shared mutable data, no drawer names; headers guard themselves.
Violations check_forbidden(const SourceTree& tree);

/// Every .cpp stands in the CMakeLists.txt above it, and every list of sources is sorted.
Violations check_listed(const SourceTree& tree);

}  // namespace gradus::test
