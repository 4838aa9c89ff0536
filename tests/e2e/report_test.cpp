#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto kLine = std::chrono::seconds(30);

std::vector<std::string> demo(const std::vector<std::string>& more) {
  std::vector<std::string> all = {"demo", "arithmetic", "--pace", "none"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void expect_one_line(const Finished& refused, int code, const std::string& part) {
  EXPECT_EQ(refused.code, code);
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  EXPECT_THAT(refused.errors, HasSubstr(part));
}

/// A data directory with a short run in it.
class Report : public ::testing::Test {
 protected:
  void learn(const std::vector<std::string>& more = {}) {
    std::vector<std::string> all = demo({"--listen", "127.0.0.1:0", "--examples", "4000", "--data",
                                         data().string(), "--set", "probes.cpu_share=1"});
    all.insert(all.end(), more.begin(), more.end());
    demo_ = run_gradus(all);
    ASSERT_EQ(demo_.code, 0) << demo_.errors;
  }
  std::filesystem::path data() const { return folder_ / "data"; }

  const TempDir folder_;
  Finished demo_;
};

TEST_F(Report, IsWrittenAtTheEndOfADemoWhichSaysWhere) {
  learn();
  const std::string file = (data() / "report.html").string();
  EXPECT_THAT(demo_.output, HasSubstr("The report is in " + file + "\n"));
  EXPECT_THAT(read_file(file), AllOf(StartsWith("<!doctype html>"), HasSubstr("class=\"score\""),
                                     Not(HasSubstr("<script")), Not(HasSubstr("http"))));
}

TEST_F(Report, OfADemoGoesWhereItIsTold) {
  const std::string file = folder_ / "mine.html";
  learn({"--report", file});
  EXPECT_THAT(read_file(file), StartsWith("<!doctype html>"));
}

TEST_F(Report, TellsTheSameInEveryFormat) {
  learn({"--fault", "stall@2000-3000"});
  const Finished as_json = run_gradus({"report", data(), "--format", "json", "--out", "-"});
  ASSERT_EQ(as_json.code, 0) << as_json.errors;
  const json report = json::parse(as_json.output);
  EXPECT_EQ(report.at("step"), 4000);
  EXPECT_EQ(report.at("tasks").size(), 17u);
  EXPECT_FALSE(report.at("tasks").at(0).at("points").empty());
  EXPECT_EQ(report.at("origin").at("configuration").at("fault"), "stall@2000-3000");
  EXPECT_EQ(report.at("origin").at("configuration").at("examples"), "4000");
  EXPECT_EQ(report.at("annotations").size(), 2u);
  EXPECT_EQ(run_gradus({"report", data(), "--format", "markdown"}).code, 0);
  const std::string headline = report.at("headline");
  EXPECT_THAT(read_file(data() / "report.html"), HasSubstr(headline.substr(0, 12)));
  EXPECT_THAT(read_file(data() / "report.md"), HasSubstr("## What was learned, in which order"));
}

TEST_F(Report, CanBeMadeWhileTheRunGoesOn) {
  ServingGradus running(demo({"--listen", "127.0.0.1:0", "--data", data().string()}));
  ASSERT_TRUE(eventually([&] { return running.step() >= 2000; }));
  const Finished made = run_gradus({"report", data()});
  EXPECT_EQ(made.code, 0) << made.errors;
}

TEST_F(Report, OfADirectoryWithoutARunIsRefused) {
  expect_one_line(run_gradus({"report", folder_ / "nothing"}), 2, "there is no such directory");
  expect_one_line(run_gradus({"report", folder_.path()}), 2, "there is no progress.json");
}

TEST_F(Report, OfAnotherVersionsDirectoryIsRefused) {
  learn();
  json progress = json::parse(read_file(data() / "progress.json"));
  progress["format"] = 99;
  folder_.write("data/progress.json", progress.dump());
  expect_one_line(run_gradus({"report", data()}), 1, "format 99 of another version of gradus");
}

TEST_F(Report, OfDamagedFilesIsRefused) {
  learn();
  folder_.write("data/history.db", "not one of ours");
  expect_one_line(run_gradus({"report", data()}), 1, "history.db");
  folder_.write("data/progress.json", "{\"format\": 1, \"run\": ");
  expect_one_line(run_gradus({"report", data()}), 1, "progress.json is damaged");
}

TEST(Watch, PrintsTheLadderOnce) {
  ServingGradus running(demo({"--listen", "127.0.0.1:0"}));
  ASSERT_TRUE(eventually([&] { return running.step() >= 1000; }));
  const Finished once = run_gradus({"watch", running.url(), "--once"});
  EXPECT_EQ(once.code, 0) << once.errors;
  EXPECT_THAT(once.output, AllOf(StartsWith("step "), HasSubstr("kindergarten copy"),
                                 HasSubstr("solve"), Not(HasSubstr("\x1b"))));
}

TEST(Watch, SaysWhenNobodyAnswers) {
  std::string gone;
  {
    ServingGradus running(demo({"--listen", "127.0.0.1:0"}));
    gone = running.url();
    EXPECT_EQ(running.end_with(SIGTERM).code, 0);
  }
  expect_one_line(run_gradus({"watch", gone}), 1, "no answer from " + gone);
  expect_one_line(run_gradus({"watch", "nonsense"}), 2, "is not the address of a gradus");
}

TEST(Watch, GoesOnWhenTheServerIsBack) {
  auto running = std::make_unique<ServingGradus>(demo({"--listen", "127.0.0.1:0"}));
  const std::string url = running->url();
  Process watch(gradus_command({"watch", url}));
  const auto first = watch.read_line(kLine);
  ASSERT_TRUE(first) << watch.errors();
  EXPECT_THAT(*first, StartsWith("step "));
  EXPECT_EQ(running->end_with(SIGTERM).code, 0);
  EXPECT_THAT(watch.read_error_line(kLine).value_or(""), HasSubstr("trying again"));
  running = std::make_unique<ServingGradus>(
      demo({"--listen", url.substr(std::string("http://").size())}));
  EXPECT_THAT(watch.read_error_line(kLine).value_or(""), HasSubstr("answers again"));
  watch.send(SIGINT);
  EXPECT_EQ(watch.wait(kLine), 0);
}

TEST(Watch, EndsByItselfWhereNoTerminalShowsThatTheServerIsGone) {
  ServingGradus running(demo({"--listen", "127.0.0.1:0"}));
  Process watch(gradus_command({"watch", running.url()}));
  ASSERT_TRUE(watch.read_line(kLine)) << watch.errors();
  EXPECT_EQ(running.end_with(SIGTERM).code, 0);
  EXPECT_EQ(watch.wait(std::chrono::minutes(1)), 1);
  EXPECT_THAT(watch.errors(), HasSubstr(running.url() + " has not answered for 20 s: ended"));
}

TEST(Annotate, MarksEveryCurveOfARunningGradus) {
  const TempDir folder;
  ServingGradus running(demo({"--listen", "127.0.0.1:0", "--data", (folder / "data").string()}));
  ASSERT_TRUE(eventually([&] { return running.step() >= 1000; }));
  const Finished marked =
      run_gradus({"annotate", "learning rate \"dropped\"", "--url", running.url(), "--rearm"});
  EXPECT_EQ(marked.code, 0) << marked.errors;
  EXPECT_THAT(marked.output, HasSubstr(": learning rate \"dropped\""));
  EXPECT_TRUE(eventually([&] {
    return running.body("/api/v1/annotations").find(R"(learning rate \"dropped\")") !=
           std::string::npos;
  }));
  EXPECT_EQ(running.end_with(SIGTERM).code, 0);
  EXPECT_EQ(run_gradus({"report", folder / "data"}).code, 0);
  EXPECT_THAT(read_file(folder / "data/report.html"),
              HasSubstr("learning rate &quot;dropped&quot; (detectors begin anew)"));
}

TEST(Annotate, SaysWhyATextIsRefused) {
  ServingGradus running(demo({"--listen", "127.0.0.1:0"}));
  expect_one_line(run_gradus({"annotate", std::string(300, 'x'), "--url", running.url()}), 2,
                  "200");
}

}  // namespace
}  // namespace gradus::test
