#include "serve/http_server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "serve/http_session.h"
#include "serve/url.h"

namespace gradus {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SystemError = boost::system::error_code;

// The system may be out of descriptors; to ask again at once would spin until one is free.
constexpr auto kPauseAfterError = std::chrono::milliseconds(100);
// What the system takes of an answer before its client has read any: each that reads nothing costs
// us a copy of it. The system doubles it.
constexpr int kSendBuffer = 16 * 1024;
// Taken before the next request is answered in its turn: who comes behind a crowd is seen soon.
constexpr int kAcceptedTogether = 64;

class Server final : public HttpServer {
 public:
  Server(asio::io_context& io, tcp::acceptor acceptor, std::shared_ptr<HttpShared> shared)
      : io_(io), acceptor_(std::move(acceptor)), pause_(io), shared_(std::move(shared)) {}
  ~Server() override { stop(); }

  void accept() {
    acceptor_.async_accept(io_, [this](const SystemError& error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return accept_later();
      take(std::move(socket));
      accept_waiting();
      accept();
    });
  }

  std::string url() const override {
    const tcp::endpoint endpoint = acceptor_.local_endpoint();
    const std::string host = endpoint.address().to_string();
    return "http://" + (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" +
           std::to_string(endpoint.port());
  }

  void wake_event_streams() override {
    for (Connection* each : shared_->connections.in(Connection::State::kStreaming)) each->wake();
  }

  void say_goodbye() override {
    for (Connection* each : shared_->connections.in(Connection::State::kStreaming))
      each->say_goodbye();
  }
  bool has_event_streams() const override {
    return shared_->connections.count(Connection::State::kStreaming) > 0;
  }

  void stop() override {
    SystemError ignored;
    acceptor_.close(ignored);
    pause_.cancel(ignored);
    using State = Connection::State;
    for (const State state :
         {State::kStreaming, State::kAnswering, State::kQueued, State::kDeparting, State::kReading})
      for (Connection* each : shared_->connections.in(state)) each->stop();
  }

 private:
  /// Those who wait behind the one that was accepted; an error is left to the next async_accept.
  void accept_waiting() {
    for (int i = 1; i < kAcceptedTogether; ++i) {
      SystemError error;
      tcp::socket socket = acceptor_.accept(io_, error);
      if (error) return;
      take(std::move(socket));
    }
  }

  void take(tcp::socket socket) {
    SystemError ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(tcp::socket::send_buffer_size(kSendBuffer), ignored);
    Connections& open = shared_->connections;
    if (open.size() >= shared_->limits.connections) {
      open.first_to_go()->make_room();
    }
    start_http_session(std::move(socket), shared_);
  }

  void accept_later() {
    pause_.expires_after(kPauseAfterError);
    pause_.async_wait([this](const SystemError& error) {
      if (!error) accept();
    });
  }

  asio::io_context& io_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::shared_ptr<HttpShared> shared_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::listen(asio::io_context& io,
                                                       std::string_view address,
                                                       std::vector<HttpRoute> routes,
                                                       ServerStats& stats, HttpLimits limits) {
  // One connection at least is no stream, and can give up its place.
  limits.event_streams = std::min(limits.event_streams, limits.connections - 1);
  const auto host_port = parse_address(address);
  if (!host_port) return tl::unexpected(host_port.error());
  SystemError error;
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
  if (!error) acceptor.non_blocking(true, error);
  if (error)
    return fail(ErrorCode::kIo,
                "cannot listen on " + std::string(address) + ": " + error.message() +
                    "; choose another address with --listen (port 0 takes a free one)");
  for (const HttpRoute& route : routes) stats.requests.try_emplace({route.path, 200}, 0);
  const bool any_host = !ip.is_loopback() && limits.hosts.empty();
  auto shared = std::make_shared<HttpShared>(
      HttpShared{std::move(routes), std::move(limits), stats, any_host});
  auto server = std::make_unique<Server>(io, std::move(acceptor), std::move(shared));
  server->accept();
  return server;
}

}  // namespace gradus
