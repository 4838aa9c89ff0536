#include <atomic>
#include <thread>
#include <vector>

#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::report_of;
using test::score_at;

// A snapshot has both tasks: a reader that sees an odd number of scores saw half of one.
TEST(HistoryThreads, ReadersSeeWholeSnapshotsWhileTheWriterWrites) {
  constexpr Step kSnapshots = 200;
  const test::TempDir dir;
  auto history = std::move(*History::open(dir.path(), "school"));
  ASSERT_TRUE(history->begin_attempt(0, test::at_second(1)));
  std::atomic<bool> written = false;

  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      const auto reader = HistoryReader::open(dir.path());
      ASSERT_TRUE(reader) << reader.error().message;
      std::size_t seen = 0;
      bool last_look = false;
      while (!last_look) {
        last_look = written;
        const auto scores = (*reader)->scores();
        ASSERT_TRUE(scores) << scores.error().message;
        EXPECT_EQ(scores->size() % 2, 0u);
        EXPECT_GE(scores->size(), seen);
        seen = scores->size();
        const auto curve = (*reader)->curve("add", 0, 1'000'000, 10);
        ASSERT_TRUE(curve) << curve.error().message;
      }
      EXPECT_EQ(seen, 2 * kSnapshots);
    });
  }
  for (Step step = 1; step <= kSnapshots; ++step) {
    const std::vector<Score> both = {score_at(step, 0.5, 0), score_at(step, 0.5, 1)};
    const auto done = history->append(both, report_of({"add", "sub"}));
    EXPECT_TRUE(done) << done.error().message;
  }
  written = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace gradus
