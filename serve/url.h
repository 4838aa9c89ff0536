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

/// The URL of a gradus that is named the way people type it: http://HOST:PORT, HOST:PORT or a port
/// of this machine; no slash at its end. Errors: kBadConfig with what is expected.
Result<std::string> server_url(std::string_view text);

/// `text` as a part of a query: all but letters, digits, '-', '.', '_' and '~' in percents.
std::string percent_encoded(std::string_view text);

/// The two halves of "127.0.0.1:9630" or "[::1]:9630". Errors: kBadConfig with what is expected.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_address(std::string_view address);

}  // namespace gradus
