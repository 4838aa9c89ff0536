#include "ingest/feature_hash.h"

namespace gradus {
namespace {

// Indices that Vowpal Wabbit's --audit prints at 18 bits for `|user age city=paris |item 42 price`
// and `| bare`: a feature is hashed with the hash of its namespace as seed.
constexpr std::uint32_t kMask = (1u << 18) - 1;

TEST(FeatureHash, AgreesWithVowpalWabbitInANamespace) {
  const std::uint32_t user = feature_hash("user"), item = feature_hash("item");
  EXPECT_EQ(feature_hash("age", user) & kMask, 23567u);
  EXPECT_EQ(feature_hash("city=paris", user) & kMask, 236971u);
  EXPECT_EQ(feature_hash("price", item) & kMask, 57086u);
}

TEST(FeatureHash, AgreesWithVowpalWabbitWithoutNamespace) {
  EXPECT_EQ(feature_hash("bare") & kMask, 35848u);
}

TEST(FeatureHash, TakesANameOfDigitsAsItsNumberPlusTheSeed) {
  EXPECT_EQ(feature_hash("42", feature_hash("item")) & kMask, 143144u);
  EXPECT_EQ(feature_hash("7"), 7u);
  EXPECT_EQ(feature_hash("007"), 7u);
}

TEST(FeatureHash, DoesNotTakeSignsForDigits) { EXPECT_EQ(feature_hash("-7"), murmur3_32("-7", 0)); }

}  // namespace
}  // namespace gradus
