#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "base/atomic_file.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr std::size_t kSize = 200'000;

std::string content_of(char letter) { return std::string(kSize, letter); }

bool is_one_whole_content(const std::string& content) {
  return content.size() == kSize &&
         std::count(content.begin(), content.end(), content[0]) == static_cast<long>(kSize);
}

TEST(AtomicFileThreads, ShowAReaderTheOldContentOrTheNew) {
  const test::TempDir dir;
  ASSERT_TRUE(write_file_atomically(dir / "state", content_of('a')));
  const std::jthread writer([&](const std::stop_token& stop) {
    for (char letter = 'b'; !stop.stop_requested(); letter = letter == 'z' ? 'a' : letter + 1) {
      (void)write_file_atomically(dir / "state", content_of(letter));
    }
  });
  for (int i = 0; i < 200; ++i) {
    const Result<std::string> content = read_whole_file(dir / "state");
    ASSERT_TRUE(content);
    ASSERT_TRUE(is_one_whole_content(*content));
  }
}

TEST(AtomicFileThreads, LeaveAWholeFileWhenTheWriterIsKilled) {
  const test::TempDir dir;
  for (int round = 0; round < 10; ++round) {
    ASSERT_TRUE(write_file_atomically(dir / "state", content_of('0')));
    const pid_t child = ::fork();
    if (child == 0) {
      for (char letter = 'a';; letter = letter == 'z' ? 'a' : static_cast<char>(letter + 1)) {
        (void)write_file_atomically(dir / "state", content_of(letter));
      }
    }
    while (test::read_file(dir / "state")[0] == '0') {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ASSERT_TRUE(is_one_whole_content(test::read_file(dir / "state")));
  }
}

}  // namespace
}  // namespace gradus
