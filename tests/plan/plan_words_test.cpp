#include "plan/plan_words.h"

namespace gradus {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kNoLoss =
    "no loss of a mastered task is planned: at this rate fewer than "
    "half of the runs are mastered within 16 doublings\n";

TEST(PlanWords, SayWhyNoLossOfAMasteredTaskIsPlanned) {
  PlannedTask planned;
  planned.plan.mastered_from = 0.998;
  EXPECT_THAT(plan_text(planned), HasSubstr(kNoLoss));
  planned.plan.mastered_loss = Delay{.found = 1, .median = 0.1, .p90 = 0.2};
  EXPECT_THAT(plan_text(planned), HasSubstr("that of a mastered task"));
  EXPECT_THAT(plan_text(planned), Not(HasSubstr(kNoLoss)));
}

TEST(PlanWords, SayThatOfATaskThatIsNeverMasteredOnlyOnce) {
  PlannedTask planned;
  planned.plan.items_to_master = 35;
  EXPECT_THAT(plan_text(planned), HasSubstr("never mastered: that takes 35 items"));
  EXPECT_THAT(plan_text(planned), Not(HasSubstr("is planned")));
}

}  // namespace
}  // namespace gradus
