#include "base/bytes.h"

#include <array>
#include <cstdint>

namespace gradus {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ByteWriter, WritesLittleEndian) {
  ByteWriter writer;
  writer.put<std::uint32_t>(0x01020304);
  EXPECT_EQ(writer.bytes(), "\x04\x03\x02\x01");
}

TEST(ByteReader, ReadsWhatWasWrittenInOrder) {
  ByteWriter writer;
  writer.put(1.5);
  writer.put_string("slot");
  writer.put_all(std::span<const int>(std::array{1, 2, 3}));
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.get<double>(), 1.5);
  EXPECT_EQ(reader.get_string(), "slot");
  EXPECT_THAT(reader.get_all<int>(), ElementsAre(1, 2, 3));
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.at_end());
}

TEST(ByteReader, GivesZeroPastTheEndAndStaysBroken) {
  ByteReader reader("\x01\x02");
  EXPECT_EQ(reader.get<std::uint32_t>(), 0u);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.get<std::uint8_t>(), 0u);
  EXPECT_FALSE(reader.ok());
}

TEST(ByteReader, RefusesALengthThatTheBytesCannotHold) {
  ByteWriter writer;
  writer.put<std::uint64_t>(std::uint64_t{1} << 61);  // times 8 bytes would wrap to 0
  ByteReader reader(writer.bytes());
  EXPECT_THAT(reader.get_all<double>(), IsEmpty());
  EXPECT_FALSE(reader.ok());
}

TEST(ByteReader, RefusesADifferentNumberOfElements) {
  ByteWriter writer;
  writer.put_all(std::span<const int>(std::array{1, 2, 3}));
  std::array<int, 2> two{};
  ByteReader reader(writer.bytes());
  EXPECT_FALSE(reader.get_exactly(std::span<int>(two)));
  EXPECT_FALSE(reader.ok());
  EXPECT_THAT(two, ElementsAre(0, 0));
}

TEST(ByteReader, FillsTheFrontOfASpanThatIsLargeEnough) {
  ByteWriter writer;
  writer.put_all(std::span<const int>(std::array{1, 2, 3}));
  std::array<int, 5> five{};
  ByteReader reader(writer.bytes());
  EXPECT_EQ(reader.get_up_to(std::span<int>(five)), 3U);
  EXPECT_THAT(five, ElementsAre(1, 2, 3, 0, 0));
  std::array<int, 2> two{};
  ByteReader again(writer.bytes());
  EXPECT_EQ(again.get_up_to(std::span<int>(two)), std::nullopt);
  EXPECT_FALSE(again.ok());
  EXPECT_THAT(two, ElementsAre(0, 0));
}

TEST(ByteReader, ReadsEmptySpans) {
  ByteWriter writer;
  writer.put_all(std::span<const float>{});
  writer.put_all(std::span<const float>{});
  writer.put_string("");
  ByteReader reader(writer.bytes());
  EXPECT_THAT(reader.get_all<float>(), IsEmpty());
  EXPECT_TRUE(reader.get_exactly(std::span<float>{}));
  EXPECT_EQ(reader.get_string(), "");
  EXPECT_TRUE(reader.ok());
}

}  // namespace
}  // namespace gradus
