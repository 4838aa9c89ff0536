#include "judge/record_reader.h"

#include "judge/wire_reader.h"
#include "tests/judge/event_bytes.h"

namespace gradus {
namespace {

using State = RecordReader::State;
using test::record_of;

std::vector<State> states_of(const std::string& bytes) {
  std::vector<State> states;
  RecordReader reader(bytes);
  while (const auto record = reader.next()) states.push_back(record->state);
  return states;
}

// The check value of CRC-32C in the catalogue of parametrised CRC algorithms (RFC 3720 B.4 gives 32
// zeros).
TEST(Crc32c, HasItsPublishedCheckValues) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
}

TEST(RecordReader, GivesEveryRecordWithItsPlace) {
  const std::string bytes = record_of("first") + record_of("");
  RecordReader reader(bytes);
  const auto first = reader.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->data, "first");
  const auto second = reader.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, 2u);
  EXPECT_EQ(second->position, 21u);  // 8 + 4 + 5 + 4
  EXPECT_EQ(second->data, "");
  EXPECT_FALSE(reader.next());
}

TEST(RecordReader, PassesOverDataThatIsDamaged) {
  std::string bytes = record_of("first") + record_of("second");
  bytes[13] ^= 1;
  EXPECT_EQ(states_of(bytes), (std::vector{State::kBadData, State::kGood}));
}

TEST(RecordReader, EndsAtADamagedLength) {
  std::string bytes = record_of("first") + record_of("second") + record_of("third");
  bytes[21] ^= 1;
  EXPECT_EQ(states_of(bytes), (std::vector{State::kGood, State::kBadLength}));
}

TEST(RecordReader, SaysWhereverTheFileIsCutOff) {
  const std::string bytes = record_of("first") + record_of("second");
  for (std::size_t size = 22; size < bytes.size(); ++size)
    EXPECT_EQ(states_of(bytes.substr(0, size)), (std::vector{State::kGood, State::kCutOff}))
        << size;
}

// A length with a valid checksum that is larger than any file.
TEST(RecordReader, IsNotLedAstrayByAHugeLength) {
  std::string length(8, '\xFF');
  const std::uint32_t crc = crc32c(length);
  const std::uint32_t masked = ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
  std::string bytes = length;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(masked >> (8 * i) & 0xFF);
  EXPECT_EQ(states_of(bytes + "some data"), std::vector{State::kCutOff});
}

TEST(WireReader, ReadsEveryTypeOfField) {
  // Field 1 varint 150 is the example of the protobuf documentation: 08 96 01.
  WireReader reader(std::string_view("\x08\x96\x01\x12\x02hi\x1D\x01\x00\x00\x00", 12));
  const auto number = reader.next();
  ASSERT_TRUE(number);
  EXPECT_EQ(number->value, 150u);
  const auto text = reader.next();
  ASSERT_TRUE(text);
  EXPECT_EQ(text->bytes, "hi");
  const auto fixed = reader.next();
  ASSERT_TRUE(fixed);
  EXPECT_EQ(fixed->value, 1u);
  EXPECT_FALSE(reader.next());
  EXPECT_FALSE(reader.broken());
}

TEST(WireReader, StopsAtWhatIsNoMessage) {
  for (const std::string_view broken :
       {std::string_view("\x08", 1), std::string_view("\x12\x05hi", 4), std::string_view("\x0B", 1),
        std::string_view("\x00\x01", 2), std::string_view("\x1D\x01", 2),
        std::string_view("\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 12)}) {
    WireReader reader(broken);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.broken());
  }
}

}  // namespace
}  // namespace gradus
