#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/random.h"
#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;

constexpr std::array kReasons = {Reject::kMalformed, Reject::kUnknownTask, Reject::kTombstone};

/// One record of a stream: an example, or an event.
struct Record {
  bool example = true;
  Reject reason = Reject::kNone;
};

std::vector<Record> draw_stream(SplitMix64& random) {
  std::vector<Record> stream(80);
  for (Record& record : stream) {
    const std::uint64_t kind = random.below(8);
    if (kind < kReasons.size()) record = {false, kReasons[kind]};
  }
  return stream;
}

/// What the records from `begin` to `end` bring; each example costs a nat.
StreamSpan span_of(const std::vector<Record>& stream, std::size_t begin, std::size_t end) {
  const auto step = [&](std::size_t records) {
    return static_cast<Step>(std::count_if(stream.begin(),
                                           stream.begin() + static_cast<std::ptrdiff_t>(records),
                                           [](const Record& record) { return record.example; }));
  };
  StreamSpan span{.from = step(begin), .to = step(end)};
  span.from_time = at_second(static_cast<std::int64_t>(begin));
  span.to_time = at_second(static_cast<std::int64_t>(end));
  span.examples = span.to - span.from;
  span.log_loss = static_cast<double>(span.examples);
  for (std::size_t i = begin; i < end; ++i)
    if (!stream[i].example) ++span.events.of(stream[i].reason);
  return span;
}

/// Checks that the spans that count tile [0, whole.to] and add up to `whole`.
void check_tiles(const History& history, const StreamSpan& whole) {
  const auto spans = history.stream_spans();
  ASSERT_TRUE(spans.has_value());
  StreamSpan sum;
  for (const StreamSpan& span : *spans) {
    ASSERT_EQ(span.from, sum.to);
    ASSERT_LE(span.from_time, span.to_time);
    sum.to = span.to;
    sum.examples += span.examples;
    sum.log_loss += span.log_loss;
    sum.events += span.events;
  }
  ASSERT_EQ(sum.to, whole.to);
  ASSERT_EQ(sum.examples, whole.examples);
  ASSERT_TRUE(sum.events == whole.events);
  ASSERT_NEAR(sum.log_loss, whole.log_loss, 1e-9);
}

// A run that is killed again and again: what it wrote into its history since the last span is lost,
// and what it learned since its last checkpoint is learned again.
TEST(HistoryCompletion, TilesTheStreamAfterAnyKills) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(seed);
    SplitMix64 random(seed);
    const test::TempDir dir;
    const auto history = std::move(*History::open(dir.path(), "school"));
    const auto stream = draw_stream(random);
    for (std::size_t saved = 0;;) {  // records that the checkpoint holds
      const StreamSpan whole = span_of(stream, 0, saved);
      ASSERT_TRUE(history->begin_attempt(whole.to, at_second(200)));
      ASSERT_TRUE(history->complete_stream(whole, 0));
      check_tiles(*history, whole);
      if (HasFatalFailure()) return;
      if (saved == stream.size()) break;
      // Spans and checkpoints end where they like; the attempt is killed after any of them.
      std::size_t learned = saved, noted = saved;
      for (auto left = 1 + random.below(5); left > 0 && learned < stream.size(); --left) {
        learned = std::min<std::size_t>(stream.size(), learned + 1 + random.below(20));
        if (random.below(3) > 0) {
          ASSERT_TRUE(history->note_stream(span_of(stream, noted, learned)));
          noted = learned;
        }
        if (random.below(2) > 0) saved = learned;
      }
    }
  }
}

// What an older gradus left: holes from its kills, sums that do not say why records were rejected.
TEST(HistoryCompletion, FillsTheHolesThatAnOlderGradusLeft) {
  const test::TempDir dir;
  const auto history = std::move(*History::open(dir.path(), "school"));
  ASSERT_TRUE(history->begin_attempt(0, at_second(1)));
  const std::vector<Record> examples(100);
  for (const auto& [begin, end] : {std::pair{0U, 10U}, {20U, 30U}, {60U, 90U}})
    ASSERT_TRUE(history->note_stream(span_of(examples, begin, end)));
  ASSERT_TRUE(history->begin_attempt(100, at_second(2)));
  ASSERT_TRUE(history->complete_stream(span_of(examples, 0, 100), 100));
  std::vector<std::pair<Step, Step>> tiles;
  const auto spans = history->stream_spans();
  ASSERT_TRUE(spans);
  for (const StreamSpan& span : *spans) {
    tiles.emplace_back(span.from, span.to);
    EXPECT_EQ(span.examples, span.to - span.from);
    EXPECT_DOUBLE_EQ(span.log_loss, static_cast<double>(span.examples));
  }
  EXPECT_EQ(tiles, (std::vector<std::pair<Step, Step>>{
                       {0, 10}, {10, 20}, {20, 30}, {30, 60}, {60, 90}, {90, 100}}));
}

TEST(HistoryCompletion, TellsOfAllThatALostHistoryHadAsOneSpan) {
  const test::TempDir dir;
  const auto history = std::move(*History::open(dir.path(), "school"));
  ASSERT_TRUE(history->begin_attempt(3, at_second(9)));
  const std::vector<Record> stream = {{}, {false, Reject::kMalformed}, {}, {}};
  ASSERT_TRUE(history->complete_stream(span_of(stream, 0, 4), 0));
  const auto spans = history->stream_spans();
  ASSERT_EQ(spans->size(), 1U);
  EXPECT_EQ(spans->front().from, 0U);
  EXPECT_EQ(spans->front().to, 3U);
  EXPECT_EQ(spans->front().events.of(Reject::kMalformed), 1U);
}

}  // namespace
}  // namespace gradus
