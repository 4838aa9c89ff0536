// Requests, as a client on a socket sends them.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <memory>

#include "serve/http_session.h"
#include "tests/fuzz/fuzz.h"

namespace gradus::test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

HttpResponse echo(const HttpRequest& request) {
  HttpResponse response;
  response.body = request.path + request.body;
  for (const auto& [key, value] : request.query) response.body += key + value;
  return response;
}

std::vector<HttpRoute> routes() {
  return {{.path = "/", .get = echo},
          {.path = "/runbooks/", .get = echo},
          {.path = "/api/v1/progress", .get = echo, .version = [] { return std::uint64_t{1}; }},
          {.path = "/api/v1/annotations", .get = echo, .post = echo}};
}

}  // namespace
}  // namespace gradus::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  using boost::asio::ip::tcp;
  boost::asio::io_context io;
  tcp::acceptor acceptor(io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0));
  tcp::socket client(io), session(io);
  client.connect(acceptor.local_endpoint());
  acceptor.accept(session);
  ServerStats stats;
  start_http_session(std::move(session),
                     std::make_shared<HttpShared>(
                         HttpShared{.routes = test::routes(), .limits = {}, .stats = stats}));
  boost::system::error_code ignored;
  boost::asio::write(client, boost::asio::buffer(data, size), ignored);
  client.shutdown(tcp::socket::shutdown_send, ignored);
  std::string answer(64 * 1024, '\0');
  std::size_t read = 0;
  // The session ends when it has seen that the client is done.
  client.non_blocking(true);
  while (io.poll() > 0) {
    read = client.read_some(boost::asio::buffer(answer), ignored);
    test::require(read == 0 || answer.starts_with("HTTP/1.1 ") || !answer.empty());
  }
  return 0;
}
