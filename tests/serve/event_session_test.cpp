#include <string>

#include "tests/serve/serving.h"

namespace gradus {
namespace {

using test::Serving;
using test::Socket;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kAsk = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Gives the newest of numbered messages; changed and asked on the server's thread only.
class NumberedFeed final : public EventFeed {
 public:
  std::vector<Text> next(std::uint64_t& seen) override {
    if (seen == number_) return {};
    seen = number_;
    return {std::make_shared<const std::string>(padding_ + "data: " + std::to_string(number_) +
                                                "\n\n")};
  }
  std::string farewell() const override { return "event: bye\n\n"; }
  void advance() { ++number_; }
  void pad(std::size_t bytes) { padding_ = ":" + std::string(bytes, '.') + "\n"; }

 private:
  std::uint64_t number_ = 1;
  std::string padding_;
};

class EventSession : public ::testing::Test {
 protected:
  explicit EventSession(HttpLimits limits = {}) : serving_(routes(), limits) {}
  std::vector<HttpRoute> routes() {
    const auto page = [](const HttpRequest&) { return HttpResponse{200, "text/plain", "page"}; };
    return {{.path = "/events", .events = &feed_}, {.path = "/page", .get = page}};
  }
  void advance() {
    serving_.on_thread([this](HttpServer& server) {
      feed_.advance();
      server.wake_event_streams();
    });
  }
  void stop() {
    serving_.on_thread([](HttpServer& server) { server.stop(); });
  }

  NumberedFeed feed_;
  Serving serving_;
};

TEST_F(EventSession, SendsWhatThereIsAtOnceAndEachNewsAsItComes) {
  const Socket client(serving_.port());
  client.send(kAsk);
  EXPECT_THAT(client.receive("data: 1\n\n"),
              AllOf(HasSubstr("200 OK"), HasSubstr("Content-Type: text/event-stream\r\n"),
                    HasSubstr("\r\n\r\nretry: 2000\n\ndata: 1")));
  advance();
  EXPECT_EQ(client.receive("data: 2\n\n"), "data: 2\n\n");
}

TEST_F(EventSession, SaysGoodbyeWhenTheServerStops) {
  const Socket client(serving_.port());
  client.send(kAsk);
  client.receive("data: 1\n\n");
  advance();
  client.receive("data: 2\n\n");
  feed_.advance();
  stop();
  EXPECT_EQ(client.receive_all(), "data: 3\n\nevent: bye\n\n") << "what is new comes before it";
}

TEST_F(EventSession, StaysBehindItsGoodbyeUntilTheClientGoes) {
  const Socket client(serving_.port());
  client.send(kAsk);
  client.receive("data: 1\n\n");
  feed_.advance();
  serving_.on_thread([](HttpServer& server) { server.say_goodbye(); });
  EXPECT_EQ(client.receive("bye\n\n"), "data: 2\n\nevent: bye\n\n");
  advance();
  EXPECT_THAT(serving_.raw("GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              EndsWith("page"));
  serving_.on_thread([](HttpServer& server) { EXPECT_TRUE(server.has_event_streams()); });
  stop();
  EXPECT_EQ(client.receive_all(), "") << "goodbye is said once, and nothing after it";
}

TEST_F(EventSession, SaysGoodbyeBehindAMessageThatItsClientIsSlowToTake) {
  serving_.on_thread([this](HttpServer&) { feed_.pad(8 << 20); });  // more than systems buffer
  const Socket slow(serving_.port(), 4096);
  slow.send(kAsk);
  slow.receive_bytes(500);
  serving_.on_thread([this](HttpServer& server) {
    feed_.pad(0);
    feed_.advance();
    server.say_goodbye();
  });
  EXPECT_THAT(slow.receive("bye\n\n"),
              AllOf(HasSubstr("data: 1\n\n"), EndsWith("data: 2\n\nevent: bye\n\n")));
}

TEST_F(EventSession, OwesASlowClientOnlyTheNewestMessage) {
  serving_.on_thread([this](HttpServer&) { feed_.pad(8 << 20); });  // more than systems buffer
  const Socket slow(serving_.port(), 4096);
  slow.send(kAsk);
  EXPECT_THAT(slow.receive_bytes(500), HasSubstr("200 OK"));
  serving_.on_thread([this](HttpServer&) { feed_.pad(0); });
  for (int i = 0; i < 50; ++i) advance();
  const std::string rest = slow.receive("data: 51\n\n");
  EXPECT_THAT(rest, AllOf(HasSubstr("data: 1\n\n"), EndsWith("data: 51\n\n")));
  for (const char* stale : {"data: 2\n", "data: 25\n", "data: 50\n"})
    EXPECT_THAT(rest, Not(HasSubstr(stale)));
}

TEST_F(EventSession, TakesOnlyGet) {
  EXPECT_THAT(serving_.raw("HEAD /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              AllOf(HasSubstr("405"), HasSubstr("Allow: GET\r\n")));
}

class FewEventSessions : public EventSession {
 protected:
  static HttpLimits few() {
    HttpLimits limits;
    limits.connections = 3;
    limits.event_streams = 2;
    limits.idle_seconds = 1;
    return limits;
  }
  FewEventSessions() : EventSession(few()) {}
};

TEST_F(FewEventSessions, RefusesMoreStreamsThanItTakesAndStillAnswersPages) {
  const Socket first(serving_.port()), second(serving_.port());
  for (const Socket* each : {&first, &second}) {
    each->send(kAsk);
    each->receive("data: 1\n\n");
  }
  EXPECT_THAT(serving_.raw(kAsk), AllOf(HasSubstr("503"), HasSubstr("Retry-After: ")));
  const Socket idle(serving_.port());
  EXPECT_THAT(serving_.raw("GET /page HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
              HasSubstr("200 OK"));
  EXPECT_EQ(idle.receive_all(), "") << "streams keep their place, who is idle does not";
  advance();
  EXPECT_EQ(first.receive("data: 2\n\n"), "data: 2\n\n");
}

TEST_F(FewEventSessions, ClosesAStreamWhoseClientTakesNothing) {
  serving_.on_thread([this](HttpServer&) { feed_.pad(8 << 20); });
  const Socket stuck(serving_.port(), 4096);
  stuck.send(kAsk);
  stuck.receive_bytes(500);
  // Two more streams get a place as soon as the stuck one has lost its own.
  const Socket second(serving_.port(), 4096);
  second.send(kAsk);
  second.receive_bytes(500);
  EXPECT_THAT(serving_.raw(kAsk), HasSubstr("503"));
  serving_.on_thread([this](HttpServer&) { feed_.pad(0); });
  std::string answer;
  for (int i = 0; i < 200 && answer.find("200 OK") == std::string::npos; ++i) {
    const Socket third(serving_.port());
    third.send(kAsk);
    answer = third.receive("\n\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_THAT(answer, HasSubstr("200 OK"));
}

}  // namespace
}  // namespace gradus
