#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace boost::asio {
class io_context;
}

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

/// The same on the caller's io_context, which calls `done` once, in five seconds at most; only a
/// name that has to be looked up is waited for.
void fetch(boost::asio::io_context& io, std::string_view url,
           std::function<void(Result<FetchedPage>)> done);

}  // namespace gradus
