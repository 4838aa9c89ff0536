#include "app/http_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <thread>

#include "app/http_client.h"
#include "app/url.h"

namespace gradus {
namespace {

/// A server on a free port with its io_context on a thread of its own.
class Serving {
 public:
  explicit Serving(HttpLimits limits = {}) : work_(boost::asio::make_work_guard(io_)) {
    std::vector<HttpRoute> routes = {
        {"/big",
         [](const HttpRequest&) {
           return HttpResponse{200, "text/plain", std::string(5000, 'x')};
         }},
        {"/echo", [](const HttpRequest& request) {
           return HttpResponse{200, "text/plain", request.query.at("say")};
         }}};
    auto made = HttpServer::listen(io_, "127.0.0.1:0", std::move(routes), stats_, limits);
    server_ = std::move(*made);
    url_ = server_->url();
    thread_ = std::jthread([this] { io_.run(); });
  }
  ~Serving() {
    boost::asio::post(io_, [this] {
      server_->stop();
      work_.reset();
      io_.stop();
    });
    thread_.join();
  }
  const std::string& url() const { return url_; }
  std::uint16_t port() const { return parse_address(url_.substr(7))->port; }
  /// Sends bytes as they are and gives everything that comes back until the server closes or two
  /// seconds pass.
  std::string raw(std::string_view bytes) const;

  ServerStats stats_;

 private:
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<HttpServer> server_;
  std::string url_;
  std::jthread thread_;
};

class Socket {
 public:
  explicit Socket(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval timeout{2, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  void send(std::string_view bytes) const {
    EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  std::string receive_all() const {
    std::string out;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(fd_, buffer, sizeof buffer, 0)) > 0;)
      out.append(buffer, static_cast<std::size_t>(got));
    return out;
  }
  bool connected() const { return connected_; }

 private:
  int fd_;
  bool connected_ = false;
};

std::string Serving::raw(std::string_view bytes) const {
  const Socket socket(port());
  socket.send(bytes);
  return socket.receive_all();
}

TEST(HttpServer, AnswersARouteWithItsQuery) {
  const Serving serving;
  const auto page = fetch(serving.url() + "/echo?say=hello%20there");
  ASSERT_TRUE(page.has_value()) << page.error().message;
  EXPECT_EQ(page->status, 200u);
  EXPECT_EQ(page->body, "hello there");
}

TEST(HttpServer, NamesThePagesThereAreWhereOneIsUnknown) {
  const Serving serving;
  const auto page = fetch(serving.url() + "/../../etc/passwd");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->status, 404u);
  EXPECT_THAT(page->body, testing::HasSubstr("/echo"));
}

TEST(HttpServer, GivesTheHeaderOfABodyToHead) {
  const Serving serving;
  const std::string answer =
      serving.raw("HEAD /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::HasSubstr("200 OK"));
  EXPECT_THAT(answer, testing::HasSubstr("Content-Length: 5000"));
  EXPECT_THAT(answer, testing::Not(testing::HasSubstr("xxxx")));
}

TEST(HttpServer, RefusesOtherMethods) {
  const Serving serving;
  EXPECT_THAT(
      serving.raw(
          "POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"),
      testing::HasSubstr("405"));
}

TEST(HttpServer, RefusesHugeHeadersBodiesAndNoise) {
  const Serving serving;
  EXPECT_THAT(serving.raw("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n"),
              testing::HasSubstr("431"));
  EXPECT_THAT(serving.raw("POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"),
              testing::HasSubstr("413"));
  EXPECT_THAT(serving.raw("\x16\x03\x01 nonsense\r\n\r\n"), testing::HasSubstr("400"));
}

TEST(HttpServer, CompressesForThoseWhoAsk) {
  const Serving serving;
  const std::string answer = serving.raw(
      "GET /big HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::HasSubstr("Content-Encoding: gzip"));
  const std::string packed = answer.substr(answer.find("\r\n\r\n") + 4);
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(8000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  EXPECT_EQ(text, std::string(5000, 'x'));
}

TEST(HttpServer, KeepsAConnectionForSeveralRequests) {
  const Serving serving;
  const std::string answer = serving.raw(
      "GET /echo?say=one HTTP/1.1\r\nHost: x\r\n\r\nGET /echo?say=two HTTP/1.1\r\nHost: "
      "x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::HasSubstr("one"));
  EXPECT_THAT(answer, testing::HasSubstr("two"));
}

TEST(HttpServer, TurnsAwayMoreConnectionsThanItTakes) {
  HttpLimits limits;
  limits.connections = 2;
  const Serving serving(limits);
  const Socket first(serving.port());
  const Socket second(serving.port());
  // Both must have been accepted before the third comes: an answer on each proves it.
  first.send("GET /echo?say=a HTTP/1.1\r\nHost: x\r\n\r\n");
  second.send("GET /echo?say=b HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(first.receive_all(), testing::HasSubstr("200 OK"));
  EXPECT_THAT(second.receive_all(), testing::HasSubstr("200 OK"));
  const Socket third(serving.port());
  EXPECT_THAT(third.receive_all(), testing::HasSubstr("503"));
}

TEST(HttpServer, ClosesAClientThatNeverFinishesItsRequest) {
  HttpLimits limits;
  limits.idle_seconds = 1;
  const Serving serving(limits);
  const Socket slow(serving.port());
  slow.send("GET /echo?say=a HT");
  EXPECT_EQ(slow.receive_all(),
            "");  // closed without an answer, before the receive timeout of two seconds
}

TEST(HttpServer, SaysThatThePortIsTaken) {
  const Serving serving;
  boost::asio::io_context io;
  ServerStats stats;
  const auto second = HttpServer::listen(io, serving.url().substr(7), {}, stats);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kIo);
  EXPECT_THAT(second.error().message, testing::HasSubstr("--listen"));
}

TEST(HttpServer, RefusesAnAddressThatIsNone) {
  boost::asio::io_context io;
  ServerStats stats;
  EXPECT_EQ(HttpServer::listen(io, "nowhere", {}, stats).error().code, ErrorCode::kBadConfig);
  EXPECT_EQ(HttpServer::listen(io, "some.host:80", {}, stats).error().code, ErrorCode::kBadConfig);
}

TEST(HttpClient, SaysThatNobodyAnswers) {
  const auto page = fetch("http://127.0.0.1:1/readyz");
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(fetch("127.0.0.1:80").error().code, ErrorCode::kBadConfig);
}

}  // namespace
}  // namespace gradus
