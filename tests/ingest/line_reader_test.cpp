#include "ingest/sources/line_reader.h"

#include <deque>
#include <string>

namespace gradus {
namespace {

// Gives its parts one read each; an empty part means "nothing yet".
class ScriptedInput final : public ByteInput {
 public:
  explicit ScriptedInput(std::deque<std::string> parts) : parts_(std::move(parts)) {}
  Result<Read> read(std::span<char> into, Duration wait) override {
    waited += wait;
    if (parts_.empty()) return Read{State::kEnd, 0};
    std::string& part = parts_.front();
    const std::size_t count = std::min(part.size(), into.size());
    part.copy(into.data(), count);
    part.erase(0, count);
    if (part.empty()) parts_.pop_front();
    return Read{count > 0 ? State::kData : State::kNothingYet, count};
  }
  Duration waited{0};

 private:
  std::deque<std::string> parts_;
};

// All lines, a poll of at most `limit` at a time.
std::vector<std::string> all_lines(std::deque<std::string> parts, std::size_t limit = 100) {
  LineReader reader(std::make_unique<ScriptedInput>(std::move(parts)));
  std::vector<std::string> lines;
  std::vector<RawRecord> records;
  while (!reader.ended()) {
    records.clear();
    EXPECT_TRUE(reader.poll(limit, Duration::zero(), records));
    EXPECT_LE(records.size(), limit);
    for (const RawRecord& record : records) {
      EXPECT_EQ(record.offset, static_cast<std::int64_t>(lines.size()));
      lines.emplace_back(record.bytes);
    }
  }
  return lines;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LineReader, NumbersLinesFromZero) {
  EXPECT_THAT(all_lines({"a\nbb\nccc\n"}), ElementsAre("a", "bb", "ccc"));
}

TEST(LineReader, CountsALastLineWithoutLineFeed) {
  EXPECT_THAT(all_lines({"a\nb"}), ElementsAre("a", "b"));
}

TEST(LineReader, EndsAtOnceOnNoText) { EXPECT_THAT(all_lines({}), IsEmpty()); }

TEST(LineReader, KeepsEmptyLines) { EXPECT_THAT(all_lines({"\na\n\n"}), ElementsAre("", "a", "")); }

TEST(LineReader, LeavesOutCarriageReturnsBeforeLineFeeds) {
  EXPECT_THAT(all_lines({"a\r\nb\rc\r\n\r\n"}), ElementsAre("a", "b\rc", ""));
}

TEST(LineReader, LeavesOutAByteOrderMarkAtTheBeginningOnly) {
  EXPECT_THAT(all_lines({"\xEF\xBB\xBF"
                         "a\n\xEF\xBB\xBF"
                         "b\n"}),
              ElementsAre("a",
                          "\xEF\xBB\xBF"
                          "b"));
}

TEST(LineReader, JoinsLinesThatComeInParts) {
  EXPECT_THAT(all_lines({"ab", "c\nd", "", "ef", "\n", "", "g"}), ElementsAre("abc", "def", "g"));
}

TEST(LineReader, GivesNoMoreThanTheLimit) {
  EXPECT_THAT(all_lines({"a\nb\nc\nd\ne"}, 2), ElementsAre("a", "b", "c", "d", "e"));
}

TEST(LineReader, GrowsForALineLongerThanItsBuffer) {
  const std::string line(1'000'000, 'x');
  EXPECT_THAT(all_lines({line + "\nshort\n" + line}), ElementsAre(line, "short", line));
}

TEST(LineReader, KeepsTheBeginningOfALineThatIsTooLongAndGoesOnAfterIt) {
  const std::string line(LineReader::kLongestLine + 12345, 'x');
  const auto lines = all_lines({"before\n" + line, "more\nafter\n"});
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "before");
  EXPECT_EQ(lines[1].size(), LineReader::kLongestLine);
  EXPECT_EQ(lines[2], "after");
}

TEST(LineReader, WaitsForTheFirstReadOnlyWhenALineDribblesIn) {
  auto input = std::make_unique<ScriptedInput>(std::deque<std::string>{"a", "b", "c", ""});
  ScriptedInput& script = *input;
  LineReader reader(std::move(input));
  std::vector<RawRecord> lines;
  ASSERT_TRUE(reader.poll(10, std::chrono::milliseconds(50), lines));
  EXPECT_THAT(lines, IsEmpty());
  EXPECT_EQ(script.waited, std::chrono::milliseconds(50));
}

}  // namespace
}  // namespace gradus
