#include "ingest/sources/generate_source.h"

#include <string>
#include <tuple>
#include <vector>

#include "ladders/ladder_file.h"

namespace gradus {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr Duration kWait = std::chrono::milliseconds(100);

class GenerateSource : public testing::Test {
 protected:
  std::unique_ptr<Source> make(std::vector<std::pair<std::string, std::string>> keys) {
    Options options("stream.generate");
    for (auto& [key, value] : keys) options.set(key, value, "test:1");
    auto made = make_generate_source(options, setup_);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }
  static std::vector<std::string> take(Source& source, std::size_t count) {
    std::vector<std::string> texts;
    while (texts.size() < count) {
      const auto records = source.poll(count - texts.size(), kWait);
      for (const RawRecord& record : *records) texts.emplace_back(record.bytes);
    }
    return texts;
  }
  // Records that came in the next `time` when polled as fast as the source allows.
  std::size_t count_during(Source& source, Duration time) {
    std::size_t count = 0;
    for (const Duration end = clock_.elapsed() + time; clock_.elapsed() < end;) {
      count += source.poll(100'000, std::min(kWait, end - clock_.elapsed()))->size();
    }
    return count;
  }
  Ladder ladder_ = *load_ladder("arithmetic");
  ManualClock clock_;
  SourceSetup setup_{.seed = 5, .ladder = &ladder_, .clock = &clock_};
};

StreamPosition at_record(std::int64_t next) {
  StreamPosition position;
  position.at(0).next = next;
  return position;
}

TEST_F(GenerateSource, GivesTheRecordsOfTheLaddersGenerator) {
  const auto source = make({{"pace", "none"}});
  ASSERT_TRUE(source->open({}));
  auto generator = find_generator("arithmetic")->make(ladder_, 5, {});
  std::string expected;
  for (const std::string& text : take(*source, 100)) {
    (*generator)->next(expected);
    EXPECT_EQ(text, expected);
  }
}

TEST_F(GenerateSource, NumbersRecordsFromZero) {
  const auto source = make({{"pace", "none"}});
  ASSERT_TRUE(source->open({}));
  EXPECT_EQ(source->poll(3, kWait)->back().offset, 2);
  EXPECT_EQ(source->poll(3, kWait)->front().offset, 3);
}

TEST_F(GenerateSource, GoesOnAtAPositionAsIfItHadNeverStopped) {
  const auto whole = make({{"pace", "none"}}), resumed = make({{"pace", "none"}});
  ASSERT_TRUE(whole->open({}));
  ASSERT_TRUE(resumed->open(at_record(1234)));
  take(*whole, 1234);
  EXPECT_EQ(take(*resumed, 50), take(*whole, 50));
}

TEST_F(GenerateSource, IsCalledByLadderAndSeed) {
  EXPECT_EQ(make({})->identity(), "generate:arithmetic:5");
  EXPECT_EQ(make({{"seed", "9"}})->identity(), "generate:arithmetic:9");
  EXPECT_EQ(make({})->topic(), "arithmetic");
}

TEST_F(GenerateSource, EndsAfterItsCount) {
  const auto source = make({{"pace", "none"}, {"count", "10"}});
  ASSERT_TRUE(source->open({}));
  EXPECT_EQ(source->poll(8, kWait)->size(), 8u);
  EXPECT_FALSE(source->ended());
  EXPECT_EQ(source->poll(8, kWait)->size(), 2u);
  EXPECT_TRUE(source->ended());
}

TEST_F(GenerateSource, SaysSoWhenThePositionLiesBeyondItsCount) {
  const auto opened = make({{"count", "10"}})->open(at_record(11));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kPositionGone);
}

TEST_F(GenerateSource, FallsSilentWithoutEnding) {
  const auto source = make({{"pace", "none"}, {"silence_from", "10"}});
  ASSERT_TRUE(source->open({}));
  EXPECT_EQ(source->poll(100, kWait)->size(), 10u);
  EXPECT_THAT(*source->poll(100, kWait), IsEmpty());
  EXPECT_FALSE(source->ended());
  EXPECT_EQ(clock_.elapsed(), kWait);  // it slept, it did not spin
}

// From 4000 to 8000 the log clock takes one doubling: 3 s.
TEST_F(GenerateSource, SpeaksAgainAfterTheTimeThatTheRecordsWouldHaveTaken) {
  const auto source = make({{"silence_from", "4000"}, {"silence_until", "8000"}});
  ASSERT_TRUE(source->open(at_record(4000)));
  EXPECT_EQ(count_during(*source, std::chrono::milliseconds(2900)), 0u);
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::milliseconds(3100))), 4000, 5);
}

TEST_F(GenerateSource, LosesNoRecordToASilence) {
  const auto whole = make({{"pace", "none"}});
  const auto source = make({{"silence_from", "100"}, {"silence_until", "1000"}});
  ASSERT_TRUE(whole->open({}));
  ASSERT_TRUE(source->open({}));
  EXPECT_EQ(take(*source, 300), take(*whole, 300));
}

TEST_F(GenerateSource, IsNotSilentWhereItResumesBehindTheSilence) {
  const auto source = make({{"silence_from", "100"}, {"silence_until", "4000"}});
  ASSERT_TRUE(source->open(at_record(4000)));
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::milliseconds(3000))), 4000, 5);
}

TEST_F(GenerateSource, RefusesASilenceThatHasNoLength) {
  for (const auto& [from, until, pace] :
       {std::tuple{"10", "20", "none"}, {"20", "20", "log"}, {"30", "20", "log"}}) {
    Options options("stream.generate");
    options.set("silence_from", from, "test:1");
    options.set("silence_until", until, "test:1");
    options.set("pace", pace, "test:1");
    const auto made = make_generate_source(options, setup_);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::kBadConfig);
    EXPECT_THAT(made.error().message, HasSubstr("stream.generate.silence_until"));
  }
}

// 231.05 records/s at first, 1000 at 4.328 s and 2000 three seconds later (see log_clock_test).
TEST_F(GenerateSource, KeepsToTheTimetable) {
  const auto source = make({});
  ASSERT_TRUE(source->open({}));
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::milliseconds(4328))), 1000, 2);
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::milliseconds(3000))), 1000, 2);
}

TEST_F(GenerateSource, GoesOnInTheTimetableWhereItResumes) {
  const auto source = make({});
  ASSERT_TRUE(source->open(at_record(4000)));
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::milliseconds(3000))), 4000, 5);
}

TEST_F(GenerateSource, KeepsToTheCap) {
  const auto source = make({{"pace_cap", "100"}});
  ASSERT_TRUE(source->open(at_record(1'000'000)));
  EXPECT_NEAR(static_cast<double>(count_during(*source, std::chrono::seconds(10))), 1000, 2);
}

TEST_F(GenerateSource, CatchesUpOnOneSecondAtMost) {
  const auto source = make({{"pace_cap", "100"}});
  ASSERT_TRUE(source->open({}));
  clock_.advance(std::chrono::seconds(60));
  EXPECT_NEAR(static_cast<double>(source->poll(100'000, kWait)->size()), 100, 1);
}

TEST_F(GenerateSource, SleepsUntilARecordIsDue) {
  const auto source = make({{"pace_cap", "2"}});
  ASSERT_TRUE(source->open({}));
  EXPECT_THAT(*source->poll(10, kWait), IsEmpty());
  EXPECT_EQ(clock_.elapsed(), kWait);
  EXPECT_EQ(source->poll(10, std::chrono::seconds(5))->size(), 1u);
  EXPECT_NEAR(static_cast<double>(clock_.elapsed().count()), 5e8, 1e6);
}

TEST_F(GenerateSource, NeedsALadderWithAGenerator) {
  ladder_.generator.clear();
  Options options("stream.generate");
  const auto made = make_generate_source(options, setup_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(made.error().message, HasSubstr("stream.generate.ladder"));
}

}  // namespace
}  // namespace gradus
