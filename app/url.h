#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace gradus {

/// A request target, taken apart and percent-decoded.
struct HttpTarget {
  std::string path;
  std::map<std::string, std::string> query;
};
HttpTarget parse_target(std::string_view target);

/// The two halves of "127.0.0.1:9630" or "[::1]:9630". Errors: kBadConfig with what is expected.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_address(std::string_view address);

}  // namespace gradus
