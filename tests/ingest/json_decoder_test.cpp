#include "ingest/decoders/json_decoder.h"

#include <cmath>
#include <map>

#include "ingest/feature_hash.h"
#include "tests/ingest/fakes.h"

namespace gradus {
namespace {

using test::json_decoder;
using test::small_ladder;
using testing::ElementsAre;

constexpr std::uint32_t kMask18 = (1u << 18) - 1;

RawRecord raw(std::string_view bytes) { return {.bytes = bytes, .key = {}}; }

std::uint32_t slot_of(std::string_view name) { return feature_hash(name) & kMask18; }

class JsonQuestions : public testing::Test {
 protected:
  Reject decode(std::string_view bytes) { return decoder_->decode(raw(bytes), batch_); }
  Ladder ladder_ = small_ladder();
  std::unique_ptr<Decoder> decoder_ = json_decoder({.kind = InputKind::kText}, &ladder_);
  ExampleBatch batch_;
};

TEST_F(JsonQuestions, WritesPromptAndAnswerIntoTheArena) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"odd 5","answer":"1"})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"answer":"6","prompt":"2+4","task":"add1"})"), Reject::kNone);
  EXPECT_EQ(batch_.prompt(0), "odd 5");
  EXPECT_EQ(batch_.answer(0), "1");
  EXPECT_EQ(batch_.prompt(1), "2+4");
  EXPECT_EQ(batch_.answer(1), "6");
  EXPECT_THAT(batch_.task, ElementsAre(1, 0));
}

TEST_F(JsonQuestions, HasWeightOneAndTheTimeOfTheRecordWhereNoneIsGiven) {
  RawRecord record = raw(R"({"task":"odd","prompt":"odd 5","answer":"1"})");
  record.timestamp_ms = 1234;
  ASSERT_EQ(decoder_->decode(record, batch_), Reject::kNone);
  EXPECT_EQ(batch_.weight[0], 1.0f);
  EXPECT_EQ(batch_.event_time_ms[0], 1234);
}

TEST_F(JsonQuestions, TakesWeightAndTimeFromTheRecord) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"p","answer":"1","weight":2.5,"time":1700000000.25})"),
            Reject::kNone);
  EXPECT_EQ(batch_.weight[0], 2.5f);
  EXPECT_EQ(batch_.event_time_ms[0], 1'700'000'000'250);
}

TEST_F(JsonQuestions, LeavesOtherFieldsUnread) {
  EXPECT_EQ(decode(R"({"id":{"a":[1,null]},"task":"odd","prompt":"p","answer":"1","note":"x"})"),
            Reject::kNone);
}

TEST_F(JsonQuestions, TakesTheFirstOfAFieldGivenTwice) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"a","prompt":"b","answer":"1"})"), Reject::kNone);
  EXPECT_EQ(batch_.prompt(0), "a");
}

TEST_F(JsonQuestions, ReadsEscapesAndCharactersBeyondAscii) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"a\u00e9\n\"","answer":"é"})"), Reject::kNone);
  EXPECT_EQ(batch_.prompt(0), "a\xC3\xA9\n\"");
  EXPECT_EQ(batch_.answer(0), "\xC3\xA9");
}

TEST_F(JsonQuestions, AsksTheLearnerWhetherItTakesTheText) {
  const auto check = [](std::string_view prompt, std::string_view answer) {
    if (prompt == "odd ?") return Reject::kUnknownCharacter;
    return answer.size() > 3 ? Reject::kTooLong : Reject::kNone;
  };
  decoder_ = json_decoder({.kind = InputKind::kText, .check_text = check}, &ladder_);
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"odd ?","answer":"1"})"), Reject::kUnknownCharacter);
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"odd 1","answer":"1234"})"), Reject::kTooLong);
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"odd 1","answer":"1"})"), Reject::kNone);
  EXPECT_EQ(batch_.size(), 1u);
}

TEST_F(JsonQuestions, NeedsATaskOnlyWhereTheLadderHasSeveral) {
  EXPECT_EQ(decode(R"({"prompt":"p","answer":"1"})"), Reject::kMissingField);
  ladder_.tasks.resize(1);
  decoder_ = json_decoder({.kind = InputKind::kText}, &ladder_);
  EXPECT_EQ(decode(R"({"prompt":"p","answer":"1"})"), Reject::kNone);
  EXPECT_EQ(batch_.task[0], 0);
}

TEST_F(JsonQuestions, HasNoTaskWithoutALadder) {
  decoder_ = json_decoder({.kind = InputKind::kText}, nullptr);
  ASSERT_EQ(decode(R"({"task":"anything","prompt":"p","answer":"1"})"), Reject::kNone);
  EXPECT_EQ(batch_.task[0], kNoTask);
}

class JsonAttributes : public testing::Test {
 protected:
  Reject decode(std::string_view bytes) { return decoder_->decode(raw(bytes), batch_); }
  void for_classes(std::uint32_t classes) {
    decoder_ = json_decoder({.classes = classes}, nullptr);
  }
  std::map<std::uint32_t, float> row(std::size_t i) const {
    std::map<std::uint32_t, float> values;
    for (auto k = batch_.row_begin[i]; k < batch_.row_begin[i + 1]; ++k) {
      values[batch_.slot[k]] += batch_.value[k];
    }
    return values;
  }
  std::unique_ptr<Decoder> decoder_ = json_decoder({}, nullptr);
  ExampleBatch batch_;
};

TEST_F(JsonAttributes, PutsTheIthNumberOfAnArrayIntoSlotI) {
  ASSERT_EQ(decode(R"({"x":[0.5,-2,1e3],"y":7.25})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, ElementsAre(0, 1, 2));
  EXPECT_THAT(batch_.value, ElementsAre(0.5f, -2.0f, 1000.0f));
  EXPECT_THAT(batch_.label, ElementsAre(7.25f));
}

TEST_F(JsonAttributes, LeavesOutZerosAndNulls) {
  ASSERT_EQ(decode(R"({"x":[0,null,0.0,4],"y":0})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, ElementsAre(3));
  ASSERT_EQ(decode(R"({"features":{"a":0,"b":null,"c":false},"y":0})"), Reject::kNone);
  EXPECT_THAT(batch_.row_begin, ElementsAre(0, 1, 1));
}

TEST_F(JsonAttributes, HashesNamesOfNumbers) {
  ASSERT_EQ(decode(R"({"features":{"bare":1.5},"y":1})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, ElementsAre(35848));  // as Vowpal Wabbit's --audit has it at 18 bits
  EXPECT_THAT(batch_.value, ElementsAre(1.5f));
}

TEST_F(JsonAttributes, HashesStringsWithTheirNames) {
  ASSERT_EQ(decode(R"({"features":{"city":"paris","flag":true},"y":1})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, ElementsAre(slot_of("city=paris"), slot_of("flag")));
  EXPECT_THAT(batch_.value, ElementsAre(1.0f, 1.0f));
}

TEST_F(JsonAttributes, TakesAFeatureNamedByDigitsForThePlaceInAnArray) {
  ASSERT_EQ(decode(R"({"features":{"3":1.5},"y":1})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"x":[0,0,0,1.5],"y":1})"), Reject::kNone);
  EXPECT_EQ(row(0), row(1));
}

TEST_F(JsonAttributes, KeepsSlotsBelowTheBits) {
  decoder_ = json_decoder({.bits = 3}, nullptr);
  ASSERT_EQ(decode(R"({"x":[1,1,1,1,1,1,1,1,1],"features":{"bare":1},"y":1})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, testing::Each(testing::Lt(8u)));
  EXPECT_EQ(batch_.slot[8], 0u);
}

TEST_F(JsonAttributes, TakesABooleanLabel) {
  ASSERT_EQ(decode(R"({"x":[1],"y":true})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"x":[1],"y":false})"), Reject::kNone);
  EXPECT_THAT(batch_.label, ElementsAre(1.0f, 0.0f));
}

TEST_F(JsonAttributes, TakesMinusOneAsTheFirstOfTwoClasses) {
  for_classes(2);
  ASSERT_EQ(decode(R"({"x":[1],"y":-1})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"x":[1],"y":1})"), Reject::kNone);
  EXPECT_THAT(batch_.label, ElementsAre(0.0f, 1.0f));
}

TEST_F(JsonAttributes, RefusesLabelsThatAreNoClass) {
  for_classes(3);
  EXPECT_EQ(decode(R"({"x":[1],"y":2})"), Reject::kNone);
  EXPECT_EQ(decode(R"({"x":[1],"y":3})"), Reject::kOutOfRange);
  EXPECT_EQ(decode(R"({"x":[1],"y":-1})"), Reject::kOutOfRange);
  EXPECT_EQ(decode(R"({"x":[1],"y":0.5})"), Reject::kOutOfRange);
}

TEST_F(JsonAttributes, TakesNumbersTooSmallForAFloatForZero) {
  ASSERT_EQ(decode(R"({"x":[1e-60,1e-400,1],"y":1})"), Reject::kNone);
  EXPECT_THAT(batch_.slot, ElementsAre(2));
}

class JsonChoices : public testing::Test {
 protected:
  Reject decode(std::string_view bytes) { return decoder_->decode(raw(bytes), batch_); }
  Ladder ladder_ = small_ladder();
  std::unique_ptr<Decoder> decoder_ = json_decoder({.classes = 2}, &ladder_);
  ExampleBatch batch_;
};

TEST_F(JsonChoices, LabelIsTheIndexOfTheAnswer) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"odd 4","answer":"0"})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"odd 7","answer":"1"})"), Reject::kNone);
  EXPECT_THAT(batch_.label, ElementsAre(0.0f, 1.0f));
  EXPECT_THAT(batch_.task, ElementsAre(1, 1));
}

TEST_F(JsonChoices, RefusesAnswersThatAreNoChoiceAndTasksWithoutChoices) {
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"odd 4","answer":"2"})"), Reject::kOutOfRange);
  EXPECT_EQ(decode(R"({"task":"add1","prompt":"1+1","answer":"2"})"), Reject::kOutOfRange);
  EXPECT_TRUE(batch_.empty());
}

TEST_F(JsonChoices, RefusesAChoiceBeyondTheClassesOfTheLearner) {
  ladder_.tasks[1].choices = {"a", "b", "c"};
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"p","answer":"b"})"), Reject::kNone);
  EXPECT_EQ(decode(R"({"task":"odd","prompt":"p","answer":"c"})"), Reject::kOutOfRange);
}

TEST_F(JsonChoices, SeesTheLastCharacterAlikeInPromptsOfAnyLength) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"odd 47","answer":"1"})"), Reject::kNone);
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"odd 7","answer":"1"})"), Reject::kNone);
  // 6 and 5 characters, each with two places, and the pairs between them.
  EXPECT_THAT(batch_.row_begin, ElementsAre(0, 6 * 2 + 5, 6 * 2 + 5 + 5 * 2 + 4));
  const std::set<std::uint32_t> first(batch_.slot.begin(), batch_.slot.begin() + 17);
  const std::set<std::uint32_t> second(batch_.slot.begin() + 17, batch_.slot.end());
  std::vector<std::uint32_t> shared;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(),
                        std::back_inserter(shared));
  // From the left `odd `; from the right the 7 and a d in fourth place; the pairs `od`, `dd`, `d `.
  EXPECT_EQ(shared.size(), 4u + 2u + 3u);
}

TEST_F(JsonChoices, TakesAnEmptyPromptAsARowWithoutFeatures) {
  ASSERT_EQ(decode(R"({"task":"odd","prompt":"","answer":"1"})"), Reject::kNone);
  EXPECT_THAT(batch_.row_begin, ElementsAre(0, 0));
}

TEST(JsonFormat, HasNoKeys) {
  Options options("stream.json");
  options.set("header", "true", "gradus.yaml:4");
  const auto made = make_json_decoder({}, nullptr, options);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kBadConfig);
}

}  // namespace
}  // namespace gradus
