#pragma once

#include <string_view>

namespace gradus {

/// The version of the librdkafka that this process runs with, e.g. "2.0.2".
std::string_view kafka_client_version();

}  // namespace gradus
