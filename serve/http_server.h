#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
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
  std::map<std::string, std::string> query = {};  ///< decoded; the first of equal names
  std::string body = {};
};

struct HttpResponse {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beside those of every answer
};

/// What the clients of an endless answer are sent (server-sent events), the same for all of them.
/// Threads: owned by the main thread.
class EventFeed {
 public:
  using Text = std::shared_ptr<const std::string>;
  virtual ~EventFeed() = default;
  /// What a client gets next that has seen everything up to `seen` (0: nothing yet), and moves
  /// `seen` on; empty where there is nothing new.
  virtual std::vector<Text> next(std::uint64_t& seen) = 0;
  /// The last words before the server closes.
  virtual std::string farewell() const = 0;
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// One path and what answers it, and all paths below it where it ends with '/', "/" aside; a method
/// without handler is refused. Handlers run on the main thread and must be quick.
struct HttpRoute {
  std::string path;
  HttpHandler get = {};  ///< GET and HEAD
  /// Changes when the answer of `get` may have changed. With it, the answer depends on nothing else
  /// and is rendered once for all clients that ask before the version changes.
  std::function<std::uint64_t()> version = {};
  HttpHandler post = {};        ///< POST of a JSON body
  EventFeed* events = nullptr;  ///< in place of `get`
};

struct HttpLimits {
  std::size_t connections = 256;        ///< one more takes the place of another
  std::size_t event_streams = 128;      ///< of these connections, never all of them; more: 503
  std::size_t header_bytes = 8 * 1024;  ///< larger: 431
  std::size_t body_bytes = 64 * 1024;   ///< larger: 413
  int idle_seconds = 15;  ///< a client that says or takes nothing for so long is closed
  std::size_t gzip_from_bytes = 1024;  ///< smaller bodies are not worth it
  /// Names under which the server is reached, beside IP addresses and localhost; another one: 421.
  /// None on an address that is no loopback address: any name.
  std::vector<std::string> hosts = {};
};

/// HTTP/1.1 on one port: GET, HEAD and POST, keep-alive, gzip where the client takes it, event
/// streams, everything bounded.
/// A crowd cannot lock others out. Answers that are already rendered go out at once; of the other
/// requests, one is answered each time that all sockets were looked at, and those of clients that
/// have closed their side come last. Where all connections are taken, a newcomer gets the place of
/// a client that has closed its side, or of the one for which nothing has moved for longest: it was
/// silent, took nothing of its answer, or waited for its turn (it gets 503). The system takes
/// little of an answer before its client reads, so that clients which read nothing cost little.
/// Event streams keep their place; a slow one gets the newest message when it can take one, and is
/// never owed more than one.
/// Threads: owned by the main thread; all work happens on its io_context.
class HttpServer {
 public:
  /// Binds `address` ("127.0.0.1:9630", "[::1]:0"; port 0 takes a free one) and starts to accept.
  /// `stats` and the feeds of the routes outlive the server.
  /// Errors: kBadConfig for an address that is none; kIo where the port is taken or not allowed,
  /// with what to do.
  static Result<std::unique_ptr<HttpServer>> listen(boost::asio::io_context& io,
                                                    std::string_view address,
                                                    std::vector<HttpRoute> routes,
                                                    ServerStats& stats, HttpLimits limits = {});
  virtual ~HttpServer() = default;
  /// "http://127.0.0.1:9630", with the real port.
  virtual std::string url() const = 0;
  /// Tells the event streams that their feeds have something new.
  virtual void wake_event_streams() = 0;
  /// Sends the event streams what is new and the farewell. Their clients may still ask for what
  /// they want to keep, and close the stream when they have it.
  virtual void say_goodbye() = 0;
  virtual bool has_event_streams() const = 0;
  /// Closes the port and every connection; event streams that were not told get what is new and the
  /// farewell first.
  virtual void stop() = 0;
};

}  // namespace gradus
