#include "ingest/lag.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

using Partition = SourceFacts::Partition;

StreamPosition applied(std::vector<PartitionPosition> partitions) {
  return {.stream = "kafka:examples", .partitions = std::move(partitions)};
}

TEST(Lag, IsWhatIsNotAppliedYet) {
  const Partition partition{.partition = 1, .high_watermark = 1500, .start = 200};
  EXPECT_EQ(lag_of(partition, applied({{.partition = 1, .next = 1400}})), 100);
}

TEST(Lag, CountsFromTheStartWhereNothingIsApplied) {
  const Partition partition{.partition = 1, .high_watermark = 1500, .start = 1200};
  EXPECT_EQ(next_offset(partition, {}), 1200);
  EXPECT_EQ(lag_of(partition, {}), 300);
}

// Retention took all of it: low = high = 1,000,000, and no record may ever come.
TEST(Lag, IsNoneOnATopicThatLostAllItsRecords) {
  const Partition partition{.partition = 0, .high_watermark = 1'000'000, .start = 1'000'000};
  EXPECT_EQ(lag_of(partition, {}), 0);
}

TEST(Lag, IsNeverNegative) {
  const Partition partition{.partition = 0, .high_watermark = 10};
  EXPECT_EQ(lag_of(partition, applied({{.partition = 0, .next = 12}})), 0);
}

TEST(Lag, IsUnknownWhileTheEndIs) { EXPECT_EQ(lag_of({.partition = 0}, {}), std::nullopt); }

TEST(Lag, IsSummedOverPartitions) {
  SourceFacts source;
  source.partitions = {{.partition = 0, .high_watermark = 10},
                       {.partition = 1, .high_watermark = 20, .start = 5}};
  EXPECT_EQ(total_lag(source, applied({{.partition = 0, .next = 7}})), 3 + 15);
}

TEST(Lag, IsUnknownInAllWhereItIsOfOnePartition) {
  SourceFacts source;
  EXPECT_EQ(total_lag(source, {}), std::nullopt) << "no partition is known";
  source.partitions = {{.partition = 0, .high_watermark = 10}, {.partition = 1}};
  EXPECT_EQ(total_lag(source, {}), std::nullopt);
}

}  // namespace
}  // namespace gradus
