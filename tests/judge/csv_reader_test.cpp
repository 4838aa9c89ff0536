#include "judge/csv_reader.h"

#include <gmock/gmock.h>

namespace gradus {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, char separator = ',') {
  Rows rows;
  CsvReader reader(text, separator);
  for (std::vector<std::string> fields; reader.next(fields);) rows.push_back(fields);
  return rows;
}

TEST(CsvReader, SplitsAtSeparatorsAndLineEnds) {
  EXPECT_EQ(rows_of("a,b\n1,\r\n,2"), (Rows{{"a", "b"}, {"1", ""}, {"", "2"}}));
}

TEST(CsvReader, KeepsWhatStandsInQuotes) {
  EXPECT_EQ(rows_of("\"a,b\",\"say \"\"so\"\"\"\n\"two\nlines\",x\n"),
            (Rows{{"a,b", "say \"so\""}, {"two\nlines", "x"}}));
}

TEST(CsvReader, SkipsEmptyLinesAndCountsThem) {
  CsvReader reader("\n\na\n\"b\nb\"\nc\n", ',');
  std::vector<std::size_t> lines;
  for (std::vector<std::string> fields; reader.next(fields);) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<std::size_t>{3, 4, 6}));
}

TEST(CsvReader, TellsAQuoteThatIsNeverClosed) {
  CsvReader reader("a,\"b\nc,d\n", ',');
  std::vector<std::string> fields;
  ASSERT_TRUE(reader.next(fields));
  EXPECT_THAT(reader.wrong(), testing::HasSubstr("never closed"));
  EXPECT_FALSE(reader.next(fields));
}

TEST(CsvReader, PassesOverARowWithoutEnd) {
  const std::string text = "a,b\n" + std::string(CsvReader::kMostRowBytes, 'x') + ",y\nc,d\n";
  CsvReader reader(text, ',');
  std::vector<std::string> fields;
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.wrong(), "");
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.wrong(), "the row is longer than 1 MB");
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.wrong(), "");
  EXPECT_EQ(fields, (std::vector<std::string>{"c", "d"}));
}

// Linear in the row: at every quote behind blanks and a letter it would look at all of them again.
TEST(CsvReader, ReadsARowOfQuotesBehindBlanksAsFastAsAnyOther) {
  constexpr std::size_t kHalf = CsvReader::kMostRowBytes / 2 - 10;
  const std::string text = std::string(kHalf, ' ') + "x" + std::string(kHalf, '"');
  EXPECT_EQ(rows_of(text), (Rows{{text}}));
}

TEST(CsvReader, FindsTheSeparatorInTheFirstLine) {
  EXPECT_EQ(separator_of("step;task;score\n1,5;a;2,5\n"), ';');
  EXPECT_EQ(separator_of("step\ttask\n"), '\t');
  EXPECT_EQ(separator_of("step\n"), ',');
}

}  // namespace
}  // namespace gradus
