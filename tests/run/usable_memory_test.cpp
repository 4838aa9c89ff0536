#include "run/usable_memory.h"

#include <limits>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

TEST(UsableMemory, IsNoMoreThanThatOfTheMachine) {
  EXPECT_GT(usable_memory(), std::uint64_t{64} << 20);
  EXPECT_LT(usable_memory(), std::uint64_t{1} << 50);
}

TEST(UsableMemory, IsTheLeastOfTheGroupAndThoseAboveIt) {
  const test::TempDir root;
  root.write("a/memory.max", "2000000\n");
  root.write("a/b/memory.max", "max\n");
  root.write("a/b/c/memory.max", "3000000\n");
  EXPECT_EQ(group_limit("0::/a/b/c\n", root.path()), 2'000'000u);
  EXPECT_EQ(group_limit("0::/a/b\n", root.path()), 2'000'000u);
  EXPECT_EQ(group_limit("0::/other\n", root.path()), kNone);
}

// A container sees its own group as the root, and may be told the path that its host knows.
TEST(UsableMemory, IsThatOfTheContainer) {
  const test::TempDir root;
  root.write("memory.max", "512000\n");
  EXPECT_EQ(group_limit("0::/\n", root.path()), 512'000u);
  EXPECT_EQ(group_limit("0::/docker/4711\n", root.path()), 512'000u);
}

TEST(UsableMemory, IsReadFromTheFirstVersionToo) {
  const test::TempDir root;
  root.write("memory/docker/memory.limit_in_bytes", "1000000\n");
  EXPECT_EQ(group_limit("11:cpu,cpuacct:/docker\n9:memory:/docker\n", root.path()), 1'000'000u);
  EXPECT_EQ(group_limit("", root.path()), kNone);
  EXPECT_EQ(group_limit("no group\n:\n", root.path()), kNone);
}

}  // namespace
}  // namespace gradus
