#include "base/bounded_queue.h"

#include <array>
#include <memory>
#include <thread>
#include <vector>

namespace gradus {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

std::stop_token never_stopped() { return {}; }

std::stop_token already_stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

TEST(BoundedQueue, GivesElementsInTheOrderTheyCame) {
  BoundedQueue<int> queue(3);
  for (int value = 1; value <= 3; ++value) ASSERT_TRUE(queue.push(int{value}, never_stopped()));
  EXPECT_EQ(queue.size(), 3u);
  EXPECT_EQ(queue.pop(never_stopped()), 1);
  EXPECT_EQ(queue.pop(never_stopped()), 2);
  EXPECT_EQ(queue.try_pop(), 3);
  EXPECT_EQ(queue.try_pop(), std::nullopt);
}

TEST(BoundedQueue, TakesAValueWithoutWaitingWhereThereIsRoom) {
  BoundedQueue<int> queue(1);
  EXPECT_TRUE(queue.try_push(1));
  EXPECT_FALSE(queue.try_push(2)) << "full";
  EXPECT_EQ(queue.try_pop(), 1);
  queue.close();
  EXPECT_FALSE(queue.try_push(3)) << "closed";
}

TEST(BoundedQueue, LeavesAValueWithItsOwnerWhenStoppedWhileFull) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  ASSERT_TRUE(queue.push(std::make_unique<int>(1), never_stopped()));
  auto second = std::make_unique<int>(2);
  EXPECT_FALSE(queue.push(std::move(second), already_stopped()));
  ASSERT_NE(second, nullptr);  // NOLINT(bugprone-use-after-move): that it is untouched is the claim
  EXPECT_EQ(*second, 2);
}

TEST(BoundedQueue, RefusesElementsOnceClosedAndGivesOutTheRest) {
  BoundedQueue<int> queue(2);
  ASSERT_TRUE(queue.push(7, never_stopped()));
  queue.close();
  EXPECT_FALSE(queue.push(8, never_stopped()));
  EXPECT_FALSE(queue.drained());
  EXPECT_EQ(queue.pop(never_stopped()), 7);
  EXPECT_EQ(queue.pop(never_stopped()), std::nullopt);
  EXPECT_TRUE(queue.drained());
}

TEST(BoundedQueue, GivesOutWhatIsThereEvenWhenStopped) {
  BoundedQueue<int> queue(1);
  ASSERT_TRUE(queue.push(5, already_stopped()));
  EXPECT_EQ(queue.pop(already_stopped()), 5);
  EXPECT_EQ(queue.pop(already_stopped()), std::nullopt);
}

TEST(BoundedQueue, WaitsNoLongerThanAllowed) {
  BoundedQueue<int> queue(1);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(queue.pop_for(never_stopped(), milliseconds(20)), std::nullopt);
  EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(20));
}

TEST(BoundedQueue, WakesAReaderThatWaits) {
  BoundedQueue<int> queue(1);
  std::optional<int> seen;
  {
    const std::jthread reader([&] { seen = queue.pop(never_stopped()); });
    queue.push(9, never_stopped());
  }
  EXPECT_EQ(seen, 9);
}

TEST(BoundedQueue, WakesEveryReaderWhenClosed) {
  BoundedQueue<int> queue(1);
  std::array<bool, 3> ended{};
  {
    std::vector<std::jthread> readers;
    for (bool& end : ended) {
      readers.emplace_back([&] { end = !queue.pop(never_stopped()).has_value(); });
    }
    queue.close();
  }
  EXPECT_THAT(ended, ElementsAre(true, true, true));
}

TEST(BoundedQueue, WakesAWriterThatWaitsForRoomWhenStopped) {
  BoundedQueue<int> queue(1);
  ASSERT_TRUE(queue.push(1, never_stopped()));
  bool pushed = true;
  {
    std::jthread writer([&](const std::stop_token& stop) { pushed = queue.push(2, stop); });
  }  // the destructor requests the stop and joins
  EXPECT_FALSE(pushed);
  EXPECT_EQ(queue.size(), 1u);
}

TEST(BoundedQueue, LosesAndRepeatsNothingBetweenManyThreads) {
  constexpr int kWriters = 3;
  constexpr int kPerWriter = 5000;
  constexpr std::size_t kCapacity = 4;
  BoundedQueue<std::pair<int, int>> queue(kCapacity);
  std::array<std::vector<std::pair<int, int>>, 2> seen;
  std::size_t largest = 0;
  {
    std::vector<std::jthread> readers;
    for (auto& mine : seen) {
      readers.emplace_back([&] {
        while (auto element = queue.pop(never_stopped())) mine.push_back(*element);
      });
    }
    {
      std::vector<std::jthread> writers;
      for (int writer = 0; writer < kWriters; ++writer) {
        writers.emplace_back([&queue, writer] {
          for (int i = 0; i < kPerWriter; ++i) queue.push({writer, i}, never_stopped());
        });
      }
      for (int i = 0; i < 1000; ++i) largest = std::max(largest, queue.size());
    }
    queue.close();
  }
  EXPECT_LE(largest, kCapacity);
  std::array<std::vector<int>, kWriters> counts;
  for (auto& count : counts) count.resize(kPerWriter);
  for (const auto& mine : seen) {
    std::array<int, kWriters> last{-1, -1, -1};
    for (const auto& [writer, i] : mine) {
      ASSERT_GT(i, last[writer]) << "each reader sees a writer's elements in order";
      last[writer] = i;
      ++counts[writer][i];
    }
  }
  for (const auto& count : counts) EXPECT_THAT(count, testing::Each(1));
}

}  // namespace
}  // namespace gradus
