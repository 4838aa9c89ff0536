#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "serve/http_server.h"

namespace gradus {

enum class Packing : std::uint8_t { kPlain, kGzip };

/// An answer as it is sent; clients that get the same share its body.
struct HttpAnswer {
  unsigned status = 200;
  std::string content_type;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const std::string> body;
};

/// `made` with its body packed where that is wanted and it has at least `gzip_from_bytes`.
HttpAnswer packed_answer(HttpResponse made, Packing packing, std::size_t gzip_from_bytes);

/// The newest answer of each route with a version, rendered and packed once for all clients.
/// Threads: owned by the main thread. Cost: a few copies of headers unless the version is new; up
/// to three bodies kept for each route.
class HttpEditions {
 public:
  /// `route` has a version and outlives this.
  HttpAnswer get(const HttpRoute& route, Packing packing, std::size_t gzip_from_bytes);

 private:
  struct Edition {
    std::uint64_t version = 0;
    HttpResponse made;
    std::map<Packing, HttpAnswer> answers;
  };
  std::map<const HttpRoute*, Edition> editions_;
};

}  // namespace gradus
