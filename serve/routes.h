#pragma once

#include <vector>

#include "describe/run_view.h"
#include "serve/annotations.h"
#include "serve/http_server.h"
#include "serve/live_page.h"

namespace gradus {

/// Whether a run is ready, and why not.
struct Readiness {
  bool ready = false;
  std::string reason;  ///< one line for people; "ready" where it is
};
/// Ready: the stream is connected (or has ended) and the loops showed a sign of life within the
/// last 15 seconds.
Readiness readiness(const RunView& view);

/// What the routes of a run give access to; all of it outlives the server.
struct RouteParts {
  const RunView& view;
  ServerStats& stats;
  const LivePage& page;
  AnnotationDesk& annotations;
  EventFeed& events;
};

/// Every route of a run.
std::vector<HttpRoute> run_routes(const RouteParts& parts);

}  // namespace gradus
