#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "metrics/sample.h"

namespace boost::asio {
class io_context;
}

namespace gradus {

/// What a route sees of a request: HEAD arrives as GET, and the server leaves out the body.
struct HttpRequest {
  std::string path;
  std::map<std::string, std::string> query;  ///< decoded; the first of equal names
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

/// One path and what answers it. Handlers run on the main thread and must be quick.
struct HttpRoute {
  std::string path;
  std::function<HttpResponse(const HttpRequest&)> handle;
};

struct HttpLimits {
  std::size_t connections = 256;        ///< more are answered 503 and closed
  std::size_t header_bytes = 8 * 1024;  ///< larger: 431
  std::size_t body_bytes = 64 * 1024;   ///< larger: 413
  int idle_seconds = 15;                ///< a client that says nothing for so long is closed
  std::size_t gzip_from_bytes = 1024;   ///< smaller bodies are not worth it
};

/// HTTP/1.1 on one port: GET and HEAD, keep-alive, gzip where the client takes it, everything
/// bounded.
/// Threads: owned by the main thread; all work happens on its io_context.
class HttpServer {
 public:
  /// Binds `address` ("127.0.0.1:9630", "[::1]:0"; port 0 takes a free one) and starts to accept.
  /// Errors: kBadConfig for an address that is none; kIo where the port is taken or not allowed, with what to do.
  static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& io,
                                                    std::string_view address,
                                                    std::vector<HttpRoute> routes,
                                                    ServerStats& stats, HttpLimits limits = {});
  virtual ~HttpServer() = default;
  /// "http://127.0.0.1:9630", with the real port.
  virtual std::string url() const = 0;
  /// Closes the port and every connection.
  virtual void stop() = 0;
};

}  // namespace gradus
