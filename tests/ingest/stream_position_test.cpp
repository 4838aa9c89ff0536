#include "ingest/stream_position.h"

namespace gradus {
namespace {

TEST(StreamPosition, KeepsPartitionsSorted) {
  StreamPosition position;
  position.at(7).next = 70;
  position.at(2).next = 20;
  position.at(5).next = 50;
  ASSERT_EQ(position.partitions.size(), 3u);
  EXPECT_EQ(position.partitions[0].partition, 2);
  EXPECT_EQ(position.partitions[1].partition, 5);
  EXPECT_EQ(position.partitions[2].partition, 7);
}

TEST(StreamPosition, MakesAMissingPartitionAtItsBeginning) {
  StreamPosition position;
  EXPECT_EQ(position.at(3),
            (PartitionPosition{.partition = 3, .next = 0, .last_timestamp_ms = -1}));
}

TEST(StreamPosition, FindsNothingWhereThereIsNoPartition) {
  StreamPosition position;
  position.at(4).next = 1;
  EXPECT_EQ(position.find(3), nullptr);
  EXPECT_EQ(position.find(5), nullptr);
  EXPECT_EQ(position.find(4)->next, 1);
}

TEST(StreamPosition, LoadsWhatItSaved) {
  StreamPosition position{.stream = "kafka:examples", .partitions = {}};
  position.at(0) = {
      .partition = 0, .next = 1'000'000'000'000, .last_timestamp_ms = 1'700'000'000'123};
  position.at(9) = {.partition = 9, .next = 3, .last_timestamp_ms = -1};
  ByteWriter out;
  position.save(out);
  ByteReader in(out.bytes());
  EXPECT_EQ(StreamPosition::load(in), position);
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.at_end());
}

TEST(StreamPosition, LoadsTheMarksItSaved) {
  StreamPosition position{.stream = "kafka:examples", .origin = "cluster-1", .partitions = {}};
  position.at(2) = {
      .partition = 2, .next = 7, .last = {.at = 6, .digest = 1}, .proved = {.at = 4, .digest = 2}};
  position.at(9).next = 3;
  ByteWriter out;
  position.save(out);
  position.save_marks(out);
  ByteReader in(out.bytes());
  StreamPosition loaded = StreamPosition::load(in);
  EXPECT_NE(loaded, position);
  loaded.load_marks(in);
  EXPECT_EQ(loaded, position);
  EXPECT_TRUE(in.ok() && in.at_end());
}

TEST(StreamPosition, SavesNoPadding) {
  ByteWriter out;
  StreamPosition position;
  position.at(1).next = 2;
  position.save(out);
  // Length of the name, number of partitions, then 4 + 8 + 8 bytes.
  EXPECT_EQ(out.bytes().size(), 8u + 8u + 20u);
}

TEST(StreamPosition, RefusesBytesThatAreCutOff) {
  ByteWriter out;
  StreamPosition position{.stream = "stdin", .partitions = {}};
  position.at(0).next = 5;
  position.save(out);
  ByteReader in(std::string_view(out.bytes()).substr(0, out.bytes().size() - 1));
  StreamPosition::load(in);
  EXPECT_FALSE(in.ok());
}

TEST(StreamPosition, RefusesAnAbsurdNumberOfPartitionsWithoutAllocatingThem) {
  ByteWriter out;
  out.put_string("stdin");
  out.put<std::uint64_t>(~std::uint64_t{0});
  ByteReader in(out.bytes());
  EXPECT_TRUE(StreamPosition::load(in).partitions.empty());
  EXPECT_FALSE(in.ok());
}

TEST(RequireStream, TakesTheSameStreamAndAnEmptyPosition) {
  EXPECT_TRUE(require_stream({.stream = "stdin", .partitions = {}}, "stdin"));
  EXPECT_TRUE(require_stream({}, "stdin"));
}

TEST(RequireStream, RefusesAnotherStreamByBothNames) {
  const auto result = require_stream({.stream = "kafka:a", .partitions = {}}, "kafka:b");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kForeign);
  EXPECT_THAT(result.error().message,
              testing::AllOf(testing::HasSubstr("'kafka:a'"), testing::HasSubstr("'kafka:b'")));
}

}  // namespace
}  // namespace gradus
