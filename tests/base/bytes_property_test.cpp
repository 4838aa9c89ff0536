#include <rapidcheck/gtest.h>

#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace gradus {
namespace {

RC_GTEST_PROP(Bytes, SurviveTheRoundTrip,
              (std::uint16_t number, const std::string& text, const std::vector<double>& values)) {
  ByteWriter writer;
  writer.put(number);
  writer.put_string(text);
  writer.put_all(std::span<const double>(values));
  ByteReader reader(writer.bytes());
  RC_ASSERT(reader.get<std::uint16_t>() == number);
  RC_ASSERT(reader.get_string() == text);
  RC_ASSERT(reader.get_all<double>() == values);
  RC_ASSERT(reader.ok());
  RC_ASSERT(reader.at_end());
}

RC_GTEST_PROP(Bytes, AreNeverOkWhenCutShort,
              (const std::string& text, const std::vector<std::int32_t>& values)) {
  ByteWriter writer;
  writer.put_string(text);
  writer.put_all(std::span<const std::int32_t>(values));
  const auto kept = *rc::gen::inRange<std::size_t>(0, writer.bytes().size());
  ByteReader reader(std::string_view(writer.bytes()).substr(0, kept));
  reader.get_string();
  reader.get_all<std::int32_t>();
  RC_ASSERT(!reader.ok());
}

}  // namespace
}  // namespace gradus
