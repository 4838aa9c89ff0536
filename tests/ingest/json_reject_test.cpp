#include <string>
#include <vector>

#include "tests/ingest/fakes.h"

namespace gradus {
namespace {

struct Poison {
  std::string name;
  std::string bytes;
  Reject reason;
};

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
  std::string text = R"({"x":)";
  for (std::size_t i = 0; i < depth; ++i) text += open;
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text + R"(,"y":1})";
}

std::vector<Poison> for_attributes() {
  using namespace std::string_literals;
  return {
      {"no bytes", "", Reject::kEmpty},
      {"blanks", " \t \n", Reject::kEmpty},
      {"one byte", "{", Reject::kMalformed},
      {"cut in an array", R"({"x":[1,2)", Reject::kMalformed},
      {"cut in a string", R"({"features":{"ci)", Reject::kMalformed},
      {"cut in a number", R"({"x":[1.)", Reject::kMalformed},
      {"a bare word", "hello", Reject::kMalformed},
      {"trailing garbage", R"({"x":[1],"y":1} x)", Reject::kMalformed},
      {"two objects", R"({"x":[1],"y":1}{"x":[1],"y":1})", Reject::kMalformed},
      {"a comma too many", R"({"x":[1,],"y":1})", Reject::kMalformed},
      {"single quotes", R"({'x':[1],'y':1})", Reject::kMalformed},
      {"a leading zero", R"({"x":[01],"y":1})", Reject::kMalformed},
      {"a control character in a string", "{\"features\":{\"a\x01\":1},\"y\":1}",
       Reject::kMalformed},
      {"a broken escape", R"({"features":{"\q":1},"y":1})", Reject::kMalformed},
      {"a byte that is no UTF-8", "{\"features\":{\"\xFF\":1},\"y\":1}", Reject::kInvalidUtf8},
      {"an overlong slash", "{\"features\":{\"\xC0\xAF\":1},\"y\":1}", Reject::kInvalidUtf8},
      {"a surrogate in UTF-8", "{\"features\":{\"\xED\xA0\x80\":1},\"y\":1}", Reject::kInvalidUtf8},
      {"binary", "\x93\x01\xFE\xFF\x80", Reject::kInvalidUtf8},
      {"arrays nested 10,000 deep", nested(10000, "[", "]"), Reject::kTooDeep},
      {"objects nested 10,000 deep", nested(10000, R"({"a":)", "}"), Reject::kTooDeep},
      {"arrays open 10,000 deep", nested(10000, "[", ""), Reject::kTooDeep},
      {"schema-registry framing", "\0\0\0\0\x07{\"x\":[1],\"y\":1}"s, Reject::kFraming},
      {"an array", R"([{"x":[1],"y":1}])", Reject::kWrongType},
      {"a number", "42", Reject::kWrongType},
      {"null", "null", Reject::kWrongType},
      {"x a string", R"({"x":"1","y":1})", Reject::kWrongType},
      {"x an object", R"({"x":{"a":1},"y":1})", Reject::kWrongType},
      {"a string in x", R"({"x":[1,"2"],"y":1})", Reject::kWrongType},
      {"an array in x", R"({"x":[1,[2]],"y":1})", Reject::kWrongType},
      {"features an array", R"({"features":[1],"y":1})", Reject::kWrongType},
      {"an object as feature", R"({"features":{"a":{}},"y":1})", Reject::kWrongType},
      {"an array as feature", R"({"features":{"a":[1]},"y":1})", Reject::kWrongType},
      {"a label in quotes", R"({"x":[1],"y":"1"})", Reject::kWrongType},
      {"a weight in quotes", R"({"x":[1],"y":1,"weight":"2"})", Reject::kWrongType},
      {"a time in quotes", R"({"x":[1],"y":1,"time":"2024-01-01"})", Reject::kWrongType},
      {"NaN", R"({"x":[1,NaN],"y":1})", Reject::kNotFinite},
      {"nan", R"({"x":[1],"y":nan})", Reject::kNotFinite},
      {"Infinity", R"({"x":[Infinity],"y":1})", Reject::kNotFinite},
      {"-Infinity", R"({"x":[-Infinity],"y":1})", Reject::kNotFinite},
      {"-inf", R"({"x":[-inf],"y":1})", Reject::kNotFinite},
      {"beyond a double", R"({"x":[1e999],"y":1})", Reject::kNotFinite},
      {"beyond a float", R"({"x":[3.5e38],"y":1})", Reject::kNotFinite},
      {"a label beyond a float", R"({"x":[1],"y":-1e39})", Reject::kNotFinite},
      {"a weight beyond a float", R"({"x":[1],"y":1,"weight":1e60})", Reject::kNotFinite},
      {"an integer beyond 64 bits", R"({"x":[123456789012345678901234567890],"y":1})",
       Reject::kNotFinite},
      {"a negative weight", R"({"x":[1],"y":1,"weight":-0.5})", Reject::kOutOfRange},
      {"a time in milliseconds", R"({"x":[1],"y":1,"time":1700000000000})", Reject::kOutOfRange},
      {"a time before 1970", R"({"x":[1],"y":1,"time":-1})", Reject::kOutOfRange},
      {"no label", R"({"x":[1]})", Reject::kMissingField},
      {"a null label", R"({"x":[1],"y":null})", Reject::kMissingField},
      {"no attributes", R"({"y":1})", Reject::kMissingField},
      {"an empty object", "{}", Reject::kMissingField},
  };
}

std::vector<Poison> for_questions() {
  return {
      {"no answer", R"({"task":"odd","prompt":"p"})", Reject::kMissingField},
      {"an empty answer", R"({"task":"odd","prompt":"p","answer":""})", Reject::kMissingField},
      {"no prompt", R"({"task":"odd","answer":"1"})", Reject::kMissingField},
      {"attributes", R"({"task":"odd","x":[1],"y":1})", Reject::kMissingField},
      {"no task", R"({"prompt":"p","answer":"1"})", Reject::kMissingField},
      {"an unknown task", R"({"task":"add9","prompt":"p","answer":"1"})", Reject::kUnknownTask},
      {"an empty task", R"({"task":"","prompt":"p","answer":"1"})", Reject::kUnknownTask},
      {"a task that is a number", R"({"task":1,"prompt":"p","answer":"1"})", Reject::kWrongType},
      {"an answer that is a number", R"({"task":"odd","prompt":"p","answer":1})",
       Reject::kWrongType},
      {"a prompt that is a list", R"({"task":"odd","prompt":["p"],"answer":"1"})",
       Reject::kWrongType},
  };
}

class JsonPoison : public testing::TestWithParam<Poison> {};

std::string test_name(const testing::TestParamInfo<Poison>& info) {
  std::string name = info.param.name;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
  return std::to_string(info.index) + "_" + name;
}

class JsonAttributePoison : public JsonPoison {};
TEST_P(JsonAttributePoison, IsRefusedForItsReasonAndLeavesTheBatchAsItWas) {
  const auto decoder = test::json_decoder({}, nullptr);
  ExampleBatch batch;
  ASSERT_EQ(decoder->decode({.bytes = R"({"x":[1,2],"y":3})", .key = {}}, batch), Reject::kNone);
  EXPECT_EQ(reject_name(decoder->decode({.bytes = GetParam().bytes, .key = {}}, batch)),
            reject_name(GetParam().reason));
  EXPECT_EQ(batch.size(), 1u);
  EXPECT_THAT(batch.slot, testing::ElementsAre(0, 1));
  EXPECT_THAT(batch.value, testing::ElementsAre(1, 2));
  EXPECT_THAT(batch.row_begin, testing::ElementsAre(0, 2));
  EXPECT_THAT(batch.label, testing::ElementsAre(3));
  // And the decoder goes on as if nothing had been.
  EXPECT_EQ(decoder->decode({.bytes = R"({"x":[4],"y":5})", .key = {}}, batch), Reject::kNone);
  EXPECT_THAT(batch.value, testing::ElementsAre(1, 2, 4));
}
INSTANTIATE_TEST_SUITE_P(Kinds, JsonAttributePoison, testing::ValuesIn(for_attributes()),
                         test_name);

class JsonQuestionPoison : public JsonPoison {};
TEST_P(JsonQuestionPoison, IsRefusedForItsReasonAndLeavesTheBatchAsItWas) {
  const Ladder ladder = test::small_ladder();
  const auto decoder = test::json_decoder({.kind = InputKind::kText}, &ladder);
  ExampleBatch batch;
  EXPECT_EQ(reject_name(decoder->decode({.bytes = GetParam().bytes, .key = {}}, batch)),
            reject_name(GetParam().reason));
  EXPECT_TRUE(batch.empty());
  EXPECT_TRUE(batch.arena.empty());
  EXPECT_TRUE(batch.prompt_begin.empty());
}
INSTANTIATE_TEST_SUITE_P(Kinds, JsonQuestionPoison, testing::ValuesIn(for_questions()), test_name);

}  // namespace
}  // namespace gradus
