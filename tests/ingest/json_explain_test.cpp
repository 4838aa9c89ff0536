#include "ingest/decoders/json_decoder.h"

#include "tests/ingest/fakes.h"

namespace gradus {
namespace {

using test::json_decoder;
using test::small_ladder;
using testing::HasSubstr;
using testing::Not;

/// What the decoder says of a record that it refuses.
class JsonExplanation : public testing::Test {
 protected:
  std::string of(std::string_view bytes, InputSpec input, const Ladder* ladder) {
    const auto decoder = json_decoder(input, ladder);
    const RawRecord record{.bytes = bytes, .key = {}};
    ExampleBatch batch;
    const Reject reason = decoder->decode(record, batch);
    EXPECT_NE(reason, Reject::kNone) << bytes;
    return decoder->explain(record, reason);
  }
  std::string of_question(std::string_view bytes) {
    return of(bytes, {.kind = InputKind::kText}, &ladder_);
  }
  std::string of_attributes(std::string_view bytes) {
    return of(bytes, {.kind = InputKind::kSparse, .bits = 10, .classes = 2}, nullptr);
  }
  Ladder ladder_ = small_ladder();
};

TEST_F(JsonExplanation, NamesTheFieldsThatAreMissing) {
  EXPECT_EQ(of_question(R"({"task":"odd","prompt":"p"})"), "the field answer is missing or empty");
  EXPECT_EQ(of_question(R"({"task":"odd","prompt":"p","answer":""})"),
            "the field answer is missing or empty");
  EXPECT_EQ(of_question(R"({"answer":"1"})"), "the fields task and prompt are missing or empty");
  EXPECT_EQ(of_attributes(R"({"task":"a"})"),
            "the fields x or features and y are missing or empty");
}

TEST_F(JsonExplanation, NamesTheFieldOfAnotherTypeAndItsType) {
  EXPECT_EQ(of_question(R"({"task":"odd","prompt":1,"answer":"1"})"),
            "prompt is a number, expected a text");
  EXPECT_EQ(of_question(R"([1])"), "the record is a list, expected an object");
  EXPECT_EQ(of_attributes(R"({"task":7,"x":[1],"y":[1]})"),
            "y is a list, expected a number or a boolean");
  EXPECT_EQ(of_attributes(R"({"x":["a"],"y":1})"), "x holds something else than numbers");
}

TEST_F(JsonExplanation, NamesAnUnknownTaskAndTheNearestOne) {
  EXPECT_THAT(of_question(R"({"task":"odt","prompt":"p","answer":"1"})"),
              testing::AllOf(HasSubstr("no task \"odt\""), HasSubstr("did you mean odd?")));
}

TEST_F(JsonExplanation, TellsATaskThatTheLearnerCannotTakeFromOneThatThereIsNot) {
  ladder_ = select_tasks(ladder_, {false, true});
  EXPECT_THAT(of_question(R"({"task":"add1","prompt":"p","answer":"1"})"),
              HasSubstr("the learner cannot take the task add1"));
}

TEST_F(JsonExplanation, SaysWhatIsOutOfRange) {
  EXPECT_EQ(of_attributes(R"({"x":[1],"y":2})"), "y is not a class from 0 to 1");
  EXPECT_EQ(of_attributes(R"({"x":[1],"y":1,"weight":-1})"), "weight is below 0");
  EXPECT_THAT(of_attributes(R"({"x":[1],"y":1,"time":1700000000000})"), HasSubstr("milliseconds"));
}

TEST_F(JsonExplanation, RecognisesAByteOrderMarkAndGzip) {
  EXPECT_THAT(of_attributes("\xEF\xBB\xBF{\"x\":"), HasSubstr("byte order mark"));
  EXPECT_THAT(of_attributes("\x1F\x8B\x08 and more"), HasSubstr("gzip"));
}

TEST_F(JsonExplanation, SaysHowNamesOfClassesAreWritten) {
  EXPECT_EQ(of_attributes(R"({"x":[1],"y":"canary"})"),
            "y is a text, expected a class from 0 to 1 or a boolean; names of classes are written "
            "as such numbers");
  EXPECT_THAT(of(R"({"x":[1],"y":"canary"})", {.kind = InputKind::kSparse, .bits = 10}, nullptr),
              testing::AllOf(HasSubstr("learner.classes"), Not(HasSubstr("canary"))));
}

TEST_F(JsonExplanation, RecognisesCsvAndVowpalWabbit) {
  for (const char* line :
       {"T,2,8,3,5", "lettr,x-box,y-box", R"("a";"b")", "1.5\t2.5\tcanary", "1,nan,2"})
    EXPECT_THAT(of_attributes(line),
                testing::AllOf(HasSubstr("looks like CSV; Gradus reads JSON"),
                               HasSubstr(R"({"x":[5.1,3.5],"y":0})"), Not(HasSubstr("canary"))))
        << line;
  for (const char* line : {"1 |a x:2 y:3", "-1 0.5 'canary|f b,c", "|x a"})
    EXPECT_THAT(of_attributes(line),
                testing::AllOf(HasSubstr("looks like Vowpal Wabbit's text format"),
                               Not(HasSubstr("canary"))))
        << line;
  EXPECT_THAT(of_question("add1,1+2=,3"), HasSubstr(R"({"task":"add2","prompt":"12+34=")"));
}

TEST_F(JsonExplanation, TakesBrokenJsonForNothingElse) {
  for (const char* line : {R"({"x":[1,2],"y":1)", R"({"x":[1,|],"y":1})", "[1,2", "hello"})
    EXPECT_THAT(of_attributes(line), Not(HasSubstr("looks like"))) << line;
}

TEST_F(JsonExplanation, ShowsNoValues) {
  EXPECT_THAT(of_question(R"({"task":"odd","prompt":["canary"],"answer":"canary"})"),
              Not(HasSubstr("canary")));
}

}  // namespace
}  // namespace gradus
