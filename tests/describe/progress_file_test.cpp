#include "describe/progress_file.h"

#include <filesystem>
#include <stop_token>

#include "base/atomic_file.h"
#include "describe/progress_document.h"
#include "tests/describe/view_fixture.h"

namespace gradus::test {
namespace {

class ProgressFileTest : public ViewFixture {
 protected:
  ProgressFileTest() : file_(folder_.path(), 0, {}) {}

  /// The step in the file; nothing where there is none.
  std::optional<Step> kept_step() const {
    const auto content = read_whole_file(folder_.path() / ProgressFile::kName);
    if (!content) return std::nullopt;
    return read_progress_document(*content)->report.step;
  }
  /// Writes what waits, as the file thread would, and ends.
  void write_waiting() {
    std::stop_source stop;
    stop.request_stop();
    file_.run(stop.get_token(), log_);
  }

  ProgressFile file_;
};

TEST_F(ProgressFileTest, LeavesTheDiskToItsThread) {
  publish(report_at(100));
  file_.hand_over_when_due(view_, 0);
  EXPECT_FALSE(kept_step());
  write_waiting();
  EXPECT_EQ(kept_step(), 100u);
}

TEST_F(ProgressFileTest, IsHandedOverEveryTenSeconds) {
  publish(report_at(100));
  file_.hand_over_when_due(view_, 1);
  write_waiting();
  publish(report_at(200));
  file_.hand_over_when_due(view_, 10.9);
  write_waiting();
  EXPECT_EQ(kept_step(), 100u);
  file_.hand_over_when_due(view_, 11);
  write_waiting();
  EXPECT_EQ(kept_step(), 200u);
}

TEST_F(ProgressFileTest, DoesNotWaitForADiskThatIsBusy) {
  publish(report_at(100));
  file_.hand_over_when_due(view_, 0);
  publish(report_at(200));
  file_.hand_over_when_due(view_, 10);  // returns though nobody has written the first
  write_waiting();
  EXPECT_EQ(kept_step(), 100u);
}

TEST_F(ProgressFileTest, LogsThatItCannotBeWritten) {
  std::filesystem::create_directory(folder_.path() / ProgressFile::kName);
  file_.hand_over_when_due(view_, 0);
  write_waiting();
  EXPECT_THAT(lines_, testing::HasSubstr(std::string(ProgressFile::kName)));
}

}  // namespace
}  // namespace gradus::test
