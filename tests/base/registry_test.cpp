#include "base/registry.h"

namespace gradus {
namespace {

struct Fruit {
  std::string_view name;
  int weight;
};

constexpr std::array kFruits = {Fruit{"apple", 3}, Fruit{"cherry", 1}, Fruit{"plum", 2}};
constexpr Registry kRegistry{kFruits};

constexpr std::array kOneFruit = {Fruit{"apple", 3}};
constexpr Registry kOne{kOneFruit};

TEST(Registry, FindsAKindByItsName) {
  EXPECT_EQ(kRegistry.find("apple"), &kFruits[0]);
  EXPECT_EQ(kRegistry.find("plum"), &kFruits[2]);
}

TEST(Registry, FindsNothingByAnUnknownName) {
  EXPECT_EQ(kRegistry.find("pear"), nullptr);
  EXPECT_EQ(kRegistry.find(""), nullptr);
  EXPECT_EQ(kRegistry.find("appl"), nullptr);
}

TEST(Registry, KnowsTheNearestName) {
  EXPECT_EQ(kRegistry.nearest("chery"), "cherry");
  EXPECT_EQ(kRegistry.nearest("banana"), "");
}

TEST(Registry, GivesNamesInOrder) {
  EXPECT_THAT(kRegistry.names(), testing::ElementsAre("apple", "cherry", "plum"));
}

TEST(Registry, ListsNamesForAMessage) {
  EXPECT_EQ(kRegistry.listed(), "apple, cherry or plum");
  EXPECT_EQ(kOne.listed(), "apple");
}

TEST(Registry, IsARangeOfItsTable) {
  EXPECT_EQ(kRegistry.size(), 3u);
  EXPECT_EQ(&kRegistry[1], &kFruits[1]);
  EXPECT_EQ(kRegistry.begin(), kFruits.data());
  EXPECT_EQ(kRegistry.end(), kFruits.data() + 3);
}

}  // namespace
}  // namespace gradus
