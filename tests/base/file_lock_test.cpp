#include "base/file_lock.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;

TEST(FileLock, CreatesTheDirectoryItOwns) {
  const test::TempDir dir;
  ASSERT_TRUE(FileLock::acquire(dir / "data" / "run"));
  EXPECT_TRUE(std::filesystem::is_directory(dir / "data" / "run"));
}

TEST(FileLock, NamesDirectoryAndHolderToTheSecond) {
  const test::TempDir dir;
  const Result<FileLock> first = FileLock::acquire(dir.path());
  ASSERT_TRUE(first);
  const Result<FileLock> second = FileLock::acquire(dir.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kLocked);
  EXPECT_THAT(second.error().message, HasSubstr(dir.path().string()));
  EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid()) + ";"));
}

TEST(FileLock, IsReleasedAtDestruction) {
  const test::TempDir dir;
  { ASSERT_TRUE(FileLock::acquire(dir.path())); }
  EXPECT_TRUE(FileLock::acquire(dir.path()));
}

TEST(FileLock, MovesWithItsOwner) {
  const test::TempDir dir;
  std::optional<FileLock> owner;
  {
    Result<FileLock> acquired = FileLock::acquire(dir.path());
    ASSERT_TRUE(acquired);
    owner.emplace(std::move(*acquired));
  }
  EXPECT_FALSE(FileLock::acquire(dir.path()));
  owner.reset();
  EXPECT_TRUE(FileLock::acquire(dir.path()));
}

TEST(FileLock, IsReleasedWhenItsProcessIsKilled) {
  const test::TempDir dir;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<FileLock> lock = FileLock::acquire(dir.path());
    const char held = lock ? 'y' : 'n';
    (void)!::write(ready[1], &held, 1);
    while (true) ::pause();
  }
  char held = 'n';
  ASSERT_EQ(::read(ready[0], &held, 1), 1);
  ASSERT_EQ(held, 'y');
  const Result<FileLock> refused = FileLock::acquire(dir.path());
  EXPECT_THAT(refused.error().message, HasSubstr("process " + std::to_string(child)));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(FileLock::acquire(dir.path()));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(FileLock, SaysWhyADirectoryCannotBeMade) {
  const test::TempDir dir;
  const Result<FileLock> lock = FileLock::acquire(dir.write("plain", "") / "data");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::kIo);
  EXPECT_THAT(lock.error().message, HasSubstr("plain/data"));
}

}  // namespace
}  // namespace gradus
