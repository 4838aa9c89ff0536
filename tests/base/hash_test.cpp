#include "base/hash.h"

#include <string_view>

namespace gradus {
namespace {

using namespace std::string_view_literals;

// Vectors published with the implementations of MurmurHash3_x86_32 (Smhasher discussion,
// Wikipedia).
TEST(Murmur3, GivesThePublishedValuesOfEveryTailLength) {
  EXPECT_EQ(murmur3_32("", 0), 0u);
  EXPECT_EQ(murmur3_32("", 1), 0x514E28B7u);
  EXPECT_EQ(murmur3_32("", 0xFFFFFFFF), 0x81F16F39u);
  EXPECT_EQ(murmur3_32("\0"sv, 0), 0x514E28B7u);
  EXPECT_EQ(murmur3_32("\0\0"sv, 0), 0x30F4C306u);
  EXPECT_EQ(murmur3_32("\0\0\0"sv, 0), 0x85F0B427u);
  EXPECT_EQ(murmur3_32("\0\0\0\0"sv, 0), 0x2362F9DEu);
  EXPECT_EQ(murmur3_32("\xFF\xFF\xFF\xFF", 0), 0x76293B50u);
  EXPECT_EQ(murmur3_32("!", 0), 0x72661CF4u);
  EXPECT_EQ(murmur3_32("!C", 0), 0xA0F7B07Au);
  EXPECT_EQ(murmur3_32("!Ce", 0), 0x7E4A8634u);
  EXPECT_EQ(murmur3_32("!Ce\x87", 0), 0xF55B516Bu);
  EXPECT_EQ(murmur3_32("!Ce\x87", 0x5082EDEE), 0x2362F9DEu);
}

TEST(Murmur3, GivesThePublishedValuesOfSentences) {
  EXPECT_EQ(murmur3_32("test", 0x9747B28C), 0x704B81DCu);
  EXPECT_EQ(murmur3_32("Hello, world!", 0x9747B28C), 0x24884CBAu);
  EXPECT_EQ(murmur3_32("The quick brown fox jumps over the lazy dog", 0x9747B28C), 0x2FA826CDu);
}

// Vowpal Wabbit seeds a feature's hash with that of its namespace and masks it to 18 bits; slots
// observed with its --audit.
TEST(Murmur3, FindsTheSlotsOfVowpalWabbit) {
  constexpr std::uint32_t kMask = (1u << 18) - 1;
  const std::uint32_t user = murmur3_32("user", 0);
  const std::uint32_t item = murmur3_32("item", 0);
  EXPECT_EQ(murmur3_32("age", user) & kMask, 23567u);
  EXPECT_EQ(murmur3_32("city=paris", user) & kMask, 236971u);
  EXPECT_EQ(murmur3_32("fr", murmur3_32("country", user)) & kMask, 70261u);
  EXPECT_EQ(murmur3_32("price", item) & kMask, 57086u);
  EXPECT_EQ(murmur3_32("bare", 0) & kMask, 35848u);
}

// Part of the ladder format: an item must not wander from the held-out side to the stream.
TEST(HoldoutHash, NeverChangesItsValues) {
  EXPECT_EQ(holdout_hash("12+34"), 11755403741928842274u);
  EXPECT_EQ(holdout_hash("copy 7"), 3834961462453272435u);
  EXPECT_EQ(holdout_hash("12+34") % 5, 4u);
  EXPECT_EQ(holdout_hash("copy 7") % 5, 0u);
}

// Vectors of the FNV reference distribution (Noll, test_fnv).
TEST(Fnv1a, GivesThePublishedValues) {
  EXPECT_EQ(fnv1a_64(""), 0xCBF29CE484222325u);
  EXPECT_EQ(fnv1a_64("a"), 0xAF63DC4C8601EC8Cu);
  EXPECT_EQ(fnv1a_64("foobar"), 0x85944171F73967E8u);
}

// The check value of CRC-32/ISO-HDLC in the CRC catalogue.
TEST(Crc32, GivesTheCheckValueOfTheStandard) {
  EXPECT_EQ(crc32("123456789"), 0xCBF43926u);
  EXPECT_EQ(crc32(""), 0u);
}

}  // namespace
}  // namespace gradus
