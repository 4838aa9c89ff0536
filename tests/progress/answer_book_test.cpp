#include "progress/answer_book.h"

#include "tests/progress/history_scores.h"

namespace gradus {
namespace {

AnswerBook::Page pages(const std::string& question = "1+1=") {
  const std::vector<AskedItem> items = {{question, "2"}};
  return {{"add", std::make_shared<const std::vector<AskedItem>>(items), nullptr, nullptr}};
}

std::shared_ptr<const GivenAnswers> given_at(Step step) {
  return std::make_shared<const GivenAnswers>(
      GivenAnswers{.step = step, .q = {0.5f}, .exact_bits = {0}});
}

ProgressReport best_at(Step step) {
  ProgressReport report = test::report_of({"add"});
  report.tasks[0].best_step = step;
  return report;
}

TEST(AnswerBook, KnowsNoAnswersAtFirst) {
  const AnswerBook book(pages());
  EXPECT_EQ(book.of(0).newest, nullptr);
  EXPECT_EQ(book.of(0).best, nullptr);
  EXPECT_EQ(book.pages()->at(0).items->at(0).question, "1+1=");
}

TEST(AnswerBook, KeepsTheAnswersOfTheBestStepBesideTheNewest) {
  AnswerBook book(pages());
  book.take(0, given_at(10), best_at(10));
  book.take(0, given_at(20), best_at(10));
  EXPECT_EQ(book.of(0).newest->step, 20u);
  EXPECT_EQ(book.of(0).best->step, 10u);
  book.take(0, given_at(30), best_at(30));
  EXPECT_EQ(book.of(0).best->step, 30u);
}

TEST(AnswerBook, GoesOnWithWhatTheHistoryKept) {
  AnswerBook book(pages());
  AnswerBook::Page kept = pages();
  kept[0].newest = given_at(20);
  kept[0].best = given_at(10);
  book.restore(kept, best_at(10));
  EXPECT_EQ(book.of(0).newest->step, 20u);
  EXPECT_EQ(book.of(0).best->step, 10u);
}

// After a kill the best probe before the checkpoint may be one whose answers were replaced.
TEST(AnswerBook, TakesNoOtherAnswersForTheBest) {
  AnswerBook book(pages());
  AnswerBook::Page kept = pages();
  kept[0].best = given_at(10);
  book.restore(kept, best_at(7));
  EXPECT_EQ(book.of(0).best, nullptr);
}

TEST(AnswerBook, TakesNoAnswersToOtherItems) {
  AnswerBook book(pages());
  AnswerBook::Page kept = pages("2+2=");
  kept[0].newest = kept[0].best = given_at(10);
  book.restore(kept, best_at(10));
  EXPECT_EQ(book.of(0).newest, nullptr);
}

TEST(AnswerBook, GivesOutWhatLaterAnswersDoNotChange) {
  AnswerBook book(pages());
  book.take(0, given_at(10), best_at(10));
  const auto shown = book.pages();
  book.take(0, given_at(20), best_at(20));
  EXPECT_EQ(shown->at(0).newest->step, 10u);
}

}  // namespace
}  // namespace gradus
