#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradus::test {

/// The bytes of a record of TensorFlow's record files.
std::string record_of(std::string_view data);

/// The bytes of an Event with one simple value.
std::string event_of(std::int64_t step, std::string_view tag, float value);

}  // namespace gradus::test
