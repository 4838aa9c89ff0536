#include "tests/e2e/broker_fixture.h"

namespace gradus::test {
namespace {

using BrokerRestart = BrokerFixture<KafkaBroker>;

TEST_F(BrokerRestart, LosesAndRepeatsNothing) {
  produce(2, 100'000);
  const auto source = make(section_of(topic_), setup());
  ASSERT_TRUE(source->open({}).has_value());
  auto seen = read(*source, 20'000);
  ASSERT_TRUE(seen.has_value()) << seen.error().message;

  broker_.stop();
  EXPECT_TRUE(poll_until(
      *source, [&] { return !source->facts().connected; }, *seen));
  broker_.start();
  EXPECT_TRUE(poll_until(
      *source, [&] { return source->facts().connected; }, *seen));
  EXPECT_TRUE(poll_until(
      *source, [&] { return seen->size() >= 100'000; }, *seen));
  expect_each_once(*seen, 2, 100'000);

  tool().send(topic_, messages_of({"later"}, 1));
  const auto later = read(*source, 1);
  ASSERT_TRUE(later.has_value()) << later.error().message;
  EXPECT_EQ(*later, (std::vector<SeenRecord>{{1, 50'000, "later"}}));
}

TEST_F(BrokerRestart, IsWaitedForWhereItComesAfterGradus) {
  produce(1, 100);
  broker_.stop();
  const auto source = make(section_of(topic_), setup());
  ASSERT_TRUE(source->open({}).has_value());
  EXPECT_FALSE(source->facts().connected);
  broker_.start();
  const auto seen = read(*source, 100);
  ASSERT_TRUE(seen.has_value()) << seen.error().message;
  expect_each_once(*seen, 1, 100);
}

}  // namespace
}  // namespace gradus::test
