#include "probes/task_items.h"

#include <cmath>
#include <limits>

#include "tests/probes/fakes.h"

namespace gradus {
namespace {

using test::item;
using test::ladder_of;
using test::say;
using test::WordsDecoder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TaskItems decoded(const Ladder& ladder, TaskIndex task, const std::vector<Item>& items) {
  WordsDecoder decoder(ladder);
  auto found = TaskItems::decode(ladder, task, items, decoder);
  EXPECT_TRUE(found) << found.error().message;
  return std::move(*found);
}

std::string refusal(const Ladder& ladder, TaskIndex task, const std::vector<Item>& items) {
  WordsDecoder decoder(ladder);
  const auto found = TaskItems::decode(ladder, task, items, decoder);
  EXPECT_FALSE(found);
  return found ? "" : found.error().message;
}

std::vector<std::string> names(const std::vector<FacetScore>& facets) {
  std::vector<std::string> found;
  for (const FacetScore& facet : facets) found.push_back(facet.name);
  return found;
}

/// One position a character and one for the end, with these probabilities.
ItemScores with_positions(const ExampleBatch& batch, std::vector<float> position_q) {
  ItemScores said;
  say(batch, 0.5f, said);
  said.position_begin = {0};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    said.position_begin.push_back(said.position_begin.back() +
                                  static_cast<std::uint32_t>(batch.answer(i).size()) + 1);
  }
  for (const float q : position_q) {
    said.position_log_loss.push_back(-std::log(q));
    said.position_exact.push_back(q > 0.5f ? 1 : 0);
  }
  said.position_q = std::move(position_q);
  return said;
}

TEST(TaskItems, KeepsOnlyTheItemsOfTheTask) {
  const Ladder ladder = ladder_of({"copy", "add"});
  const TaskItems items =
      decoded(ladder, 1, {item(0, "copy 1= 1"), item(1, "add 1+1= 2"), item(1, "add 1+2= 3")});
  EXPECT_EQ(items.batch().size(), 2u);
  EXPECT_EQ(items.batch().answer(1), "3");
}

TEST(TaskItems, NamesTheItemThatCannotBeDecoded) {
  const Ladder ladder = ladder_of({"copy"});
  EXPECT_THAT(refusal(ladder, 0, {item(0, "copy 1= 1"), item(0, "nonsense")}),
              AllOf(HasSubstr("item 1 of task copy"), HasSubstr("nonsense")));
}

TEST(TaskItems, RefusesARecordOfAnotherTask) {
  const Ladder ladder = ladder_of({"copy", "add"});
  EXPECT_THAT(refusal(ladder, 0, {item(0, "add 1+1= 2")}), HasSubstr("names another task"));
}

TEST(TaskItems, RefusesATagThatIsCalledAsAPositionIs) {
  const Ladder ladder = ladder_of({"add"});
  EXPECT_THAT(refusal(ladder, 0, {item(0, "add 1+1= 2", {"units"})}),
              HasSubstr("tag units is the name of a position of the answer; give it another"));
}

TEST(TaskItems, RefusesATaskWithoutItems) {
  const Ladder ladder = ladder_of({"copy", "add"});
  EXPECT_THAT(refusal(ladder, 1, {item(0, "copy 1= 1")}), HasSubstr("task add has no items"));
}

TEST(TaskItems, SumsWhatThePredictorSays) {
  const Ladder ladder = ladder_of({"copy"});
  const TaskItems items = decoded(ladder, 0, {item(0, "copy 1= 1"), item(0, "copy 2= 2")});
  ItemScores said;
  say(items.batch(), 0.25f, said);
  said.q[1] = 0.75f;
  said.log_loss = {2.0f, 0.5f};
  said.exact = {0, 1};
  const auto score = items.tally(said);
  ASSERT_TRUE(score);
  EXPECT_EQ(score->sums.items, 2u);
  EXPECT_EQ(score->sums.exact, 1u);
  EXPECT_DOUBLE_EQ(score->sums.q, 1.0);
  EXPECT_DOUBLE_EQ(score->sums.q_squared, 0.625);
  EXPECT_DOUBLE_EQ(score->sums.log_loss, 2.5);
}

TEST(TaskItems, KeepsOneExactBitAnItem) {
  const Ladder ladder = ladder_of({"copy"});
  const std::vector<Item> many(70, item(0, "copy 1= 1"));
  const TaskItems items = decoded(ladder, 0, many);
  ItemScores said;
  say(items.batch(), 0.2f, said);
  said.exact[0] = said.exact[63] = said.exact[64] = 1;
  const auto score = items.tally(said);
  ASSERT_TRUE(score);
  EXPECT_THAT(score->exact_bits, ElementsAre(0x8000000000000001ull, 1ull));
}

TEST(TaskItems, CountsDigitsFromTheRight) {
  // Answers 7 and 105: their last digits share a name, though they stand at positions 1 and 3.
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 3+4= 7"), item(0, "add 98+7= 105")});
  const auto score = items.tally(
      with_positions(items.batch(), {0.125f, 1.0f, /* 105 and end: */ 0.75f, 0.5f, 0.375f, 0.25f}));
  ASSERT_TRUE(score);
  ASSERT_THAT(names(score->facets), ElementsAre("hundreds", "tens", "units", "end"));
  EXPECT_EQ(score->facets[0].sums.items, 1u);
  EXPECT_DOUBLE_EQ(score->facets[0].sums.mean(), 0.75);
  EXPECT_DOUBLE_EQ(score->facets[1].sums.mean(), 0.5);
  EXPECT_EQ(score->facets[2].sums.items, 2u);
  EXPECT_DOUBLE_EQ(score->facets[2].sums.mean(), 0.25);
  EXPECT_DOUBLE_EQ(score->facets[3].sums.mean(), 0.625);
  EXPECT_EQ(score->facets[3].sums.exact, 1u);
}

TEST(TaskItems, NamesDigitsBeyondTheNamedOnesByTheirPower) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 0+1= 1234567890")});
  const auto score = items.tally(with_positions(items.batch(), std::vector<float>(11, 0.5f)));
  ASSERT_TRUE(score);
  EXPECT_EQ(score->facets.front().name, "10^9");
  EXPECT_EQ(score->facets[1].name, "hundred millions");
}

TEST(TaskItems, CountsPositionsOfWordsFromTheLeft) {
  const Ladder ladder = ladder_of({"spell"});
  const TaskItems items = decoded(ladder, 0, {item(0, "spell a= no"), item(0, "spell b= yes")});
  const auto score = items.tally(with_positions(items.batch(), std::vector<float>(7, 0.5f)));
  ASSERT_TRUE(score);
  EXPECT_THAT(names(score->facets), ElementsAre("position 1", "position 2", "position 3", "end"));
  EXPECT_EQ(score->facets[2].sums.items, 1u);
  EXPECT_EQ(score->facets[3].sums.items, 2u);
}

TEST(TaskItems, KnowsNoEndWherePositionsAreNoCharacters) {
  const Ladder ladder = ladder_of({"spell"});
  const TaskItems items = decoded(ladder, 0, {item(0, "spell a= banana")});
  ItemScores said;
  say(items.batch(), 0.5f, said);
  said.position_begin = {0, 2};
  said.position_q = {0.5f, 0.25f};
  said.position_log_loss = {1, 1};
  said.position_exact = {0, 0};
  const auto score = items.tally(said);
  ASSERT_TRUE(score);
  EXPECT_THAT(names(score->facets), ElementsAre("position 1", "position 2"));
}

TEST(TaskItems, ScoresTheItemsOfATagOnTheirOwn) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items =
      decoded(ladder, 0,
              {item(0, "add 1+1= 2", {"small", "even"}), item(0, "add 9+9= 18", {"carry"}),
               item(0, "add 9+8= 17", {"carry"})});
  ItemScores said;
  say(items.batch(), 1.0f, said);
  said.q = {1.0f, 0.25f, 0.75f};
  said.exact = {1, 0, 1};
  const auto score = items.tally(said);
  ASSERT_TRUE(score);
  ASSERT_THAT(names(score->facets), ElementsAre("carry", "even", "small"));
  EXPECT_EQ(score->facets[0].sums.items, 2u);
  EXPECT_DOUBLE_EQ(score->facets[0].sums.mean(), 0.5);
  EXPECT_EQ(score->facets[0].sums.exact, 1u);
  EXPECT_DOUBLE_EQ(score->facets[2].sums.mean(), 1.0);
}

TEST(TaskItems, DigestTellsItemSetsApart) {
  const Ladder ladder = ladder_of({"add"});
  const auto digest = [&](const std::vector<Item>& set) {
    const TaskItems items = decoded(ladder, 0, set);
    ItemScores said;
    say(items.batch(), 0.5f, said);
    return items.tally(said)->item_digest;
  };
  const Item first = item(0, "add 1+1= 2");
  const Item second = item(0, "add 1+2= 3");
  EXPECT_EQ(digest({first, second}), digest({first, second}));
  EXPECT_NE(digest({first, second}), digest({second, first}));
  EXPECT_NE(digest({first, second}), digest({first}));
}

TEST(TaskItems, RefusesANonFiniteProbability) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 1+1= 2")});
  for (const float wrong : {std::numeric_limits<float>::quiet_NaN(), -0.5f, 1.5f,
                            std::numeric_limits<float>::infinity()}) {
    ItemScores said;
    say(items.batch(), wrong, said);
    EXPECT_FALSE(items.tally(said)) << wrong;
  }
}

TEST(TaskItems, RefusesANonFiniteLossAndPosition) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 1+1= 2")});
  ItemScores said = with_positions(items.batch(), {0.5f, std::numeric_limits<float>::quiet_NaN()});
  EXPECT_THAT(items.tally(said).error().message, HasSubstr("position 1"));
  say(items.batch(), 0.5f, said);
  said.log_loss[0] = std::numeric_limits<float>::infinity();
  EXPECT_THAT(items.tally(said).error().message, HasSubstr("item 0"));
}

TEST(TaskItems, TakesAHairAboveOneAsOne) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 1+1= 2")});
  ItemScores said;
  say(items.batch(), 1.00001f, said);
  EXPECT_EQ(items.tally(said)->sums.q, 1.0);
}

TEST(TaskItems, RefusesAnswersThatLeaveItemsOut) {
  const Ladder ladder = ladder_of({"add"});
  const TaskItems items = decoded(ladder, 0, {item(0, "add 1+1= 2"), item(0, "add 1+2= 3")});
  ItemScores said;
  say(items.batch(), 0.5f, said);
  said.q.pop_back();
  EXPECT_THAT(items.tally(said).error().message, HasSubstr("1 of 2 items"));
}

}  // namespace
}  // namespace gradus
