#include "ingest/dead_letter_file.h"

#include <simdjson.h>

#include <string>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using namespace std::string_literals;

constexpr Duration kDeadline = std::chrono::seconds(1);

class DeadLetters : public testing::Test {
 protected:
  std::unique_ptr<DeadLetterFile> open() {
    auto opened = DeadLetterFile::open(path_, "fraud-eu", clock_);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  void send(std::string_view bytes, std::string_view key = {}) {
    const auto file = open();
    ASSERT_TRUE(file->write({.bytes = bytes, .key = key, .partition = 3, .offset = 17}, "examples",
                            Reject::kMalformed));
    ASSERT_TRUE(file->flush(kDeadline));
  }
  std::string field(const char* name) const {
    simdjson::dom::parser parser;
    const simdjson::padded_string text(test::read_file(path_));
    std::string_view value;
    EXPECT_EQ(parser.parse(text)[name].get(value), simdjson::SUCCESS) << text;
    return std::string(value);
  }
  test::TempDir folder_;
  std::filesystem::path path_ = folder_ / "dead.jsonl";
  ManualClock clock_{Timestamp(std::chrono::seconds(1'700'000'000))};
};

TEST_F(DeadLetters, SayWhereTheyComeFromAndWhy) {
  send("{broken", "user-1");
  EXPECT_THAT(test::read_file(path_),
              StartsWith(R"({"topic":"examples","partition":3,"offset":17,"reason":"malformed",)"));
  EXPECT_EQ(field("run"), "fraud-eu");
  EXPECT_EQ(field("key"), "user-1");
  EXPECT_EQ(field("value"), "{broken");
  EXPECT_THAT(test::read_file(path_), HasSubstr(R"("time":1700000000)"));
}

TEST_F(DeadLetters, KeepTextAsItWas) {
  const std::string text = "a\"b\\c\n\t\x01\x7F \xC3\xA9 \0 end"s;
  send(text);
  EXPECT_EQ(field("value"), text);
}

// Examples of RFC 4648, section 10, after a byte that makes them no UTF-8: 0xFF "fooba", and so on.
TEST_F(DeadLetters, KeepOtherBytesInBase64) {
  send("\xFF");
  EXPECT_EQ(field("value_base64"), "/w==");
}
TEST_F(DeadLetters, PadBase64AsTheStandardDoes) {
  send("\xFF\xFE\xFD");
  EXPECT_EQ(field("value_base64"), "//79");
}
TEST_F(DeadLetters, PadTwoBytesOfBase64) {
  send("\xFF\xFE");
  EXPECT_EQ(field("value_base64"), "//4=");
}

TEST_F(DeadLetters, GoAfterThoseOfAnEarlierProcess) {
  send("one");
  send("two");
  const std::string text = test::read_file(path_);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
}

TEST_F(DeadLetters, EndALineThatACrashCutOff) {
  folder_.write("dead.jsonl", R"({"topic":"exam)");
  send("one");
  EXPECT_THAT(test::read_file(path_), StartsWith("{\"topic\":\"exam\n{\"topic\":\"examples\""));
}

TEST_F(DeadLetters, CountAsDeliveredOnceFlushed) {
  const auto file = open();
  ASSERT_TRUE(file->write({.bytes = "x", .key = {}}, "examples", Reject::kEmpty));
  EXPECT_EQ(file->delivered(), 0u);
  ASSERT_TRUE(file->flush(kDeadline));
  ASSERT_TRUE(file->flush(kDeadline));
  EXPECT_EQ(file->delivered(), 1u);
}

TEST_F(DeadLetters, NameAFolderThatIsNotThere) {
  const auto opened = DeadLetterFile::open(folder_ / "none/dead.jsonl", "run", clock_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kIo);
  EXPECT_THAT(opened.error().message, HasSubstr("none/dead.jsonl"));
}

TEST(DeadLetterDisk, SaysSoWhenFull) {
  ManualClock clock;
  const auto opened = DeadLetterFile::open("/dev/full", "run", clock);
  ASSERT_TRUE(opened);
  ASSERT_TRUE((*opened)->write({.bytes = "x", .key = {}}, "examples", Reject::kEmpty));
  const auto flushed = (*opened)->flush(kDeadline);
  ASSERT_FALSE(flushed);
  EXPECT_EQ(flushed.error().code, ErrorCode::kIo);
  EXPECT_THAT(flushed.error().message, HasSubstr("/dev/full"));
  EXPECT_EQ((*opened)->failed(), 1u);
}

}  // namespace
}  // namespace gradus
