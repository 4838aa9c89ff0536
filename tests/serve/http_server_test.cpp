#include "serve/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "serve/http_client.h"
#include "tests/serve/serving.h"

namespace gradus {
namespace {

using test::Serving;
using test::Socket;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<HttpRoute> routes() {
  const auto big = [](const HttpRequest&) {
    return HttpResponse{200, "text/plain", std::string(5000, 'x')};
  };
  const auto echo = [](const HttpRequest& request) {
    return HttpResponse{200, "text/plain", request.query.at("say")};
  };
  const auto note = [](const HttpRequest& request) {
    return HttpResponse{201, "application/json", request.body};
  };
  return {{.path = "/big", .get = big},
          {.path = "/echo", .get = echo},
          {.path = "/notes", .get = echo, .post = note}};
}

std::string post(std::string_view path, std::string_view type, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         std::string(body);
}

TEST(HttpServer, AnswersARouteWithItsQuery) {
  const Serving serving(routes());
  const auto page = fetch(serving.url() + "/echo?say=hello%20there");
  ASSERT_TRUE(page.has_value()) << page.error().message;
  EXPECT_EQ(page->status, 200u);
  EXPECT_EQ(page->body, "hello there");
}

TEST(HttpServer, NamesThePagesThereAreWhereOneIsUnknown) {
  const Serving serving(routes());
  const auto page = fetch(serving.url() + "/../../etc/passwd");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->status, 404u);
  EXPECT_THAT(page->body, HasSubstr("/echo"));
}

TEST(HttpServer, GivesTheHeaderOfABodyToHead) {
  const Serving serving(routes());
  const std::string answer =
      serving.raw("HEAD /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("200 OK"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 5000"));
  EXPECT_THAT(answer, Not(HasSubstr("xxxx")));
}

TEST(HttpServer, RefusesOtherMethodsAndNamesThoseItTakes) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw(post("/big", "application/json", "{}")),
              AllOf(HasSubstr("405 Method Not Allowed"), HasSubstr("Allow: GET, HEAD\r\n")));
  EXPECT_THAT(serving.raw("DELETE /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("405"), HasSubstr("Allow: GET, HEAD, POST\r\n")));
  EXPECT_THAT(serving.raw("BREW /big HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              HasSubstr("405"));
}

TEST(HttpServer, GivesABodyOfJsonToTheRoute) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw(post("/notes", "application/json", R"({"a": 1})")),
              AllOf(HasSubstr("201 Created"), HasSubstr("\r\n\r\n{\"a\": 1}")));
  EXPECT_THAT(serving.raw(post("/notes", "Application/JSON; charset=utf-8", "{}")),
              HasSubstr("201"));
}

// Other sites can make a browser post a form; for JSON it asks first.
TEST(HttpServer, RefusesABodyThatIsNotSaidToBeJson) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw(post("/notes", "text/plain", "{}")), HasSubstr("415"));
  EXPECT_THAT(serving.raw("POST /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              HasSubstr("415"));
}

TEST(HttpServer, SaysInJsonWhyItRefuses) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("Content-Type: application/json"), HasSubstr("{\"error\":\"")));
}

TEST(HttpServer, FindsNothingBehindTricksInThePath) {
  const Serving serving(routes());
  for (const char* path : {"/../../etc/passwd", "//big", "/big/", "/%2e%2e/big", "/big%00", "*",
                           "http://other/big", "/\\big"})
    EXPECT_THAT(serving.raw("GET " + std::string(path) +
                            " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                HasSubstr("404"))
        << path;
}

TEST(HttpServer, RefusesHugeHeadersBodiesAndNoise) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw("GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n"),
              HasSubstr("431"));
  EXPECT_THAT(
      serving.raw("POST /big HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"),
      HasSubstr("413"));
  EXPECT_THAT(serving.raw("\x16\x03\x01 nonsense\r\n\r\n"), HasSubstr("400"));
}

TEST(HttpServer, CompressesForThoseWhoAsk) {
  const Serving serving(routes());
  const std::string answer = serving.raw(
      "GET /big HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Encoding: gzip"));
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
  const Serving serving(routes());
  const std::string answer = serving.raw(
      "GET /echo?say=one HTTP/1.1\r\nHost: localhost\r\n\r\nGET /echo?say=two HTTP/1.1\r\nHost: "
      "localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("one"));
  EXPECT_THAT(answer, HasSubstr("two"));
}

// What a page of another site would ask whose name was made to lead here.
TEST(HttpServer, AnswersOnlyUnderItsOwnNames) {
  HttpLimits limits;
  limits.hosts = {"gradus.example.org"};
  const Serving serving(routes(), limits);
  const auto asked = [&](const std::string& host) {
    return serving.raw("GET /big HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  };
  EXPECT_THAT(asked("evil.example:9630"),
              AllOf(HasSubstr("421 Misdirected"), HasSubstr("serve.hosts"), Not(HasSubstr("xxx"))));
  EXPECT_THAT(asked("gradus.example.org"), HasSubstr("200 OK"));
  EXPECT_THAT(serving.raw("GET /big HTTP/1.0\r\n\r\n"), HasSubstr("200 OK"));
}

// RFC 9112, 3.2.
TEST(HttpServer, RefusesARequestWithoutExactlyOneHost) {
  const Serving serving(routes());
  const auto answer = [&](const std::string& hosts) {
    return serving.raw("GET /big HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n");
  };
  for (const char* hosts :
       {"", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nHost: evil.example\r\n",
        "Host: localhost:evil\r\n", "Host: [::1].evil\r\n"})
    EXPECT_THAT(answer(hosts), AllOf(StartsWith("HTTP/1.1 400 "), HasSubstr("Host header")))
        << hosts;
}

TEST(HttpServer, PacksOnlyForClientsThatTakeIt) {
  const Serving serving(routes());
  const auto packed = [&](const std::string& accepted) {
    return serving
               .raw("GET /big HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + accepted +
                    "\r\nConnection: close\r\n\r\n")
               .find("Content-Encoding: gzip") != std::string::npos;
  };
  for (const char* taken : {"gzip", "deflate, gzip;q=0.5", "br;q=1.0, gzip ; q=0.001", "*"})
    EXPECT_TRUE(packed(taken)) << taken;
  for (const char* refused :
       {"gzip;q=0", "gzip; q=0.000", "identity", "xgzip", "*;q=0", "gzip;q=0, *"})
    EXPECT_FALSE(packed(refused)) << refused;
}

TEST(HttpClient, NamesTheServerWithItsPort) {
  namespace asio = boost::asio;
  asio::io_context io;
  asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
  const std::string authority = "localhost:" + std::to_string(acceptor.local_endpoint().port());
  std::string request;
  std::jthread server([&] {
    asio::ip::tcp::socket client = acceptor.accept();
    asio::read_until(client, asio::dynamic_buffer(request), "\r\n\r\n");
    asio::write(client, asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")));
  });
  const auto page = fetch("http://" + authority + "/path");
  server.join();
  EXPECT_TRUE(page.has_value()) << page.error().message;
  EXPECT_THAT(request, AllOf(StartsWith("GET /path "), HasSubstr("Host: " + authority + "\r\n")));
}

TEST(HttpServer, RefusesAnotherProtocolVersion) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw("GET /big HTTP/3.0\r\n\r\n"), HasSubstr("505"));
}

TEST(HttpServer, LetsAClientReadTheRefusalOfABodyThatItIsStillSending) {
  const Serving serving(routes());
  EXPECT_THAT(serving.raw(post("/notes", "application/json", std::string(300'000, ' '))),
              HasSubstr("413"));
}

TEST(HttpServer, GivesThePlaceOfTheLongestIdleToANewcomer) {
  HttpLimits limits;
  limits.connections = 2;
  const Serving serving(routes(), limits);
  const std::string request = "GET /echo?say=a HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const Socket first(serving.port());
  first.send(request);
  EXPECT_THAT(first.receive("\r\n\r\na"), HasSubstr("200 OK"));
  const Socket second(serving.port());
  second.send(request);
  EXPECT_THAT(second.receive("\r\n\r\na"), HasSubstr("200 OK"));
  first.send(request);
  EXPECT_THAT(first.receive("\r\n\r\na"), HasSubstr("200 OK"));

  const Socket third(serving.port());
  third.send(request);
  EXPECT_THAT(third.receive("\r\n\r\na"), HasSubstr("200 OK"));
  EXPECT_EQ(second.receive_all(), "") << "it had said nothing for longest";
  first.send(request);
  EXPECT_THAT(first.receive("\r\n\r\na"), HasSubstr("200 OK"));
}

TEST(HttpServer, TellsTheClientOfHalfARequestThatItsPlaceIsTaken) {
  HttpLimits limits;
  limits.connections = 1;
  const Serving serving(routes(), limits);
  const Socket slow(serving.port());
  // Two requests, of which the answered one proves that half of the other has come too.
  slow.send("GET /echo?say=a HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ec");
  EXPECT_THAT(slow.receive("\r\n\r\na"), HasSubstr("200 OK"));
  const Socket next(serving.port());
  next.send("GET /echo?say=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(next.receive_all(), HasSubstr("200 OK"));
  EXPECT_THAT(slow.receive_all(), StartsWith("HTTP/1.1 408 "));
}

TEST(HttpServer, AnswersWhileAThousandConnectionsAreHeldOpen) {
  const Serving serving(routes());
  std::vector<std::unique_ptr<Socket>> crowd;
  for (int i = 0; i < 900; ++i) {  // below the usual limit of 1,024 descriptors
    crowd.push_back(std::make_unique<Socket>(serving.port()));
    if (i % 2 == 0) crowd.back()->send("GET /big HTTP/1.1\r\nX-Slow: ");
    if (i % 100 == 0) {
      const auto page = fetch(serving.url() + "/echo?say=here");
      ASSERT_TRUE(page.has_value()) << page.error().message;
      EXPECT_EQ(page->body, "here");
    }
  }
}

TEST(HttpServer, ClosesAClientThatNeverFinishesItsRequest) {
  HttpLimits limits;
  limits.idle_seconds = 1;
  const Serving serving(routes(), limits);
  const Socket slow(serving.port());
  slow.send("GET /echo?say=a HT");
  EXPECT_EQ(slow.receive_all(),
            "");  // closed without an answer, before the receive timeout of two seconds
}

TEST(HttpServer, SaysThatThePortIsTaken) {
  const Serving serving(routes());
  boost::asio::io_context io;
  ServerStats stats;
  const auto second = HttpServer::listen(io, serving.url().substr(7), {}, stats);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kIo);
  EXPECT_THAT(second.error().message, HasSubstr("--listen"));
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
