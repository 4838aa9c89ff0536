#include "terminal/display.h"

#include <unistd.h>

#include "tests/describe/view_fixture.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DisplayLines : public ViewFixture {
 protected:
  DisplayLines() : out_(std::tmpfile()), display_(LineDisplay::Mode::kLines, out_) {}
  ~DisplayLines() override { std::fclose(out_); }

  /// What is printed of a report in which add1 has this verdict since this step.
  std::string printed(Verdict verdict, const std::optional<VerdictChange>& change) {
    ProgressReport report = report_at(1000);
    report.tasks[0].verdict = verdict;
    report.tasks[0].since_step = 900;
    report.tasks[0].now = {0.4, 0.6};
    report.tasks[0].last_change = change;
    publish(std::move(report));
    std::rewind(out_);
    EXPECT_EQ(::ftruncate(::fileno(out_), 0), 0);
    display_.tick(display_frame(view_, 0), 0);
    std::rewind(out_);
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), out_));
    return text;
  }

  std::FILE* out_;
  LineDisplay display_;
};

TEST_F(DisplayLines, TellAChangeWithItsEvidenceAndTheScoreNow) {
  EXPECT_THAT(printed(Verdict::kMastered, std::nullopt), Not(HasSubstr("first/add1")));
  VerdictChange change;
  change.from = Verdict::kMastered;
  change.to = Verdict::kRegressing;
  change.step = 900;
  change.score = 0.55;
  change.left_target = 700;
  EXPECT_THAT(printed(Verdict::kRegressing, change),
              HasSubstr("step 900: first/add1 is regressing (the score falls), was mastered, score "
                        "0.55, last at its target at step 700; now 0.50 [0.40, 0.60]\n"));
  EXPECT_THAT(printed(Verdict::kRegressing, change), Not(HasSubstr("first/add1"))) << "once";
}

TEST_F(DisplayLines, TellAChangeOfWhichNothingElseIsKnown) {
  printed(Verdict::kDormant, std::nullopt);
  EXPECT_THAT(printed(Verdict::kLearning, std::nullopt),
              HasSubstr("step 900: first/add1 is learning (the score grows), was dormant, score "
                        "0.50; now 0.50"));
}

}  // namespace
}  // namespace gradus::test
