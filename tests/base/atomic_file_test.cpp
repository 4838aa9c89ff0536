#include "base/atomic_file.h"

#include <sys/resource.h>

#include <csignal>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;

std::size_t files_in(const std::filesystem::path& directory) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(directory), {}));
}

/// Makes every write past `bytes` fail with EFBIG, as a full disk makes it fail with ENOSPC.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_limit_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = old_limit_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &old_limit_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*old_handler_)(int);
  rlimit old_limit_{};
};

TEST(AtomicFile, WritesWhatIsReadBack) {
  const test::TempDir dir;
  const std::string content("binary\0content\n", 15);
  ASSERT_TRUE(write_file_atomically(dir / "state", content));
  EXPECT_EQ(read_whole_file(dir / "state").value(), content);
}

TEST(AtomicFile, ReplacesTheOldContentAndLeavesNothingBeside) {
  const test::TempDir dir;
  ASSERT_TRUE(write_file_atomically(dir / "state", "a longer first content"));
  ASSERT_TRUE(write_file_atomically(dir / "state", "second"));
  EXPECT_EQ(test::read_file(dir / "state"), "second");
  EXPECT_EQ(files_in(dir.path()), 1u);
}

TEST(AtomicFile, WritesAnEmptyFile) {
  const test::TempDir dir;
  ASSERT_TRUE(write_file_atomically(dir / "state", ""));
  EXPECT_EQ(read_whole_file(dir / "state").value(), "");
}

TEST(AtomicFile, OverwritesWhatAnInterruptedWriteLeftBehind) {
  const test::TempDir dir;
  dir.write("state.tmp", "half of a much longer conte");
  ASSERT_TRUE(write_file_atomically(dir / "state", "whole"));
  EXPECT_EQ(test::read_file(dir / "state"), "whole");
  EXPECT_EQ(files_in(dir.path()), 1u);
}

TEST(AtomicFile, KeepsTheOldContentWhenTheDiskIsFull) {
  const test::TempDir dir;
  ASSERT_TRUE(write_file_atomically(dir / "state", "old"));
  Result<void> written;
  {
    const FileSizeLimit limit(4096);
    written = write_file_atomically(dir / "state", std::string(100'000, 'x'));
  }
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kIo);
  EXPECT_THAT(written.error().message, HasSubstr("cannot write"));
  EXPECT_THAT(written.error().message, HasSubstr("File too large"));
  EXPECT_EQ(test::read_file(dir / "state"), "old");
  EXPECT_EQ(files_in(dir.path()), 1u);
}

TEST(AtomicFile, NamesTheFileThatCannotBeCreated) {
  const test::TempDir dir;
  const std::filesystem::path below_a_file = dir.write("plain", "") / "state";
  const Result<void> written = write_file_atomically(below_a_file, "content");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::kIo);
  EXPECT_THAT(written.error().message, HasSubstr("cannot create " + below_a_file.string()));
  EXPECT_THAT(written.error().message, HasSubstr("Not a directory"));
}

TEST(AtomicFile, DoesNotReplaceADirectory) {
  const test::TempDir dir;
  dir.write("state/inside", "kept");
  const Result<void> written = write_file_atomically(dir / "state", "content");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().message, HasSubstr("cannot replace"));
  EXPECT_EQ(test::read_file(dir / "state" / "inside"), "kept");
  EXPECT_EQ(files_in(dir.path()), 1u);
}

TEST(ReadWholeFile, ReadsFilesWithoutAStatedSize) {
  EXPECT_THAT(read_whole_file("/proc/self/status").value(), HasSubstr("Threads:"));
}

TEST(ReadWholeFile, TellsAnAbsentFileFromAnUnreadableOne) {
  const test::TempDir dir;
  EXPECT_EQ(read_whole_file(dir / "absent").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(read_whole_file(dir.write("plain", "") / "below").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(read_whole_file(dir.path()).error().code, ErrorCode::kIo);
}

}  // namespace
}  // namespace gradus
