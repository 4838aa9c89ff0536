#include "history/history.h"
#include "tests/history/history_scores.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;
using test::TempDir;
using ::testing::UnorderedElementsAre;

std::unique_ptr<History> history_in(const TempDir& dir) {
  auto history = History::open(dir.path(), "school");
  EXPECT_TRUE(history) << history.error().message;
  EXPECT_TRUE((*history)->begin_attempt(0, at_second(1)));
  return std::move(*history);
}

TEST(History, KeepsAnnotationsAlsoThoseOfAnAbandonedAttempt) {
  const TempDir dir;
  {
    auto history = history_in(dir);
    ASSERT_TRUE(history->annotate({1, 40, at_second(4), "learning rate dropped", true}));
    ASSERT_TRUE(history->annotate({2, 90, at_second(9), "ünicode 'quoted'", false}));
  }
  auto again = std::move(*History::open(dir.path(), "school"));
  ASSERT_TRUE(again->begin_attempt(50, at_second(10)));
  const auto annotations = again->annotations();
  ASSERT_TRUE(annotations) << annotations.error().message;
  ASSERT_EQ(annotations->size(), 2u);
  EXPECT_EQ(annotations->at(0).id, 1u);
  EXPECT_EQ(annotations->at(0).step, 40u);
  EXPECT_EQ(annotations->at(0).time, at_second(4));
  EXPECT_EQ(annotations->at(0).text, "learning rate dropped");
  EXPECT_TRUE(annotations->at(0).rearm);
  EXPECT_EQ(annotations->at(1).text, "ünicode 'quoted'");
  EXPECT_FALSE(annotations->at(1).rearm);
}

Annotation fault_at(Step step, std::string text) {
  return {.step = step, .text = std::move(text), .kind = AnnotationKind::kFault};
}

std::vector<std::string> annotation_texts(const History& history) {
  std::vector<std::string> texts;
  const auto annotations = history.annotations();
  for (const Annotation& each : *annotations) texts.push_back(each.text);
  return texts;
}

TEST(History, KeepsAPlannedFaultOnce) {
  const TempDir dir;
  auto history = history_in(dir);
  const std::vector<Annotation> faults = {fault_at(40, "fault begins: stall")};
  ASSERT_TRUE(history->plan_faults(faults, 0));
  ASSERT_TRUE(history->plan_faults(faults, 30));
  ASSERT_TRUE(history->plan_faults(faults, 50));
  const auto kept = history->annotations();
  ASSERT_EQ(kept->size(), 1u);
  EXPECT_EQ(kept->at(0).kind, AnnotationKind::kFault);
  EXPECT_EQ(kept->at(0).step, 40u);
}

TEST(History, ForgetsFaultsThatAnEarlierAttemptDidNotReach) {
  const TempDir dir;
  auto history = history_in(dir);
  ASSERT_TRUE(history->plan_faults(
      std::vector<Annotation>{fault_at(40, "reached"), fault_at(90, "not reached")}, 0));
  ASSERT_TRUE(history->annotate({7, 95, at_second(9), "a note"}));
  ASSERT_TRUE(history->plan_faults(std::vector<Annotation>{fault_at(80, "planned")}, 50));
  EXPECT_THAT(annotation_texts(*history), UnorderedElementsAre("reached", "a note", "planned"));
}

}  // namespace
}  // namespace gradus
