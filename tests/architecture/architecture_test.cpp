#include <algorithm>

#include "tests/architecture/rules.h"

namespace gradus::test {
namespace {

using testing::IsEmpty;

/// The repository that this test was built from, read once.
class Architecture : public testing::Test {
 protected:
  static void SetUpTestSuite() { tree_ = new SourceTree(read_source_tree(GRADUS_SOURCE_DIR)); }
  static void TearDownTestSuite() { delete tree_; }
  static const SourceTree& tree() { return *tree_; }

 private:
  inline static const SourceTree* tree_ = nullptr;
};

TEST_F(Architecture, HasSourcesInEveryRoom) {
  for (const std::string_view room : rooms_in_order()) {
    EXPECT_TRUE(std::any_of(tree().begin(), tree().end(), [&](const SourceFile& file) {
      return is_source(file) && room_of(file.path) == room;
    })) << room;
  }
}

TEST_F(Architecture, IncludesOnlyRoomsToTheLeft) {
  EXPECT_THAT(check_room_order(tree()), IsEmpty());
}

TEST_F(Architecture, KeepsThirdPartyHeadersInTheirRooms) {
  EXPECT_THAT(check_third_party(tree()), IsEmpty());
}

TEST_F(Architecture, KeepsEveryRoomSmall) { EXPECT_THAT(check_room_sizes(tree()), IsEmpty()); }

TEST_F(Architecture, KeepsFilesFunctionsAndLinesShort) {
  EXPECT_THAT(check_lengths(tree()), IsEmpty());
}

TEST_F(Architecture, HoldsNothingForbidden) { EXPECT_THAT(check_forbidden(tree()), IsEmpty()); }

TEST_F(Architecture, ListsEverySourceInOrder) { EXPECT_THAT(check_listed(tree()), IsEmpty()); }

}  // namespace
}  // namespace gradus::test
