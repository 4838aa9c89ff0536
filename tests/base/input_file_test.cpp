#include "base/input_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;

constexpr std::size_t kMost = std::size_t{1} << 20;

std::string error_of(const std::filesystem::path& path, ErrorCode code) {
  const auto text = read_input_file(path, kMost);
  if (text) return "no error";
  EXPECT_EQ(text.error().code, code);
  EXPECT_THAT(text.error().message, HasSubstr(path.string()));
  return text.error().message;
}

TEST(InputFile, IsReadToItsEnd) {
  const test::TempDir dir;
  const std::string content(kMost, 'x');
  EXPECT_EQ(read_input_file(dir.write("full", content), kMost).value(), content);
  EXPECT_EQ(read_input_file(dir.write("empty", ""), kMost).value(), "");
  EXPECT_THAT(read_input_file("/proc/self/status", kMost).value(), HasSubstr("Threads:"));
}

TEST(InputFile, IsRefusedWhereItIsNone) {
  const test::TempDir dir;
  EXPECT_THAT(error_of(dir / "absent", ErrorCode::kNotFound), HasSubstr("there is no file"));
  EXPECT_THAT(error_of(dir.path(), ErrorCode::kBadConfig), HasSubstr("is a directory"));
}

TEST(InputFile, IsRefusedWhereItIsTooLarge) {
  const test::TempDir dir;
  EXPECT_THAT(error_of(dir.write("large", std::string(kMost + 1, 'x')), ErrorCode::kBadConfig),
              HasSubstr("is larger than 1 MB, the most that is read"));
  // A size that takes no place on the disk.
  const auto sparse = dir.write("sparse", "");
  ASSERT_EQ(::truncate(sparse.c_str(), off_t{1} << 40), 0);
  EXPECT_THAT(error_of(sparse, ErrorCode::kBadConfig), HasSubstr("larger than 1 MB"));
  EXPECT_THAT(error_of("/dev/zero", ErrorCode::kBadConfig), HasSubstr("larger than 1 MB"));
}

TEST(InputFile, IsRefusedWhereItIsAPipeThatNobodyWritesTo) {
  const test::TempDir dir;
  const auto pipe = dir / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_THAT(error_of(pipe, ErrorCode::kBadConfig), HasSubstr("a pipe that nobody writes to"));
}

TEST(InputFile, MayBeAPipeThatIsWrittenTo) {
  const test::TempDir dir;
  const auto pipe = dir / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);  // keeps what is written
  const int writer = ::open(pipe.c_str(), O_WRONLY);
  ASSERT_EQ(::write(writer, "run: a\n", 7), 7);
  ::close(writer);
  EXPECT_EQ(read_input_file(pipe, kMost).value(), "run: a\n");
  ::close(reader);
}

TEST(InputFile, MayBeAPipeOfTheShell) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "run: a\n", 7), 7);
  ::close(ends[1]);
  EXPECT_EQ(read_input_file("/dev/fd/" + std::to_string(ends[0]), kMost).value(), "run: a\n");
  ::close(ends[0]);
}

}  // namespace
}  // namespace gradus
