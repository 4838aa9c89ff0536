#include <sys/resource.h>

#include <csignal>
#include <memory>

#include "serve/url.h"
#include "tests/e2e/gradus.h"
#include "tests/support/socket.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

/// This process and those it starts may hold so many descriptors.
void allow_descriptors(rlim_t count) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  ASSERT_GE(limit.rlim_max, count);
  limit.rlim_cur = count;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A demo that learns until it is stopped.
class HostileClients : public ::testing::Test {
 protected:
  static constexpr int kCrowd = 2000;

  HostileClients()
      : gradus_({"demo", "arithmetic", "--listen", "127.0.0.1:0", "--data", folder_ / "data"}) {
    EXPECT_TRUE(eventually([this] { return gradus_.step() > 0; }));
  }

  std::uint16_t port() const { return parse_address(gradus_.url().substr(7))->port; }
  std::string raw(std::string_view bytes) const {
    const Socket socket(port());
    socket.send(bytes);
    return socket.receive_all();
  }
  /// Two thousand connections, each of which has sent these bytes. In between somebody scrapes.
  std::vector<std::unique_ptr<Socket>> crowd(std::string_view bytes) const {
    std::vector<std::unique_ptr<Socket>> sockets;
    for (int i = 0; i < kCrowd; ++i) {
      sockets.push_back(std::make_unique<Socket>(port()));
      EXPECT_TRUE(sockets.back()->connected()) << "connection " << i;
      if (!bytes.empty()) sockets.back()->send(bytes);
      if (i % 50 == 0) {
        EXPECT_EQ(gradus_.status("/metrics"), 200u) << "behind connection " << i;
      }
    }
    return sockets;
  }
  /// Whether the learner, the pages and the probes' readiness are as ever.
  void expect_unharmed() {
    const std::uint64_t step = gradus_.step();
    EXPECT_EQ(gradus_.status("/readyz"), 200u);
    EXPECT_TRUE(eventually([&] { return gradus_.step() > step; })) << "the learner goes on";
    EXPECT_THAT(gradus_.body("/metrics"), HasSubstr("gradus_learner_examples_total"));
    EXPECT_LE(gradus_.metric("process_open_fds"), 256 + 64);
  }

  const TempDir folder_;
  ServingGradus gradus_;
};

TEST_F(HostileClients, SilentOnesKeepNobodyOut) {
  allow_descriptors(4096);
  const auto held = crowd("");
  expect_unharmed();
  EXPECT_EQ(gradus_.end_with(SIGTERM).code, 0);
}

TEST_F(HostileClients, HalfRequestsKeepNobodyOut) {
  allow_descriptors(4096);
  const auto held = crowd("GET /metrics HTTP/1.1\r\nX-Slow: ");
  expect_unharmed();
}

// Their answers fill what the system holds for them, and no more.
TEST_F(HostileClients, ThoseThatReadNoAnswerKeepNobodyOut) {
  allow_descriptors(4096);
  for (const int requests : {1, 40}) {
    std::string pipelined;
    for (int i = 0; i < requests; ++i) pipelined += "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const auto held = crowd(pipelined);
    expect_unharmed();
  }
}

// More than the streams that there are; none of the pages that are open loses its own.
TEST_F(HostileClients, EventStreamsKeepNobodyOut) {
  allow_descriptors(4096);
  const Socket page(port());
  page.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(page.receive("\n\n"), HasSubstr("event: progress"));
  const auto held = crowd("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(held.back()->receive_all(), HasSubstr("503"));
  expect_unharmed();
  EXPECT_THAT(page.receive("\n\n"), HasSubstr("event: progress"));
}

TEST_F(HostileClients, AreRefusedWithTheRightStatus) {
  const std::string end = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  EXPECT_THAT(raw("\x16\x03\x01\x02\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_THAT(raw("GET /%2e%2e/%2e%2e/etc/passwd" + end), HasSubstr(" 404 "));
  EXPECT_THAT(raw("DELETE /metrics" + end), HasSubstr(" 405 "));
  EXPECT_THAT(raw("POST /api/v1/annotations HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n"),
              HasSubstr(" 413 "));
  EXPECT_THAT(raw("POST /api/v1/annotations" + end), HasSubstr(" 415 "));
  std::string huge = "GET / HTTP/1.1\r\nX-Huge: ";
  huge.append(100'000, 'x');
  EXPECT_THAT(raw(huge), HasSubstr(" 431 "));
  EXPECT_THAT(raw("GET / HTTP/9.9\r\n\r\n"), HasSubstr(" 505 "));
  EXPECT_THAT(raw("GET /api/v1/items?task=%3Cscript%3E" + end), HasSubstr(" 404 "));
  expect_unharmed();
  for (const char* code : {"400", "405", "413", "415", "431", "505"})
    EXPECT_GE(gradus_.metric("gradus_http_requests_total", "code=\"" + std::string(code) + "\""), 1)
        << code;
}

// Ten thousand requests of one client that never reads an answer.
TEST_F(HostileClients, OneThatOnlyAsksFillsNoMemory) {
  const double before = gradus_.metric("process_resident_memory_bytes");
  const Socket greedy(port(), 4096);
  std::string requests;
  for (int i = 0; i < 10'000; ++i) requests += "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
  greedy.send(requests);
  expect_unharmed();
  EXPECT_LT(gradus_.metric("process_resident_memory_bytes") - before, 64e6);
}

}  // namespace
}  // namespace gradus::test
