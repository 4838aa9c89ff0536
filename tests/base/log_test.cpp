#include "base/log.h"

#include <algorithm>

namespace gradus {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Timestamp kNoon{seconds(1'774'267'200) + milliseconds(125)};  // 2026-03-23 12:00:00.125

TEST(Log, WritesOneTextLineInUtc) {
  const ManualClock clock(kNoon);
  std::string out;
  Log(LogFormat::kText, LogLevel::kInfo, clock, out).info("ingest", "connected to localhost:9092");
  EXPECT_EQ(out, "2026-03-23T12:00:00.125Z info    ingest: connected to localhost:9092\n");
}

TEST(Log, WritesOneJsonObjectPerLine) {
  const ManualClock clock(kNoon);
  std::string out;
  Log(LogFormat::kJson, LogLevel::kInfo, clock, out).error("app", "no \"topic\"");
  EXPECT_EQ(out,
            "{\"time\":\"2026-03-23T12:00:00.125000Z\",\"level\":\"error\",\"room\":\"app\","
            "\"message\":\"no \\\"topic\\\"\"}\n");
}

TEST(Log, LeavesOutWhatLiesBelowTheLowestLevel) {
  const ManualClock clock;
  std::string out;
  Log log(LogFormat::kText, LogLevel::kWarning, clock, out);
  log.debug("app", "a");
  log.info("app", "b");
  EXPECT_EQ(out, "");
  log.warning("app", "c");
  log.error("app", "d");
  EXPECT_EQ(log.written(LogLevel::kInfo), 0u);
  EXPECT_EQ(log.written(LogLevel::kWarning), 1u);
  EXPECT_EQ(log.written(LogLevel::kError), 1u);
}

TEST(Log, DoesNotReadFormatsIntoMessages) {
  const ManualClock clock(kNoon);
  std::string out;
  Log(LogFormat::kText, LogLevel::kInfo, clock, out).info("app", "{} %v {0:d}");
  EXPECT_THAT(out, testing::HasSubstr("app: {} %v {0:d}\n"));
}

TEST(Log, KeepsDataFromForgingALine) {
  const ManualClock clock(kNoon);
  std::string out;
  Log(LogFormat::kText, LogLevel::kInfo, clock, out)
      .info("ingest", "bad record\r\n2026 error app: all is lost");
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
  EXPECT_THAT(out, testing::HasSubstr("bad record\\r\\n2026"));
}

TEST(Log, GoesToStandardError) {
  const ManualClock clock(kNoon);
  testing::internal::CaptureStderr();
  Log(LogFormat::kText, LogLevel::kInfo, clock).info("app", "hello");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "2026-03-23T12:00:00.125Z info    app: hello\n");
}

TEST(Log, SamplesOneLineInTenSecondsForEachKey) {
  ManualClock clock(kNoon);
  std::string out;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, out);
  for (int i = 0; i < 5; ++i) log.sampled(LogLevel::kWarning, "ingest", "nan", "x is NaN");
  log.sampled(LogLevel::kWarning, "ingest", "empty", "no bytes");
  EXPECT_EQ(log.written(LogLevel::kWarning), 2u);
}

TEST(Log, TellsHowManyLinesItHeldBack) {
  ManualClock clock(kNoon);
  std::string out;
  Log log(LogFormat::kText, LogLevel::kInfo, clock, out);
  for (int i = 0; i < 5; ++i) log.sampled(LogLevel::kInfo, "ingest", "nan", "x is NaN");
  clock.advance(seconds(10));
  out.clear();
  log.sampled(LogLevel::kInfo, "ingest", "nan", "y is NaN");
  EXPECT_EQ(out, "2026-03-23T12:00:10.125Z info    ingest: y is NaN (4 more held back)\n");
}

TEST(Log, TellsAtItsEndWhatWasStillHeldBack) {
  const ManualClock clock(kNoon);
  std::string out;
  {
    Log log(LogFormat::kText, LogLevel::kInfo, clock, out);
    for (int i = 0; i < 3; ++i) log.sampled(LogLevel::kWarning, "ingest", "nan", "x is NaN");
    out.clear();
  }
  EXPECT_EQ(out, "2026-03-23T12:00:00.125Z warning ingest: nan: 2 more lines were held back\n");
}

}  // namespace
}  // namespace gradus
