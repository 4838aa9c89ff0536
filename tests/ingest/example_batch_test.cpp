#include "ingest/example_batch.h"

namespace gradus {
namespace {

TEST(ExampleBatch, GivesPromptsAndAnswersFromOneArena) {
  ExampleBatch batch;
  batch.arena = "1+2=347-9=38";
  batch.prompt_begin = {0, 5};
  batch.answer_begin = {4, 10};
  batch.text_end = {5, 12};
  EXPECT_EQ(batch.prompt(0), "1+2=");
  EXPECT_EQ(batch.answer(0), "3");
  EXPECT_EQ(batch.prompt(1), "47-9=");
  EXPECT_EQ(batch.answer(1), "38");
}

TEST(ExampleBatch, IsAsNewAfterClear) {
  ExampleBatch batch;
  batch.task = {1};
  batch.row_begin = {0, 2};
  batch.slot = {5, 6};
  batch.arena = "ab";
  batch.next.at(0).next = 9;
  batch.clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.row_begin, (std::vector<std::uint32_t>{0}));
  EXPECT_TRUE(batch.slot.empty());
  EXPECT_TRUE(batch.arena.empty());
  EXPECT_EQ(batch.next, StreamPosition{});
}

TEST(ExampleBatch, ReservesRoomForAsMuchAsTheOther) {
  ExampleBatch full, fresh;
  full.slot.resize(1000);
  full.arena.resize(2000);
  fresh.reserve_like(full);
  EXPECT_GE(fresh.slot.capacity(), 1000u);
  EXPECT_GE(fresh.arena.capacity(), 2000u);
  EXPECT_TRUE(fresh.slot.empty());
}

}  // namespace
}  // namespace gradus
