#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace gradus {

struct FetchedPage {
  unsigned status = 0;
  std::string body;
};

/// One POST of JSON to such a URL, over in five seconds at most. Errors: as fetch.
Result<FetchedPage> post_json(std::string_view url, std::string body);

/// One GET of "http://HOST:PORT/path", over in five seconds at most.
/// Errors: kBadConfig for a URL that is none; kUnavailable where nobody answers.
Result<FetchedPage> fetch(std::string_view url);

}  // namespace gradus
