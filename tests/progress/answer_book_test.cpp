#include "progress/answer_book.h"

#include <numeric>

#include "tests/history/history_scores.h"

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

TEST(AnswerBook, TellsWhatWasAnsweredToItemsThatWereLost) {
  const std::vector<AskedItem> items(20, {"1+1=", "2"});
  const AnswerBook book(
      {{"add", std::make_shared<const std::vector<AskedItem>>(items), nullptr, nullptr}});
  GivenAnswers given{.q = std::vector<float>(20, 0.1f), .begin = {0}, .text = ""};
  for (int i = 0; i < 20; ++i) {
    given.text += std::to_string(i % 10);
    given.begin.push_back(static_cast<std::uint32_t>(given.text.size()));
  }
  const std::vector<std::uint32_t> two = {3, 17};
  const auto lost = book.lost(0, two, given);
  ASSERT_EQ(lost.size(), 2u);
  EXPECT_EQ(lost[1].item, 17u);
  EXPECT_EQ(lost[1].question, "1+1=");
  EXPECT_EQ(lost[1].answer, "2");
  EXPECT_EQ(lost[1].given, "7");

  std::vector<std::uint32_t> all(20);
  std::iota(all.begin(), all.end(), 0u);
  EXPECT_EQ(book.lost(0, all, given).size(), 12u) << "enough to see what they have in common";
  given.begin.clear();
  EXPECT_FALSE(book.lost(0, two, given).at(0).given) << "the learner does not say";
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
