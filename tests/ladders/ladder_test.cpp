#include "ladders/ladder.h"

#include <string>

namespace gradus {
namespace {

Ladder three_tasks() {
  Ladder ladder;
  ladder.name = "small";
  ladder.tiers = {{.name = "low", .title = "Low", .tasks = {0}},
                  {.name = "high", .title = "High", .tasks = {1, 2}}};
  for (const auto& [name, tier] : {std::pair{"a", 0}, {"b", 1}, {"c", 1}}) {
    Task task;
    task.name = name;
    task.tier = static_cast<std::uint16_t>(tier);
    ladder.tasks.push_back(task);
  }
  return ladder;
}

TEST(Ladder, FindsATaskByName) {
  EXPECT_EQ(three_tasks().find("b"), TaskIndex{1});
  EXPECT_EQ(three_tasks().find("d"), std::nullopt);
}

TEST(Ladder, KeepsSelectedTasksAndLeavesEmptyTiersOut) {
  const Ladder selected = select_tasks(three_tasks(), {false, false, true});
  ASSERT_EQ(selected.tiers.size(), 1u);
  EXPECT_EQ(selected.tiers[0].name, "high");
  EXPECT_EQ(selected.tiers[0].tasks, std::vector<TaskIndex>{0});
  ASSERT_EQ(selected.tasks.size(), 1u);
  EXPECT_EQ(selected.tasks[0].name, "c");
  EXPECT_EQ(selected.tasks[0].tier, 0);
  EXPECT_EQ(selected.name, "small");
}

TEST(Ladder, SelectingAllChangesNothing) {
  const Ladder selected = select_tasks(three_tasks(), {true, true, true});
  EXPECT_EQ(selected.tiers.size(), 2u);
  EXPECT_EQ(selected.tiers[1].tasks, (std::vector<TaskIndex>{1, 2}));
  EXPECT_EQ(selected.tasks[2].tier, 1);
}

TEST(Ladder, NamesAreSnakeCaseAndShort) {
  for (const std::string_view good : {"a", "add2c", "is_even", "x_"}) EXPECT_TRUE(is_name(good));
  for (const std::string_view bad : {"", "2add", "_a", "Add", "a-b", "a b", "\xC3\xA4"}) {
    EXPECT_FALSE(is_name(bad)) << bad;
  }
  EXPECT_TRUE(is_name(std::string(64, 'a')));
  EXPECT_FALSE(is_name(std::string(65, 'a')));
}

}  // namespace
}  // namespace gradus
