#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>

#include "serve/http_server.h"
#include "tests/serve/serving.h"

namespace gradus {
namespace {

using test::Serving;
using test::Socket;
using ::testing::HasSubstr;

constexpr int kCrowd = 400;
constexpr const char* kPage = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kCurve = "GET /curve HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr const char* kLastPage =
    "GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// A page that has a version, and a curve that depends on what is asked; counts how often each is
/// rendered, on the server's thread.
class HttpCrowd : public ::testing::Test {
 protected:
  std::vector<HttpRoute> routes() {
    const auto rendered = [](std::atomic<int>& count) {
      return [&count](const HttpRequest&) {
        ++count;
        return HttpResponse{200, "text/plain", std::string(5000, 'x')};
      };
    };
    return {
        {.path = "/curve", .get = rendered(curves_)},
        {.path = "/page", .get = rendered(pages_), .version = [this] { return version_.load(); }}};
  }

  std::atomic<int> pages_ = 0, curves_ = 0;
  std::atomic<std::uint64_t> version_ = 1;
  const Serving serving_{routes()};
};

TEST_F(HttpCrowd, GetsAPageThatIsRenderedOnceForAll) {
  for (int i = 0; i < kCrowd; ++i) EXPECT_THAT(serving_.raw(kLastPage), HasSubstr("200 OK")) << i;
  EXPECT_EQ(pages_, 1);
}

TEST_F(HttpCrowd, GetsANewPageWithTheNextVersion) {
  serving_.raw(kLastPage);
  version_ = 2;
  EXPECT_THAT(serving_.raw(kLastPage), HasSubstr("200 OK"));
  EXPECT_EQ(pages_, 2);
}

TEST_F(HttpCrowd, ThatLeavesUnansweredCostsNoMoreThanOneRendering) {
  for (int i = 0; i < kCrowd; ++i) Socket(serving_.port()).send(kPage);
  EXPECT_THAT(serving_.raw(kLastPage), HasSubstr("200 OK"));
  EXPECT_EQ(pages_, 1);
}

// Pipelined requests for what has to be rendered for each client: the page comes before most of
// them.
TEST_F(HttpCrowd, DoesNotGoBeforeThePageHoweverMuchItAsksFor) {
  std::string pipeline;
  for (int i = 0; i < 40; ++i) pipeline += kCurve;
  std::vector<std::unique_ptr<Socket>> crowd;
  // While the server's thread is held, the requests of all gather.
  serving_.on_thread([&](HttpServer&) {
    for (int i = 0; i < 100; ++i) {
      crowd.push_back(std::make_unique<Socket>(serving_.port()));
      crowd.back()->send(pipeline);
    }
  });
  EXPECT_THAT(serving_.raw(kLastPage), HasSubstr("200 OK"));
  EXPECT_LT(curves_, 40 * 100 / 4) << "rendered before the page went out";
}

}  // namespace
}  // namespace gradus
