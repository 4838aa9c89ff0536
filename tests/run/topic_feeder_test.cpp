#include "run/topic_feeder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "ladders/ladder_file.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using std::chrono::microseconds;

TEST(DemoTopic, IsTheSameForTheSameData) {
  const test::TempDir folder;
  const Ladder ladder = *load_ladder("arithmetic");
  const auto first = demo_topic(folder / "data", ladder, 7, Timestamp(microseconds(1'000'001)));
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_EQ(*first, "gradus-demo-arithmetic-7-1000001");
  EXPECT_EQ(demo_topic(folder / "data", ladder, 7, Timestamp(microseconds(2'000'000))), *first);
}

TEST(DemoTopic, IsAnotherForOtherData) {
  const test::TempDir folder;
  const Ladder ladder = *load_ladder("arithmetic");
  const auto one = demo_topic(folder / "one", ladder, 7, Timestamp(microseconds(1)));
  const auto other = demo_topic(folder / "other", ladder, 7, Timestamp(microseconds(2)));
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_NE(*one, *other);
}

TEST(DemoTopic, SaysWhatStandsInTheWayOfItsFolder) {
  const test::TempDir folder;
  const auto file = folder.write("file", "");
  const auto topic = demo_topic(file / "data", *load_ladder("arithmetic"), 7, {});
  ASSERT_FALSE(topic.has_value());
  EXPECT_EQ(topic.error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace gradus
