#include "app/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "app/gzip.h"
#include "app/url.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

/// What sessions share with their server; outlives every session because each holds a reference.
struct Shared {
  std::vector<HttpRoute> routes;
  HttpLimits limits;
  ServerStats& stats;
  std::set<class Session*> open;
};

Response plain(unsigned status, std::string text, const Request& request) {
  Response response(static_cast<http::status>(status), request.version());
  response.set(http::field::content_type, "text/plain; charset=utf-8");
  response.body() = std::move(text);
  return response;
}

const HttpRoute* find_route(const Shared& shared, std::string_view path) {
  for (const HttpRoute& route : shared.routes)
    if (route.path == path) return &route;
  return nullptr;
}

bool takes_gzip(const Request& request) {
  const auto accepted = request[http::field::accept_encoding];
  return std::string_view(accepted.data(), accepted.size()).find("gzip") != std::string_view::npos;
}

Response route_request(Shared& shared, const Request& request) {
  const std::string_view target(request.target().data(), request.target().size());
  const HttpTarget split = parse_target(target);
  const HttpRoute* route = find_route(shared, split.path);
  // Unknown paths are counted under one label value, or a scanner could grow the page of metrics.
  const std::string label = route == nullptr ? "other" : route->path;
  Response response;
  if (route == nullptr) {
    std::string known = "no such page; there are:";
    for (const HttpRoute& each : shared.routes) known += " " + each.path;
    response = plain(404, known + "\n", request);
  } else if (request.method() != http::verb::get && request.method() != http::verb::head) {
    response = plain(405, "GET or HEAD is expected\n", request);
    response.set(http::field::allow, "GET, HEAD");
  } else {
    HttpResponse made = route->handle(HttpRequest{split.path, split.query});
    response = plain(made.status, std::move(made.body), request);
    response.set(http::field::content_type, made.content_type);
  }
  response.set(http::field::server, "gradus");
  response.set(http::field::cache_control, "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  if (response.body().size() >= shared.limits.gzip_from_bytes && takes_gzip(request)) {
    response.body() = gzip(response.body());
    response.set(http::field::content_encoding, "gzip");
  }
  ++shared.stats.requests[{label, static_cast<int>(response.result_int())}];
  return response;
}

/// One connection: reads a request, answers it, and again until either side has had enough.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Shared> shared)
      : stream_(std::move(socket)), shared_(std::move(shared)) {
    shared_->open.insert(this);
  }
  ~Session() { shared_->open.erase(this); }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void read() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_->limits.header_bytes));
    parser_->body_limit(shared_->limits.body_bytes);
    stream_.expires_after(std::chrono::seconds(shared_->limits.idle_seconds));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->answer(error); });
  }

  void refuse_busy() {
    send(plain(503, "too many connections; try again in a moment\n", Request{}), Close::kYes);
  }
  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.close();
  }

 private:
  enum class Close : std::uint8_t { kNo, kYes };

  void answer(beast::error_code error) {
    if (error == http::error::header_limit)
      return send(plain(431, "request header too large\n", Request{}), Close::kYes);
    if (error == http::error::body_limit)
      return send(plain(413, "request body too large\n", Request{}), Close::kYes);
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
      return send(plain(400, "not an HTTP request\n", Request{}), Close::kYes);
    if (error) return close();
    const Request& request = parser_->get();
    Response response = route_request(*shared_, request);
    response.keep_alive(request.keep_alive());
    head_ = request.method() == http::verb::head;
    send(std::move(response), request.keep_alive() ? Close::kNo : Close::kYes);
  }

  void send(Response response, Close then) {
    if (then == Close::kYes) response.keep_alive(false);
    response_ = std::move(response);
    response_.prepare_payload();
    if (head_) response_.body().clear();  // the length that GET would have stays in the header
    stream_.expires_after(std::chrono::seconds(shared_->limits.idle_seconds));
    http::async_write(stream_, response_,
                      [self = shared_from_this(), then](beast::error_code error, std::size_t) {
                        if (error || then == Close::kYes) return self->close();
                        self->head_ = false;
                        self->read();
                      });
  }

  beast::tcp_stream stream_;
  std::shared_ptr<Shared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  Response response_;
  bool head_ = false;
};

class Server final : public HttpServer {
 public:
  Server(asio::io_context& io, tcp::acceptor acceptor, std::shared_ptr<Shared> shared)
      : io_(io), acceptor_(std::move(acceptor)), shared_(std::move(shared)) {}
  ~Server() override { stop(); }

  void accept() {
    acceptor_.async_accept(io_, [this](beast::error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (!error) {
        const bool busy = shared_->open.size() >= shared_->limits.connections;
        const auto session = std::make_shared<Session>(std::move(socket), shared_);
        busy ? session->refuse_busy() : session->read();
      }
      accept();
    });
  }

  std::string url() const override {
    const tcp::endpoint endpoint = acceptor_.local_endpoint();
    const std::string host = endpoint.address().to_string();
    return "http://" + (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
           std::to_string(endpoint.port());
  }

  void stop() override {
    beast::error_code ignored;
    acceptor_.close(ignored);
    const std::set<Session*> open = shared_->open;
    for (Session* session : open) session->close();
  }

 private:
  asio::io_context& io_;
  tcp::acceptor acceptor_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& io,
                                                       std::string_view address,
                                                       std::vector<HttpRoute> routes,
                                                       ServerStats& stats, HttpLimits limits) {
  const auto host_port = parse_address(address);
  if (!host_port) return tl::unexpected(host_port.error());
  beast::error_code error;
  const asio::ip::address ip = asio::ip::make_address(host_port->host, error);
  if (error)
    return fail(ErrorCode::kBadConfig, "listen address '" + std::string(address) +
                                           "': an IP address is expected, such as 127.0.0.1:9630");
  const tcp::endpoint endpoint(ip, host_port->port);
  tcp::acceptor acceptor(io);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error)
    return fail(ErrorCode::kIo,
                "cannot listen on " + std::string(address) + ": " + error.message() +
                    "; choose another address with --listen (port 0 takes a free one)");
  for (const HttpRoute& route : routes) stats.requests.try_emplace({route.path, 200}, 0);
  auto shared = std::make_shared<Shared>(Shared{std::move(routes), limits, stats, {}});
  auto server = std::make_unique<Server>(io, std::move(acceptor), std::move(shared));
  server->accept();
  return server;
}

}  // namespace gradus
