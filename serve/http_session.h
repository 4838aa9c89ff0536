#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <vector>

#include "serve/http_connections.h"
#include "serve/http_editions.h"
#include "serve/http_server.h"

namespace gradus {

/// What the sessions share with their server; each holds a reference, so it outlives them all.
struct HttpShared {
  std::vector<HttpRoute> routes;
  HttpLimits limits;
  ServerStats& stats;
  bool any_host = false;  ///< whatever name a client calls us by
  HttpEditions editions = {};
  Connections connections = {};
  bool turn_is_due = false;  ///< somebody will take the next turn
};

/// Serves one client request by request, until either side has had enough.
void start_http_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<HttpShared> shared);

/// Sends a client what `feed` has, until it goes, takes nothing for too long, or the server stops.
void start_event_session(boost::asio::ip::tcp::socket socket, std::shared_ptr<HttpShared> shared,
                         EventFeed& feed);

}  // namespace gradus
