#include <csignal>
#include <nlohmann/json.hpp>

#include "serve/url.h"
#include "tests/e2e/gradus.h"
#include "tests/support/socket.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;

std::vector<std::string> demo(const TempDir& folder) {
  return {"demo", "arithmetic", "--listen", "127.0.0.1:0", "--data", folder / "data"};
}

std::uint16_t port_of(const ServingGradus& gradus) {
  return parse_address(gradus.url().substr(7))->port;
}

std::string annotate(const ServingGradus& gradus, const std::string& body) {
  const Socket socket(port_of(gradus));
  socket.send(
      "POST /api/v1/annotations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      "Content-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  return socket.receive_all();
}

json page(const ServingGradus& gradus, const std::string& path) {
  return json::parse(gradus.body(path), nullptr, false);
}

TEST(LiveEvents, ShowProgressWhileItIsMadeAndSayGoodbye) {
  const TempDir folder;
  ServingGradus gradus(demo(folder));
  const Socket client(port_of(gradus));
  client.send(
      "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");
  EXPECT_THAT(client.receive("}\n\n"),
              HasSubstr("\r\n\r\nretry: 2000\n\nevent: progress\ndata: {\"run\":"));
  const auto shows_a_score = [&client] {
    const std::string text = client.receive("}\n\n");
    const json progress = json::parse(text.substr(text.rfind("data: ") + 6), nullptr, false);
    return progress["tasks"][0]["score"].is_number();
  };
  EXPECT_TRUE(eventually(shows_a_score));
  ASSERT_EQ(gradus.end_with(SIGTERM).code, 0);
  EXPECT_THAT(client.receive_all(), EndsWith("event: bye\ndata: {}\n\n"));
}

TEST(LiveEvents, KeepNobodyWaitingWhoSignalsAgain) {
  const TempDir folder;
  ServingGradus gradus(demo(folder));
  const Socket client(port_of(gradus));
  client.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.receive("}\n\n");
  gradus.process().send(SIGTERM);
  // It stays a second for a page that has heard this and does not go.
  const std::string bye = "event: bye\ndata: {}\n\n";
  ASSERT_THAT(client.receive(bye), EndsWith(bye));
  EXPECT_EQ(gradus.end_with(SIGTERM).code, 130);
}

TEST(Annotations, AreMarkedAndKeptOverARestart) {
  const TempDir folder;
  {
    ServingGradus gradus(demo(folder));
    EXPECT_TRUE(eventually([&] { return gradus.step() > 0; }));
    EXPECT_THAT(annotate(gradus, R"({"text": "learning rate <dropped>", "rearm": true})"),
                HasSubstr("HTTP/1.1 201 Created"));
    EXPECT_TRUE(
        eventually([&] { return !page(gradus, "/api/v1/progress")["annotations"].empty(); }));
    EXPECT_EQ(gradus.metric("gradus_progress_annotations_total"), 1);
    ASSERT_EQ(gradus.end_with(SIGTERM).code, 0);
  }
  ServingGradus gradus(demo(folder));
  const json annotations = page(gradus, "/api/v1/annotations")["annotations"];
  ASSERT_EQ(annotations.size(), 1u);
  EXPECT_EQ(annotations[0]["text"], "learning rate <dropped>");
  EXPECT_EQ(annotations[0]["rearm"], true);
  EXPECT_THAT(annotate(gradus, R"({"text": "second"})"), HasSubstr("\"id\":2"));
}

TEST(Items, ShowWhatTheModelAnswersAlsoAfterARestart) {
  const TempDir folder;
  json before;
  {
    ServingGradus gradus(demo(folder));
    EXPECT_TRUE(eventually([&] {
      before = page(gradus, "/api/v1/items?task=copy");
      return before["step"].is_number();
    }));
    ASSERT_EQ(gradus.end_with(SIGTERM).code, 0);
  }
  ASSERT_GT(before["items"].size(), 10u);
  const json& item = before["items"][0];
  EXPECT_THAT(item["question"].get<std::string>(), HasSubstr("copy "));
  EXPECT_TRUE(item["given"].is_string());
  ServingGradus gradus(demo(folder));
  const json after = page(gradus, "/api/v1/items?task=copy");
  EXPECT_EQ(after["items"][0]["question"], item["question"]);
  EXPECT_TRUE(after["items"][0]["best_given"].is_string());
  EXPECT_EQ(after["items"].size(), before["items"].size());
}

TEST(Page, ShowsTheLadderWithoutScripts) {
  const TempDir folder;
  const ServingGradus gradus(demo(folder));
  const std::string html = gradus.body("/");
  EXPECT_THAT(html, HasSubstr("<td>Add one digit</td>"));
  EXPECT_THAT(html, HasSubstr("{\"run\":"));
}

}  // namespace
}  // namespace gradus::test
