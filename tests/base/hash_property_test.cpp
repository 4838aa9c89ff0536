#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <cstdint>

#include "base/hash.h"

namespace gradus {
namespace {

RC_GTEST_PROP(Crc32, AgreesWithZlib, (const std::string& bytes)) {
  const auto expected =
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
  RC_ASSERT(gradus::crc32(bytes) == expected);
}

RC_GTEST_PROP(Crc32, GoesOnFromAnEarlierPart, (const std::string& left, const std::string& right)) {
  RC_ASSERT(gradus::crc32(right, gradus::crc32(left)) == gradus::crc32(left + right));
}

RC_GTEST_PROP(Fnv1a, GoesOnFromAnEarlierPart, (const std::string& left, const std::string& right)) {
  RC_ASSERT(fnv1a_64(right, fnv1a_64(left)) == fnv1a_64(left + right));
}

RC_GTEST_PROP(Murmur3, ChangesWithEveryBitOfItsInput, (std::uint32_t seed)) {
  auto bytes = *rc::gen::nonEmpty<std::string>();
  const std::uint32_t before = murmur3_32(bytes, seed);
  const auto index = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[index] = static_cast<char>(bytes[index] ^ (1 << *rc::gen::inRange(0, 8)));
  RC_ASSERT(murmur3_32(bytes, seed) != before);
}

}  // namespace
}  // namespace gradus
