#pragma once

#include <vector>

#include "app/http_server.h"
#include "app/run_view.h"

namespace gradus {

/// Whether a run is ready, and why not.
struct Readiness {
  bool ready = false;
  std::string reason;  ///< one line for people; "ready" where it is
};
/// Ready: the stream is connected (or has ended) and the loops showed a sign of life within the
/// last 15 seconds.
Readiness readiness(const RunView& view);

/// Every route of a run. `view` and `stats` outlive the server.
std::vector<HttpRoute> run_routes(const RunView& view, ServerStats& stats);

}  // namespace gradus
