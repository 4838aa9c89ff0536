#include "base/latest.h"

#include <atomic>
#include <thread>
#include <vector>

namespace gradus {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Latest, IsNullBeforeTheFirstValue) {
  const Latest<int> latest;
  EXPECT_EQ(latest.get(), nullptr);
  EXPECT_EQ(latest.version(), 0u);
}

TEST(Latest, HoldsTheNewestValueOnly) {
  Latest<int> latest;
  latest.set(std::make_shared<const int>(1));
  latest.set(std::make_shared<const int>(2));
  EXPECT_EQ(*latest.get(), 2);
  EXPECT_EQ(latest.version(), 2u);
}

TEST(Latest, LeavesAReaderTheValueItHolds) {
  Latest<int> latest;
  latest.set(std::make_shared<const int>(1));
  const auto held = latest.get();
  latest.set(std::make_shared<const int>(2));
  EXPECT_EQ(*held, 1);
}

TEST(Latest, DoesNotWaitForAValueThatIsThere) {
  Latest<int> latest;
  latest.set(std::make_shared<const int>(1));
  std::uint64_t seen = 0;
  EXPECT_TRUE(latest.wait_newer(seen, {}, hours(1)));
  EXPECT_EQ(seen, 1u);
}

TEST(Latest, GivesUpAfterTheTimeAllowed) {
  Latest<int> latest;
  std::uint64_t seen = 0;
  EXPECT_FALSE(latest.wait_newer(seen, {}, milliseconds(5)));
  EXPECT_EQ(seen, 0u);
}

TEST(Latest, StopsWaitingWhenAskedTo) {
  Latest<int> latest;
  bool newer = true;
  {
    std::jthread reader([&](const std::stop_token& stop) {
      std::uint64_t seen = 0;
      newer = latest.wait_newer(seen, stop, hours(1));
    });
  }  // the destructor requests the stop and joins
  EXPECT_FALSE(newer);
}

TEST(Latest, WakesReadersWhoThenNeverSeeAnOlderValue) {
  constexpr int kValues = 2000;
  Latest<int> latest;
  std::atomic<bool> went_back = false;
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
      readers.emplace_back([&] {
        std::uint64_t seen = 0;
        int before = -1;
        while (before < kValues - 1) {
          if (!latest.wait_newer(seen, {}, hours(1))) continue;
          const int value = *latest.get();
          if (value < before) went_back = true;
          before = value;
        }
      });
    }
    for (int value = 0; value < kValues; ++value) latest.set(std::make_shared<const int>(value));
  }
  EXPECT_FALSE(went_back);
  EXPECT_EQ(latest.version(), static_cast<std::uint64_t>(kValues));
}

}  // namespace
}  // namespace gradus
