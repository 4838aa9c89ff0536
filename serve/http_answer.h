#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "serve/http_editions.h"
#include "serve/http_server.h"

namespace gradus {

/// The parts of a request that decide its answer, whatever library read it.
struct HttpCall {
  std::string_view method;  ///< as it stands in the request
  std::string_view target;
  std::string_view content_type;
  std::string_view accept_encoding;
  std::string_view body;
};

/// {"error": message} with that status.
HttpResponse http_error(unsigned status, std::string_view message);

/// The event feed that a call asks for; null where it is for something else.
EventFeed* find_feed(const std::vector<HttpRoute>& routes, const HttpCall& call);

/// Whether the answer to a call is rendered once for all clients.
bool has_edition(const std::vector<HttpRoute>& routes, const HttpCall& call);

/// Answers a call by its route: 404 names the paths there are, 405 the methods; 415 where a body is
/// not JSON. Adds what every answer carries, packs it where the client takes gzip, and counts it.
HttpAnswer answer_call(const std::vector<HttpRoute>& routes, HttpEditions& editions,
                       const HttpLimits& limits, ServerStats& stats, const HttpCall& call);

/// Counts an answer under its route; paths that no route has are one, or a scanner could grow the
/// page of metrics.
void count_answer(const std::vector<HttpRoute>& routes, ServerStats& stats, std::string_view target,
                  unsigned status);

/// The headers that every answer carries.
std::vector<std::pair<std::string, std::string>> common_headers();

}  // namespace gradus
