#include "run/run_log.h"

#include "tests/describe/view_fixture.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RunLogLines : public ViewFixture {
 protected:
  void publish_change(Step step, Verdict to) {
    ProgressReport report = report_at(step);
    TaskChange change{"add1", "first", {}};
    change.change.to = to;
    change.change.step = step;
    change.change.score = 0.5;
    changes_.push_back(change);
    report.changes = changes_;
    report.changed = changes_.size();
    publish(std::move(report));
  }
  void connect(bool connected) {
    IngestStats stats;
    stats.source.connected = connected;
    slots_.ingest.set(std::make_shared<const IngestStats>(std::move(stats)));
  }
  std::vector<TaskChange> changes_;
};

TEST_F(RunLogLines, TellEachChangeOfAVerdictOnce) {
  RunLog run_log(0, {});
  publish_change(1000, Verdict::kLearning);
  run_log.tick(view_, 1, log_);
  EXPECT_THAT(lines_, HasSubstr("step 1,000: first/add1 is learning (the score grows)"));
  lines_.clear();
  run_log.tick(view_, 2, log_);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(RunLogLines, DoNotRepeatWhatAnEarlierProcessHasTold) {
  RunLog run_log(1000, {});
  publish_change(900, Verdict::kLearning);
  run_log.tick(view_, 1, log_);
  EXPECT_THAT(lines_, IsEmpty());
  publish_change(1100, Verdict::kMastered);
  run_log.tick(view_, 2, log_);
  EXPECT_THAT(lines_, HasSubstr("step 1,100: first/add1 is mastered"));
  EXPECT_THAT(lines_, Not(HasSubstr("900")));
}

TEST_F(RunLogLines, TellWhenTheConnectionIsLostAndBack) {
  RunLog run_log(0, {});
  connect(false);  // not there yet
  run_log.tick(view_, 1, log_);
  connect(true);
  run_log.tick(view_, 2, log_);
  EXPECT_THAT(lines_, IsEmpty());
  connect(false);
  run_log.tick(view_, 3, log_);
  EXPECT_THAT(lines_, HasSubstr("the connection to the brokers is lost"));
  connect(true);
  run_log.tick(view_, 15, log_);
  EXPECT_THAT(lines_, HasSubstr("connected to the brokers again after 12 s"));
}

TEST_F(RunLogLines, TellOnceAMinuteHowFarTheRunIs) {
  RunLog run_log(0, {});
  publish_step(12345);
  run_log.tick(view_, 59, log_);
  EXPECT_THAT(lines_, IsEmpty());
  run_log.tick(view_, 60, log_);
  EXPECT_THAT(lines_, HasSubstr("step 12,345"));
  lines_.clear();
  run_log.tick(view_, 61, log_);
  EXPECT_THAT(lines_, IsEmpty());
}

TEST_F(RunLogLines, SayWhenANotedStepIsReached) {
  RunLog run_log(0, {{1000, "the fault stall strikes"}, {2000, "the fault stall ends"}});
  publish_step(999);
  run_log.tick(view_, 1, log_);
  EXPECT_THAT(lines_, IsEmpty());
  publish_step(1001);
  run_log.tick(view_, 2, log_);
  EXPECT_THAT(lines_, HasSubstr("the fault stall strikes"));
  EXPECT_THAT(lines_, Not(HasSubstr("ends")));
}

}  // namespace
}  // namespace gradus::test
