#include "base/digest.h"

#include <gtest/gtest.h>

#include <bit>
#include <set>
#include <string>

#include "base/random.h"

namespace gradus {
namespace {

std::uint64_t digest_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.value();
}

std::size_t up_to(SplitMix64& random, std::size_t most) {
  return static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(most)));
}

std::string random_bytes(SplitMix64& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.between(0, 255));
  return bytes;
}

TEST(Digest, DoesNotDependOnHowTheBytesWereCut) {
  SplitMix64 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::string bytes = random_bytes(random, up_to(random, 300));
    Digest parts;
    for (std::string_view rest = bytes; !rest.empty();) {
      const std::string_view part = rest.substr(0, up_to(random, 70));
      parts.add(part);
      rest.remove_prefix(part.size());
    }
    EXPECT_EQ(parts.value(), digest_of(bytes));
    EXPECT_EQ(parts.size(), bytes.size());
  }
}

TEST(Digest, ChangesWithEveryBit) {
  SplitMix64 random(2);
  const std::string bytes = random_bytes(random, 100);
  std::set<std::uint64_t> seen{digest_of(bytes)};
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_TRUE(seen.insert(digest_of(flipped)).second) << bit;
  }
}

TEST(Digest, TellsLengthsOfZerosApart) {
  std::set<std::uint64_t> seen;
  for (std::size_t size = 0; size < 100; ++size) {
    EXPECT_TRUE(seen.insert(digest_of(std::string(size, '\0'))).second) << size;
  }
}

TEST(Digest, ChangesWhereBlocksOrWordsTradePlaces) {
  SplitMix64 random(3);
  const std::string a = random_bytes(random, 32), b = random_bytes(random, 32);
  EXPECT_NE(digest_of(a + b), digest_of(b + a));
  EXPECT_NE(digest_of(a.substr(0, 8) + a.substr(8, 8)), digest_of(a.substr(8, 8) + a.substr(0, 8)));
}

// Of two texts that differ in one bit, half of the digests' bits differ: over 1000 pairs the mean
// has a standard error of 4 / sqrt(1000) = 0.13 bits.
TEST(Digest, SpreadsADifferenceOverAllBits) {
  SplitMix64 random(4);
  double bits = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string bytes = random_bytes(random, 1 + up_to(random, 199));
    const std::uint64_t before = digest_of(bytes);
    char& byte = bytes[up_to(random, bytes.size() - 1)];
    byte = static_cast<char>(byte ^ (1 << random.between(0, 7)));
    bits += std::popcount(before ^ digest_of(bytes));
  }
  EXPECT_NEAR(bits / 1000, 32, 1);
}

TEST(Digest, TellsFieldsApart) {
  Digest one, other;
  one.add_field("ab");
  one.add_field("c");
  other.add_field("a");
  other.add_field("bc");
  EXPECT_NE(one.value(), other.value());
}

// Kept in checkpoints, so they may not change.
TEST(Digest, HasTheValuesItAlwaysHad) {
  EXPECT_EQ(digest_of(""), 0xd31f73e3f46d43c3u);
  EXPECT_EQ(digest_of("gradus"), 0xcd7e0a8b1cf1d0ddu);
}

}  // namespace
}  // namespace gradus
