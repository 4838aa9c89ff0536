#pragma once

#include <string>

namespace gradus::test {

/// An expression of a dashboard with what Grafana would write for its variables: All for the
/// project's own, a minute and less for durations.
std::string with_placeholders(std::string expression);

}  // namespace gradus::test
